import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beside, findFile } from './travellingFile.ts';

/** The record of a ceremony beside its request. */
export const CEREMONY_FILE = 'ceremony.md';

const HEADER = `# Record of a ceremony

Written by the program as each step was done, on the machine where it was done. Print it, add who was there and where, and let
everybody who signed put their name to it. It holds no secret.
`;

/** One step, as somebody who was not there should find it. */
export type CeremonyStep = {
  /** The command, and what for: `root sign, root 2`. */
  what: string;
  /** What is certain of it: names, keyids, words, hashes. */
  facts: Readonly<Record<string, string>>;
  /** What the person read before. */
  shown?: readonly string[];
  /** Who puts a name to it on paper. */
  names?: readonly string[];
};

/** Adds a step to a record; what stands there stays. */
export async function recordStep(file: string, step: CeremonyStep, now = new Date()): Promise<void> {
  const isNew = (await findFile(file)) === undefined;
  await appendFile(file, `${isNew ? HEADER : ''}${textOf(step, now)}`);
}

/**
 * Takes the records that came with signature files into the one of the ceremony.
 * @param signatures files whose records lie beside them, as `recordOf` says; one without is left out
 */
export async function gatherRecords(file: string, signatures: readonly string[]): Promise<void> {
  for (const signature of signatures) {
    const record = await findFile(recordOf(signature));
    if (record) await appendFile(file, String(record).replace(HEADER, ''));
  }
}

/** Where the record of one person's step lies: beside what they hand back, and under its name. */
export function recordOf(file: string): string {
  return beside(file, `${basename(file).replace(/(\.sig|\.pub)?\.[a-z]+$/, '')}.md`);
}

function textOf({ what, facts, shown = [], names = [] }: CeremonyStep, now: Date): string {
  const said = Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`);
  // Indented, so that nothing in it is markup.
  const read = shown.flatMap((text) => text.split('\n')).map((line) => `    ${line}`.trimEnd());
  const lines = names.map((name) => `${name}: ______________________________`);
  return [
    `\n## ${what}\n`,
    `- when: ${now.toISOString()}`,
    ...said,
    ...(read.length > 0 ? ['\nWhat was shown:\n', ...read] : []),
    ...lines.map((line) => `\n${line}`),
    '',
  ].join('\n');
}
