import { contentHash, isCountry, type Country, type PhoneNumber } from '@waymark/domain';
import type { SourceRow } from '../source.ts';
import { readCell, type Cell } from './cell.ts';
import type { ImportField } from './importField.ts';
import type { Mapping } from './mapping.ts';
import { readAnswer } from './normalise/answer.ts';
import { readAreas } from './normalise/country.ts';
import { readDate } from './normalise/date.ts';
import { readEmails } from './normalise/email.ts';
import { readHours } from './normalise/hours.ts';
import { readKind } from './normalise/kind.ts';
import { readLanguages } from './normalise/language.ts';
import { readPhones } from './normalise/phone.ts';
import { readUrls } from './normalise/url.ts';
import { note, type Note, type Reading } from './note.ts';
import type { UnderstoodRow } from './understoodRow.ts';

interface Said {
  text: string;
  column: string;
  language?: string;
}

/** Cells of one row by the field they fill, cleaned; constants stand in for what is empty. */
class Cells {
  readonly said = new Map<ImportField, Said[]>();
  readonly notes: Note[] = [];
  readonly formulas = new Set<ImportField>();
  readonly scripts = new Set<ImportField>();

  constructor(row: SourceRow, mapping: Mapping) {
    for (const [at, { header, field, language }] of mapping.columns.entries()) {
      if (field === null) continue;
      const column = header.trim() === '' ? `column ${at + 1}` : header.trim();
      const cell = readCell(row.cells[at] ?? '');
      this.#take(field, column, cell);
      if (cell.text !== '' && row.formulas?.includes(at))
        this.notes.push({ column, ...note('formula-result', cell.text) });
      if (cell.text !== '')
        this.#add(field, { text: cell.text, column, ...(language === undefined ? {} : { language }) });
    }
    for (const [field, text] of Object.entries(mapping.constants) as [ImportField, string][])
      if (!this.said.has(field)) this.#add(field, { text, column: field });
  }

