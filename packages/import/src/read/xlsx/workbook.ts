import type { ZipEntry } from '../zip.ts';
import { broken, readXml } from './xml.ts';

export interface Workbook {
  /** In their order, with the part each stands in. */
  sheets: { name: string; path: string }[];
  /** Days are counted from 1904 and not from 1900. */
  isFrom1904: boolean;
}

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

/** What a workbook holds. @throws ReadProblem workbook-broken */
export function readWorkbook(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>): Workbook {
  const paths = readRelations(bytes, entries);
  const book: Workbook = { sheets: [], isFrom1904: false };
  readXml(bytes, entryOf(entries, WORKBOOK), {
    open(name, attributes) {
      if (name === 'workbookPr') book.isFrom1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const [, id = ''] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? [];
      const path = paths.get(id);
      // Sheets of charts and dialogs have no cells.
      if (path !== undefined) book.sheets.push({ name: attributes['name'] ?? '', path });
    },
  });
  return book;
}

function readRelations(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>): Map<string, string> {
  const paths = new Map<string, string>();
  readXml(bytes, entryOf(entries, RELATIONS), {
    open(name, { Id = '', Type = '', Target = '', TargetMode = '' }) {
      // What lies outside the file is never looked at.
      if (name !== 'Relationship' || !Type.endsWith('/worksheet') || TargetMode === 'External') return;
      paths.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return paths;
}

export function entryOf(entries: ReadonlyMap<string, ZipEntry>, path: string): ZipEntry {
  const entry = entries.get(path);
  if (entry === undefined) throw broken(`${path} is missing`);
  return entry;
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
