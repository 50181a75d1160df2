import Database from 'better-sqlite3';
import {
  areaCountries,
  canonicalJson,
  channelAddress,
  pickText,
  type PublishedChannel,
  type PublishedCountryProfile,
  type PublishedEntry,
  type PublishedOrganisation,
  type PublishedRecord,
  type Tombstone,
} from '@waymark/domain';

/**
 * The published directory as a database that apps open and query (SNAPSHOTS §4.5): the columns people search by, and beside
 * them each record whole, as JSON. `countries` of an entry are worked out; `001` stands for the world.
 */
const TABLES = `
create table about (key text primary key, value text not null) strict;
create table entries (
  id text primary key, slug text not null unique, kind text not null, name text not null, organisation text not null,
  operational text not null, anonymity text not null, confidence text not null, expires_at text,
  revision integer not null, updated_at text not null, json text not null
) strict;
create table channels (
  entry text not null, id text not null, type text not null, address text not null, confidence text not null,
  expires_at text, json text not null, primary key (entry, id)
) strict;
create table serves (
  entry text not null, area text not null, basis text not null, strength text not null, primary key (entry, area)
) strict, without rowid;
create table serves_countries (country text not null, entry text not null, primary key (country, entry))
  strict, without rowid;
create table accepts (
  need text not null, entry text not null, answer text not null, primary key (need, entry)
) strict, without rowid;
create table organisations (
  id text primary key, slug text not null unique, name text not null, type text not null, website text, json text not null
) strict;
create table countries (id text primary key, country text not null unique, slug text not null, json text not null) strict;
create table tombstones (
  id text not null, channel text not null, type text not null, reason text not null, retired_at text not null,
  json text not null, primary key (id, channel)
) strict;
`;

export type DirectoryDatabase = {
  /** @param line the record as canonical JSON */
  insert(record: PublishedRecord, line: string): void;
  insertTombstone(tombstone: Tombstone): void;
  /**
   * Writes the database to a new file: without free pages or a journal, the same bytes for the same records. The working
   * file is closed, and nobody's any more.
   */
  finish(file: string): void;
  /** Closes the working file as it is; nobody will want it. */
  abandon(): void;
};

/**
 * Opens a new working file for the published directory. Nothing in it needs to outlive a crash.
 * @param schemaVersion `major.minor`; becomes `user_version`, major × 1000 + minor
 */
export function createDirectoryDatabase(working: string, schemaVersion: string): DirectoryDatabase {
  const sqlite = new Database(working);
  sqlite.pragma('journal_mode = OFF');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('page_size = 4096');
  // Names come in no order, so pages of their index are written again and again: enough of them are kept.
  sqlite.pragma('cache_size = -65536');
  const [major = 0, minor = 0] = schemaVersion.split('.').map(Number);
  sqlite.pragma(`user_version = ${major * 1000 + minor}`);
  sqlite.exec(`${TABLES}begin;`);
  const into = (table: string, columns: number) =>
    sqlite.prepare(`insert into ${table} values (${Array.from({ length: columns }, () => '?').join(', ')})`);
  const to = {
    entries: into('entries', 12),
    channels: into('channels', 7),
    serves: into('serves', 4),
    servesCountries: into('serves_countries', 2),
    accepts: into('accepts', 3),
    organisations: into('organisations', 6),
    countries: into('countries', 4),
    tombstones: into('tombstones', 6),
  };
  into('about', 2).run('schema', schemaVersion);

  const insertEntry = (entry: PublishedEntry, line: string): void => {
    to.entries.run(...entryCells(entry), line);
    for (const channel of entry.channels) to.channels.run(entry.id, ...channelCells(channel));
    for (const { area, basis, strength } of entry.serves) to.serves.run(entry.id, area, basis, strength);
    for (const country of countriesOf(entry)) to.servesCountries.run(country, entry.id);
    for (const [need, acceptance] of Object.entries(entry.accepts))
      if (acceptance) to.accepts.run(need, entry.id, acceptance.answer);
  };
  return {
    insert(record, line) {
      if (record.type === 'entry') insertEntry(record, line);
      else if (record.type === 'organisation') to.organisations.run(...organisationCells(record), line);
      else to.countries.run(...countryCells(record), line);
    },
    insertTombstone(tombstone) {
      const { id, type, reason, retiredAt } = tombstone;
      const channel = tombstone.type === 'channel' ? tombstone.channel : '';
      to.tombstones.run(id, channel, type, reason, retiredAt, canonicalJson(tombstone));
    },
    finish(file) {
      sqlite.exec('commit');
      sqlite.prepare('vacuum into ?').run(file);
      sqlite.close();
    },
    abandon: () => void sqlite.close(),
  };
}

/** What a published database holds: records and tombstones as their lines. @throws Error when the bytes are no such database */
export function readDirectoryDatabase(bytes: Buffer): { records: string[]; tombstones: string[] } {
  const sqlite = new Database(bytes, { readonly: true });
  try {
    sqlite.pragma('trusted_schema = OFF');
    const linesIn = (tables: readonly string[]) =>
      tables.flatMap((table) => sqlite.prepare(`select json from ${table}`).pluck().all() as string[]);
    return { records: linesIn(['entries', 'organisations', 'countries']), tombstones: linesIn(['tombstones']) };
  } finally {
    sqlite.close();
  }
}

type Cell = string | number | null;

function entryCells(entry: PublishedEntry): Cell[] {
  const { id, slug, kind, names, organisation, operational, anonymity, verification, revision, updatedAt } = entry;
  const { confidence, expiresAt } = verification;
  const said = [operational.status, anonymity.level, confidence, expiresAt, revision, updatedAt];
  return [id, slug, kind, pickText(names), organisation, ...said];
}

function channelCells(channel: PublishedChannel): Cell[] {
  const { id, type, verification } = channel;
  return [id, type, channelAddress(channel), verification.confidence, verification.expiresAt, canonicalJson(channel)];
}

function organisationCells({ id, slug, names, organisationType, website }: PublishedOrganisation): Cell[] {
  return [id, slug, pickText(names), organisationType, website ?? null];
}

function countryCells({ id, country, slug }: PublishedCountryProfile): Cell[] {
  return [id, country, slug];
}

/** Each country once, also when two areas of the entry touch it. */
function countriesOf({ serves }: PublishedEntry): Set<string> {
  return new Set(
    serves.flatMap(({ area }) => {
      const countries = areaCountries(area);
      return countries === 'world' ? ['001'] : countries;
    }),
  );
}
