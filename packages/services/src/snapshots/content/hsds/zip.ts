import { Zip, ZipDeflate, zipSync, type Zippable } from 'fflate';
import { csvCells } from '@waymark/domain';
import { FIGURES, TABLES, type Cell, type TableName, type Tables } from './tables.ts';

/** What the format cannot hold, said where people find it (DOMAIN §1.5). */
const readme = ({
  page,
  source,
  checked,
}: {
  page: string;
  source: string;
  checked: string;
}) => `HSDS 3.1 export (Human Services Data Specification, Open Referral)

One table per file, described by datapackage.json. The same data nested in one page: ${page}.

This is a view that loses things. The source is ${source}. HSDS cannot hold:

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
- signatures: ${checked}

An organisation without a description of its own is described by what is known of it: its type and country.
A cell that a spreadsheet would run begins with an apostrophe. Telephone numbers are written as they are dialled.
`;

const OF_SNAPSHOT = readme({
  page: 'v1/hsds.json',
  source: 'v1/directory.json of the same snapshot',
  checked: 'check the snapshot, not this file',
});
const OF_LIST = readme({
  page: 'the export hsds-json',
  source: 'the directory, and what was filtered of it',
  checked: 'only snapshots have them',
});

/**
 * The tables as a tabular data package in one ZIP file: the same tables, the same bytes. A table without rows is left out.
 */
export function packageTables(tables: Tables): Uint8Array {
  const filled = ALL.filter((name) => tables[name].length > 0);
  const files: [string, string][] = [
    ['README.txt', OF_SNAPSHOT],
    ['datapackage.json', describe(filled)],
    ...filled.map((name): [string, string] => [TABLES[name].path, headOf(name) + rowsOf(name, tables)]),
  ];
  const zippable: Zippable = {};
  for (const [name, text] of files) zippable[name] = [Buffer.from(text), { level: LEVEL, mtime: MTIME }];
  return zipSync(zippable);
}

const ALL = Object.keys(TABLES) as TableName[];
const LEVEL = 6;
// In local time, which is what ZIP has: so the bytes are the same in every zone.
const MTIME = new Date(1980, 0, 1);

/** The same package of a list that comes in parts. What is packed is handed out, and no table is ever there as a whole. */
export function openPackage(): {
  /** The next rows of each table. @returns what is packed */
  write(tables: Tables): Uint8Array[];
  close(): Uint8Array[];
} {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    packed.push(bytes);
  });
  const take = () => packed.splice(0);
  const add = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = MTIME;
    zip.add(file);
    return file;
  };
  const addWhole = (name: string, text: string) => add(name).push(Buffer.from(text), true);
  const open = new Map<TableName, ZipDeflate>();
  const write = (name: TableName, rows: string) => {
    const begun = open.get(name);
    const file = begun ?? add(TABLES[name].path);
    open.set(name, file);
    file.push(Buffer.from((begun ? '' : headOf(name)) + rows));
  };
  addWhole('README.txt', OF_LIST);
  // By this table it is known as HSDS, also when the list is empty.
  write('service', '');
  return {
    write(tables) {
      for (const name of ALL) if (tables[name].length > 0) write(name, rowsOf(name, tables));
      return take();
    },
    close() {
      for (const file of open.values()) file.push(new Uint8Array(0), true);
      addWhole('datapackage.json', describe(ALL.filter((name) => open.has(name))));
      zip.end();
      return take();
    },
  };
}

function headOf(name: TableName): string {
  return `${TABLES[name].columns.map((column) => `"${column}"`).join(',')}\r\n`;
}

function rowsOf(name: TableName, tables: Tables): string {
  const { columns } = TABLES[name];
  return tables[name].map((row) => `${columns.map((column) => cellText(row[column] ?? '')).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  const text = String(cell);
  // A number with a plus in front, or an offset below zero, is no formula, and must arrive as it is.
  return /^[+-]?[0-9.]+$/.test(text) ? `"${text}"` : csvCells([text]);
}

function describe(names: readonly TableName[]): string {
  const described = {
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
  return `${JSON.stringify(described, null, 1)}\n`;
}
