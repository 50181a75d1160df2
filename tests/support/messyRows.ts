import { pickText, type Channel, type Entry, type Organisation } from '@waymark/domain';
import anyAscii from 'any-ascii';

/** One row a partner may send, and what it really is. */
export interface MessyRow {
  cells: string[];
  /** Slug of the entry it is about; nothing when it is about none of the directory. */
  about?: string;
  /** What it says beyond the entry, by field of the import. */
  changes: string[];
  /** For rows about no entry: `new`, `reject`, or the place in its file of the row it repeats. */
  otherwise?: 'new' | 'reject' | { repeats: number };
  /** Numbers that may be written for it beside those of the entry. */
  digits: string[];
}

export const HEADER = [
  'Name',
  'Organisation',
  'Type',
  'Country',
  'Website',
  'Report link',
  'Phone',
  'E-Mail',
  'Languages',
  'Hours',
];
const [NAME, ORGANISATION, KIND, COUNTRY, WEBSITE, REPORT, PHONE, EMAIL, LANGUAGES] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

export type Random = () => number;

/** Mulberry32: the same seed gives the same rows on every machine. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(list: readonly [T, ...T[]], random: Random): T => list[Math.floor(random() * list.length)] ?? list[0];

const kindWord: Record<Entry['kind'], readonly [string, ...string[]]> = {
  emergency: ['emergency', 'Notruf'],
  'law-enforcement.report': ['police', 'Polizei', 'policía', 'полиция', 'الشرطة'],
  clearinghouse: ['clearinghouse', 'hotline'],
  'hotline.web': ['hotline', 'Meldestelle', 'línea de denuncia', 'горячая линия', 'Hotline (INHOPE)'],
  'portal.national': ['portal', 'hotline', 'línea de denuncia'],
  'portal.global': ['global portal', 'hotline'],
  'platform-tool': ['platform', 'Plattform', 'plateforme'],
  'removal-service': ['removal', 'retrait'],
  'child-helpline': ['helpline', 'Child Helpline', 'خط مساندة الطفل', 'línea de ayuda', 'детский телефон доверия'],
  'trafficking-hotline': ['trafficking', 'Menschenhandel'],
  'missing-child': ['missing children', 'enfants disparus', 'vermisste Kinder'],
  'traveller-report': ['tourism reporting', 'travel'],
  'prevention-helpline': ['prevention', 'self-help', 'prévention'],
  directory: ['directory', 'Verzeichnis'],
  network: ['network', 'Netzwerk'],
  coordination: ['coordination', 'Koordination'],
};

const channelOf = (entry: Entry, id: string): Channel | undefined =>
  entry.channels.find((channel) => channel.id === id);
const hrefOf = (entry: Entry, id: string): string => {
  const channel = channelOf(entry, id);
  return channel && 'href' in channel.value ? (channel.value.href ?? '') : '';
};
const printed = (channel: Channel): string[] =>
  'number' in channel.value ? [`${channel.value.number.kind === 'e164' ? '+' : ''}${channel.value.number.digits}`] : [];

const regionName = (area: string, locale: string): string => {
  if (area === '001') return locale === 'de' ? 'weltweit' : 'Worldwide';
  return /^[A-Z]{2}$/.test(area) ? (new Intl.DisplayNames([locale], { type: 'region' }).of(area) ?? area) : area;
};
const languageNameIn = (tag: string, locale: string): string =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;

/** A tidy row about an entry, as a partner would export it. */
export function tidyRow(entry: Entry, organisations: ReadonlyMap<string, Organisation>): MessyRow {
  const tags = [...new Set(entry.channels.flatMap(({ languages = [] }) => languages.map(({ tag }) => tag)))];
  const email = entry.channels.flatMap((channel) => (channel.type === 'email' ? [channel.value.address] : []))[0];
  const cells = [
    pickText(entry.names),
    pickText(organisations.get(entry.organisation)?.names),
    kindWord[entry.kind][0],
    entry.serves.map(({ area }) => regionName(area, 'en')).join(', '),
    hrefOf(entry, 'web') || (/https?:\/\/\S+/.exec(entry.notesInternal ?? '')?.[0] ?? ''),
    hrefOf(entry, 'report'),
    entry.channels.flatMap((channel) => (channel.type === 'phone' ? printed(channel) : [])).join('; '),
    email ?? '',
    tags.map((tag) => languageNameIn(tag, 'en')).join(', '),
    '',
  ];
  return { cells, about: entry.slug, changes: [], digits: [] };
}

type Mess = (row: MessyRow, entry: Entry, random: Random) => MessyRow | undefined;

const set = (row: MessyRow, at: number, text: string): MessyRow => ({
  ...row,
  cells: row.cells.map((cell, i) => (i === at ? text : cell)),
});
const update = (row: MessyRow, at: number, change: (text: string) => string): MessyRow =>
  set(row, at, change(row.cells[at] ?? ''));
const stripAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
/** Words and hosts nobody has. */
const inventedWord = (random: Random): string =>
  Array.from({ length: 4 }, () => pick(['ba', 'zo', 'mi', 'ku', 'le', 'vra', 'to', 'xi', 'nu', 'pe'], random)).join('');
const inventedHost = (random: Random): string => `${inventedWord(random)}-${inventedWord(random)}.org`;

const spelled: Mess = (row, _, random) =>
  update(
    row,
    NAME,
    pick(
      [
        (s) => s.toUpperCase(),
        stripAccents,
        (s) => `  ${s.replaceAll(' ', '  ')} `,
        (s) => `"${s}"`,
        (s) => `${s} (national)`,
        (s) => s.replace(/[–-]/g, ' '),
        (s) => `The ${s}`,
      ],
      random,
    ),
  );

const addresses: Mess = (row, _, random) => {
  if (row.cells[WEBSITE] === '') return undefined;
  return update(
    row,
    WEBSITE,
    pick(
      [
        (s) => s.replace('https:', 'http:'),
        (s) => s.replace(/^https?:\/\//, ''),
        (s) => `${s}${s.includes('?') ? '&' : '?'}utm_source=newsletter&fbclid=IwAR0xyz`,
        (s) => `${s}#kontakt`,
        (s) => s.replace('https://www.', 'https://'),
        (s) => s.replace(/^https:\/\/[^/]*/, (origin) => origin.toUpperCase()),
        (s) => `  ${s.replace(/\/$/, '')} `,
      ],
      random,
    ),
  );
};

const arabicDigits = (text: string): string => text.replace(/\d/g, (d) => String.fromCodePoint(0x660 + Number(d)));
const grouped = (text: string, sign: string): string =>
  text.replace(/\d{4,}/g, (digits) => (digits.match(/\d{1,4}/g) ?? []).join(sign));

const numbers: Mess = (row, _, random) => {
  if (row.cells[PHONE] === '') return undefined;
  return update(
    row,
    PHONE,
    pick(
      [
        (s) => grouped(s, ' '),
        (s) => grouped(s, '-'),
        (s) => grouped(s, '.'),
        (s) => s.replace(/\+/g, '00'),
        arabicDigits,
        (s) => `Tel.: ${s}`,
        (s) => `${s} (free)`,
        (s) => s.replaceAll('; ', ' / '),
      ],
      random,
    ),
  );
};

const words: Mess = (row, entry, random) => {
  const locale = pick(
    ['de', 'fr', 'es', 'it', 'pt', 'nl', 'ar', 'ru', 'tr', 'pl', 'ja', 'zh', 'ko', 'hi', 'uk', 'el'],
    random,
  );
  const translated = set(row, COUNTRY, entry.serves.map(({ area }) => regionName(area, locale)).join('; '));
  const tags = [...new Set(entry.channels.flatMap(({ languages = [] }) => languages.map(({ tag }) => tag)))];
  const named = set(translated, LANGUAGES, tags.map((tag) => languageNameIn(tag, locale)).join(' + '));
  return set(named, KIND, pick(kindWord[entry.kind], random));
};

const hidden: Mess = (row, _, random) =>
  update(
    row,
    NAME,
    pick(
      [
        (s) => `\u200F${s}\u200E`,
        (s) => s.replace(/(.)/u, '$1\u200B'),
        (s) => `<b>${s}</b>`,
        (s) => s.normalize('NFD'),
        (s) => `\uFEFF${s}`,
        (s) => s.replaceAll('&', '&amp;'),
        (s) => `\u202A${s}\u202C`,
      ],
      random,
    ),
  );

const sparse: Mess = (row, _, random) => {
  const kept = pick([WEBSITE, PHONE, EMAIL, REPORT], random);
  if (row.cells[kept] === '') return undefined;
  return { ...row, cells: row.cells.map((cell, at) => ([NAME, KIND, COUNTRY, kept].includes(at) ? cell : '')) };
};

const transliterated: Mess = (row, entry) => {
  const native = Object.values(entry.names).find(({ text }) => /[^\p{Script=Latin}\p{N}\p{P}\p{Zs}]/u.test(text));
  return native ? set(row, NAME, anyAscii(native.text)) : update(row, NAME, (s) => anyAscii(s));
};

const noOrganisation: Mess = (row) => update(set(row, ORGANISATION, ''), REPORT, () => '');

const addedPhone: Mess = (row) => ({
  ...update(row, PHONE, (s) => [s, '+1 202 555 0143'].filter(Boolean).join('; ')),
  changes: ['phone'],
  digits: ['12025550143'],
});

const addedLanguage: Mess = (row) =>
  /Esperanto/.test(row.cells[LANGUAGES] ?? '')
    ? undefined
    : { ...update(row, LANGUAGES, (s) => [s, 'Esperanto'].filter(Boolean).join(', ')), changes: ['languages'] };

const movedSite: Mess = (row, _, random) =>
  row.cells[WEBSITE] === '' || row.cells[PHONE] === ''
    ? undefined
    : { ...set(set(row, WEBSITE, `https://${inventedHost(random)}/`), REPORT, ''), changes: ['website'] };

const movedForm: Mess = (row, entry) => {
  const href = hrefOf(entry, 'web');
  return href === ''
    ? undefined
    : { ...set(row, REPORT, `${href.replace(/\/$/, '')}/new-report-form`), changes: ['reportLink'] };
};

const renamed: Mess = (row, _, random) => ({
  ...set(row, NAME, `${inventedWord(random)} Lantern Service`),
  changes: ['name'],
});

const invented = (row: MessyRow, cells: Partial<Record<number, string>>): MessyRow => ({
  ...row,
  cells: row.cells.map((cell, at) => cells[at] ?? cell),
  changes: [],
  otherwise: 'new',
});
const nobody = ({ cells, changes, digits }: MessyRow): MessyRow => ({ cells, changes, digits });

/** Another service of the same country and kind, with a name of words that all of them use. */
const stranger: Mess = (row, _, random) =>
  invented(nobody(row), {
    [NAME]: `National ${inventedWord(random)} ${pick(['Helpline', 'Hotline', 'Child Protection Service'], random)}`,
    [ORGANISATION]: `${inventedWord(random)} Trust`,
    [WEBSITE]: `https://${inventedHost(random)}/`,
    [REPORT]: '',
    [PHONE]: '',
    [EMAIL]: '',
  });

/** The same short number in a country where the directory knows none: another service, whatever it is called. */
const sharedCode: Mess = (row, entry) => {
  const isShort = entry.channels.some(({ value }) => 'number' in value && value.number.kind === 'short');
  if (!isShort) return undefined;
  return {
    ...invented(nobody(row), {
      [COUNTRY]: 'Tuvalu',
      [ORGANISATION]: 'Zephyr Quill Trust',
      [WEBSITE]: '',
      [REPORT]: '',
      [EMAIL]: '',
    }),
    digits: entry.channels.flatMap(printed).map((n) => n.replace('+', '')),
  };
};

/** Another page under a host of the entry, for another country: as a portal of many countries has. */
const sharedHost: Mess = (row, entry, random) => {
  const href = hrefOf(entry, 'web');
  if (href === '') return undefined;
  return invented(nobody(row), {
    [NAME]: `${row.cells[NAME]} – ${inventedWord(random)}`,
    [COUNTRY]: 'TV',
    [WEBSITE]: `${new URL(href).origin}/tuvalu-${entry.slug}`,
    [REPORT]: '',
    [PHONE]: '',
    [EMAIL]: '',
  });
};

/** Another kind of service of the same organisation in the same country, with a page of its own. */
const sibling: Mess = (row, entry, random) => {
  const href = hrefOf(entry, 'web');
  if (href === '' || entry.kind === 'traveller-report') return undefined;
  return invented(nobody(row), {
    [NAME]: `Travellers desk ${inventedWord(random)}`,
    [KIND]: 'tourism reporting',
    [WEBSITE]: `${new URL(href).origin}/travel-${entry.slug}`,
    [REPORT]: '',
    [PHONE]: '',
    [EMAIL]: '',
  });
};

const broken: Mess = (row, _, random) => {
  const bare = row.cells.map((cell, at) => (at >= WEBSITE && at <= EMAIL ? '' : cell));
  const [at, text] = pick<[number, string]>(
    [
      [PHONE, '1.16E+05'],
      [PHONE, '0'],
      [WEBSITE, 'file:///C:/list.xlsx'],
      [WEBSITE, 'http://bit.ly/xxxxxxx'],
      [EMAIL, 'info(at)example'],
      [NAME, ''],
      [COUNTRY, 'Wakanda'],
      [NAME, '=HYPERLINK("http://example.org","x")'],
      [WEBSITE, 'javascript:alert(1)'],
    ],
    random,
  );
  const cells = at === NAME || at === COUNTRY ? row.cells : bare;
  return { ...set(nobody({ ...row, cells }), at, text), otherwise: 'reject' };
};

/** What is done to rows, by what it is called. Each entry is in a file of its kind at most once. */
export const MESSES: Readonly<Record<string, Mess>> = {
  tidy: (row) => row,
  'spelled otherwise': spelled,
  'addresses in disguise': addresses,
  'numbers in disguise': numbers,
  'other languages': words,
  'hidden characters': hidden,
  'little said': sparse,
  transliterated,
  'no organisation': noOrganisation,
  'a number more': addedPhone,
  'a language more': addedLanguage,
  'another website': movedSite,
  'another form': movedForm,
  'another name': renamed,
  'trap: stranger': stranger,
  'trap: shared code': sharedCode,
  'trap: shared host': sharedHost,
  'trap: sibling': sibling,
  broken,
};
