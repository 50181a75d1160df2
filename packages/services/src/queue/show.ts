import { isPermitted, refuse, type ProposalState, type Risk } from '@waymark/domain';
import {
  countDue,
  findActor,
  listAdminRequests,
  openSuspensions,
  pageAlarms,
  pageProposals,
  preparedSnapshots,
  Problem,
  recordReferences,
  userNames,
  waitingBatches,
  type Context,
  type WaitingIn,
} from '@waymark/store';
import { NewUser } from '../adminRequests/input.ts';
import { listDue } from '../due/list.ts';

/** One thing that waits for the asking person. `href` is a route of the admin. */
export type QueueItem = {
  id: string;
  kind: 'review' | 'changes-requested' | 'draft' | 'suspension' | 'admin-request' | 'snapshot' | 'check' | 'alarm';
  title: string;
  subtitle: string;
  href: string;
  risk?: Risk;
  /** A batch is one item, whatever waits in it: how many of its proposals do. */
  proposals?: number;
  since: string;
  urgent: boolean;
};

/** At most this many of each kind; the lists behind them show the rest. */
const LIMIT = 100;
/** A day's checks; who is through with them goes on in the queue of checks. */
const CHECKS = 20;

/**
 * What waits for this person, most pressing first: alarms that say unsafe, suspensions to confirm, other alarms, reviews oldest
 * first, the day's own checks, own proposals sent back, requests of other admins, prepared snapshots, own drafts.
 */
export async function showQueue(ctx: Context): Promise<QueueItem[]> {
  const { read } = ctx.store;
  const actor = await findActor(read, ctx.actorId);
  if (!actor) throw new Problem(refuse('not-signed-in'));
  const mayCheck = isPermitted(actor, 'verification.write');
  const alarms = mayCheck ? await openAlarms(ctx) : { unsafe: [], others: [] };
  const items: QueueItem[] = [...alarms.unsafe, ...(await suspensionsFor(ctx)), ...alarms.others];
  if (isPermitted(actor, 'proposal.review')) items.push(...(await reviewsFor(ctx)));
  if (mayCheck) items.push(...(await checksFor(ctx)));
  if (isPermitted(actor, 'proposal.write')) items.push(...(await ownProposals(ctx, 'changes-requested')));
  if (isPermitted(actor, 'user.administer')) items.push(...(await requestsFor(ctx)));
  if (isPermitted(actor, 'snapshot.publish')) items.push(...(await snapshotsFor(ctx)));
  if (isPermitted(actor, 'proposal.write')) items.push(...(await ownProposals(ctx, 'draft')));
  return items;
}

/** Alarms, the longest waiting first; the check of the entry is where they are dealt with. */
async function openAlarms(ctx: Context): Promise<{ unsafe: QueueItem[]; others: QueueItem[] }> {
  const { data } = await pageAlarms(ctx.store.read, { state: 'open' }, { limit: LIMIT, offset: 0 });
  const toItem = (row: (typeof data)[number]): QueueItem => ({
    id: row.id,
    kind: 'alarm',
    title: row.recordName,
    subtitle: row.kind,
    href: `/due/${row.recordId}`,
    since: row.raisedAt,
    urgent: true,
  });
  return {
    unsafe: data.filter((row) => row.unsafe).map(toItem),
    others: data.filter((row) => !row.unsafe).map(toItem),
  };
}

/** What this person is at, or was given for today; then how many checks wait in all, where there are more. */
async function checksFor(ctx: Context): Promise<QueueItem[]> {
  const mine = await listDue(ctx, { mine: true }, { limit: CHECKS, offset: 0 });
  const items = mine.data.map((row): QueueItem => ({
    id: row.recordId,
    kind: 'check',
    title: row.name,
    subtitle: row.countries.join(', '),
    href: `/due/${row.recordId}`,
    since: row.dueAt,
    urgent: false,
  }));
  const all = await countDue(ctx.store.read, {}, ctx.now().toISOString());
  if (all <= items.length) return items;
  const rest: QueueItem = {
    id: 'due',
    kind: 'check',
    title: String(all),
    subtitle: '',
    href: '/due',
    since: ctx.now().toISOString(),
    urgent: false,
  };
  return [...items, rest];
}

