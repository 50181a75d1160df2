import {
  diffDocuments,
  Entry,
  mergeDocuments,
  sameValue,
  type Change,
  type Channel,
  type Conflict,
} from '@waymark/domain';
import { valueInWords } from '../report/words.ts';
import type { Applied } from './applyRow.ts';
import { freeId } from './channelsOfRow.ts';
import { note, type Note } from './note.ts';
import { problemOf } from './rejection.ts';

/** Where the last list (`base`), the directory (`current`) and this list (`proposed`) all say something else. */
export type ListConflict = Conflict;

/** What is new of a row since the last list of the partner. */
export type ListNews = Omit<Applied, 'conflicts'> & { disagreements: ListConflict[] };

/**
 * Leaves of what a row changes only what the last list did not say as well: where the directory says otherwise, people decided so
 * meanwhile. What the partner changed is taken where the directory still says what the last list said; else all three differ, and `doc` has
 * the value of this list.
 * @param applied this row laid on the entry
 * @param last the entry with what the last list said laid on it
 */
export function listNews(applied: Applied, entry: Entry, last: Entry): ListNews {
  const next = aligned(last, entry, applied.doc);
  const { merged, conflicts } = mergeDocuments(last, entry, next);
  const parsed = Entry.safeParse(merged);
  if (!parsed.success) return { ...applied, problem: problemOf(parsed.error), disagreements: conflicts };
  const changes = diffDocuments(entry, parsed.data);
  const kept = new Set(changes.map(({ path }) => path));
  const dropped = diffDocuments(entry, next).filter(({ path }) => !kept.has(path));
  return {
    doc: parsed.data,
    fields: dropped.length === 0 ? applied.fields : fieldsOf(applied.fields, changes, dropped),
    notes: [...applied.notes, ...dropped.map(saidBefore)],
    disagreements: conflicts,
  };
}

const saidBefore = ({ label, before, after }: Change): Note => ({
  column: label,
  ...note(
    'list-said-before',
    after === undefined ? '' : valueInWords(after),
    undefined,
    `Here stands: ${valueInWords(before)}.`,
  ),
});

/** Says of a conflict that a person settled for the list what stood there. */
export const settledForList = ({ label, base, current, proposed }: ListConflict): Note => ({
  column: label,
  ...note(
    'list-preferred',
    valueInWords(current),
    valueInWords(proposed),
    `The last list said: ${valueInWords(base)}.`,
  ),
});

/** Fields of a row, and of a document, by the place in the entry where they end up. */
const PLACES: Record<string, RegExp> = {
  name: /^\/names\//,
  otherName: /^\/otherNames\//,
  country: /^\/serves\//,
  languages: /^\/channels\/[^/]+\/languages/,
  hours: /^\/channels\/[^/]+\/hours/,
  anonymous: /^\/anonymity/,
  phone: /^\/channels\/tel/,
  sms: /^\/channels\/sms/,
  whatsapp: /^\/channels\/whatsapp/,
  website: /^\/channels\/web/,
  reportLink: /^\/channels\/report/,
  chat: /^\/channels\/chat/,
  email: /^\/channels\/[^/]*mail/,
  notes: /^\/notesInternal/,
  summary: /^\/summary\//,
};

/** The fields that still change something: those of which nothing was dropped, or something else is left. */
function fieldsOf(fields: readonly string[], changes: readonly Change[], dropped: readonly Change[]): string[] {
  const isAbout = (field: string) => {
    const place = PLACES[field] ?? new RegExp(`^/${field}(/|$)`);
    return ({ path }: Change) => place.test(path);
  };
  const left = fields.filter((field) => changes.some(isAbout(field)) || !dropped.some(isAbout(field)));
  return left.length === 0 && changes.length > 0 ? [...fields] : left;
}

/** New channels and names have ids in the order of their row: what is the same gets the same, so that it can be compared. */
function aligned(last: Entry, entry: Entry, next: Entry): Entry {
  const channels = alignedItems<Channel>(last.channels, entry.channels, next.channels, {
    isSame: (a, b) => a.type === b.type && sameValue(a.value, b.value),
    isLike: (a, b) => a.type === b.type && stemOf(a) === stemOf(b),
  });
  const otherNames = alignedItems(last.otherNames, entry.otherNames, next.otherNames, {
    isSame: (a, b) => a.name === b.name,
    isLike: () => false,
  });
  return { ...next, channels, ...(next.otherNames === undefined ? {} : { otherNames }) };
}

type Item = { id: string };

const stemOf = ({ id }: Item): string => id.replace(/-\d+$/, '');

function alignedItems<Kind extends Item>(
  last: readonly Kind[] = [],
  held: readonly Kind[] = [],
  next: readonly Kind[] = [],
  { isSame, isLike }: Record<'isSame' | 'isLike', (a: Kind, b: Kind) => boolean>,
): Kind[] {
  const isHeld = ({ id }: Item) => held.some((item) => item.id === id);
  const left = last.filter((item) => !isHeld(item));
  const added = next.filter((item) => !isHeld(item));
  const ids = new Map<Kind, string>();
  for (const matches of [isSame, isLike])
    for (const item of added.filter((one) => !ids.has(one))) {
      const at = left.findIndex((earlier) => matches(earlier, item));
      const [found] = at < 0 ? [] : left.splice(at, 1);
      if (found) ids.set(item, found.id);
    }
  const taken: Item[] = [...held, ...last];
  return next.map((item) => {
    if (isHeld(item)) return item;
    const id = ids.get(item) ?? freeId(stemOf(item), taken);
    taken.push({ id });
    return { ...item, id };
  });
}
