import type { ZipEntry } from '../zip.ts';
import { readXml } from './xml.ts';

/** Texts that cells share, by their place. How a word is to be pronounced is not part of it. */
export function readSharedStrings(bytes: Uint8Array, entry: ZipEntry | undefined): string[] {
  const strings: string[] = [];
  if (entry === undefined) return strings;
  let [text, isText, isSpoken] = ['', false, false];
  readXml(bytes, entry, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isSpoken = true;
    },
    text(part) {
      if (isText && !isSpoken) text += part;
    },
    close(name) {
      if (name === 'si') strings.push(unescapeText(text));
      else if (name === 't') isText = false;
      else if (name === 'rPh') isSpoken = false;
    },
  });
  return strings;
}

/** What XML cannot hold is written `_x000D_` (ECMA-376 Part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
