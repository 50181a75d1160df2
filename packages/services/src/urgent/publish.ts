import {
  change,
  endUrgentRequest,
  Problem,
  urgentSignaturesOf,
  type Context,
  type UrgentRequestRow,
} from '@waymark/store';
import { checkSignature, findRepository, publishSignedUrgent, TufProblem } from '@waymark/tuf';
import type { Publishing } from '../snapshots/publishing.ts';
import { asPublisher } from '../snapshots/reconcile.ts';
import { refusalOf } from '../snapshots/refusal.ts';
import { announce } from '../webhooks/announce.ts';
import { dutyOf } from './duty.ts';

/**
 * Publishes the open list once enough on duty have signed it, each signature verified again; before that, nothing happens.
 * For a caller whose turn it is.
 * @returns whether clients get it now
 * @throws Problem publishing-off, storage-failed, signing-request-void
 */
export async function publishUrgent(
  ctx: Omit<Context, 'actorId'>,
  { repoDir: dir, online, calendar }: Publishing,
  row: UrgentRequestRow,
): Promise<boolean> {
  const { request, withdrawals, sequence } = row;
  const duty = dutyOf((await findRepository(dir))?.published);
  if (!online || !duty) return false;
  const signatures = (await urgentSignaturesOf(ctx.store.read, sequence))
    .map(({ signature }) => signature)
    .filter((signature) => checkSignature(request, signature, duty.keys) === undefined);
  if (signatures.length < duty.threshold) return false;
  try {
    await publishSignedUrgent({ dir, request, signatures, withdrawals, online, now: ctx.now(), calendar });
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
  await completeUrgent(ctx, row);
  return true;
}

/** Notes that clients get a list. A fact, so it is written by the system. */
export async function completeUrgent(
  ctx: Omit<Context, 'actorId'>,
  { sequence, version, digest }: Pick<UrgentRequestRow, 'sequence' | 'version' | 'digest'>,
): Promise<void> {
  await change(asPublisher(ctx), 'system', async (door) => {
    if (!(await endUrgentRequest(door.tx, sequence, 'published', door.now)))
      throw new Error(`The urgent list ${sequence} is not open`);
    const signed = (await urgentSignaturesOf(door.tx, sequence)).map(({ keyid }) => keyid);
    await door.audit('urgent.publish', `urgent:${sequence}`, { version, digest, signed });
    await announce(door, { type: 'urgent.published', data: { sequence } });
  });
}
