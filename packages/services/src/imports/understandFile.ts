import { createHash } from 'node:crypto';
import {
  documentCells,
  ReadLastList,
  read as readFile,
  readyDirectory,
  understand,
  type Decision,
  type Directory,
  type Gone,
  type Limits,
  type Mapping,
  type RowOutcome,
  type Source,
} from '@waymark/import';
import {
  allRowDecisions,
  findImport,
  importContent,
  openReader,
  type ImportRecord,
  type RowDecisionRecord,
} from '@waymark/store';
import { directoryFor } from './directory.ts';
import { predecessorOf, type Predecessor } from './lastList.ts';
import { optionsOf } from './lookInto.ts';
import { stampOf } from './stamp.ts';
import type { Message, PreviewRow, SinceLast } from './work.ts';

/** Rows that are handed over at once: taking them in must not keep others waiting. */
const ROWS_AT_ONCE = 100;

/**
 * Says what would become of each row of a kept file, by the directory and the decisions as they are now. Nothing is written: the
 * connection cannot. It blocks while it works.
 */
export async function understandFile(
  { databaseFile, importId, limits }: { databaseFile: string; importId: string; limits: Limits },
  say: (message: Message) => void,
): Promise<void> {
  const loaded = await load(databaseFile, { importId, limits }, (done) => say({ progress: { done, total: 0 } }));
  if ('refusal' in loaded) return say(loaded);
  const { record, source, directory, decisions, stamp, predecessor } = loaded;
  const total = source.rows.length;
  const ready = readyDirectory(directory);
  const last = predecessor && new ReadLastList(predecessor.list, ready);
  const outcomes = understand(
    source,
    record.mapping as Mapping, // Parsed before it was written.
    ready,
    new Map(decisions.map(({ fingerprint, decision }) => [fingerprint, decision as Decision])), // Likewise.
    last,
    ({ rows }) => say({ progress: { done: rows, total } }),
  );
  const since = last && predecessor && sinceOf(predecessor, last.gone(source, outcomes, ready));
  const deciders = new Map(decisions.map(({ fingerprint, decidedBy }) => [fingerprint, decidedBy]));
  const hash = createHash('sha256')
    .update(record.sha256)
    .update(JSON.stringify(since ?? null));
  for (let at = 0; at < outcomes.length; at += ROWS_AT_ONCE) {
    const rows = outcomes
      .slice(at, at + ROWS_AT_ONCE)
      .map((outcome, beside) => toPreviewRow(outcome, at + beside, source, directory, deciders));
    for (const { outcome, baseRevision } of rows) hash.update(`\n${baseRevision ?? ''} ${JSON.stringify(outcome)}`);
    say({ rows });
  }
  say({ end: { stamp, digest: hash.digest('hex'), since } });
}

const sinceOf = ({ id, name, committedAt }: Predecessor, gone: Gone[]): SinceLast => ({ id, name, committedAt, gone });

type Loaded = {
  record: ImportRecord;
  source: Source;
  directory: Directory;
  decisions: RowDecisionRecord[];
  stamp: string;
  predecessor: Predecessor | undefined;
};

/** All that is needed, read at one state of the database, which is let go before the long work begins. */
async function load(
  databaseFile: string,
  { importId, limits }: { importId: string; limits: Limits },
  onRow: (rows: number) => void,
): Promise<Loaded | Extract<Message, { refusal: unknown }>> {
  const { read, close } = openReader(databaseFile);
  try {
    const record = await findImport(read, importId);
    const bytes = await importContent(read, importId);
    if (!record || !bytes) return { refusal: { code: 'file-empty', detail: 'The bytes of the file were forgotten.' } };
    const { source, refusal } = await readFile(bytes, {
      ...optionsOf(record.reading, limits),
      onProgress: ({ rows }) => onRow(rows),
    });
    if (refusal) return { refusal };
    return {
      record,
      source,
      directory: await directoryFor(read, source),
      decisions: await allRowDecisions(read),
      stamp: await stampOf(read, record),
      predecessor: await predecessorOf(read, record),
    };
  } finally {
    close();
  }
}

function toPreviewRow(
  outcome: RowOutcome,
  at: number,
  { header, rows }: Source,
  { revisions }: Directory,
  deciders: ReadonlyMap<string, string>,
): PreviewRow {
  const row = rows[at];
  const of = outcome.action === 'update' || outcome.action === 'decide' ? outcome.of : undefined;
  const baseRevision = of === undefined ? undefined : revisions?.get(of);
  const decidedBy = deciders.get(outcome.fingerprint);
  return {
    outcome,
    cells: row === undefined ? [] : header.length === 0 ? documentCells(row) : row.cells,
    ...(baseRevision === undefined ? {} : { baseRevision }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
  };
}
