import type { Entry, LocalText } from '@waymark/domain';
import { fromChannelCell, toChannelCell } from './columns/channelCell.ts';
import { escapeText, fromItem, toItem, unescapeText } from './columns/notation.ts';
import { isTree, type Tree } from './read/tree.ts';
import { UPLOAD_LIMITS } from './read/limits.ts';

/** A value of a cell, not yet checked against the schema; `undefined` takes the member away. Or a sentence that says what to write. */
export type CellValue = { value: unknown } | { fix: string };

/** One column of a table of entries: what an export writes into it, and an import reads from it. */
export interface EntryColumn {
  name: string;
  toCell(entry: Entry): string;
  /**
   * The entry with what a person wrote; absent: the column is only shown.
   * @param entry with what stands in the columns before
   * @param current as it is now
   */
  withCell?(text: string, entry: Entry, current: Entry): { entry: Tree } | { fix: string };
}

/** So many channels have a column of their own; the last one holds the rest, one in each line. */
const CHANNEL_COLUMNS = 8;

function memberColumn(
  name: keyof Entry,
  toCell: (value: unknown) => string,
  fromCell: (text: string, before: unknown) => CellValue,
  column: string = name,
): EntryColumn {
  return {
    name: column,
    toCell: (entry) => (entry[name] === undefined ? '' : toCell(entry[name])),
    withCell(text, entry) {
      const read = fromCell(text, entry[name]);
      if ('fix' in read) return read;
      const { [name]: _, ...rest } = entry as Tree;
      return { entry: read.value === undefined ? rest : { ...rest, [name]: read.value } };
    },
  };
}

const words = (name: keyof Entry) =>
  memberColumn(
    name,
    (value) => (value as string[]).join(', '),
    (text) => ({
      value:
        text.trim() === ''
          ? undefined
          : text
              .split(',')
              .map((word) => word.trim())
              .filter(Boolean),
    }),
  );

const plain = (name: keyof Entry) =>
  memberColumn(name, String, (text) => ({ value: text.trim() === '' ? undefined : text }));

const localText = (name: keyof Entry) => memberColumn(name, (value) => toTextLines(value as LocalText), fromTextLines);

/** A list, one item in each line, by what each is called. */
const items = (name: keyof Entry, head: string) =>
  memberColumn(
    name,
    (value) => (value as Tree[]).map(({ [head]: called, ...parts }) => toItem(String(called), parts)).join('\n'),
    (text) => {
      const read = linesOf(text).map(fromItem);
      const wrong = read.find((item) => 'fix' in item);
      if (wrong !== undefined && 'fix' in wrong) return wrong;
      return { value: read.map((item) => ('fix' in item ? {} : { [head]: item.head, ...item.parts })) };
    },
  );

/** A member with parts: `level; conditions.en.text=…`. */
const parts = (name: keyof Entry, head: string) =>
  memberColumn(
    name,
    (value) => {
      const { [head]: called, ...rest } = value as Tree;
      return toItem(typeof called === 'string' ? called : '', rest);
    },
    (text) => {
      if (text.trim() === '') return { value: undefined };
      const read = fromItem(text);
      return 'fix' in read ? read : { value: { ...(read.head === '' ? {} : { [head]: read.head }), ...read.parts } };
    },
  );

/** `12-17`, `12-` or `-17`. */
const ages = memberColumn(
  'ages',
  (value) => {
    const { min, max } = value as { min?: number; max?: number };
    return `${min ?? ''}-${max ?? ''}`;
  },
  (text) => {
    if (text.trim() === '') return { value: undefined };
    const [, min = '', max = ''] = /^(\d*)\s*[-–]\s*(\d*)$/.exec(text.trim()) ?? [];
    if (min === '' && max === '' && text.trim() !== '-') return { fix: 'Write the ages as 12-17, 12- or -17.' };
    return { value: { ...(min === '' ? {} : { min: Number(min) }), ...(max === '' ? {} : { max: Number(max) }) } };
  },
);

/** Answers by need, one in each line: `csam-url; answer=yes`. */
const accepts = memberColumn(
  'accepts',
  (value) =>
    Object.entries(value as Record<string, Tree>)
      .map(([need, acceptance]) => toItem(need, acceptance))
      .join('\n'),
  (text) => {
    const read = linesOf(text).map(fromItem);
    const wrong = read.find((item) => 'fix' in item);
    if (wrong !== undefined && 'fix' in wrong) return wrong;
    return { value: Object.fromEntries(read.map((item) => ('fix' in item ? ['', {}] : [item.head, item.parts]))) };
  },
);

/** The channels that stand in one column. */
function channelsOf({ channels }: Entry, at: number): Entry['channels'] {
  return channels.slice(at, at === CHANNEL_COLUMNS - 1 ? undefined : at + 1);
}

