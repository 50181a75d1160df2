import { and, desc, eq, getTableColumns, isNotNull, ne } from 'drizzle-orm';
import type { BatchRowResult, ProposalState, Refusal } from '@waymark/domain';
import type { ImportRecord } from './imports.ts';
import { auditEvent, batchRow, importFile, proposal } from './tables.ts';
import type { Reader } from './store.ts';

const { content: _, ...columnsBesideContent } = getTableColumns(importFile);

/** The list of the same partner that was committed last, or this very file if it belongs to nobody; only while its bytes are kept. */
export async function lastCommitted(
  read: Reader,
  { id, profileId, sha256 }: Pick<ImportRecord, 'id' | 'profileId' | 'sha256'>,
): Promise<(ImportRecord & { batchId: string }) | undefined> {
  const [row] = await read
    .select(columnsBesideContent)
    .from(importFile)
    .where(
      and(
        profileId === null ? eq(importFile.sha256, sha256) : eq(importFile.profileId, profileId),
        eq(importFile.state, 'committed'),
        isNotNull(importFile.content),
        ne(importFile.id, id),
      ),
    )
    .orderBy(desc(importFile.closedAt), desc(importFile.id))
    .limit(1);
  return row?.batchId ? { ...row, batchId: row.batchId } : undefined;
}

/** What became of a row of a file, and in which state its proposal is now. */
export type RowAnswer = {
  row: number;
  recordId: string | null;
  result: BatchRowResult;
  refusal: Refusal | null;
  detail: unknown;
  state: ProposalState | null;
};

/** What became of the rows of a file, in their order. */
export async function rowAnswers(read: Reader, batchId: string): Promise<RowAnswer[]> {
  const rows = await read
    .select({
      row: batchRow.row,
      recordId: batchRow.recordId,
      result: batchRow.result,
      refusal: batchRow.refusal,
      detail: batchRow.detail,
      state: proposal.state,
    })
    .from(batchRow)
    .leftJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(and(eq(batchRow.batchId, batchId), isNotNull(batchRow.row)))
    .orderBy(batchRow.position);
  return rows.flatMap((answer) => (answer.row === null ? [] : [{ ...answer, row: answer.row }]));
}

/** Says which proposals were withdrawn: the same until the next one is. */
export async function withdrawalsVersion(read: Reader): Promise<string> {
  const [last] = await read
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .where(eq(auditEvent.action, 'proposal.withdraw'))
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return String(last?.seq ?? '');
}