async function suspensionsFor(ctx: Context): Promise<QueueItem[]> {
  const rows = (await openSuspensions(ctx.store.read)).filter((row) => row.by !== ctx.actorId);
  const names = await recordReferences(
    ctx.store.read,
    rows.map((row) => row.recordId),
  );
  return rows.slice(0, LIMIT).map((row) => ({
    id: row.id,
    kind: 'suspension',
    title: names[row.recordId]?.name ?? row.recordId,
    subtitle: row.reason,
    href: `/entries/${row.recordId}/show`,
    since: row.at,
    urgent: true,
  }));
}

async function reviewsFor(ctx: Context): Promise<QueueItem[]> {
  const rows = await pageProposals(
    ctx.store.read,
    { reviewableBy: ctx.actorId, batch: null, sort: 'submittedAt' },
    { limit: LIMIT, offset: 0 },
  );
  const items = rows.map(({ proposal, authorName }): QueueItem => ({
    id: proposal.id,
    kind: 'review',
    title: proposal.recordName,
    subtitle: [proposal.summary, authorName].filter(Boolean).join(' · '),
    href: `/proposals/${proposal.id}/show`,
    risk: proposal.risk,
    since: proposal.submittedAt ?? proposal.updatedAt,
    urgent: false,
  }));
  const batches = await batchesFor(ctx, 'review', 'in-review', { reviewableBy: ctx.actorId });
  return [...items, ...batches].sort((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
}

/** Batches in which something waits, each as one item: hundreds of rows would hide what else does. */
async function batchesFor(
  ctx: Context,
  kind: 'review' | 'changes-requested' | 'draft',
  state: ProposalState,
  who: WaitingIn,
): Promise<QueueItem[]> {
  const rows = await waitingBatches(ctx.store.read, who, LIMIT);
  return rows.map(({ id, title, authorName, proposals, risk, since }) => ({
    id,
    kind,
    title,
    subtitle: authorName ?? '',
    href: `/batches/${id}?state=${state}`,
    risk,
    proposals,
    since,
    urgent: false,
  }));
}

async function ownProposals(ctx: Context, state: 'changes-requested' | 'draft'): Promise<QueueItem[]> {
  const rows = await pageProposals(
    ctx.store.read,
    { authorId: ctx.actorId, states: [state], batch: null, sort: '-updatedAt' },
    { limit: LIMIT, offset: 0 },
  );
  const batches = await batchesFor(ctx, state, state, { authorId: ctx.actorId, state });
  const items = rows.map(({ proposal }): QueueItem => ({
    id: proposal.id,
    kind: state,
    title: proposal.recordName || proposal.recordType,
    subtitle: proposal.summary,
    href: `/proposals/${proposal.id}/show`,
    risk: proposal.risk,
    since: proposal.updatedAt,
    urgent: false,
  }));
  return [...batches, ...items];
}

async function requestsFor(ctx: Context): Promise<QueueItem[]> {
  const { data } = await listAdminRequests(ctx.store.read, {
    state: 'open',
    sort: 'requestedAt',
    limit: LIMIT,
    offset: 0,
  });
  return data
    .filter((request) => request.requestedBy !== ctx.actorId)
    .map((request) => ({
      id: request.id,
      kind: 'admin-request',
      title: request.subjectName ?? personAskedFor(request) ?? request.kind,
      subtitle: `${request.kind} · ${request.requestedByName}`,
      href: '/admin-requests',
      since: request.requestedAt,
      urgent: false,
    }));
}

/** Who is asked for is no user yet; the name stands in the request. */
function personAskedFor({ payload }: { payload: unknown }): string | undefined {
  return NewUser.safeParse(payload).data?.name;
}

async function snapshotsFor(ctx: Context): Promise<QueueItem[]> {
  const rows = await preparedSnapshots(ctx.store.read);
  const names = await userNames(
    ctx.store.read,
    rows.map((row) => row.preparedBy),
  );
  return rows.map((row) => ({
    id: String(row.sequence),
    kind: 'snapshot',
    title: `#${row.sequence}`,
    subtitle: names.get(row.preparedBy) ?? row.preparedBy,
    href: `/snapshots/${row.sequence}/show`,
    since: row.preparedAt,
    urgent: false,
  }));
}