  #take(field: ImportField, column: string, cell: Cell): void {
    this.notes.push(...cell.notes.map((said) => ({ column, ...said })));
    if (cell.formula) this.formulas.add(field);
    if (cell.script) this.scripts.add(field);
  }

  #add(field: ImportField, said: Said): void {
    this.said.set(field, [...(this.said.get(field) ?? []), said]);
  }

  /** Reads all cells of a field and keeps what was done to each. */
  read<T>(field: ImportField, reader: (text: string) => Reading<T>): T[] {
    return (this.said.get(field) ?? []).flatMap(({ text, column }) => {
      const { values, notes } = reader(text);
      this.notes.push(...notes.map((said) => ({ column, ...said })));
      return values;
    });
  }

  /** Text of a field that is text; too long a text is left out, never cut. */
  text(field: ImportField, max: number): Said | undefined {
    const said = this.said.get(field)?.[0];
    if (said === undefined || [...said.text].length <= max) return said;
    this.notes.push({ column: said.column, ...note('text-too-long', said.text) });
    return undefined;
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** A name without the quotation marks that wrap it whole. */
const unquoted = (text: string): string =>
  oneLine(text)
    .replace(/^["“„«»'‘]+(.*?)["”“»«'’]+$/u, '$1')
    .trim();

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

function readAddresses(
  cells: Cells,
  countries: readonly Country[],
): Pick<UnderstoodRow, 'websites' | 'phones' | 'emails' | 'reportLink' | 'chat'> {
  const movedPhones: string[] = [];
  const movedEmails: string[] = [];
  const urls = (field: ImportField) =>
    unique(
      cells.read(field, (text) => {
        const reading = readUrls(text);
        movedPhones.push(...reading.phones);
        movedEmails.push(...reading.emails);
        return reading;
      }),
    );
  const websites = urls('website');
  const [reportLink, ...furtherLinks] = urls('reportLink');
  const [chat] = urls('chat');
  const fromLinks: PhoneNumber[] = movedPhones.flatMap((text) => readPhones(text, countries).values);
  return {
    websites: unique([...websites, ...furtherLinks]),
    ...(reportLink === undefined ? {} : { reportLink }),
    ...(chat === undefined ? {} : { chat }),
    phones: [...cells.read('phone', (text) => readPhones(text, countries)), ...fromLinks],
    emails: unique([...cells.read('email', readEmails), ...movedEmails.flatMap((text) => readEmails(text).values)]),
  };
}

/** Free is free in a cell of costs; anything else than free and not free is a remark, no fact. */
const readCost = (text: string): UnderstoodRow['cost'] => {
  if (/\b(?:free|gratis|kostenlos|gratuit|gratuito|bezplatny|ucretsiz)\b|бесплатно|مجاني|無料|무료|免费/iu.test(text))
    return 'free';
  const [answer] = readAnswer(text).values;
  return answer === 'yes' ? 'free' : answer === 'no' ? 'standard' : undefined;
};

function readTexts(cells: Cells): Partial<UnderstoodRow> {
  const name = cells.text('name', 200);
  const organisation = cells.text('organisation', 200);
  const summary = cells.text('summary', 280);
  const cost = cells.text('cost', 200);
  const read = cost && readCost(cost.text);
  return {
    ...(name === undefined ? {} : { name: unquoted(name.text) }),
    ...(name?.language === undefined ? {} : { nameLanguage: name.language }),
    ...(organisation === undefined ? {} : { organisation: unquoted(organisation.text) }),
    ...(summary === undefined ? {} : { summary: oneLine(summary.text) }),
    ...(summary?.language === undefined ? {} : { summaryLanguage: summary.language }),
    ...(read === undefined ? {} : { cost: read }),
  };
}

/** Fields whose first cell is a value as it stands. */
function readPlain(cells: Cells): Partial<UnderstoodRow> {
  const plain: Partial<UnderstoodRow> = {};
  for (const field of ['id', 'slug', 'source'] as const) {
    const said = cells.text(field, 2048);
    if (said) plain[field] = oneLine(said.text);
  }
  return plain;
}

/**
 * Reads one row of cells by a mapping. Countries come first: numbers and hours are read in them.
 * @returns what the row says, with a note for everything that was done to it
 */
export function readRow(row: SourceRow, mapping: Mapping): UnderstoodRow {
  const cells = new Cells(row, mapping);
  const { options } = mapping;
  const named = unique(cells.read('country', readAreas));
  const saysCountry = cells.said.has('country');
  const areas = named.length > 0 || saysCountry || options.country === undefined ? named : [options.country];
  if (areas !== named && options.country !== undefined)
    cells.notes.push({ column: 'country', ...note('country-default', '', options.country) });
  const countries = areas.filter(isCountry);
  const [kind] = cells.read('kind', readKind);
  const [anonymous] = cells.read('anonymous', readAnswer);
  const [hours] = cells.read('hours', (text) => readHours(text, countries, options.timeZone));
  const [lastChecked] = cells.read('lastChecked', (text) => readDate(text, options.dateOrder));
  return {
    row: row.row,
    line: row.line,
    fingerprint: contentHash(
      Object.fromEntries([...cells.said].map(([field, said]) => [field, said.map(({ text }) => text)])),
    ),
    ...readPlain(cells),
    ...readTexts(cells),
    otherNames: (cells.said.get('otherName') ?? []).map(({ text }) => unquoted(text)),
    ...(kind === undefined ? {} : { kind }),
    areas,
    ...readAddresses(cells, countries),
    sms: cells.read('sms', (text) => readPhones(text, countries)),
    whatsapp: cells.read('whatsapp', (text) => readPhones(text, countries)),
    languages: unique(cells.read('languages', readLanguages)),
    ...(hours === undefined ? {} : { hours }),
    ...(anonymous === undefined ? {} : { anonymous }),
    remarks: (cells.said.get('notes') ?? []).map(({ text }) => text),
    ...(lastChecked === undefined ? {} : { lastChecked }),
    notes: cells.notes,
    columns: Object.fromEntries([...cells.said].map(([field, said]) => [field, said[0]?.column ?? field])),
    formulas: cells.formulas,
    scripts: cells.scripts,
  };
}
