import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexDirectory, route, toRoutableEntry } from '@waymark/domain';
import { makeSeed, open } from '../../packages/reader/src/index.ts';
import { isEntry } from '../../packages/reader/src/directory.ts';
import { toRequest } from '../../packages/reader/src/toRequest.ts';
import { medianSecondsOf, secondsOf } from './clock.ts';
import { note, type Results, type RowName } from './table.ts';

/** What a reader asked a mirror for, one refresh each: the same is asked of the real server (`refreshes.ts`). */
export type Asked = { path: string; status: number; bytes: number }[];
export type Refreshes = { nothing: Asked; delta: Asked; whole: Asked };

const URL_OF_TREE = 'https://tree.example';
const ROUNDS_WARM = 5;

/** A device that has the first snapshot: what it did to get it, and what it looks like afterwards. */
export type Device = { dir: string; seed: Uint8Array; whole: Asked };

/** The first refresh of a device: all of it, verified. */
export async function measureFirstRefresh(
  dataDir: string,
  results: Results,
  wanted: ReadonlySet<RowName>,
): Promise<Device> {
  const { fetch, taken } = mirror(join(dataDir, 'repo'));
  const root = readFileSync(join(dataDir, 'repo/metadata/1.root.json'));
  let seed: Uint8Array = new Uint8Array();
  const cold = await secondsOf(async () => void ({ zip: seed } = await makeSeed({ url: URL_OF_TREE, root, fetch })));
  const whole = taken();
  if (wanted.has('reader-cold')) {
    note(results, 'reader-cold', { value: cold });
    results.notes.push(`reader-cold: ${wire(whole)}.`);
  }
  return { dir: mkdtempSync(join(tmpdir(), 'waymark-bench-reader-')), seed, whole };
}

/** What the device does from then on: a refresh that brings 100 changes, those that find nothing new, and questions. */
export async function measureReaders(
  dataDir: string,
  { dir, seed, whole }: Device,
  results: Results,
  wanted: ReadonlySet<RowName>,
): Promise<Refreshes> {
  const { fetch, taken } = mirror(join(dataDir, 'repo'));
  try {
    const reader = await open({ dir, seed, urls: URL_OF_TREE, auto: false, platform: { fetch } });
    let way = '';
    const first = await secondsOf(async () => void ({ way } = await reader.refresh()));
    const delta = taken();
    if (wanted.has('reader-delta') && way !== 'delta')
      throw new Error(`The reader went the way "${way}", not by delta`);
    if (wanted.has('reader-delta')) {
      note(results, 'reader-delta', { value: first });
      results.notes.push(`reader-delta: ${wire(delta)}.`);
    }
    const warm = await medianSecondsOf(async () => void (await reader.refresh()), ROUNDS_WARM);
    const rounds = taken();
    const nothing = rounds.slice(0, rounds.length / ROUNDS_WARM);
    if (wanted.has('reader-warm')) {
      note(results, 'reader-warm', { value: warm * 1000 });
      results.notes.push(`reader-warm: ${wire(nothing)}.`);
    }
    const records = reader.records;
    if (wanted.has('reader-route')) note(results, 'reader-route', { value: routeMilliseconds(records, 1000, 2000) });
    if (wanted.has('reader-route-all')) {
      note(results, 'reader-route-all', { value: routeMilliseconds(records, Infinity, 50) });
      results.notes.push(`reader-route-all: ${records.filter(isEntry).length} entries.`);
    }
    reader.close();
    return { nothing, delta, whole };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The public tree as a mirror without a network, which remembers what it was asked for. */
function mirror(tree: string) {
  let asked: Asked = [];
  return {
    async fetch(url: string): Promise<Response> {
      const { pathname } = new URL(url);
      const file = await readFile(join(tree, pathname)).catch(() => undefined);
      asked.push({ path: `/repo${pathname}`, status: file ? 200 : 404, bytes: file?.length ?? 0 });
      return file ? new Response(new Uint8Array(file)) : new Response(null, { status: 404 });
    },
    /** @returns what was asked since the last time */
    taken(): Asked {
      const before = asked;
      asked = [];
      return before;
    },
  };
}

/** What goes over the wire in one refresh, without headers. */
export function wire(asked: Asked): string {
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  return `${asked.length} requests, ${bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`}`;
}

const COUNTRIES = ['DE', 'US', 'FR', 'IN', 'BR', 'ZA', 'JP', 'GB'];

/** Mean of many questions over so many entries, which are taken to be verified, as in a directory at work. */
function routeMilliseconds(
  records: Awaited<ReturnType<typeof open>>['records'],
  entriesAtMost: number,
  questions: number,
): number {
  const verification = { confidence: 'high' as const, expiresAt: null };
  const entries = records
    .filter(isEntry)
    .slice(0, entriesAtMost)
    .map((entry) => ({
      ...toRoutableEntry(entry),
      verification,
      channels: entry.channels.map((channel) => ({ ...channel, verification })),
    }));
  const directory = indexDirectory({ entries, countries: [] });
  const now = new Date().toISOString();
  const ask = (i: number) =>
    route(toRequest({ need: 'csam-online', country: COUNTRIES[i % COUNTRIES.length] ?? 'DE' }), directory, now);
  for (let i = 0; i < questions / 10; i += 1) ask(i);
  const start = performance.now();
  for (let i = 0; i < questions; i += 1) ask(i);
  return (performance.now() - start) / questions;
}
