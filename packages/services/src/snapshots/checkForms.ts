import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { isLeftOutOf, type Place, type PublishedEntry } from '@waymark/domain';
import { readDirectoryDatabase } from '@waymark/store';
import { SnapshotDefect } from './snapshotDefect.ts';

/** A file by country may hold lines of the directory and no others, and at least one. */
const BY_COUNTRY = /^v1\/by-country\/[A-Z0-9]{2,3}\.ndjson\.gz$/;

/** What the forms are compared with: the lines of `v1/directory.ndjson` by id, and of the tombstones. */
export type Truth = {
  lines: ReadonlyMap<string, string>;
  tombstones: readonly string[];
  /** Sequences of the changelog, newest first. */
  sequences: readonly number[];
};

/**
 * Looks whether every other form of the directory holds the same records. Which forms there are, the manifest says: an older
 * version had fewer, and a large directory has no page.
 * @param fileOf gives the bytes of a file the manifest names, undefined of one it does not
 * @throws SnapshotDefect
 */
export function requireForms(
  paths: Iterable<string>,
  fileOf: (path: string) => Buffer | undefined,
  truth: Truth,
): void {
  const all = new Set(truth.lines.values());
  for (const path of paths) {
    const bytes = BY_COUNTRY.test(path) ? fileOf(path) : undefined;
    if (bytes && !isTrue((packed) => isPartOf(packed, all), bytes, truth))
      throw new SnapshotDefect(`${path} holds something other than v1/directory.ndjson`);
  }
  for (const [path, agrees] of Object.entries(FORMS)) {
    const bytes = fileOf(path);
    if (bytes === undefined) continue;
    if (!isTrue(agrees, bytes, truth))
      throw new SnapshotDefect(`${path} holds something other than v1/directory.ndjson`);
  }
}

function isPartOf(packed: Buffer, all: ReadonlySet<string>): boolean {
  const lines = gunzipSync(packed).toString().split('\n').slice(0, -1);
  return lines.length > 0 && lines.every((line) => all.has(line));
}

type Agrees = (bytes: Buffer, truth: Truth) => boolean;

const FORMS: Readonly<Record<string, Agrees>> = {
  'v1/directory.sqlite': (bytes, { lines, tombstones }) => {
    const found = readDirectoryDatabase(bytes);
    return isSame(found.records, [...lines.values()]) && isSame(found.tombstones, tombstones);
  },
  'v1/directory.html': (bytes, { lines }) => {
    const ids = [...bytes.toString().matchAll(/"@id":"urn:uuid:([0-9a-f-]{36})","identifier"/g)].map(
      ([, id]) => id ?? '',
    );
    return isSame(ids, entryIds(lines, 'web'));
  },
  'v1/hsds.json': (bytes, { lines }) => {
    const { contents } = JSON.parse(bytes.toString()) as { contents: { id: string }[] };
    return isSame(
      contents.map(({ id }) => id),
      entryIds(lines, 'hsds'),
    );
  },
  'v1/hsds.zip': (bytes, { lines }) => {
    const services = unzipSync(bytes)['services.csv'];
    const rows = services
      ? Buffer.from(services)
          .toString()
          .matchAll(/^"([0-9a-f-]{36})",/gm)
      : [];
    return isSame(
      [...rows].map(([, id]) => id ?? ''),
      entryIds(lines, 'hsds'),
    );
  },
  'v1/changelog.md': (bytes, { sequences }) =>
    isSame(
      [...bytes.toString().matchAll(/^## Snapshot (\d+)/gm)].map(([, n]) => n ?? ''),
      sequences.map(String),
    ),
  'v1/feed.atom': (bytes, { sequences }) => {
    const ids = [...bytes.toString().matchAll(/<id>[^<]*:snapshot:(\d+)<\/id>/g)].map(([, n]) => Number(n));
    return ids[0] === sequences[0] && ids.every((n) => sequences.includes(n));
  },
};

function isTrue(agrees: Agrees, bytes: Buffer, truth: Truth): boolean {
  try {
    return agrees(bytes, truth);
  } catch {
    // What cannot be read does not agree.
    return false;
  }
}

/** Entries that a form is to hold. */
function entryIds(lines: ReadonlyMap<string, string>, place: Place): string[] {
  return [...lines]
    .filter(([, line]) => line.includes('"type":"entry"'))
    .filter(([, line]) => !line.includes('"leftOutOf"') || !isLeftOutOf(JSON.parse(line) as PublishedEntry, place))
    .map(([id]) => id);
}

/** In whatever order. */
function isSame(some: readonly string[], others: readonly string[]): boolean {
  const sorted = [...others].sort();
  return some.length === others.length && [...some].sort().every((item, at) => item === sorted[at]);
}
