import { setImmediate as othersTurn } from 'node:timers/promises';
import { refuse, type Evidence, type Method, type Refusal } from '@waymark/domain';
import { change, Problem, type Change, type Context } from '@waymark/store';
import { recordIn } from './record.ts';

/** One source that speaks for many entries, such as a network's list of members. */
export type SharedLook = {
  evidence: readonly Evidence[];
  method: Method;
  items: readonly { recordId: string; revision: number; paths: readonly string[] }[];
  performedAt?: string | undefined;
  note?: string | undefined;
};

export type LookResult =
  { recordId: string; ok: true; eventId: string } | { recordId: string; ok: false; refusal: Refusal };

/**
 * Confirms facts of many entries by one source, in one transaction: each row is an event of its own, obeys every rule and
 * stands or falls alone.
 * @throws Problem evidence-missing without a source, not-permitted
 */
export function recordMany(ctx: Context, shared: SharedLook): Promise<LookResult[]> {
  return change(ctx, 'verification.write', (door) => recordManyIn(door, shared));
}

/** Rows after which others get their turn, while the transaction stays open. */
const ROWS_AT_ONCE = 10;

/** `recordMany` as a part of a change. @throws Problem evidence-missing */
export async function recordManyIn(door: Change, shared: SharedLook): Promise<LookResult[]> {
  if (shared.evidence.length === 0) throw new Problem(refuse('evidence-missing', 'Name the list you looked at'));
  const results: LookResult[] = [];
  for (const item of shared.items) {
    results.push(await recordOne(door, shared, item));
    if (results.length % ROWS_AT_ONCE === 0) await othersTurn();
  }
  await door.audit('verification.record-many', 'verification:many', {
    method: shared.method,
    confirmed: results.filter(({ ok }) => ok).length,
    refused: results.filter(({ ok }) => !ok).length,
  });
  return results;
}

async function recordOne(
  door: Change,
  { evidence, method, performedAt, note }: SharedLook,
  { recordId, revision, paths }: SharedLook['items'][number],
): Promise<LookResult> {
  try {
    const look = { revision, paths, method, outcome: 'confirmed' as const, evidence, performedAt, note };
    const { event } = await recordIn(door, recordId, look, { kind: 'person', userId: door.actor.id });
    return { recordId, ok: true, eventId: event.id };
  } catch (error) {
    // A refusal comes before the row's first write.
    if (!(error instanceof Problem)) throw error;
    return { recordId, ok: false, refusal: error.refusal };
  }
}
