import { digestWords, type SigningRequest } from '@waymark/domain';
import { sha256, type RolePower, type RootPowers, type RootReview } from '@waymark/tuf';

const POWERS: [keyof RootPowers, string][] = [
  ['root', 'can replace every key, together'],
  ['targets', 'can say which numbers are true, together'],
  ['snapshotRole', 'says which files belong together; can change no number'],
  ['timestamp', 'says what is newest; can change no number'],
];

/** Prints a request for a root as its signers read it: who could do what before, who could after, and what to compare. */
export function printRootReview(review: RootReview, previous: Buffer | undefined): void {
  const { version, expires, before, after, changes, words } = review;
  console.log(`Root ${version}, valid until ${expires}\n`);
  if (before && previous) {
    console.log(`BEFORE, by root ${version - 1} (sha256 ${sha256(previous)})`);
    printPowers(before);
  } else console.log('BEFORE: nothing. This is the first root; apps will trust it without asking anybody else.');
  console.log(`AFTER, by root ${version}`);
  printPowers(after);
  console.log(
    before ? 'WHAT CHANGES' : 'Every name above must be a person you know, with the keyid that they read to you.',
  );
  if (before) for (const change of changes.length > 0 ? changes : ['nobody; only the date']) console.log(`  ${change}`);
  printWords(words);
}

/** Prints a request to sign again what is published. */
export function printRenewal(request: SigningRequest, files: number): void {
  const { version, previous, signed, digest } = request;
  console.log(`Targets ${version}, valid until ${String(signed['expires'])}`);
  console.log(
    `  the same ${files} files as targets ${previous?.version}, byte by byte; only number and dates are new.`,
  );
  console.log(
    '  It is needed because the keys of the role targets change, and the new root must trust what is published.',
  );
  printWords(digestWords(digest));
}

function printPowers(powers: RootPowers): void {
  for (const [role, does] of POWERS) console.log(`  ${sentence(powers[role], role, does)}`);
  console.log('');
}

function sentence({ threshold, keys }: RolePower, role: string, does: string): string {
  const lines = keys.map(({ keyid, name }) => `\n      ${keyid}  ${name ?? 'the server'}`);
  const who = keys.length === 1 ? 'this key' : `any ${threshold} of these ${keys.length}`;
  return `${role}: ${who} ${does}${lines.join('')}`;
}

function printWords(words: string[]): void {
  console.log(`\nSix words of this request; everybody who signs must read the same ones aloud:\n  ${words.join(' ')}`);
}
