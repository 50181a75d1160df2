import {
  Entry,
  formatHours,
  isCountry,
  phoneKey,
  type Change,
  type Channel,
  type Conflict,
  type Hours,
  type PhoneNumber,
} from '@waymark/domain';
import { emailChannel, freeId, isStaffed, phoneChannel, urlChannel, whatsappChannel } from './channelsOfRow.ts';
import { fold } from './fold.ts';
import type { ImportField } from './importField.ts';
import { addressKey, phoneKeys } from './match/address.ts';
import { hrefsInNotes, hrefsOf, type Directory } from './match/known.ts';
import { countryOfArea, type MatchIndex } from './match/matchIndex.ts';
import { likeness, nameKey, namesIn } from './match/name.ts';
import type { OrganisationIndex } from './newEntry.ts';
import { note, type Note, type NoteCode } from './note.ts';
import { problemOf, type Rejection } from './rejection.ts';
import { languageOfText, scriptOf } from './textLanguage.ts';
import type { UnderstoodRow } from './understoodRow.ts';

/** What a row changes in an entry: only fields it says something new about. What it does not name stays. */
export interface Applied {
  doc: Entry;
  fields: string[];
  notes: Note[];
  /** Why the merged document would not parse, if it does not; `doc` is the entry as it was then. */
  problem?: string;
  /** Why the row cannot be laid on it at all. */
  rejection?: Rejection;
  /** What both the row and somebody else changed since the row was made. */
  conflicts?: string[];
  /** With conflicts: what the row proposes all the same, where the revision it was made of is known. */
  moved?: Moved;
}

/** What a row proposes of an entry that somebody changed in the same place since: merged, with the values of the row where both differ. */
export interface Moved {
  doc: Entry;
  changes: Change[];
  conflicts: Conflict[];
}

/** What an entry is compared with beside the row itself. */
export interface Surroundings {
  index: MatchIndex;
  organisations: OrganisationIndex;
  /** Language of names and texts that do not say theirs. */
  language?: string;
  /** Names of organisations that stand in the same file, by the ids its documents use. */
  arriving?: ReadonlyMap<string, string>;
  revisionOf?: (id: string) => number | undefined;
  earlier?: Directory['earlier'];
}

/** Collects changes of one entry; the entry given is never touched. */
class Merge {
  doc: Entry;
  readonly fields = new Set<ImportField>();
  readonly notes: Note[] = [];
  readonly row: UnderstoodRow;
  readonly around: Surroundings;

  constructor(entry: Entry, row: UnderstoodRow, around: Surroundings) {
    this.doc = structuredClone(entry);
    this.row = row;
    this.around = around;
  }

  say(field: ImportField, code: NoteCode, from: string, to?: string, detail?: string): void {
    this.notes.push({ column: this.row.columns[field] ?? field, ...note(code, from, to, detail) });
  }

  changed(field: ImportField, code: NoteCode, from: string, to: string): void {
    this.fields.add(field);
    this.say(field, code, from, to);
  }

  add(base: string, make: (id: string) => Channel): void {
    this.doc.channels.push(make(freeId(base, this.doc.channels)));
  }
}

const numberOf = (channel: Channel): PhoneNumber | undefined =>
  'number' in channel.value ? channel.value.number : undefined;

function mergePhones(merge: Merge, field: 'phone' | 'sms', numbers: readonly PhoneNumber[]): void {
  const { doc, row, around } = merge;
  for (const number of numbers) {
    const keys = new Set(phoneKeys(number));
    const isHeld = doc.channels.some((channel) => {
      const held = numberOf(channel);
      return held !== undefined && phoneKeys(held).some((key) => keys.has(key));
    });
    if (isHeld) continue;
    const others = [...keys].flatMap((key) => around.index.withPhone(key)).filter(({ id }) => id !== doc.id);
    const neighbours = others.filter(({ areas }) =>
      areas.some((area) => row.areas.map(countryOfArea).includes(countryOfArea(area))),
    );
    if (neighbours.length > 0)
      merge.say(field, 'phone-of-another', number.digits, undefined, neighbours.map(({ label }) => label).join(', '));
    merge.changed(field, 'value-added', '', phoneKey(number));
    merge.add(field === 'phone' ? 'tel' : 'sms', (id) => phoneChannel(field, id, number, row));
  }
}

