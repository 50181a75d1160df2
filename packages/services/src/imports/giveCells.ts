import { documentCells, read, type ReadOptions } from '@waymark/import';
import type { Message } from './work.ts';

/** Rows that are handed over at once: taking them in must not keep others waiting. */
const ROWS_AT_ONCE = 100;

/** Gives the rows of a file as they stand in it. It blocks while it works. */
export async function giveCells(
  bytes: Uint8Array,
  options: Partial<ReadOptions>,
  say: (message: Message) => void,
): Promise<void> {
  const { source, refusal } = await read(bytes, options);
  if (refusal) return say({ refusal });
  const { header, rows } = source;
  say({ header });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    say({
      cells: rows.slice(at, at + ROWS_AT_ONCE).map((row) => (header.length === 0 ? documentCells(row) : row.cells)),
    });
}
