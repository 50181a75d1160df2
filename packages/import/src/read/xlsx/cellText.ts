import type { NumberFormat } from './formats.ts';
import { unescapeText } from './sharedStrings.ts';

export type CellContext = { strings: readonly string[]; formats: readonly NumberFormat[]; isFrom1904: boolean };

/** A cell as it stands in the sheet: its type, its style, its value or its text. */
export type RawCell = { type: string; style: string | undefined; value: string; inline: string };

/** The text of a cell as a person sees it, without rounding and without separators: 116111 stays 116111, a date is ISO 8601. */
export function cellText(
  { type, style, value, inline }: RawCell,
  { strings, formats, isFrom1904 }: CellContext,
): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'inlineStr') return unescapeText(inline);
  if (type === 'b') return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/, '');
  if (type === 'str' || type === 'e') return unescapeText(value);
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value.trim();
  const format = formats[Number(style ?? 0)];
  if (format?.isDate) return dateText(number, isFrom1904) ?? numberText(value);
  const digits = numberText(value);
  if (!format || !/^\d+$/.test(digits)) return digits;
  return `${format.prefix}${digits.padStart(format.digits, '0')}`;
}

/** Digits as they stand there; what a program wrote with more of them than it keeps, or with an exponent, as it shows it. */
function numberText(value: string): string {
  const written = value.trim();
  if (/^-?\d+$/.test(written)) return written;
  const rounded = Number(Number(written).toPrecision(15));
  if (Number.isInteger(rounded)) return BigInt(rounded).toString();
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(20).replace(/0+$/, '') : text;
}

const DAY = 86_400_000;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;

/** Excel counts the 29th of February 1900, which never was, so days before it are one off. */
function dateText(serial: number, isFrom1904: boolean): string | undefined {
  if (serial < 0 || serial > LAST_DAY) return undefined;
  const base = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const at = new Date(base + Math.round((serial * DAY) / 1000) * 1000);
  const [day = '', time = ''] = at.toISOString().slice(0, 19).split('T');
  const shown = time.endsWith(':00') ? time.slice(0, 5) : time;
  if (serial < 1) return shown;
  return shown === '00:00' ? day : `${day}T${time}`;
}
