import { refuse } from '@waymark/domain';
import { change, closeCorrection, findCorrection, Problem, type Context, type CorrectionRow } from '@waymark/store';
import { draftIn } from '../proposals/create.ts';
import { settleReport } from './alarm.ts';
import { purgeAfterDecision } from './retention.ts';

/** Why a correction leads to nothing. A closed list: words of the sender are not to live on in a remark. */
export const DISMISSALS = ['already-right', 'not-confirmed', 'unclear', 'nonsense'] as const;
export type Dismissal = (typeof DISMISSALS)[number];

/**
 * Takes a correction as a hint: opens a draft in which staff type what they found themselves, with evidence. Nothing the sender
 * wrote is copied (SECURITY TH1).
 * @returns the draft's id
 * @throws Problem not-found, correction-closed, not-permitted (a draft needs `proposal.write` too), record-not-active
 */
export function acceptCorrection(ctx: Context, id: string): Promise<{ proposalId: string }> {
  return change(ctx, 'correction.decide', async (door) => {
    const { tx, actor, now, audit } = door;
    const correction = await openOne(tx, id);
    const { recordId, what, receivedAt } = correction;
    const draft = await draftIn(door, { kind: 'update', recordType: 'entry', recordId });
    const closed = await closeCorrection(tx, id, {
      state: 'accepted',
      decidedBy: actor.id,
      decidedAt: now,
      purgeAt: purgeAfterDecision(receivedAt, now),
      proposalId: draft.id,
    });
    if (!closed) throw new Problem(refuse('correction-closed'));
    await audit('correction.accept', `correction:${id}`, {
      record: `entry:${recordId}`,
      what,
      proposal: draft.id,
    });
    return { proposalId: draft.id };
  });
}

/** Decides that a correction leads to nothing. @throws Problem not-found, correction-closed, not-permitted */
export function dismissCorrection(ctx: Context, id: string, reason: Dismissal): Promise<void> {
  return change(ctx, 'correction.decide', async (door) => {
    const { tx, actor, now, audit } = door;
    const { recordId, what, receivedAt, path } = await openOne(tx, id);
    const closed = await closeCorrection(tx, id, {
      state: 'dismissed',
      decidedBy: actor.id,
      decidedAt: now,
      purgeAt: purgeAfterDecision(receivedAt, now),
    });
    if (!closed) throw new Problem(refuse('correction-closed'));
    await audit('correction.dismiss', `correction:${id}`, { record: `entry:${recordId}`, what, reason });
    await settleReport(door, { recordId, path: path ?? '' });
  });
}

async function openOne(read: Parameters<typeof findCorrection>[0], id: string): Promise<CorrectionRow> {
  const correction = await findCorrection(read, id);
  if (!correction) throw new Problem(refuse('not-found'));
  if (correction.state !== 'open') throw new Problem(refuse('correction-closed'));
  return correction;
}
