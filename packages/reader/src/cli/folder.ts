import type { UrgentMark } from '@waymark/domain/urgentRule';
import { open, type Reader } from '../index.ts';

/** Where commands keep what was verified, unless told otherwise. */
export const FOLDER = '.waymark';

/**
 * What was fetched into a folder, without a network.
 * @throws Error that says how to fill the folder
 */
export async function openFolder(dir: string, seed?: string): Promise<Reader> {
  return open({ dir, seed, urls: [], auto: false }).catch((cause: unknown) => {
    throw new Error(`Nothing verified in ${dir} yet: run \`waymark-reader fetch <url> --root <file>\` first`, {
      cause,
    });
  });
}

/** One line on what is at hand, and how old it is. */
export function headline({ snapshot, state, checkedAt }: Reader): string {
  const age = checkedAt === undefined ? 'as shipped, never checked' : `checked ${checkedAt}`;
  const demo = snapshot.assurance === 'demo' ? ', DEMO: one key alone could sign this' : '';
  return `Snapshot ${snapshot.sequence} of ${snapshot.createdAt} (${state}, ${age}${demo})`;
}

/** The mark of what the urgent lane withholds, as a person reads it. */
export function markText({ reason, since }: UrgentMark): string {
  return `temporarily withdrawn${since === '' ? '' : ` since ${since}`}: ${reason}`;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
