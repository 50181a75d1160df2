import type { Source } from '../../source.ts';
import { decodeText } from '../encoding.ts';
import { readDelimited } from '../delimited.ts';
import type { ReadOptions } from '../options.ts';
import { ReadProblem, type ReadRefusal } from '../refusal.ts';
import { textOf, type Tree } from '../tree.ts';
import { unpackWhole, type ZipEntry } from '../zip.ts';
import { sourceOf } from './page.ts';

/** Tables of HSDS that hang below a service, a phone or a location: by their own name, the member they become and the column that links them. */
const BELOW = {
  service: [
    { table: 'url', member: 'additional_urls', link: 'service_id' },
    { table: 'phone', member: 'phones', link: 'service_id' },
    { table: 'schedule', member: 'schedules', link: 'service_id' },
    { table: 'service_area', member: 'service_areas', link: 'service_id' },
    { table: 'language', member: 'languages', link: 'service_id' },
    { table: 'contact', member: 'contacts', link: 'service_id' },
    { table: 'cost_option', member: 'cost_options', link: 'service_id' },
    { table: 'required_document', member: 'required_documents', link: 'service_id' },
    { table: 'service_at_location', member: 'service_at_locations', link: 'service_id' },
  ],
  phone: [{ table: 'language', member: 'languages', link: 'phone_id' }],
  location: [{ table: 'address', member: 'addresses', link: 'location_id' }],
  organization: [{ table: 'organization_identifier', member: 'organization_identifiers', link: 'organization_id' }],
} as const;

/** Whether an archive is a tabular package of HSDS: it has the table of services. */
export function isHsdsPackage(entries: ReadonlyMap<string, ZipEntry>): boolean {
  return [...entries.keys()].some((name) => tableName(name) === 'service');
}

/** `tables/phones.csv` → `phone`: HSDS names most files in the plural, and others do not. */
function tableName(path: string): string | undefined {
  const [, name] = /(?:^|\/)([a-z_]+)\.csv$/.exec(path) ?? [];
  return name
    ?.replace(/sses$/, 'ss')
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1');
}

/**
 * A tabular package of HSDS 3.0 or 3.1: its tables nested as in the JSON form, and read as that.
 * @throws ReadProblem package-broken when a table is none, and what the tables themselves are refused for
 */
export function readHsdsPackage(
  bytes: Uint8Array,
  entries: ReadonlyMap<string, ZipEntry>,
  options: ReadOptions,
): Source {
  const tables = new Map<string, readonly Tree[]>();
  for (const [path, entry] of entries) {
    const name = tableName(path);
    if (name !== undefined && !path.startsWith('__MACOSX/'))
      tables.set(name, rowsOf(path, unpackWhole(bytes, entry), name, options));
  }
  const nested = nest(tables);
  return sourceOf({ format: 'hsds-tabular' }, nested, options);
}

/** A service has many languages, phones and attributes, so their tables may be longer. */
const ROWS_BELOW = 40;

function rowsOf(file: string, bytes: Uint8Array, name: string, options: ReadOptions): readonly Tree[] {
  const { limits } = options;
  const rows = name === 'service' ? limits.rows : limits.rows * ROWS_BELOW;
  try {
    const { header, rows: read } = readDelimited(decodeText(bytes), { limits: { ...limits, rows }, delimiter: ',' });
    const columns = header.map((column) => column.trim());
    return read.map(({ cells, line }) => ({
      ...Object.fromEntries(
        columns.flatMap((column, at) =>
          (cells[at] ?? '') === '' || column === '__proto__' ? [] : [[column, cells[at]]],
        ),
      ),
      line,
    }));
  } catch (error) {
    throw error instanceof ReadProblem ? inFile(error.refusal, file) : error;
  }
}

function inFile({ code, detail, place }: ReadRefusal, file: string): ReadProblem {
  return new ReadProblem(code, `In ${file}: ${detail}`, { file, ...place });
}

function nest(tables: ReadonlyMap<string, readonly Tree[]>): { service: Tree; line: number }[] {
  const by = (table: string, column: string) => groupBy(tables.get(table) ?? [], column);
  const attributes = withTerms(tables);
  const below = (owner: keyof typeof BELOW, more: (item: Tree, table: string) => Tree = (item) => item) => {
    const links = BELOW[owner].map(({ table, member, link }) => ({ member, table, rows: by(table, link) }));
    return (item: Tree): Tree => {
      const id = textOf(item, 'id') ?? '';
      const members = links.flatMap(({ member, table, rows }) => {
        const found = rows.get(id) ?? [];
        return found.length === 0 ? [] : [[member, found.map((row) => more(row, table))] as const];
      });
      return { ...item, ...Object.fromEntries(members), attributes: attributes.get(id) ?? [] };
    };
  };
  const phone = below('phone');
  const locations = first(tables.get('location') ?? [], below('location'));
  const organizations = first(tables.get('organization') ?? [], below('organization'));
  const programs = first(tables.get('program') ?? [], (item) => item);
  const service = below('service', (item, table) => {
    if (table === 'phone') return phone(item);
    return table === 'service_at_location'
      ? { ...item, location: locations.get(textOf(item, 'location_id') ?? '') }
      : item;
  });
  return (tables.get('service') ?? []).map((row) => ({
    service: {
      ...service(row),
      organization: organizations.get(textOf(row, 'organization_id') ?? ''),
      program: programs.get(textOf(row, 'program_id') ?? ''),
    },
    line: Number(row['line']),
  }));
}

/** Attributes by what they belong to, each with its term inside. */
function withTerms(tables: ReadonlyMap<string, readonly Tree[]>): Map<string, Tree[]> {
  const taxonomies = first(tables.get('taxonomy') ?? [], (item) => item);
  const terms = first(tables.get('taxonomy_term') ?? [], (term): Tree => {
    const taxonomy = taxonomies.get(textOf(term, 'taxonomy_id') ?? '');
    return { ...term, taxonomy: textOf(term, 'taxonomy') ?? taxonomy?.['name'] };
  });
  const attributes = (tables.get('attribute') ?? []).map((item) => ({
    ...item,
    taxonomy_term: terms.get(textOf(item, 'taxonomy_term_id') ?? ''),
  }));
  return groupBy(attributes, 'link_id');
}

function groupBy(rows: readonly Tree[], column: string): Map<string, Tree[]> {
  const groups = new Map<string, Tree[]>();
  for (const row of rows) {
    const key = textOf(row, column);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function first(rows: readonly Tree[], make: (row: Tree) => Tree): Map<string, Tree> {
  return new Map(rows.map((row) => [textOf(row, 'id') ?? '', make(row)] as const));
}
