import { isTree } from '@waymark/domain';
import { COMMAND_LINE_LIMITS, read as readFile, type LastList, type Mapping } from '@waymark/import';
import {
  importContent,
  lastCommitted,
  rowAnswers,
  type ImportRecord,
  type Reader,
  type RowAnswer,
} from '@waymark/store';
import { optionsOf } from './lookInto.ts';

/** The list of a partner before this one, and what its rows were taken to mean. */
export type Predecessor = { id: string; name: string; committedAt: string; list: LastList };

/**
 * The list of the same partner that was committed last; of a file that is no partner's, the same file when it was committed before, so that
 * sending it again proposes nothing again.
 */
export async function predecessorOf(
  read: Reader,
  record: Pick<ImportRecord, 'id' | 'profileId' | 'sha256'>,
): Promise<Predecessor | undefined> {
  const last = await lastCommitted(read, record);
  const bytes = last && (await importContent(read, last.id));
  if (!last || !bytes) return undefined;
  const { source } = await readFile(bytes, optionsOf(last.reading, COMMAND_LINE_LIMITS));
  if (!source) return undefined;
  const mapping = last.mapping as Mapping; // Parsed before it was written.
  const list = { source, mapping, means: meaningsOf(await rowAnswers(read, last.batchId)) };
  return { id: last.id, name: last.name, committedAt: last.closedAt ?? last.updatedAt, list };
}

/**
 * Which entry each row was taken to mean. Rows that nobody decided on, and those whose proposal was withdrawn, were never answered; one that
 * said the same as another row of its file means what that one does.
 */
export function meaningsOf(answers: readonly RowAnswer[]): Map<number, string> {
  const means = new Map<number, string>();
  const twins = new Map<number, number>();
  for (const { row, recordId, result, detail, state } of answers) {
    const isAnswered = result === 'submitted' || result === 'draft' || result === 'unchanged';
    if (!isAnswered || state === 'withdrawn') continue;
    const twin = twinIn(detail);
    if (recordId !== null) means.set(row, recordId);
    else if (twin !== undefined) twins.set(row, twin);
  }
  for (const [row, twin] of twins) {
    const meant = means.get(twin);
    if (meant !== undefined) means.set(row, meant);
  }
  return means;
}

function twinIn(detail: unknown): number | undefined {
  const of = isTree(detail) ? detail['of'] : undefined;
  return isTree(of) && typeof of['row'] === 'number' ? of['row'] : undefined;
}
