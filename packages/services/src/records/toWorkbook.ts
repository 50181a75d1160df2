import { refuse } from '@waymark/domain';
import { writeXlsxInWorker } from '@waymark/import';
import { Problem } from '@waymark/store';

/** A workbook is made as a whole; what is longer is read a row at a time. */
const MOST_IN_A_WORKBOOK = 5000;

/**
 * A table, its header first, as a workbook.
 * @throws Problem input-invalid for more than 5,000 rows
 */
export async function toWorkbook(
  table: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): Promise<Uint8Array> {
  const rows: (readonly string[])[] = [];
  for await (const row of table) {
    rows.push(row);
    if (rows.length > MOST_IN_A_WORKBOOK + 1)
      throw new Problem(
        refuse('input-invalid', `A workbook takes at most ${MOST_IN_A_WORKBOOK} rows: filter the list, or choose CSV.`),
      );
  }
  return await writeXlsxInWorker(rows);
}
