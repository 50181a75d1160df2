import { publishSnapshotRefusal, refuse, type SignatureFile, type SigningRequest } from '@waymark/domain';
import {
  change,
  findSnapshot,
  orThrow,
  Problem,
  updateSnapshot,
  type Context,
  type SnapshotRecord,
} from '@waymark/store';
import {
  publishSignedTargets,
  publishTargets,
  TufProblem,
  type OnlineSigners,
  type OnStep,
  type PublishSigners,
  type TargetContent,
} from '@waymark/tuf';
import { signingOf, type Signing } from '../signing/request.ts';
import { follow } from '../urgent/request.ts';
import { dutyDelegation } from '../urgent/delegation.ts';
import { factsOf, showSnapshot, type SnapshotRow } from './list.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { completePublishing, settle } from './reconcile.ts';
import { refusalOf, requirePublisher } from './refusal.ts';
import { readStage } from './stage.ts';

/**
 * Publishes a prepared snapshot: clients get it when this returns. After a crash on the way they get the old one or the
 * new one, and the next start or call settles which (see `reconcileSnapshots`).
 * @param options.onStep told before each durable step of the tree; tests crash there
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, snapshot-outdated, publishing-off,
 *   gate-second-publisher, signatures-missing, signing-request-void, storage-failed
 */
export async function publishSnapshot(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
  options: { onStep?: OnStep } = {},
): Promise<SnapshotRow> {
  await requirePublisher(ctx);
  return inTurn(publishing, async () => {
    await settle(ctx, publishing);
    const prepared = await findSnapshot(ctx.store.read, sequence);
    if (!prepared) throw new Problem(refuse('not-found'));
    const isWaiting = prepared.state === 'prepared';
    // Read before anything is decided. Whoever changes them afterwards stops it: they are hashed again on their way out.
    const files = isWaiting && publishing.off === null ? await readStage(publishing, prepared) : [];
    const signing = await signingOf(ctx.store.read, publishing, prepared, ctx.now());
    await begin(ctx, publishing, sequence);
    const row = await findSnapshot(ctx.store.read, sequence);
    // A repeated request finds it published by the first one.
    if (row?.state === 'publishing')
      await release(ctx, publishing, row, files, hereOrElsewhere(publishing, signing), options.onStep);
    else if (row?.state !== 'published') throw new Problem(refuse('snapshot-not-prepared'));
    // What it no longer holds leaves the urgent list. It is out whatever becomes of that: the hourly job tries again.
    await follow(ctx, publishing).catch(() => undefined);
    return showSnapshot(ctx, publishing, sequence);
  });
}

/** Who signs: the keys of a demo, or people who did. */
type Signed = PublishSigners | { request: SigningRequest; signatures: SignatureFile[]; online: OnlineSigners };

function hereOrElsewhere({ keys, online }: Publishing, signing: Signing | undefined): Signed {
  if (keys) return keys;
  if (!signing || !online) throw new Error('Published without signatures: the rule lets nobody do so');
  return { request: signing.row.request, signatures: signing.signed.map(({ signature }) => signature), online };
}

async function begin(ctx: Context, publishing: Publishing, sequence: number): Promise<void> {
  await change(ctx, 'snapshot.publish', async ({ tx, actor, audit }) => {
    const row = await findSnapshot(tx, sequence);
    if (!row) throw new Problem(refuse('not-found'));
    const facts = await factsOf(tx, row, publishing, ctx.now());
    orThrow(publishSnapshotRefusal(facts, actor, publishing.off === null));
    const saved = await updateSnapshot(tx, sequence, 'prepared', { state: 'publishing', publishedBy: actor.id });
    if (!saved) throw new Problem(refuse('snapshot-not-prepared'));
    const { contentDigest, confirmedBy } = row;
    await audit('snapshot.begin', `snapshot:${sequence}`, { contentDigest, confirmedBy });
  });
}

/**
 * Signs and writes the tree, then notes it. For a snapshot in state `publishing`.
 * @throws Problem publishing-off, storage-failed, after the row was settled by what the tree says
 */
export async function release(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  row: SnapshotRecord,
  files: TargetContent[],
  signed: Signed,
  onStep?: OnStep,
): Promise<void> {
  const { repoDir: dir, calendar } = publishing;
  try {
    const now = ctx.now();
    const delegations = dutyDelegation(publishing);
    const writing = { dir, files, now, calendar, ...(onStep ? { onStep } : {}) };
    const result =
      'request' in signed
        ? await publishSignedTargets({ ...writing, ...signed })
        : await publishTargets({
            ...writing,
            signers: signed,
            ...(delegations === undefined ? {} : { delegations }),
          });
    await completePublishing(ctx, publishing, row, result);
  } catch (error) {
    // Anything else is as good as a crash: the next turn settles it.
    if (!(error instanceof TufProblem)) throw error;
    const { completed } = await settle(ctx, publishing);
    if (!completed.includes(row.sequence)) throw new Problem(refusalOf(error));
  }
}
