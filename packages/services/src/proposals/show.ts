import {
  areaCountries,
  commentRefusal,
  editRefusal,
  impactOf,
  parseDocument,
  referencesOf,
  refuse,
  reviewRefusal,
  stateAfter,
  submitRefusal,
  withdrawRefusal,
  type Actor,
  type BatchKind,
  type Change,
  type Comment,
  type Conflict,
  type ContributorPart,
  type DirectoryRecord,
  type DocumentProblem,
  type Effect,
  type Entry,
  type ProposalKind,
  type ProposalState,
  type RecordState,
  type RecordType,
  type Refusal,
  type Review,
  type Risk,
} from '@waymark/domain';
import {
  activeEntriesServing,
  batchOfProposal,
  commentsOf,
  contributorsOf,
  countBatchProposals,
  countProposals,
  findActor,
  findProposal,
  findRecord,
  importOfBatch,
  pageProposals,
  Problem,
  queueNeighbours,
  recordReferences,
  reviewsOf,
  standingApprovers,
  type Context,
  type ProposalQuery,
  type ProposalRecord,
  type Reader,
} from '@waymark/store';
import { firstStepsOfProposal, NO_FIRST_STEPS, type FirstSteps } from '../coverage/firstSteps.ts';
import { assess, warningsOf, type Warning } from './assess.ts';
import { baseDocument, isObject } from './document.ts';
import { linksThatFollow, NO_LINKS, type Links } from './linksThatFollow.ts';

export type ProposalRow = {
  id: string;
  kind: ProposalKind;
  recordType: RecordType;
  recordId: string;
  recordName: string;
  state: ProposalState;
  risk: Risk;
  requiredApprovals: number;
  approvals: number;
  authorId: string;
  authorName: string;
  summary: string;
  version: number;
  contentHash: string;
  createdAt: string;
  updatedAt: string;
  submittedAt: string | null;
  conflictCount: number;
  openComments: number;
};

export type Reference = { name: string; slug: string; type: RecordType; state: RecordState };

export type ProposalView = ProposalRow & {
  baseRevision: number;
  policyVersion: number;
  doc: unknown;
  base: unknown;
  current: unknown;
  currentRevision: number;
  changes: Change[];
  problems: DocumentProblem[];
  unsupportedPaths: string[];
  warnings: Warning[];
  conflicts: Conflict[];
  contributors: { userId: string; name: string; part: ContributorPart; at: string }[];
  reviews: Review[];
  comments: Comment[];
  effects: Effect[];
  firstSteps: FirstSteps;
  mergedId: string | null;
  merged: unknown;
  /** For a merge that is open: what names the record that goes and will name the one that stays. */
  links: Links;
  references: Record<string, Reference>;
  /** What the asking person may do; null = allowed, otherwise why not. The same rules decide when they try. */
  can: Record<'edit' | 'submit' | 'withdraw' | 'approve' | 'requestChanges' | 'decline' | 'comment', Refusal | null>;
  neighbours: { previous: string | null; next: string | null };
  batch: Membership | null;
};

/** The batch a proposal belongs to: which row of which file it was made of, and how many proposals are in it. */
export type Membership = {
  id: string;
  kind: BatchKind;
  title: string;
  row: number | null;
  file: string | null;
  proposals: number;
};

