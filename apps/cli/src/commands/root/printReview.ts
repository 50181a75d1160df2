import { digestWords, type SigningRequest } from '@waymark/domain';
import { sha256, type RolePower, type RootPowers, type RootReview } from '@waymark/tuf';

/** Where lines go: to the console, and into the record of the ceremony. */
export type Say = (line: string) => void;

const POWERS: [keyof RootPowers, string][] = [
  ['root', 'can replace every key, together'],
  ['targets', 'can say which numbers are true, together'],
  ['snapshotRole', 'says which files belong together; can change no number'],
  ['timestamp', 'says what is newest; can change no number'],
];

/** Prints a request for a root as its signers read it: who could do what before, who could after, and what to compare. */
export function printRootReview(review: RootReview, previous: Buffer | undefined, say: Say): void {
  const { version, expires, before, after, changes, words } = review;
  say(`Root ${version}, valid until ${expires}\n`);
  if (before && previous) {
    say(`BEFORE, by root ${version - 1} (sha256 ${sha256(previous)})`);
    printPowers(before, say);
  } else say('BEFORE: nothing. This is the first root; apps will trust it without asking anybody else.');
  say(`AFTER, by root ${version}`);
  printPowers(after, say);
  say(before ? 'WHAT CHANGES' : 'Every name above must be a person you know, with the keyid that they read to you.');
  if (before) for (const change of changes.length > 0 ? changes : ['nobody; only the date']) say(`  ${change}`);
  printWords(words, say);
}

/** Prints a request to sign again what is published. */
export function printRenewal(request: SigningRequest, files: number, say: Say): void {
  const { version, previous, signed, digest } = request;
  say(`Targets ${version}, valid until ${String(signed['expires'])}`);
  say(`  the same ${files} files as targets ${previous?.version}, byte by byte; only number and dates are new.`);
  say('  It is needed because the keys of the role targets change, and the new root must trust what is published.');
  printWords(digestWords(digest), say);
}

function printPowers(powers: RootPowers, say: Say): void {
  for (const [role, does] of POWERS) say(`  ${sentence(powers[role], role, does)}`);
  say('');
}

function sentence({ threshold, keys }: RolePower, role: string, does: string): string {
  const lines = keys.map(({ keyid, name }) => `\n      ${keyid}  ${name ?? 'the server'}`);
  const who = keys.length === 1 ? 'this key' : `any ${threshold} of these ${keys.length}`;
  return `${role}: ${who} ${does}${lines.join('')}`;
}

function printWords(words: string[], say: Say): void {
  say(`\nSix words of this request; everybody who signs must read the same ones aloud:\n  ${words.join(' ')}`);
}