function mergeWhatsapp(merge: Merge): void {
  for (const number of merge.row.whatsapp) {
    const isHeld = merge.doc.channels.some(
      ({ type, value }) =>
        type === 'messaging' && 'handle' in value && value.handle.replace(/\D/g, '') === number.digits,
    );
    if (isHeld || number.kind !== 'e164') continue;
    merge.changed('whatsapp', 'value-added', '', `+${number.digits}`);
    merge.add('whatsapp', (id) => whatsappChannel(id, number, merge.row));
  }
}

/** A website or report link: known, known and put aside, another one than before, or one more. */
function mergeAddress(merge: Merge, field: 'website' | 'reportLink' | 'chat', href: string): void {
  const { doc, row } = merge;
  const wanted = addressKey(href);
  if (wanted === undefined) return;
  const held = hrefsOf(doc)
    .map(addressKey)
    .filter((key) => key !== undefined);
  if (held.some(({ key }) => key === wanted.key)) return;
  // The front page of a site the entry leads deeper into is nothing new.
  if (wanted.isRoot && held.some(({ host }) => host === wanted.host)) return;
  if (hrefsInNotes(doc.notesInternal).some((noted) => addressKey(noted)?.key === wanted.key))
    return merge.say(field, 'url-in-notes', href);
  const base = field === 'website' ? 'web' : field === 'chat' ? 'chat' : 'report';
  const at = doc.channels.findIndex(({ id, retired }) => id === base && retired === undefined);
  const old = doc.channels[at];
  if (old !== undefined && 'href' in old.value && old.value.href !== undefined && row.websites.length <= 1) {
    merge.changed(field, 'value-replaced', old.value.href, href);
    doc.channels[at] = { ...old, value: { ...old.value, href } } as Channel; // Same type, same value but for its address.
    return;
  }
  merge.changed(field, 'value-added', '', href);
  merge.add(base, (id) => urlChannel(field === 'chat' ? 'chat' : 'url', id, href, row));
}

function mergeEmails(merge: Merge): void {
  const { doc, row } = merge;
  const held = doc.channels.flatMap((channel) => (channel.type === 'email' ? [channel] : []));
  const added = row.emails.filter(
    (email) => !held.some(({ value }) => value.address.toLowerCase() === email.toLowerCase()),
  );
  const [only] = held;
  const [address] = added;
  if (held.length === 1 && only && row.emails.length === 1 && address !== undefined) {
    merge.changed('email', 'value-replaced', only.value.address, address);
    doc.channels = doc.channels.map((channel) =>
      channel === only ? { ...only, value: { ...only.value, address } } : channel,
    );
    return;
  }
  for (const email of added) {
    merge.changed('email', 'value-added', '', email);
    merge.add('email', (id) => emailChannel(id, email, row));
  }
}

const baseOf = (tag: string): string => tag.split('-')[0] ?? tag;

/** Languages are added to all channels alike, since a row has one cell for them; none is taken away. */
function mergeLanguages(merge: Merge): void {
  const { doc, row } = merge;
  const held = doc.channels.flatMap(({ languages = [] }) => languages.map(({ tag }) => tag));
  const isHeld = (tag: string) =>
    held.some(
      (other) => other === tag || (baseOf(other) === baseOf(tag) && (other === baseOf(other) || tag === baseOf(tag))),
    );
  const added = row.languages.filter((tag) => !isHeld(tag));
  if (added.length === 0 || doc.channels.length === 0) {
    if (row.languages.length > 0 && held.some((tag) => !row.languages.map(baseOf).includes(baseOf(tag))))
      merge.say('languages', 'values-kept', row.languages.join(', '), [...new Set(held)].join(', '));
    return;
  }
  merge.changed('languages', 'value-added', [...new Set(held)].join(', '), added.join(', '));
  doc.channels = doc.channels.map((channel) => ({
    ...channel,
    languages: [
      ...(channel.languages ?? []),
      ...added.filter((tag) => !channel.languages?.some((l) => l.tag === tag)).map((tag) => ({ tag })),
    ],
  }));
}

