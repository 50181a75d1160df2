import {
  diffDocuments,
  mergeDocuments,
  refuse,
  type Entry,
  type OrganisationType,
  type Refusal,
} from '@waymark/domain';
import { notesToLookAt, type RowOutcome } from '@waymark/import';
import { findRevision, Problem, type Context, type ImportRecord } from '@waymark/store';
import type { BatchRowPlan } from '../batches/open.ts';
import type { NewProposal } from '../proposals/create.ts';
import { withEvidence, type Attestation, type FilePlace } from './evidence.ts';
import { keptOutcome } from './kept.ts';
import { newOrganisations, type NewOrganisation, type NewOutcome } from './organisations.ts';
import { isInConflict, isProposed, type InConflict, type Preview } from './previews.ts';
import { retirements, type GoneToRetire } from './retirements.ts';
import { freeSlugs } from './slugs.ts';
import type { PreviewRow } from './work.ts';

/** What rows become when they are committed. */
export type Terms = {
  evidence: Attestation;
  /** What organisations are that nobody knows yet; a file does not say it. */
  organisationType?: OrganisationType | undefined;
  /** Of the entries that are gone from the list: those to retire. */
  retire?: readonly GoneToRetire[] | undefined;
};

/** A row of the batch, with the fingerprints of the rows of the file that are in it: whoever decided on those contributed. */
export type PlannedRow = { plan: BatchRowPlan; fingerprints: readonly string[] };

export interface CommitPlan {
  /** Each is made when it is asked for: all documents together would fill the memory. */
  rows: Iterable<PlannedRow>;
  /** Entries that are changed, at the revision they were looked at. */
  bases: Map<string, number>;
  /** Handles given to what is new. */
  slugs: Record<'entry' | 'organisation', string[]>;
}

type UpdateRow = PreviewRow & { outcome: Extract<RowOutcome, { action: 'update' }> };

/**
 * Makes of what was previewed what is to be proposed: organisations first, then the rows in the order of the file. Nothing is written.
 * @throws Problem input-invalid when organisations are new and nobody said of which type
 */
export async function planCommit(
  ctx: Context,
  record: ImportRecord,
  { rows, since }: Preview,
  terms: Terms,
): Promise<CommitPlan> {
  const drafts = rows
    .map(({ outcome }) => outcome)
    .filter((outcome) => isProposed(outcome))
    .filter(isNew);
  const organisations = await organisationsOf(ctx, record, drafts, terms);
  const organisationOf = new Map(organisations.flatMap(({ id, outcomes }) => outcomes.map((outcome) => [outcome, id])));
  const slugs = await freeSlugs(
    ctx.store.read,
    'entry',
    drafts.map(({ draft }) => draft.slug),
  );
  const slugOf = new Map(drafts.map((outcome, at) => [outcome, slugs[at] ?? '']));
  const joined = joinedUpdates(rows);
  const united = await unitedDocuments(ctx, joined);
  const planner: Planner = { ctx, record, terms, organisationOf, slugOf, joined, united };
  const bases = new Map(
    rows.flatMap(({ outcome, baseRevision }) => {
      const id = changedBy(outcome);
      return id === undefined || baseRevision === undefined ? [] : [[id, baseRevision]];
    }),
  );
  return {
    rows: plannedRows(planner, organisations, rows, retirements(record, since, terms.retire ?? [])),
    bases,
    slugs: { entry: slugs, organisation: organisations.map(({ slug }) => slug) },
  };
}

function* plannedRows(
  planner: Planner,
  organisations: readonly NewOrganisation[],
  rows: readonly PreviewRow[],
  retiring: readonly NewProposal[],
): Generator<PlannedRow> {
  for (const { proposal, outcomes } of organisations)
    yield { plan: { proposal }, fingerprints: outcomes.map(({ fingerprint }) => fingerprint) };
  for (const row of rows) yield planRow(planner, row);
  for (const proposal of retiring) yield { plan: { proposal }, fingerprints: [] };
}

