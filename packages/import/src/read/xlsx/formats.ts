import type { ZipEntry } from '../zip.ts';
import { readXml } from './xml.ts';

/** How the number in a cell is shown, as far as it changes what it means. */
export type NumberFormat = {
  isDate: boolean;
  /** What stands in front, and how many digits there are at least. */ prefix: string;
  digits: number;
};

const PLAIN: NumberFormat = { isDate: false, prefix: '', digits: 0 };

/** Formats that are never written down (ECMA-376 Part 1, 18.8.30): dates and times, also of East Asia. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** The format of each style of cells, by its place. */
export function readFormats(bytes: Uint8Array, entry: ZipEntry | undefined): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  if (entry === undefined) return formats;
  let isOfCells = false;
  readXml(bytes, entry, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') isOfCells = true;
      else if (name === 'xf' && isOfCells) formats.push(formatOf(Number(attributes['numFmtId'] ?? 0), codes));
    },
    close(name) {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return formats;
}

function formatOf(id: number, codes: ReadonlyMap<number, string>): NumberFormat {
  const code = codes.get(id);
  if (code === undefined) return isBuiltInDate(id) ? { ...PLAIN, isDate: true } : PLAIN;
  const [positive = ''] = code.split(';');
  // Colours, currencies and conditions stand in brackets; [h] is a time that runs on.
  const bare = positive.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  const letters = bare.replace(/"[^"]*"|\\.|_.|\*./g, '');
  if (/[ymdhs]/i.test(letters) && !/general/i.test(letters)) return { ...PLAIN, isDate: true };
  // Telephone numbers are often kept as figures, and shown with their zeros or their plus.
  const [, literal = '', zeros = ''] = /^("\+"|\\\+|\+)?(?:#*)(0*)$/.exec(bare) ?? [];
  return { isDate: false, prefix: literal === '' ? '' : '+', digits: zeros.length };
}