const sameHours = (a: Hours, b: Hours): boolean =>
  a.kind === b.kind &&
  (a.kind === 'unknown'
    ? fold(a.sourceText ?? '') === fold(b.sourceText ?? '')
    : formatHours(a) === formatHours(b) && (a.tz === b.tz || a.kind === 'always'));

/** Hours are one cell: they are those of all channels on which people answer. Text alone never replaces what is known better. */
function mergeHours(merge: Merge): void {
  const { doc, row } = merge;
  const { hours } = row;
  if (hours === undefined) return;
  const staffed = doc.channels.filter((channel) => isStaffed(channel) && channel.retired === undefined);
  const targets = staffed.length > 0 ? staffed : doc.channels.filter((channel) => channel.hours !== undefined);
  if (targets.length === 0) return merge.say('hours', 'hours-without-channel', hours.sourceText ?? '');
  const differing = targets.filter(({ hours: held }) => {
    if (held === undefined) return true;
    if (hours.kind === 'unknown') return held.kind === 'unknown' && held.sourceText === undefined;
    return !sameHours(held, hours);
  });
  if (differing.length === 0) return;
  const old = differing.find(({ hours: held }) => held !== undefined)?.hours;
  merge.changed(
    'hours',
    old ? 'value-replaced' : 'value-added',
    old ? (old.sourceText ?? formatHours(old)) : '',
    hours.sourceText ?? formatHours(hours),
  );
  doc.channels = doc.channels.map((channel) =>
    differing.includes(channel) ? { ...channel, hours: { ...withoutText(channel.hours), ...hours } } : channel,
  );
}

/** Exceptions and holidays of a curator stay when only the week changes. */
const withoutText = (hours: Hours | undefined): Partial<Hours> => {
  if (hours?.kind !== 'weekly') return {};
  const { exceptions, holidays } = hours;
  return { ...(exceptions ? { exceptions } : {}), ...(holidays ? { holidays } : {}) };
};

function mergeAnonymity(merge: Merge): void {
  const { doc, row } = merge;
  if (row.anonymous === undefined || row.anonymous === 'unknown') return;
  const said = row.anonymous === 'yes' ? 'anonymous' : 'identified';
  const { level } = doc.anonymity;
  if (level === said || (said === 'identified' && level === 'confidential')) return;
  if (level !== 'unknown') return merge.say('anonymous', 'anonymity-differs', row.anonymous, level);
  merge.changed('anonymous', said === 'anonymous' ? 'value-added' : 'answer-no-identity', level, said);
  doc.anonymity = { ...doc.anonymity, level: said };
}

function mergeAreas(merge: Merge): void {
  const { doc, row } = merge;
  const held = doc.serves.map(({ area }) => area);
  // A row for a country says nothing new of an entry for the world, nor one for the world of an entry for one country.
  const added = row.areas.filter(
    (area) =>
      !held.includes(area) &&
      !held.includes('001') &&
      (isCountry(area) || held.length === 0) &&
      !held.some((h) => countryOfArea(h) === area),
  );
  if (added.length === 0) return;
  merge.changed('country', 'area-added', held.join(', '), added.join(', '));
  doc.serves = [...doc.serves, ...added.map((area) => ({ area, basis: 'any' as const, strength: 'primary' as const }))];
}

