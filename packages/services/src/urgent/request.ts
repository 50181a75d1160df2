import { refuse, type SigningCalendar, type SigningRequest, type UrgentWithdrawal } from '@waymark/domain';
import {
  change,
  endUrgentRequest,
  insertUrgentRequest,
  insertUrgentSignature,
  lastUrgentSequence,
  openUrgentRequest,
  Problem,
  type Context,
  type UrgentRequestRow,
} from '@waymark/store';
import {
  findRepository,
  readUrgent,
  sha256,
  signRequest,
  TufProblem,
  urgentRequest,
  type Published,
  type Repository,
  type Signer,
} from '@waymark/tuf';
import { enqueueSigningNotice } from '../mail/duty.ts';
import { inTurn, type Publishing } from '../snapshots/publishing.ts';
import { asPublisher } from '../snapshots/reconcile.ts';
import { refusalOf } from '../snapshots/refusal.ts';
import { dutyOf } from './duty.ts';
import { completeUrgent, publishUrgent } from './publish.ts';
import { isSameList, withdrawnNow } from './withdrawals.ts';

/**
 * Keeps the urgent list in step with what is suspended: asks those on duty for a signature when clients would get another
 * list, or when theirs expires soon; publishes what they signed; a demo signs by itself. Twice in a row does nothing.
 * @returns what waits for a signature; undefined when clients have it, or there is no urgent lane
 * @throws Problem publishing-off, storage-failed
 */
export function followUrgent(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
): Promise<UrgentRequestRow | undefined> {
  return inTurn(publishing, () => follow(ctx, publishing));
}

/** The same for a caller whose turn it is already. */
export async function follow(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
): Promise<UrgentRequestRow | undefined> {
  if (!publishing.online) return undefined;
  try {
    const repository = await findRepository(publishing.repoDir);
    if (!repository?.published || !dutyOf(repository.published)) return undefined;
    await step(ctx, publishing, repository, repository.published);
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
  return openUrgentRequest(ctx.store.read);
}

async function step(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  repository: Repository,
  published: Published,
): Promise<void> {
  const { read } = ctx.store;
  const now = ctx.now();
  const { calendar } = publishing;
  const out = await readUrgent(publishing.repoDir, published.urgent);
  let open = await openUrgentRequest(read);
  if (open && out && out.sequence >= open.sequence) {
    // A crash came between the tree and the note.
    await completeUrgent(ctx, open);
    open = undefined;
  }
  const withdrawn = await withdrawnNow(read, publishing.repoDir);
  if (
    open &&
    isSameList(open.withdrawals.withdrawn, withdrawn) &&
    isNext(open.request, repository, { now, calendar })
  ) {
    await publishUrgent(ctx, publishing, open);
    return;
  }
  const isOut = isSameList(out?.withdrawn ?? [], withdrawn);
  if (
    isOut &&
    (!published.urgent || (published.urgent.isTrusted && isLong(expiresOf(published.urgent), { now, calendar })))
  ) {
    if (open) await endVoid(ctx, open);
    return;
  }
  const asked = await ask(ctx, publishing, { withdrawn, open, last: out?.sequence ?? 0 });
  await publishUrgent(ctx, publishing, asked);
}

const expiresOf = ({ metadata }: NonNullable<Published['urgent']>): string => metadata.signed.expires;

type At = { now: Date; calendar: SigningCalendar };

function isLong(expires: unknown, { now, calendar }: At): boolean {
  return (Date.parse(String(expires)) - now.getTime()) / 3_600_000 > calendar.urgent.windowOpens;
}

/** Whether a request can still be published: it follows what is out, and would live long enough. */
function isNext({ previous, version, signed }: SigningRequest, { published, next }: Repository, at: At): boolean {
  const before = published?.urgent;
  const follows = before
    ? previous?.version === before.metadata.signed.version && previous.sha256 === sha256(before.bytes)
    : previous === null;
  // A crash may have left its file behind, under its own number.
  return follows && version >= next.urgent - 1 && isLong(signed['expires'], at);
}

async function ask(
  ctx: Omit<Context, 'actorId'>,
  { repoDir: dir, dutyKey, calendar }: Publishing,
  { withdrawn, open, last }: { withdrawn: UrgentWithdrawal[]; open: UrgentRequestRow | undefined; last: number },
): Promise<UrgentRequestRow> {
  const sequence = Math.max(last, await lastUrgentSequence(ctx.store.read)) + 1;
  const now = ctx.now();
  const withdrawals = { schema: '1' as const, sequence, issuedAt: now.toISOString(), withdrawn };
  const request = await urgentRequest({ dir, withdrawals, now, calendar });
  const { version, digest, createdAt } = request;
  const row = { sequence, version, digest, request, withdrawals, createdAt };
  const job = asPublisher(ctx);
  await change(job, 'system', async (door) => {
    if (open) await endUrgentRequest(door.tx, open.sequence, 'void', door.now);
    await insertUrgentRequest(door.tx, row);
    const replaces = open?.sequence ?? null;
    await door.audit('urgent.request', `urgent:${sequence}`, { version, digest, withdrawn, replaces });
    if (!dutyKey) await enqueueSigningNotice(ctx, door, { sequence, withdrawn: withdrawn.length });
  });
  if (dutyKey) await signHere(job, row, dutyKey);
  return { ...row, state: 'open', endedAt: null };
}

async function signHere(
  job: Context,
  { sequence, request, version, digest }: Pick<UrgentRequestRow, 'sequence' | 'request' | 'version' | 'digest'>,
  dutyKey: Signer,
): Promise<void> {
  const signature = await signRequest(request, dutyKey);
  await change(job, 'system', async ({ tx, now, audit }) => {
    const { keyid } = signature;
    await insertUrgentSignature(tx, { sequence, keyid, signature, uploadedBy: job.actorId, at: now });
    await audit('urgent.sign', `urgent:${sequence}`, { version, digest, keyid, owner: null });
  });
}

async function endVoid(ctx: Omit<Context, 'actorId'>, { sequence, version, digest }: UrgentRequestRow): Promise<void> {
  await change(asPublisher(ctx), 'system', async ({ tx, now, audit }) => {
    if (!(await endUrgentRequest(tx, sequence, 'void', now))) throw new Problem(refuse('signing-request-void'));
    await audit('urgent.void', `urgent:${sequence}`, { version, digest });
  });
}
