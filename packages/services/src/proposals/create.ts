import {
  approvalsFor,
  createRefusal,
  recordStateRefusal,
  refuse,
  unite,
  type Conflict,
  type ContributorPart,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type ProposalKind,
  type RecordType,
  type Retirement,
} from '@waymark/domain';
import {
  addContributor,
  change,
  currentPolicy,
  findRecord,
  insertProposal,
  openCreateOf,
  orThrow,
  Problem,
  type Change,
  type Context,
} from '@waymark/store';
import { assess } from './assess.ts';
import { isObject, nameOf } from './document.ts';
import { receiptOf, type Receipt } from './receipt.ts';
import { showProposal, type ProposalView } from './show.ts';

export type NewProposal = {
  kind: ProposalKind;
  recordType: RecordType;
  /** The record to change; absent for a new one. */
  recordId?: string | undefined;
  /** The proposed document; may be incomplete while a draft. Defaults to the current one, for a merge to what both say. */
  doc?: unknown;
  /** For merges: the record that goes. */
  mergedId?: string | undefined;
  /** For retiring. */
  retirement?: Retirement | undefined;
  summary?: string | undefined;
  part?: ContributorPart | undefined;
  /** Fields that others changed meanwhile: the draft goes nowhere before a person chose. */
  conflicts?: Conflict[] | undefined;
  /** Where it comes from, for the log: the batch, and the row of the file with this hash. */
  provenance?: Provenance | undefined;
};

export type Provenance = { batch: string; fileSha256?: string; row?: number };

/**
 * Starts a proposal as a draft kept on the server. Nothing of it is visible outside until it is approved.
 * @throws Problem not-permitted, not-found, record-exists, record-not-active and its kin, input-invalid
 */
export async function createProposal(ctx: Context, input: NewProposal): Promise<ProposalView> {
  return showProposal(ctx, (await draft(ctx, input)).id);
}

/** `createProposal` without showing the result. @throws as `createProposal` */
export function draft(ctx: Context, input: NewProposal): Promise<Receipt> {
  return change(ctx, 'proposal.write', (door) => draftIn(door, input));
}

/** `draft` as a part of a change that does more: its actor becomes the author. @throws as `createProposal` */
export async function draftIn({ tx, actor, now, newId, audit }: Change, input: NewProposal): Promise<Receipt> {
  orThrow(createRefusal(actor));
  const record = input.recordId === undefined ? undefined : await findRecord(tx, input.recordId);
  const wanted = isObject(input.doc) ? input.doc : undefined;
  const recordId = input.recordId ?? (typeof wanted?.['id'] === 'string' ? wanted['id'] : newId());
  const existing = record ?? (await findRecord(tx, recordId));
  orThrow(recordStateRefusal(input.kind, existing?.state));
  if (existing && existing.type !== input.recordType) throw new Problem(refuse('not-found'));
  if (input.kind === 'create' && (await openCreateOf(tx, recordId))) throw new Problem(refuse('another-open-proposal'));
  const merged = input.kind === 'merge' ? await mergedRecord(tx, input, recordId) : undefined;
  const content = {
    kind: input.kind,
    recordType: input.recordType,
    recordId,
    baseRevision: existing?.revision ?? 0,
    mergedId: merged?.id ?? null,
    mergedRevision: merged?.revision ?? null,
    doc: startingDocument(input, existing, merged, recordId),
  };
  const assessed = await assess(tx, content, existing?.doc);
  const { version: policyVersion, policy } = await currentPolicy(tx);
  const proposal = await insertProposal(tx, {
    ...content,
    id: newId(),
    recordName: nameOf(input.recordType, assessed.doc),
    state: 'draft',
    doc: assessed.doc,
    contentHash: assessed.contentHash,
    risk: assessed.risk,
    requiredApprovals: approvalsFor(assessed.risk, policy),
    policyVersion,
    summary: input.summary ?? '',
    conflicts: input.conflicts ?? [],
    authorId: actor.id,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await addContributor(tx, proposal.id, actor.id, 'author', now);
  if (input.part !== undefined && input.part !== 'author')
    await addContributor(tx, proposal.id, actor.id, input.part, now);
  await audit('proposal.create', `proposal:${proposal.id}`, {
    kind: content.kind,
    record: `${content.recordType}:${recordId}`,
    baseRevision: content.baseRevision,
    contentHash: assessed.contentHash,
    part: input.part ?? 'author',
    ...(input.conflicts?.length ? { conflicts: input.conflicts.map(({ path }) => path) } : {}),
    ...input.provenance,
  });
  return receiptOf(proposal);
}

async function mergedRecord(tx: Parameters<typeof findRecord>[0], input: NewProposal, winnerId: string) {
  const merged = input.mergedId === undefined ? undefined : await findRecord(tx, input.mergedId);
  if (!merged || merged.type !== input.recordType || merged.id === winnerId) {
    throw new Problem(
      refuse('input-invalid', 'Name another record of the same type to merge', [
        { path: '/mergedId', message: 'Choose the record that goes' },
      ]),
    );
  }
  orThrow(recordStateRefusal('merge', merged.state));
  return merged;
}

function startingDocument(
  input: NewProposal,
  existing: DirectoryRecord | undefined,
  merged: DirectoryRecord | undefined,
  recordId: string,
): unknown {
  const doc: Record<string, unknown> = isObject(input.doc) ? { ...input.doc } : { ...existing?.doc };
  if (merged && existing && !isObject(input.doc)) return unitedDocument(existing, merged);
  if (input.kind === 'create') return { ...doc, id: recordId };
  if (input.kind === 'retire') return input.retirement === undefined ? doc : { ...doc, retirement: input.retirement };
  if (input.kind === 'restore') delete doc['retirement'];
  return doc;
}

function unitedDocument({ type, doc }: DirectoryRecord, goes: DirectoryRecord): unknown {
  // The types are one, and say which documents they are.
  if (type === 'entry') return unite('entry', doc as Entry, goes.doc as Entry);
  return type === 'organisation' ? unite('organisation', doc as Organisation, goes.doc as Organisation) : doc;
}
