import { diffDocuments, refuse, type Change, type Conflict } from '@waymark/domain';
import {
  notesToLookAt,
  type Candidate,
  type Certainty,
  type MatchReason,
  type Note,
  type Question,
  type Rejection,
  type RowOutcome,
  type Since,
} from '@waymark/import';
import { findImport, Problem, recordReferences, type Context } from '@waymark/store';
import { isUndecided, previewState } from './previews.ts';
import type { PreviewRow } from './work.ts';

export type RowsQuery = {
  action?: readonly RowOutcome['action'][] | undefined;
  certainty?: readonly Certainty[] | undefined;
  /** What a person has to do: decide before anything is proposed, or look at what is not certain. */
  needs?: 'decision' | 'look' | undefined;
  since?: readonly Since[] | undefined;
  /** Words that stand in a cell, or in the name of an entry it is compared with. */
  q?: string | undefined;
};

export type ImportCandidate = {
  /** Id of the entry, or `row:12` for another row of the file. */
  id: string;
  name: string;
  slug: string | null;
  score: number;
  verdict: 'same' | 'maybe';
  reasons: { code: MatchReason; message: string }[];
};

/** One row as it was sent, and what would become of it. */
export type ImportRowView = {
  row: number;
  line: number;
  fingerprint: string;
  action: RowOutcome['action'];
  certainty: Certainty;
  cells: string[];
  notes: Note[];
  candidates: ImportCandidate[];
  /** The entry it is about, or `row:12` of the same file. */
  of: string | null;
  ofName: string | null;
  /** Of a new entry: who runs it. Without id it would become a new organisation. */
  organisation: { id: string | null; name: string } | null;
  fields: string[];
  changes: Change[];
  question: { code: Question; message: string } | null;
  rejection: Rejection | null;
  overruled: boolean;
  /** How it stands to the last list of the same partner. */
  since: Since | null;
  /** Where the last list, the directory and this list all say something else. */
  disagreements: Conflict[];
};

/**
 * Rows of the last preview, in the order of the file.
 * @throws Problem not-found, preview-missing
 */
export async function listImportRows(
  ctx: Context,
  id: string,
  query: RowsQuery,
  page: { limit: number; offset: number },
): Promise<{ data: ImportRowView[]; total: number; digest: string }> {
  if (!(await findImport(ctx.store.read, id))) throw new Problem(refuse('not-found'));
  const { ready } = previewState(ctx.store, id);
  if (!ready) throw new Problem(refuse('preview-missing'));
  const matching = ready.rows.filter((row) => isWanted(row, query));
  const shown = matching.slice(page.offset, page.offset + page.limit);
  const known = await recordReferences(ctx.store.read, shown.flatMap(idsIn));
  return { data: shown.map((row) => toView(row, known)), total: matching.length, digest: ready.digest };
}

function isWanted({ outcome, cells }: PreviewRow, { action, certainty, needs, since, q }: RowsQuery): boolean {
  if (action !== undefined && !action.includes(outcome.action)) return false;
  if (certainty !== undefined && !certainty.includes(outcome.certainty)) return false;
  if (needs === 'decision' && !isUndecided(outcome)) return false;
  if (needs === 'look' && notesToLookAt(outcome).length === 0) return false;
  if (since !== undefined && (outcome.since === undefined || !since.includes(outcome.since))) return false;
  if (q === undefined || q === '') return true;
  const wanted = q.toLowerCase();
  const texts = [...cells, ...outcome.candidates.map(({ label }) => label)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

type Known = Awaited<ReturnType<typeof recordReferences>>;

const idsIn = ({ outcome }: PreviewRow): string[] => [
  ...outcome.candidates.map(({ id }) => id),
  ...[subjectOf(outcome) ?? []].flat(),
  ...(outcome.action === 'new' && 'id' in outcome.organisation ? [outcome.organisation.id] : []),
];

function toView({ outcome, cells }: PreviewRow, known: Known): ImportRowView {
  const { row, line, fingerprint, action, certainty, notes, overruled } = outcome;
  const of = subjectOf(outcome);
  return {
    row,
    line,
    fingerprint,
    action,
    certainty,
    cells,
    notes,
    candidates: withSubject(outcome, known).map(({ id, label, score, verdict, reasons }) => ({
      id,
      name: known[id]?.name ?? label,
      slug: known[id]?.slug ?? null,
      score,
      verdict,
      reasons,
    })),
    of,
    ofName: of === null ? null : (known[of]?.name ?? null),
    organisation: organisationOf(outcome, known),
    fields: outcome.action === 'update' || outcome.action === 'decide' ? outcome.fields : [],
    changes: changesOf(outcome),
    question: outcome.action === 'decide' ? { code: outcome.question, message: outcome.message } : null,
    rejection: outcome.action === 'reject' ? outcome.rejection : null,
    overruled,
    since: outcome.since ?? null,
    disagreements: (outcome.action === 'decide' && outcome.disagreements) || [],
  };
}

/** A row that is about one entry offers that one, also where it was named and not found by likeness. */
function withSubject(outcome: RowOutcome, known: Known): Candidate[] {
  const { candidates } = outcome;
  if (outcome.action !== 'decide' || outcome.of === undefined) return candidates;
  const { of } = outcome;
  const found = known[of];
  if (found === undefined || candidates.some(({ id }) => id === of)) return candidates;
  return [{ id: of, label: found.name, score: 100, reasons: [], verdict: 'same' }, ...candidates];
}

function subjectOf(outcome: RowOutcome): string | null {
  if (outcome.action === 'new' || outcome.action === 'reject' || outcome.of === undefined) return null;
  return typeof outcome.of === 'string' ? outcome.of : `row:${outcome.of.row}`;
}

function organisationOf(outcome: RowOutcome, known: Known): ImportRowView['organisation'] {
  if (outcome.action !== 'new') return null;
  const { organisation } = outcome;
  if ('name' in organisation) return { id: null, name: organisation.name };
  return { id: organisation.id, name: known[organisation.id]?.name ?? organisation.id };
}

/** As the review page shows them: of a new entry, everything is added. */
function changesOf(outcome: RowOutcome): Change[] {
  if (outcome.action === 'update') return outcome.changes;
  return outcome.action === 'new' ? diffDocuments(undefined, outcome.draft) : [];
}
