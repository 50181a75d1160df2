import type { ImportReading } from '@waymark/domain';
import { documentCells, guessMapping, read, type Limits, type ReadOptions } from '@waymark/import';
import type { Message } from './work.ts';

/** Rows that are shown while columns are named. */
const SAMPLE = 20;

/** Reads a file and guesses what its columns mean. It blocks while it works. */
export async function lookInto(bytes: Uint8Array, options: Partial<ReadOptions>): Promise<Message> {
  const { source, refusal } = await read(bytes, options);
  if (refusal) return { refusal };
  const { mapping, guesses } = guessMapping(source);
  return {
    looked: {
      reading: source.reading,
      header: source.header,
      sample: source.rows.slice(0, SAMPLE).map((row) => (source.header.length === 0 ? documentCells(row) : row.cells)),
      rowCount: source.rows.length,
      guesses,
      mapping,
    },
  };
}

/** Only what was chosen; the rest is found out. */
export function optionsOf(
  { sheet, delimiter }: ImportReading,
  limits: Limits,
): Pick<ReadOptions, 'limits'> & Partial<Pick<ReadOptions, 'sheet' | 'delimiter'>> {
  return {
    limits,
    ...(sheet === undefined ? {} : { sheet }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
}