interface Planner {
  ctx: Context;
  record: ImportRecord;
  terms: Terms;
  organisationOf: ReadonlyMap<NewOutcome, string>;
  slugOf: ReadonlyMap<NewOutcome, string>;
  joined: ReadonlyMap<string, UpdateRow[]>;
  united: ReadonlyMap<string, Changed>;
}

type Changed = Pick<UpdateRow['outcome'], 'doc' | 'changes'>;

const isNew = (outcome: RowOutcome): outcome is NewOutcome => outcome.action === 'new';

/** The entry that a row changes, or would if its conflicts were settled. */
function changedBy(outcome: RowOutcome): string | undefined {
  if (isInConflict(outcome)) return outcome.of;
  return outcome.action === 'update' && isProposed(outcome) ? outcome.of : undefined;
}

async function organisationsOf(
  ctx: Context,
  { name }: ImportRecord,
  drafts: readonly NewOutcome[],
  { organisationType }: Terms,
): Promise<NewOrganisation[]> {
  if (!drafts.some(({ organisation }) => 'name' in organisation)) return [];
  if (organisationType === undefined)
    throw new Problem(
      refuse('input-invalid', undefined, [
        { path: '/organisationType', message: 'Say of which type the organisations are that are new' },
      ]),
    );
  return newOrganisations(ctx, drafts, { type: organisationType, from: name });
}

/** Updates that are proposed, by entry: one entry gets one proposal, however many rows say something of it. */
function joinedUpdates(rows: readonly PreviewRow[]): Map<string, UpdateRow[]> {
  const byEntry = new Map<string, UpdateRow[]>();
  for (const row of rows) {
    if (!isProposed(row.outcome) || row.outcome.action !== 'update') continue;
    const { of } = row.outcome;
    byEntry.set(of, [...(byEntry.get(of) ?? []), row as UpdateRow]); // Narrowed above, which the member does not tell the row.
  }
  return byEntry;
}

function planRow(planner: Planner, row: PreviewRow): PlannedRow {
  const { outcome } = row;
  const common = { row: outcome.row, detail: keptOutcome(outcome) };
  const fingerprints = [outcome.fingerprint];
  if (isProposed(outcome)) {
    if (outcome.action === 'new') return { plan: { ...common, ...newEntry(planner, outcome) }, fingerprints };
    const rows = planner.joined.get(outcome.of) ?? [];
    if (rows[0]?.outcome !== outcome)
      return { plan: { ...common, recordId: outcome.of, result: 'unchanged', refusal: inRow(rows[0]) }, fingerprints };
    const all = rows.map((one) => one.outcome.fingerprint);
    return { plan: { ...common, ...changedEntry(planner, rows) }, fingerprints: all };
  }
  if (isInConflict(outcome))
    return { plan: { ...common, ...conflictingEntry(planner, outcome), hold: refuse('stale-base') }, fingerprints };
  return { plan: { ...common, ...leftOut(outcome) }, fingerprints };
}

const inRow = (first: UpdateRow | undefined): Refusal =>
  refuse('nothing-changed', `What it says of the entry stands in the proposal of row ${first?.outcome.row ?? ''}.`);

function newEntry(
  { ctx, record, terms, organisationOf, slugOf }: Planner,
  outcome: NewOutcome,
): Pick<Extract<BatchRowPlan, { proposal: unknown }>, 'proposal'> {
  const { draft, organisation } = outcome;
  const doc = {
    ...draft,
    id: ctx.newId(),
    slug: slugOf.get(outcome) ?? draft.slug,
    organisation: 'id' in organisation ? organisation.id : (organisationOf.get(outcome) ?? ''),
  };
  const place = placeOf(ctx, record, [outcome]);
  return {
    proposal: {
      kind: 'create',
      recordType: 'entry',
      doc: withEvidence(doc, diffDocuments(undefined, draft), terms.evidence, place),
      part: 'importer',
      summary: summaryOf(record, [outcome]),
    },
  };
}