/** Everything a person needs to judge a proposal on one screen. @throws Problem not-found */
export async function showProposal(ctx: Context, id: string): Promise<ProposalView> {
  const { read } = ctx.store;
  const proposal = await findProposal(read, id);
  if (!proposal) throw new Problem(refuse('not-found'));
  const actor = await findActor(read, ctx.actorId);
  const record = await findRecord(read, proposal.recordId);
  const merged = proposal.mergedId === null ? undefined : await findRecord(read, proposal.mergedId);
  const base = await baseDocument(read, proposal);
  const closed = proposal.closedAt !== null;
  const assessed = await assess(read, proposal, base);
  const [contributors, reviews, comments] = [
    await contributorsOf(read, id),
    await reviewsOf(read, id),
    await commentsOf(read, id),
  ];
  const approverIds = await standingApprovers(read, id, proposal.contentHash);
  const facts = {
    ...proposal,
    contributorIds: contributors.map((c) => c.userId),
    approverIds,
    conflictCount: proposal.conflicts.length,
  };
  return {
    ...toRow(proposal, {
      authorName: contributors.find((c) => c.userId === proposal.authorId)?.name ?? proposal.authorId,
      approvals: approverIds.length,
      openComments: comments.filter((c) => c.resolvedAt === null).length,
    }),
    baseRevision: proposal.baseRevision,
    policyVersion: proposal.policyVersion,
    doc: proposal.doc,
    base: base ?? null,
    current: record?.doc ?? null,
    currentRevision: record?.revision ?? 0,
    changes: assessed.changes,
    problems: closed ? [] : assessed.problems,
    unsupportedPaths: closed ? [] : assessed.unsupportedPaths,
    warnings: await warningsOf(read, proposal.recordType, proposal.doc, assessed.changes),
    conflicts: proposal.conflicts,
    contributors: contributors.map((c) => ({ ...c, name: c.name ?? c.userId })),
    reviews,
    comments,
    effects: await effectsOf(read, proposal, record, merged),
    firstSteps: await firstStepsIn(ctx, proposal),
    mergedId: proposal.mergedId,
    merged: merged?.doc ?? null,
    links: merged && !closed ? await linksThatFollow(read, merged.id, proposal.recordId) : NO_LINKS,
    references: await recordReferences(
      read,
      [proposal.doc, base, record?.doc].flatMap((doc) =>
        isObject(doc) ? referencesOf(proposal.recordType, doc).map((r) => r.id) : [],
      ),
    ),
    can: permissionsOf(facts, actor, assessed),
    neighbours: await queueNeighbours(read, ctx.actorId, isWaitingFor(ctx.actorId, facts) ? proposal : undefined),
    batch: await membershipOf(read, id),
  };
}

async function membershipOf(read: Reader, proposalId: string): Promise<Membership | null> {
  const batch = await batchOfProposal(read, proposalId);
  if (!batch) return null;
  const { id, kind, title, row } = batch;
  const file = (await importOfBatch(read, id))?.name ?? null;
  return { id, kind, title, row, file, proposals: await countBatchProposals(read, id) };
}

function isWaitingFor(
  userId: string,
  { state, contributorIds, approverIds }: { state: ProposalState; contributorIds: string[]; approverIds: string[] },
): boolean {
  return state === 'in-review' && !contributorIds.includes(userId) && !approverIds.includes(userId);
}

function permissionsOf(
  facts: Parameters<typeof reviewRefusal>[0] & { kind: ProposalKind },
  actor: Actor | undefined,
  assessed: { problems: DocumentProblem[]; changes: Change[]; unsupportedPaths: string[] },
): ProposalView['can'] {
  const who: Actor = actor ?? { id: '', name: '', roles: [], status: 'disabled' };
  const review = (decision: 'approve' | 'request-changes' | 'decline') =>
    reviewRefusal(facts, who, { decision }) ?? null;
  return {
    edit: editRefusal(facts, who) ?? null,
    submit:
      submitRefusal(facts, who, {
        kind: facts.kind,
        problems: assessed.problems,
        changeCount: assessed.changes.length,
        unsupportedPaths: assessed.unsupportedPaths,
      }) ?? null,
    withdraw: withdrawRefusal(facts, who) ?? null,
    approve: review('approve'),
    requestChanges: review('request-changes'),
    decline: review('decline'),
    comment: commentRefusal(who) ?? null,
  };
}

async function effectsOf(
  read: Reader,
  proposal: ProposalRecord,
  record: DirectoryRecord | undefined,
  merged: DirectoryRecord | undefined,
): Promise<Effect[]> {
  if (proposal.recordType !== 'entry' || proposal.closedAt !== null) return [];
  const proposed = parseDocument('entry', proposal.doc);
  if (!proposed.ok) return [];
  if (record && merged) return effectsOfMerge(read, record, merged, proposed.doc);
  const before = record && { ...(record.doc as Entry), state: record.state };
  const after = { ...proposed.doc, state: stateAfter(proposal.kind, record?.state) };
  const others = await activeEntriesServing(read, countriesOf([before, after]));
  return impactOf(
    before,
    after,
    others.filter((e) => e.id !== proposal.recordId).map((e) => ({ ...e, state: 'active' as const })),
  );
}

