import { REFUSALS, refuse, type BatchRowResult, type ProposalState, type Refusal } from '@waymark/domain';
import { OUTCOME_WORDS, reportTable, type ReportedOutcome, type ReportRow } from '@waymark/import';
import {
  findImport,
  importContent,
  Problem,
  recordReferences,
  rowAnswers,
  type Context,
  type ImportRecord,
  type RowAnswer,
} from '@waymark/store';
import { lookOf } from './look.ts';
import { isUndecided, previewState } from './previews.ts';
import { roomOf } from './room.ts';
import { runInThread } from './thread.ts';
import type { PreviewRow } from './work.ts';

/** Which rows of a file are reported: all, or those of which nothing came so far, to be corrected and sent again. */
export const REPORTED_ROWS = ['all', 'unfinished'] as const;
export type ReportedRows = (typeof REPORTED_ROWS)[number];

/**
 * The report of an import as a table: every row as it was sent, with what would become of it by the last preview or, after the commit, with
 * what became of it until now. Its own columns are passed over when it comes back.
 * @throws Problem not-found, preview-missing before the first preview, import-closed when it was thrown away
 */
export async function reportImport(ctx: Context, id: string, wanted: ReportedRows): Promise<Generator<string[]>> {
  const record = await findImport(ctx.store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  if (record.state === 'discarded') throw new Problem(refuse('import-closed'));
  const { header, rows } = record.batchId === null ? await previewed(ctx, record) : await committed(ctx, record);
  const reported = wanted === 'all' ? rows : rows.filter(({ isFinished }) => !isFinished);
  return reportTable(header, reported, await namesOf(ctx, reported));
}

type Reported = { header: readonly string[]; rows: (ReportRow & { isFinished: boolean })[] };

async function previewed({ store }: Context, record: ImportRecord): Promise<Reported> {
  const { ready } = previewState(store, record.id);
  if (!ready) throw new Problem(refuse('preview-missing'));
  const looked = await lookOf(store, record);
  return { header: looked?.look?.header ?? [], rows: ready.rows.map(toPreviewed) };
}

function toPreviewed({ outcome, cells }: PreviewRow): Reported['rows'][number] {
  const { action } = outcome;
  const isOpen = isUndecided(outcome);
  const since = isOpen && action !== 'decide' ? undecided(action, refuse('row-undecided')) : undefined;
  return { outcome, cells, isFinished: !isOpen && action !== 'reject', since };
}

async function committed({ store }: Context, record: ImportRecord): Promise<Reported> {
  const { header, cells } = await cellsOf({ store }, record);
  const answers = await rowAnswers(store.read, record.batchId ?? '');
  return {
    header,
    rows: answers.map((answer) => ({
      outcome: answer.detail as ReportedOutcome, // What the commit kept with the row.
      cells: cells[answer.row - 1] ?? [],
      isFinished: !['undecided', 'rejected', 'refused'].includes(answer.result),
      since: sinceCommit(answer),
    })),
  };
}

/** The rows of a file as they stand in it; nothing but places once its bytes were forgotten. */
async function cellsOf(
  { store }: Pick<Context, 'store'>,
  { id, reading }: ImportRecord,
): Promise<{ header: string[]; cells: string[][] }> {
  const bytes = await importContent(store.read, id);
  const table = { header: [] as string[], cells: [] as string[][] };
  if (bytes === undefined) return table;
  const room = roomOf(store);
  await runInThread({ cells: bytes, reading, limits: room.limits }, room, (message) => {
    if ('header' in message) table.header = message.header;
    else if ('cells' in message) table.cells.push(...message.cells);
  });
  return table;
}

/** What each state of a proposal is called in front of a partner. */
const STATE_WORDS = {
  draft: 'not proposed yet',
  'in-review': 'in review',
  'changes-requested': 'sent back with questions',
  applied: 'accepted',
  declined: 'declined',
  withdrawn: 'withdrawn',
} as const satisfies Record<ProposalState, string>;

const RESULT_WORDS: Partial<Record<BatchRowResult, string>> = {
  unchanged: OUTCOME_WORDS.duplicate,
  rejected: OUTCOME_WORDS.reject,
  undecided: OUTCOME_WORDS.decide,
  refused: 'refused',
};

function sinceCommit({ detail, result, refusal, state }: RowAnswer): ReportRow['since'] {
  const { action } = detail as ReportedOutcome; // As above.
  if (state !== null)
    return {
      result: `${OUTCOME_WORDS[action]}, ${STATE_WORDS[state]}`,
      reasons: state === 'draft' ? inWords(refusal) : [],
    };
  if (result === 'undecided' && action !== 'decide') return undecided(action, refusal);
  return {
    result: RESULT_WORDS[result] ?? OUTCOME_WORDS[action],
    reasons: result === 'refused' ? inWords(refusal) : [],
  };
}

const undecided = (action: ReportedOutcome['action'], refusal: Refusal | null): NonNullable<ReportRow['since']> => ({
  result: `${OUTCOME_WORDS[action]}, ${OUTCOME_WORDS.decide}`,
  reasons: inWords(refusal),
});

function inWords(refusal: Refusal | null): string[] {
  if (refusal === null) return [];
  const { code, detail, errors = [] } = refusal;
  return [REFUSALS[code].title, ...(detail === undefined ? [] : [detail]), ...errors.map(({ message }) => message)];
}

async function namesOf({ store }: Context, rows: readonly ReportRow[]): Promise<(id: string) => string> {
  const ids = rows.flatMap(({ outcome }) => [
    ...outcome.candidates.map(({ id }) => id),
    ...('of' in outcome && typeof outcome.of === 'string' ? [outcome.of] : []),
  ]);
  const known = await recordReferences(store.read, ids);
  return (id) => {
    const found = known[id];
    if (found) return `${found.slug} "${found.name}"`;
    return id.startsWith('row:') ? id.replace(/^row:/, 'row ') : 'a service that was proposed before';
  };
}
