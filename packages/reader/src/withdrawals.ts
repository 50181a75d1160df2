import type { RoutableEntry } from '@waymark/domain/routable';
import { ReaderProblem } from './problem.ts';
import { isSafeInt, isTree, listOf, treeOf } from './tuf/shape.ts';

export const WITHDRAWN = 'urgent/withdrawn.json';

/** Something that may not be shown for now, ahead of the next snapshot (SNAPSHOTS §4.5). */
export type Withdrawal = { channels: ReadonlySet<string> | undefined; reason: string; since: string };
export type Withdrawals = { sequence: number; byEntry: ReadonlyMap<string, Withdrawal> };

/** Nothing is withdrawn. */
export const NO_WITHDRAWALS: Withdrawals = { sequence: 0, byEntry: new Map() };

/**
 * Reads `urgent/withdrawn.json`. It can hide and mark, and nothing else: whatever else stands in it is passed over.
 * @throws ReaderProblem `malformed`, `schema-unknown`
 */
export function parseWithdrawals(bytes: Uint8Array): Withdrawals {
  const file = treeOf(jsonOf(bytes), 'withdrawals');
  if (file['schema'] !== '1') throw new ReaderProblem('schema-unknown', 'the list of withdrawals is of another schema');
  const sequence = file['sequence'];
  if (!isSafeInt(sequence) || sequence < 1) throw new ReaderProblem('malformed', 'withdrawals have no sequence');
  const byEntry = new Map<string, Withdrawal>();
  for (const item of listOf(file['withdrawn'], 'withdrawn')) {
    const { id, channels, reason, since } = treeOf(item, 'withdrawal');
    if (typeof id !== 'string') throw new ReaderProblem('malformed', 'a withdrawal names no entry');
    const named = channels === undefined ? undefined : new Set(listOf(channels, 'channels').map(String));
    const before = byEntry.get(id);
    byEntry.set(id, {
      // Named twice, the wider of the two holds: this list can only hide.
      channels: before ? union(before.channels, named) : named,
      reason: typeof reason === 'string' ? reason : 'other',
      since: typeof since === 'string' ? since : '',
    });
  }
  return { sequence, byEntry };
}

/**
 * Entries as routing should see them: withdrawn ones are suspended, withdrawn channels are nothing to rely on. Nothing is taken
 * away, so that routing counts what it withholds and shows where else to turn.
 */
export function withdraw(entries: readonly RoutableEntry[], { byEntry }: Withdrawals): RoutableEntry[] {
  return entries.map((entry) => {
    const withdrawal = byEntry.get(entry.id);
    if (withdrawal === undefined) return entry;
    const { channels: named, reason } = withdrawal;
    if (named === undefined || entry.channels.every(({ id }) => named.has(id)))
      return { ...entry, state: 'suspended', unsafe: reason === 'unsafe' };
    const channels = entry.channels.map((channel) =>
      named.has(channel.id) ? { ...channel, verification: { confidence: 'none' as const, expiresAt: null } } : channel,
    );
    return { ...entry, channels };
  });
}

function union(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) {
  return a === undefined || b === undefined ? undefined : new Set([...a, ...b]);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    return isTree(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
