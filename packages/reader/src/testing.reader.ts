// What the tests of the reader share: a repository, a seed of it, and a reader over both. Not exported.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isEntry } from './directory.ts';
import { makeSeed, open, type ReaderEvent } from './index.ts';
import type { Platform } from './reader.ts';
import { fetchFrom, Forge } from './testing.ts';

export const NEWER = '493012340002';

/** A folder that is gone after the test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-reader-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A repository with one snapshot, a seed made of it, and a reader over both. */
export async function setUp(options: {
  engine: 'tuf-js' | 'own';
  forge?: Forge;
  answer?: (path: string) => Response | Promise<Response> | undefined;
  platform?: Partial<Platform>;
  urls?: string[];
}) {
  const forge = options.forge ?? new Forge();
  if (forge.sequence === 0) forge.publish();
  const fetch = fetchFrom(
    () => forge.files,
    (path) => options.answer?.(path),
  );
  const { zip } = await makeSeed({
    url: 'https://one.example',
    root: forge.root(1),
    fetch: fetchFrom(() => forge.files),
    now: forge.now,
  });
  const dir = await tempDir();
  const events: ReaderEvent[] = [];
  const openAgain = async (seed: Uint8Array | undefined = zip) => {
    const reader = await open({
      dir,
      seed,
      urls: options.urls ?? ['https://one.example'],
      engine: options.engine,
      auto: false,
      platform: { fetch, ...options.platform },
    });
    onTestFinished(() => reader.close());
    reader.subscribe((event) => events.push(event));
    return reader;
  };
  return { forge, fetch, dir, zip, events, openAgain, reader: await openAgain() };
}

/** The numbers people are shown. */
export const numbersOf = ({ records }: { records: readonly Parameters<typeof isEntry>[0][] }) =>
  records
    .filter(isEntry)
    .flatMap(({ channels }) => channels.map(({ value }) => 'number' in value && value.number.digits));
