import { z } from 'zod';
import type { Change } from './diff.ts';
import type { Effect } from './impact.ts';
import type { RecordRef } from './manifest.ts';
import type { Policy } from './policy.ts';
import { refuse, type Refusal } from './refusal.ts';
import { isPermitted, type Actor } from './role.ts';

export const SnapshotState = z.enum(['prepared', 'publishing', 'published', 'discarded']).meta({ id: 'SnapshotState' });
export type SnapshotState = z.infer<typeof SnapshotState>;

/** What a snapshot changes for people, compared with the one before. `totals` count what lists may leave out. */
export type Difference = {
  added: RecordRef[];
  removed: RecordRef[];
  changed: (RecordRef & { changes: Change[] })[];
  suspended: RecordRef[];
  effects: Effect[];
  totals: {
    added: number;
    removed: number;
    changed: number;
    /** Of those changed: nothing but how well they are verified. */
    reverified: number;
    suspended: number;
    effects: number;
    lost: number;
  };
};

/** Whether publishing takes a second publisher, and why. */
export type Gate = { needsSecond: boolean; reasons: string[] };

/** What the gate needs to know of a difference. */
export type Losses = {
  entriesBefore: number;
  entriesLeaving: number;
  /** Areas (country codes, `001`) that had an entry and have none, or none a person can be sent to. */
  areasLost: readonly string[];
};

/** A slip of one person must not empty the directory: large losses need a second publisher (issue "main job" §4). */
export function gateOf({ gate }: Policy, { entriesBefore, entriesLeaving, areasLost }: Losses): Gate {
  const reasons: string[] = [];
  if (entriesLeaving * 100 > entriesBefore * gate.maxLossPercent) {
    reasons.push(`${entriesLeaving} of ${entriesBefore} entries leave, which is more than ${gate.maxLossPercent} %`);
  }
  if (gate.lastOfCountry && areasLost.length > 0) {
    reasons.push(`The last entry leaves: ${areasLost.map((area) => (area === '001' ? 'worldwide' : area)).join(', ')}`);
  }
  return { needsSecond: reasons.length > 0, reasons };
}

/** What the rules need to know of a snapshot. */
export type SnapshotFacts = {
  state: SnapshotState;
  preparedBy: string;
  confirmedBy: string | null;
  gate: Gate;
  /** The directory, the policy or the published snapshot moved since it was prepared. */
  outdated: boolean;
  /** How many people have yet to sign it; 0 where the server signs by itself. */
  signaturesMissing: number;
};

/** Who may confirm a large loss: a publisher other than the one who prepared it. */
export function confirmSnapshotRefusal(snapshot: SnapshotFacts, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, 'snapshot.publish')) return refuse('not-permitted');
  if (snapshot.state !== 'prepared') return refuse('snapshot-not-prepared');
  if (snapshot.preparedBy === actor.id) return refuse('second-person-needed');
  if (snapshot.confirmedBy !== null) return refuse('already-confirmed', 'This snapshot was confirmed already');
  if (snapshot.outdated) return refuse('snapshot-outdated');
  return undefined;
}

/** Who may publish, and when. @param online whether the signing keys are at hand */
export function publishSnapshotRefusal(snapshot: SnapshotFacts, actor: Actor, online: boolean): Refusal | undefined {
  if (!isPermitted(actor, 'snapshot.publish')) return refuse('not-permitted');
  if (snapshot.state !== 'prepared') return refuse('snapshot-not-prepared');
  if (snapshot.outdated) return refuse('snapshot-outdated');
  if (!online) return refuse('publishing-off');
  const { confirmedBy, preparedBy, gate } = snapshot;
  const confirmed = confirmedBy !== null && confirmedBy !== actor.id && confirmedBy !== preparedBy;
  if (gate.needsSecond && !confirmed) return refuse('gate-second-publisher', gate.reasons.join('. '));
  if (snapshot.signaturesMissing > 0)
    return refuse('signatures-missing', `${snapshot.signaturesMissing} more must sign before it can be published`);
  return undefined;
}

/** Who may bring a signature, and when. Whose signature it is, its key says. */
export function addSignatureRefusal(
  snapshot: Pick<SnapshotFacts, 'state' | 'outdated'>,
  actor: Actor,
): Refusal | undefined {
  if (!isPermitted(actor, 'snapshot.publish')) return refuse('not-permitted');
  if (snapshot.state !== 'prepared') return refuse('snapshot-not-prepared');
  return snapshot.outdated ? refuse('signing-request-void', 'The directory changed since') : undefined;
}

/** Who may throw a prepared snapshot away: any publisher. */
export function discardSnapshotRefusal(snapshot: Pick<SnapshotFacts, 'state'>, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, 'snapshot.publish')) return refuse('not-permitted');
  return snapshot.state === 'prepared' ? undefined : refuse('snapshot-not-prepared');
}
