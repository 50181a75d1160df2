import type { Source } from '../../source.ts';
import type { ReadOptions } from '../options.ts';
import { ReadProblem } from '../refusal.ts';
import type { ZipEntry } from '../zip.ts';
import { readFormats } from './formats.ts';
import { readSharedStrings } from './sharedStrings.ts';
import { readSheet } from './sheet.ts';
import { entryOf, readWorkbook } from './workbook.ts';
import { broken } from './xml.ts';

/** Whether an archive is a workbook; the binary one of Excel is none that can be read. */
export function isWorkbook(entries: ReadonlyMap<string, ZipEntry>): boolean {
  if (entries.has('xl/workbook.bin'))
    throw new ReadProblem(
      'format-unknown',
      'This is a binary workbook (.xlsb). Save it as XLSX, or the table as "CSV UTF-8".',
    );
  return entries.has('xl/workbook.xml');
}

/**
 * One sheet of a workbook: values and never formulas, of which the result that was last saved is taken. Macros, links to other
 * files and what is embedded are not looked at.
 * @throws ReadProblem sheet-unknown, workbook-broken, archive-unsafe and the limits
 */
export function readXlsx(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>, options: ReadOptions): Source {
  const { sheets, isFrom1904 } = readWorkbook(bytes, entries);
  const names = sheets.map(({ name }) => name);
  const chosen = options.sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === options.sheet);
  if (chosen === undefined && options.sheet === undefined) throw broken('it has no sheet');
  if (chosen === undefined)
    throw new ReadProblem('sheet-unknown', `There is no sheet "${options.sheet}". Choose one of: ${names.join(', ')}.`);
  const context = {
    strings: readSharedStrings(bytes, entries.get('xl/sharedStrings.xml')),
    formats: readFormats(bytes, entries.get('xl/styles.xml')),
    isFrom1904,
  };
  const { header, rows } = readSheet(bytes, entryOf(entries, chosen.path), chosen.name, context, options);
  return { reading: { format: 'xlsx', sheet: chosen.name, sheets: names }, header: header ?? [], rows };
}