/** A name spelled otherwise is the same name; another one is proposed in its language, never silently. */
function mergeName(merge: Merge): void {
  const { doc, row, around } = merge;
  const { name } = row;
  if (name === undefined) return;
  const held = [
    ...Object.values(doc.names).map(({ text }) => text),
    ...(doc.otherNames ?? []).map((other) => other.name),
  ];
  const keys = held.flatMap(namesIn);
  if (namesIn(name).some((key) => keys.some((other) => likeness(key, other) >= 0.5))) return;
  const script = scriptOf(name);
  const tag =
    row.nameLanguage ??
    around.language ??
    Object.entries(doc.names).find(([, { text }]) => scriptOf(text) === script)?.[0] ??
    languageOfText(name, row);
  if (tag === undefined) return merge.say('name', 'name-language', name);
  merge.changed('name', 'name-differs', doc.names[tag]?.text ?? '', name);
  doc.names = { ...doc.names, [tag]: { ...doc.names[tag], text: name } };
}

function mergeOtherNames(merge: Merge): void {
  const { doc, row } = merge;
  const held = new Set(
    [...Object.values(doc.names).map(({ text }) => text), ...(doc.otherNames ?? []).map(({ name }) => name)].map(
      (name) => nameKey(name).key,
    ),
  );
  for (const name of row.otherNames) {
    if (held.has(nameKey(name).key)) continue;
    merge.changed('otherName', 'value-added', '', name);
    doc.otherNames = [...(doc.otherNames ?? []), { id: freeId('name', doc.otherNames ?? []), name }];
  }
}

/** What an import never changes by itself: it is said, and left as it is. */
function sayWhatDiffers(merge: Merge): void {
  const { doc, row, around } = merge;
  if (row.kind && !row.kind.includes(doc.kind)) merge.say('kind', 'kind-differs', row.kind[0], doc.kind);
  if (row.organisation !== undefined && !around.organisations.isCalled(doc.organisation, row.organisation))
    merge.say(
      'organisation',
      'organisation-differs',
      row.organisation,
      around.organisations.byId.get(doc.organisation)?.slug,
    );
}

function mergeTexts(merge: Merge): void {
  const { doc, row, around } = merge;
  const noted = fold(doc.notesInternal ?? '');
  const added = row.remarks.filter((text) => !noted.includes(fold(text)));
  const whole = [...(doc.notesInternal === undefined ? [] : [doc.notesInternal]), ...added].join('\n');
  if (added.length > 0 && [...whole].length <= 4000) {
    merge.changed('notes', 'notes-appended', '', added.join('\n'));
    doc.notesInternal = whole;
  }
  if (row.summary === undefined) return;
  const tag = languageOfText(row.summary, row, row.summaryLanguage ?? around.language) ?? 'en';
  const old = doc.summary?.[tag]?.text;
  if (old !== undefined && fold(old) === fold(row.summary)) return;
  merge.changed('summary', old === undefined ? 'value-added' : 'value-replaced', old ?? '', row.summary);
  doc.summary = { ...doc.summary, [tag]: { ...doc.summary?.[tag], text: row.summary } };
}

/**
 * Lays what a row says on an entry. An empty cell never deletes, a shorter list takes nothing away, and kind, organisation and
 * anonymity once known are not changed by a file.
 * @returns the merged document, which parses, and the fields that changed
 */
export function applyRow(entry: Entry, row: UnderstoodRow, around: Surroundings): Applied {
  const merge = new Merge(entry, row, around);
  sayWhatDiffers(merge);
  mergeName(merge);
  mergeOtherNames(merge);
  mergeAreas(merge);
  mergeLanguages(merge);
  mergeHours(merge);
  mergeAnonymity(merge);
  mergePhones(merge, 'phone', row.phones);
  mergePhones(merge, 'sms', row.sms);
  mergeWhatsapp(merge);
  for (const href of row.websites) mergeAddress(merge, 'website', href);
  if (row.reportLink !== undefined) mergeAddress(merge, 'reportLink', row.reportLink);
  if (row.chat !== undefined) mergeAddress(merge, 'chat', row.chat);
  mergeEmails(merge);
  mergeTexts(merge);
  if (merge.fields.size === 0) return { doc: entry, fields: [], notes: merge.notes };
  const parsed = Entry.safeParse(merge.doc);
  if (parsed.success) return { doc: parsed.data, fields: [...merge.fields], notes: merge.notes };
  return { doc: entry, fields: [], notes: merge.notes, problem: problemOf(parsed.error) };
}