/** What a merge of two entries changes for people: two options become one, which may be more than each was. */
export async function effectsOfMerge(
  read: Reader,
  stays: DirectoryRecord,
  goes: DirectoryRecord,
  united: Entry,
): Promise<Effect[]> {
  const gone = { ...(goes.doc as Entry), state: goes.state }; // Its type is that of what stays, an entry.
  const after = { ...united, state: stays.state };
  const others = await activeEntriesServing(read, countriesOf([stays.doc as Entry, after, gone]));
  const rest = others.filter((e) => e.id !== stays.id && e.id !== gone.id);
  const active = rest.map((e) => ({ ...e, state: 'active' as const }));
  // Two entries change, one after the other: the one that stays becomes the united one, then the one that goes leaves.
  const first = impactOf({ ...(stays.doc as Entry), state: stays.state }, after, [...active, gone]);
  const second = impactOf(gone, undefined, [...active, after]);
  const keyOf = ({ area, need }: Effect) => `${area} ${need}`;
  const became = new Map(second.map((effect) => [keyOf(effect), effect]));
  const both = first.map((effect) => {
    const next = became.get(keyOf(effect));
    became.delete(keyOf(effect));
    return next ? { ...next, before: effect.before } : effect;
  });
  return [...both, ...became.values()].filter(({ before, after: left }) => before !== left);
}

/** What is closed, or no entry, or not whole, changes nobody's first step. */
async function firstStepsIn({ store, now }: Context, proposal: ProposalRecord): Promise<FirstSteps> {
  const isWhole = proposal.recordType === 'entry' && parseDocument('entry', proposal.doc).ok;
  if (!isWhole || proposal.closedAt !== null) return NO_FIRST_STEPS;
  return firstStepsOfProposal(store.read, proposal, now().toISOString());
}

/** Countries (or `001`) that any of the entries serves. */
export function countriesOf(entries: readonly (Pick<Entry, 'serves'> | undefined)[]): string[] {
  const all = entries.flatMap((entry) =>
    (entry?.serves ?? []).flatMap((s) => {
      const countries = areaCountries(s.area);
      return countries === 'world' ? ['001'] : [...countries];
    }),
  );
  return [...new Set(all)];
}

/** One page of proposals. `reviewable` and `mine` mean the asking person. */
export async function listProposals(
  ctx: Context,
  query: Omit<ProposalQuery, 'reviewableBy'> & { reviewable?: boolean | undefined; mine?: boolean | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: ProposalRow[]; total: number }> {
  const { reviewable, mine, ...rest } = query;
  const wanted: ProposalQuery = {
    ...rest,
    ...(reviewable ? { reviewableBy: ctx.actorId } : {}),
    ...(mine ? { authorId: ctx.actorId } : {}),
  };
  const rows = await pageProposals(ctx.store.read, wanted, page);
  return {
    data: rows.map(({ proposal, authorName, approvals, openComments }) =>
      toRow(proposal, { authorName: authorName ?? proposal.authorId, approvals, openComments }),
    ),
    total: await countProposals(ctx.store.read, wanted),
  };
}

function toRow(
  proposal: Omit<ProposalRecord, 'doc'>,
  more: { authorName: string; approvals: number; openComments: number },
): ProposalRow {
  const { id, kind, recordType, recordId, recordName, state, risk, requiredApprovals, authorId, summary, version } =
    proposal;
  const { contentHash, createdAt, updatedAt, submittedAt } = proposal;
  return {
    id,
    kind,
    recordType,
    recordId,
    recordName,
    state,
    risk,
    requiredApprovals,
    authorId,
    summary,
    version,
    contentHash,
    createdAt,
    updatedAt,
    submittedAt,
    conflictCount: proposal.conflicts.length,
    ...more,
  };
}