function changedEntry(
  { ctx, record, terms, united }: Planner,
  rows: readonly UpdateRow[],
): Pick<Extract<BatchRowPlan, { proposal: unknown }>, 'proposal'> {
  const outcomes = rows.map(({ outcome }) => outcome);
  const [first] = outcomes;
  if (!first) throw new Error('An update without a row');
  const { doc, changes } = united.get(first.of) ?? first;
  return {
    proposal: {
      kind: 'update',
      recordType: 'entry',
      recordId: doc.id,
      doc: withEvidence(doc, changes, terms.evidence, placeOf(ctx, record, outcomes)),
      part: 'importer',
      summary: summaryOf(record, outcomes),
    },
  };
}

/** What a row of an older table says of an entry that moved since: a person settles it on the page of the proposal. */
function conflictingEntry(
  { ctx, record, terms }: Planner,
  outcome: InConflict,
): Pick<Extract<BatchRowPlan, { proposal: unknown }>, 'proposal'> {
  const { doc, changes, conflicts } = outcome.moved;
  return {
    proposal: {
      kind: 'update',
      recordType: 'entry',
      recordId: doc.id,
      doc: withEvidence(doc, changes, terms.evidence, placeOf(ctx, record, [outcome])),
      conflicts,
      part: 'importer',
      summary: summaryOf(record, [outcome]),
    },
  };
}

/** What several rows make of one entry; where they disagree, a person was asked before. */
async function unitedDocuments(
  { store }: Context,
  joined: ReadonlyMap<string, readonly UpdateRow[]>,
): Promise<Map<string, Changed>> {
  const united = new Map<string, Changed>();
  for (const [id, [first, ...others]] of joined) {
    if (!first || others.length === 0) continue;
    const base = (await findRevision(store.read, id, first.baseRevision ?? 0))?.doc;
    const doc = others.reduce<unknown>(
      (sum, { outcome }) => mergeDocuments(base, sum, outcome.doc).merged,
      first.outcome.doc,
    );
    united.set(id, { doc: doc as Entry, changes: diffDocuments(base, doc) }); // Checked like any document when it is proposed.
  }
  return united;
}

const placeOf = ({ now }: Context, { sha256 }: ImportRecord, outcomes: readonly RowOutcome[]): FilePlace => ({
  sha256,
  rows: outcomes.map(({ row }) => row),
  today: now().toISOString().slice(0, 10),
});

const LONGEST_SUMMARY = 500;

/** Which rows of which file, and what a reviewer is to look at: what was read without being certain, and what was left out. */
function summaryOf({ name }: ImportRecord, outcomes: readonly RowOutcome[]): string {
  const rows = `${name}, ${outcomes.length === 1 ? 'row' : 'rows'} ${outcomes.map(({ row }) => row).join(', ')}`;
  const notes = outcomes.flatMap(notesToLookAt).map(({ column, message }) => `${column}: ${message}`);
  const text = [rows, ...new Set(notes)]
    .join('\n')
    .replaceAll(/[^\P{C}\n]/gu, ' ')
    .toWellFormed();
  return text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY - 2).toWellFormed()} …` : text;
}

/** Why a row becomes no proposal. */
function leftOut(outcome: RowOutcome): Omit<Exclude<BatchRowPlan, { proposal: unknown }>, 'row' | 'detail'> {
  switch (outcome.action) {
    case 'duplicate':
      return { result: 'unchanged', recordId: typeof outcome.of === 'string' ? outcome.of : undefined };
    case 'reject':
      return { result: 'rejected', refusal: refuse('row-rejected', outcome.rejection.message) };
    case 'decide':
      return { result: 'undecided', recordId: outcome.of, refusal: refuse('row-undecided', outcome.message) };
    case 'update':
      return { result: 'undecided', recordId: outcome.of, refusal: refuse('row-undecided') };
    case 'new':
      return { result: 'undecided', refusal: refuse('row-undecided') };
  }
}
