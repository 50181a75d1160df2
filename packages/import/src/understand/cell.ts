import { decodeHTML } from 'entities';
import { textRefusal } from '@waymark/domain';
import { note, type Note } from './note.ts';

/** A cell made fit to be read. `text` is empty where nothing is said. */
export interface Cell {
  text: string;
  notes: Omit<Note, 'column'>[];
  /** The cell held a formula. */
  formula: boolean;
  /** The cell held something that would run in a browser. */
  script: boolean;
}

const bidi = /\p{Bidi_Control}/gu;
// Drawn as nothing and used in no spelling: zero-width space, word joiner, soft hyphen, byte-order mark, tag characters.
const neverSpelling = /[\u00AD\u200B\u2060-\u2064\uFEFF\u{E0000}-\u{E007F}]/gu;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const control = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const runs = /<\s*(?:script|iframe|object|embed|svg|style|link|meta|base|form)\b|<[^>]*\bon\w+\s*=|javascript\s*:/i;
const silentElements = /<(script|style|iframe|object|svg|template)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const tags = /<!--[\s\S]*?-->|<\/?[a-z][^<>]*>/gi;
// Full-width signs too: spreadsheets of East Asia take them.
const formulaStart = /^[=＝]/;
const formulaCall = /^[@＠+\-＋－][^\s]*?(?:[A-Za-z]\w*\s*\(|[|!])/;
const nothingSaid =
  /^(?:n\/?a|n\.a\.|none|null|nil|undefined|nan|tbd|tbc|k\. ?a\.|#n\/a|#ref!|#value!|#name\?|#div\/0!|[-–—]{1,3}|\?{1,3}|\.{1,3})$/i;

/** A formula runs in the spreadsheet of whoever opens the file next. A phone number with its plus is none. */
export const isFormula = (text: string): boolean =>
  formulaStart.test(text) || (formulaCall.test(text) && !/^[+＋]?[\d\s().\-/]+$/u.test(text));

/**
 * Cleans one cell: hidden characters, HTML, formulas, composition (NFC), white space. What it removes it notes.
 * Placeholders that say nothing (n/a, –, #REF!) become an empty text.
 */
export function readCell(raw: string): Cell {
  const notes: Cell['notes'] = [];
  const step = (code: Parameters<typeof note>[0], before: string, after: string): string => {
    if (before !== after) notes.push(note(code, before, after));
    return after;
  };
  const nothing = (formula: boolean): Cell => ({ text: '', notes, formula, script: false });

  let text = step('bidi-controls-removed', raw, raw.replace(bidi, ''));
  text = step('invisible-removed', text, text.replace(neverSpelling, ''));
  text = text
    .replace(/\r\n?/g, '\n')
    .replace(control, (c) => (c === '\n' ? '\n' : ' '))
    .trim();
  if (/^'[=+\-@\d]/.test(text)) text = step('apostrophe-removed', text, text.slice(1));
  if (isFormula(text)) {
    notes.push(note('formula-neutralised', text));
    return nothing(true);
  }
  const script = runs.test(text);
  if (/<[a-z!/]|&(?:[a-z]{2,31}|#x?[0-9a-f]+);/i.test(text)) {
    const plain = decodeHTML(text.replace(silentElements, ' ').replace(tags, ' '));
    // Decoding may bring a hidden character or a tag to light.
    text = step('html-removed', text, plain.replace(bidi, '').replace(neverSpelling, '').replace(tags, ' '));
  }
  text = text
    .split('\n')
    .map((line) =>
      line
        .replace(control, ' ')
        .replace(/\p{Zs}+/gu, ' ')
        .trim(),
    )
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  text = step('composed', text, text.normalize('NFC'));
  if (textRefusal(text, { multiline: true }) === 'zero-width')
    text = step('invisible-removed', text, text.replace(ignorable, ''));
  if (textRefusal(text, { multiline: true }) !== null) {
    notes.push(note('text-damaged', raw));
    return { ...nothing(false), script };
  }
  return { text: nothingSaid.test(text) ? '' : text, notes, formula: false, script };
}
