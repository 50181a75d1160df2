import { SIGNING_REFUSALS, type Change, type Json, type SnapshotReview } from '@waymark/domain';
import type { Signers } from './reviewBundle.ts';

/** Prints a snapshot as its signer reads it: what speaks against it first, then what changes for people, contacts in full. */
export function printReview(review: SnapshotReview, signers: Signers, say: (line: string) => void): void {
  const { sequence, version, expires, daysLeft, comparedWith } = review;
  say(
    `Snapshot ${sequence ?? '?'} as targets ${version ?? '?'}, valid until ${expires ?? '?'} (${daysLeft ?? '?'} days)`,
  );
  say(
    comparedWith
      ? `Compared with snapshot ${comparedWith.sequence}, which this machine verified at ${comparedWith.verifiedAt}.`
      : 'There is nothing to compare with: this machine has verified no snapshot yet. Everything below is new to it.',
  );
  say(`Root ${signers.version}: ${signers.threshold} of ${signers.keyids.length} must sign: ${namesOf(signers)}\n`);
  printDifference(review, say);
  printTrust(review, say);
  for (const note of review.notes) say(`NOTE: ${note}`);
  printRefusals(review, say);
  if (review.digest !== null)
    say(
      `\nSix words, to compare by voice with the other signers:\n\n  ${review.words.join(' ')}\n\n  ${review.digest}`,
    );
}

function namesOf({ keyids, owners }: Signers): string {
  return keyids.map((keyid) => owners[keyid] ?? keyid.slice(0, 12)).join(', ');
}

function printDifference({ difference, contacts, hosts, counts }: SnapshotReview, say: (line: string) => void): void {
  if (!difference || !counts) return;
  const { totals } = difference;
  say(
    `${counts.entries} entries, ${counts.channels} contacts. ${totals.changed} records changed (${totals.reverified} only looked at again), ${totals.added} new, ${totals.removed + totals.suspended} gone.`,
  );
  const lost = difference.effects.filter((effect) => effect.lost);
  if (lost.length > 0) say('\nWHO LOSES THE LAST OPTION');
  for (const { area, need } of lost) say(`  ${area === '001' ? 'worldwide' : area}: ${need}`);
  if (hosts.length > 0) say('\nOTHER HOSTS THAN BEFORE');
  for (const { name, slug, hosts: list } of hosts) say(`  ${name} (${slug}): ${list.join(', ')}`);
  for (const [title, list] of [
    ['GONE', difference.removed],
    ['TAKEN OUT OF SIGHT', difference.suspended],
  ] as const) {
    if (list.length > 0) say(`\n${title}`);
    for (const { name, slug, type } of list) say(`  ${type} ${name} (${slug})`);
  }
  if (difference.changed.length > 0) say('\nCHANGED');
  for (const { name, slug, type, changes } of difference.changed) {
    say(`  ${type} ${name} (${slug})`);
    // Contact values come first: `diffDocuments` puts them there.
    for (const change of changes) for (const line of linesOf(change)) say(`    ${line}`);
  }
  if (contacts.length > 0) say('\nNEW, WITH EVERY CONTACT');
  for (const { name, slug, type, contacts: list } of contacts) {
    say(`  ${type} ${name} (${slug})`);
    for (const { channel, type: kind, address } of list) say(`    ${channel} ${kind}: ${address}`);
  }
}

function linesOf({ label, path, before, after }: Change): string[] {
  const text = (value: Json | undefined) => (value === undefined ? '-' : printable(value));
  return [`${label} (${path})`, `  before: ${text(before)}`, `  after:  ${text(after)}`];
}

/** What could move the cursor or turn the direction of reading is written out: a record is somebody else's text. */
export function printable(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

function printTrust({ delegations, policies, unproven }: SnapshotReview, say: (line: string) => void): void {
  if (delegations) {
    say('\nOTHER KEYS ARE TRUSTED FOR PARTS OF THE TREE');
    say(`  before: ${JSON.stringify(delegations.before)}`);
    say(`  after:  ${JSON.stringify(delegations.after)}`);
  }
  for (const { version, before, after } of policies) {
    say(`\nPOLICY ${version}`);
    if (before) say(`  before: ${JSON.stringify(before)}`);
    say(`  after:  ${JSON.stringify(after)}`);
  }
  if (unproven.length > 0)
    say(`\nTaken on the word of the signer whose six words you typed, not made again here: ${unproven.join(', ')}`);
}

function printRefusals({ refusals }: SnapshotReview, say: (line: string) => void): void {
  if (refusals.length === 0) {
    say(
      '\nNothing speaks against it: every file was made again from the records, every approval and proof checked, on this machine.',
    );
    return;
  }
  say('\nREFUSED');
  for (const { code, detail, confirm } of refusals) {
    say(`  ${code}: ${SIGNING_REFUSALS[code]}`);
    say(`    ${printable(detail)}`);
    if (code === 'memory-behind') say('    Fetch them first: waymark verify URL --memory DIR');
    if (confirm) say(`    If it is meant: --confirm "${confirm.kind}:${printable(confirm.value)}"`);
  }
}