const channelColumn = (at: number): EntryColumn => ({
  name: `channel ${at + 1}`,
  toCell: (entry) => channelsOf(entry, at).map(toChannelCell).join('\n'),
  withCell(text, entry, current) {
    const read = linesOf(text).map(fromChannelCell);
    const wrong = read.find((channel) => 'fix' in channel);
    if (wrong !== undefined && 'fix' in wrong) return wrong;
    const channels = read.map((channel) => ('fix' in channel ? {} : channel.value));
    // Behind what stands in the columns before: those may hold more or fewer channels than they did.
    const behind = current.channels.length - current.channels.slice(0, at).length - channelsOf(current, at).length;
    const start = entry.channels.length - behind - channelsOf(current, at).length;
    const [before, after] = [entry.channels.slice(0, start), entry.channels.slice(entry.channels.length - behind)];
    return { entry: { ...entry, channels: [...before, ...channels, ...(behind > 0 ? after : [])] } };
  },
});

/**
 * The columns of a table of entries, in their order. What stands in a cell is the one notation of `columns/notation.ts`; several
 * values stand in several lines. Evidence, and what follows from events, is no column: a table changes facts, and each change
 * needs evidence of its own.
 */
export const ENTRY_COLUMNS: readonly EntryColumn[] = [
  { name: 'id', toCell: ({ id }) => id },
  { name: 'slug', toCell: ({ slug }) => slug },
  plain('kind'),
  localText('names'),
  items('otherNames', 'name'),
  plain('organisation'),
  plain('programme'),
  items('serves', 'area'),
  accepts,
  words('audience'),
  words('mustNot'),
  ages,
  parts('anonymity', 'level'),
  localText('confidentialityLimits'),
  localText('summary'),
  localText('howTo'),
  localText('whatToHave'),
  ...Array.from({ length: CHANNEL_COLUMNS }, (_, at) => channelColumn(at)),
  items('memberships', 'network'),
  parts('operational', 'status'),
  plain('locatedIn'),
  words('dataGoesTo'),
  parts('mandate', 'kind'),
  plain('notesInternal'),
];

/** The column that says of which revision a row was made: whoever reads it back sees whether the entry has moved since. */
export const REVISION = 'revision';

export const ENTRY_HEADER: readonly string[] = [...ENTRY_COLUMNS.map(({ name }) => name), REVISION];

/** Stands in a cell for what is longer than a cell may be: it is left as it is. */
const TOO_LONG = '(too long for a cell; edit it in Waymark)';

export function toEntryRow({ doc, revision }: { doc: Entry; revision: number }): string[] {
  return [...ENTRY_COLUMNS.map((column) => cellOf(column, doc)), String(revision)];
}

function cellOf(column: EntryColumn, entry: Entry): string {
  const text = column.toCell(entry);
  return text.length > UPLOAD_LIMITS.cell - 8 ? TOO_LONG : text;
}

/** What a row of our own table says about an entry: the entry with the cells that differ, and those that cannot be read. */
export interface EditedEntry {
  /** Not yet checked against the schema. */
  doc: unknown;
  /** Names of the columns that differ from what the entry has now. */
  changed: string[];
  problems: { column: string; fix: string }[];
}

/**
 * Lays a row of a table, exported and perhaps edited, on the entry as it is now. A cell that says what an export would say today
 * changes nothing, whatever it says; so a table that comes back as it went changes nothing at all. Columns may be absent.
 * @param current what the table was made of: laid on an entry that has moved since, old cells would look like edits, so the caller
 * lays them on the revision they were made of and merges three ways, as `understand/ownTable.ts` does
 */
export function editedEntry(header: readonly string[], cells: readonly string[], current: Entry): EditedEntry {
  const edited: EditedEntry = { doc: current, changed: [], problems: [] };
  for (const column of ENTRY_COLUMNS) {
    const at = header.findIndex((name) => name.trim() === column.name);
    const text = cells[at] ?? '';
    if (at < 0 || text === cellOf(column, current)) continue;
    const problem = (fix: string) => edited.problems.push({ column: column.name, fix });
    if (column.withCell === undefined) problem('This column is only shown: put it back as it was.');
    else if (text === TOO_LONG) problem('The value has become shorter meanwhile; export the entry again.');
    else {
      const read = column.withCell(text, edited.doc as Entry, current);
      if ('fix' in read) problem(read.fix);
      else {
        edited.doc = read.entry;
        edited.changed.push(column.name);
      }
    }
  }
  return edited;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** `de: Text`, one language in each line. */
function toTextLines(text: LocalText): string {
  return Object.entries(text)
    .map(([tag, translation]) => `${tag}: ${escapeText(translation.text)}`)
    .join('\n');
}

/** A text that is the same keeps what is known of it: who wrote it, and when it was reviewed. */
function fromTextLines(cell: string, before: unknown): CellValue {
  const known = isTree(before) ? before : {};
  const read = linesOf(cell).map((line) => /^(?<tag>[A-Za-z]{2,3}[A-Za-z0-9-]*): ?(?<text>.*)$/s.exec(line)?.groups);
  const wrong = read.indexOf(undefined);
  if (wrong >= 0) return { fix: `Begin line ${wrong + 1} with its language: en: Text.` };
  if (read.length === 0) return { value: undefined };
  const translations = read.map((found) => {
    const tag = found?.['tag'] ?? '';
    const text = unescapeText(found?.['text'] ?? '');
    const same = known[tag];
    return [tag, isTree(same) && same['text'] === text ? same : { text }] as const;
  });
  return { value: Object.fromEntries(translations) };
}
