import { zipSync, type Zippable } from 'fflate';
import { csvCells } from '@waymark/domain';
import { FIGURES, TABLES, type Cell, type TableName, type Tables } from './tables.ts';

/** What the format cannot hold, said where people find it (DOMAIN §1.5). */
const README = `HSDS 3.1 export (Human Services Data Specification, Open Referral)

One table per file, described by datapackage.json. The same data nested in one page: v1/hsds.json.

This is a view that loses things. The source is v1/directory.json of the same snapshot. HSDS cannot hold:

- opening hours per phone or channel: each schedule says in its notes what it applies to
- named time zones: hours have the offsets of the time the snapshot is valid in, one schedule for each
- intervals over midnight: they are split in two
- rules for public holidays, and days that differ: in the notes
- language tags (BCP 47): ISO 639 codes; the whole tag is in the note
- anonymity with conditions: the value of the attribute "anonymity"
- the basis of jurisdiction: in the description of a service area
- services that work as a pair
- verification of each fact, and when it expires: only the day of the last complete check (assured_date)
- redirects and successors of what was retired
- signatures: check the snapshot, not this file

An organisation without a description of its own is described by what is known of it: its type and country.
A cell that a spreadsheet would run begins with an apostrophe. Telephone numbers are written as they are dialled.
`;

/**
 * The tables as a tabular data package in one ZIP file: the same tables, the same bytes. A table without rows is left out.
 */
export function packageTables(tables: Tables): Uint8Array {
  const filled = (Object.keys(TABLES) as TableName[]).filter((name) => tables[name].length > 0);
  const files: [string, string][] = [
    ['README.txt', README],
    ['datapackage.json', `${JSON.stringify(describe(filled), null, 1)}\n`],
    ...filled.map((name): [string, string] => [TABLES[name].path, csvOf(name, tables)]),
  ];
  // In local time, which is what ZIP has: so the bytes are the same in every zone.
  const mtime = new Date(1980, 0, 1);
  const zippable: Zippable = {};
  for (const [name, text] of files) zippable[name] = [Buffer.from(text), { level: 6, mtime }];
  return zipSync(zippable);
}

function csvOf(name: TableName, tables: Tables): string {
  const { columns } = TABLES[name];
  const rows = tables[name].map((row) => columns.map((column) => cellText(row[column] ?? '')).join(','));
  return [columns.map((column) => `"${column}"`).join(','), ...rows].map((line) => `${line}\r\n`).join('');
}

function cellText(cell: Cell): string {
  const text = String(cell);
  // A number with a plus in front, or an offset below zero, is no formula, and must arrive as it is.
  return /^[+-]?[0-9.]+$/.test(text) ? `"${text}"` : csvCells([text]);
}

function describe(names: readonly TableName[]) {
  return {
    name: 'human_services_data',
    title: 'Human services data, HSDS 3.1',
    profile: 'tabular-data-package',
    homepage: 'https://docs.openreferral.org/',
    resources: names.map((name) => ({
      name,
      path: TABLES[name].path,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      profile: 'tabular-data-resource',
      schema: {
        primaryKey: 'id',
        fields: TABLES[name].columns.map((column) => ({
          name: column,
          type: FIGURES.has(column) ? 'number' : 'string',
        })),
      },
    })),
  };
}
