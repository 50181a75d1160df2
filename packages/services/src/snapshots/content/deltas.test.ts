import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applyDelta,
  canonicalJson,
  deltaBetween,
  hashOfValue,
  toPublished,
  type Entry,
  type Manifest,
  type PublishedRecord,
  type SnapshotDelta,
  type SnapshotFile,
  type Tombstone,
} from '@waymark/domain';
import type { SnapshotRecord } from '@waymark/store';
import { sha256 } from '@waymark/tuf';
import { temporaryFolder } from '../../../../../tests/support/tree.ts';
import { buildEntry, uuid } from '../../../../../tests/support/world.ts';
import { targetFile, type CurrentSnapshot } from '../tree.ts';
import { proveDelta } from './delta.ts';
import { stageDeltas, type DeltaInput } from './deltas.ts';

/** The same numbers each time: a failure can be looked at again. */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const ORGANISATION = uuid(1);

function recordOf(n: number, overrides: Partial<Entry> = {}): PublishedRecord {
  const doc: Entry = {
    ...buildEntry({ slug: `e${n}`, organisation: ORGANISATION }),
    ...overrides,
    id: uuid(0x1000 + n),
  };
  const at = '2026-01-01T00:00:00.000Z';
  const common = { state: 'active', revision: 1, contentHash: '', createdAt: at, updatedAt: at } as const;
  return toPublished({ id: doc.id, type: 'entry', slug: doc.slug, doc, ...common });
}

type Directory = Map<string, PublishedRecord>;

/** One to five of: an entry is added, changed, retired, merged into another. */
function changed(before: Directory, roll: (sides: number) => number, n: number): Directory {
  const after = new Map(before);
  const put = (record: PublishedRecord) => after.set(record.id, record);
  const any = () => [...after.keys()][roll(after.size)]!;
  const rename = (id: string) =>
    put({ ...after.get(id)!, revision: n, names: { en: { text: `Name ${n} ${roll(1000)}` } } } as PublishedRecord);
  for (let times = 1 + roll(5); times > 0; times -= 1) {
    const act = roll(4);
    // Ids come in no order, as those of imports do.
    if (act === 0) put(recordOf(roll(0xffff), { names: { en: { text: `Added ${n}` } } }));
    else if (act === 1) rename(any());
    else if (after.size > 5) {
      after.delete(any());
      if (act === 3) rename(any());
    }
  }
  return after;
}

const linesIn = (directory: Directory) =>
  [...directory.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((record) => canonicalJson(record));
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

type Made = { manifest: Manifest; lines: string[]; publishedAt: string };

/** A tree that holds what was published, and the snapshots in it. */
type History = { repoDir: string; snapshots: Made[] };

async function publishNext(
  { repoDir, snapshots }: History,
  directory: Directory,
  at: string,
  hidden: Partial<DeltaInput['hidden']> = {},
): Promise<Made> {
  const lines = linesIn(directory);
  const bytes = Buffer.from(textOf(lines));
  const contentDigest = sha256(bytes);
  const dir = join(repoDir, 'staging', String(snapshots.length));
  await put(join(dir, 'v1/directory.ndjson'), bytes);
  // Numbers are left out now and then, as by snapshots that were discarded.
  const sequence = (snapshots.at(-1)?.manifest.sequence ?? 0) + 1 + (snapshots.length % 7 === 3 ? 1 : 0);
  const files = await stageDeltas({
    repoDir,
    current: snapshots.at(-1) as CurrentSnapshot | undefined,
    // Of records and manifests as much as deltas look at.
    published: snapshots.map(
      ({ manifest, publishedAt }) => ({ ...manifest, publishedAt }) as unknown as SnapshotRecord,
    ),
    next: { sequence, contentDigest, files: [] },
    // Of every other snapshot it is known what moved, and the deltas of all lead to the same bytes.
    ...(snapshots.length % 2 === 0 ? {} : { differing: differingIds(snapshots.at(-1)?.lines ?? [], lines) }),
    hidden: { suspended: new Set(), tombstones: [], ...hidden },
    now: new Date(at),
    dir,
  });
  await put(targetFile(repoDir, 'v1/directory.ndjson', contentDigest), bytes);
  for (const file of files)
    await put(targetFile(repoDir, file.path, file.sha256), await readFile(join(dir, file.path)));
  // As above.
  const made = { manifest: { sequence, contentDigest, files } as unknown as Manifest, lines, publishedAt: at };
  snapshots.push(made);
  return made;
}

function differingIds(before: readonly string[], after: readonly string[]): Set<string> {
  return new Set([...deltaBetween(before, after)].map((line) => (JSON.parse(line) as { id: string }).id));
}

async function put(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/** Every 12 days one: 40 of them are 16 months. */
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + 12 * n)).toISOString();

/** What a reader with the `from` content makes of the deltas of the newest snapshot, one step after the other. */
async function followed({ repoDir, snapshots }: History, from: Made): Promise<string[] | undefined> {
  const { files, contentDigest } = snapshots.at(-1)!.manifest;
  const deltas = files.flatMap((file) => (file.delta ? [{ ...file, delta: file.delta }] : []));
  let at = { ...from.manifest, lines: from.lines };
  while (at.contentDigest !== contentDigest) {
    const [step] = deltas
      .filter(({ delta }) => delta.fromContentDigest === at.contentDigest)
      .sort((a, b) => a.delta.toSequence - b.delta.toSequence);
    if (!step) return undefined;
    const text = await readFile(targetFile(repoDir, step.path, step.sha256), 'utf8');
    const lines = applyDelta(at.lines, text.split('\n').filter(Boolean));
    expect(sha256(Buffer.from(textOf(lines)))).toBe(step.delta.toContentDigest);
    at = { ...at, contentDigest: step.delta.toContentDigest, lines };
  }
  return at.lines;
}

const isBase = ({ delta }: SnapshotFile, steps: readonly number[]) =>
  steps.indexOf(delta!.toSequence) - steps.indexOf(delta!.fromSequence) > 1;

describe('deltas over 40 snapshots with entries added, changed, retired and merged', () => {
  const history: History = { repoDir: '', snapshots: [] };

  beforeAll(async () => {
    history.repoDir = await mkdtemp(join(tmpdir(), 'waymark-test-'));
    const roll = dice(20261128);
    let directory: Directory = new Map(Array.from({ length: 40 }, (_, n) => [uuid(0x1000 + n), recordOf(n)]));
    for (let n = 0; n < 40; n += 1) {
      await publishNext(history, directory, dayOf(n));
      directory = changed(directory, roll, n);
    }
  });

  afterAll(() => rm(history.repoDir, { recursive: true }));

  it('lead from every one of the last 30 snapshots to the newest, byte by byte', async () => {
    const newest = history.snapshots.at(-1)!;
    for (const from of history.snapshots.slice(-31))
      expect(textOf((await followed(history, from)) ?? []), `from ${from.manifest.sequence}`).toBe(
        textOf(newest.lines),
      );
  });

  it('lead straight from the first snapshot of each of the last 12 months', async () => {
    const newest = history.snapshots.at(-1)!;
    const sequences = history.snapshots.map(({ manifest }) => manifest.sequence);
    const bases = newest.manifest.files.filter((file) => isBase(file, sequences));
    const months = bases.map(
      ({ delta }) => history.snapshots.find((made) => made.manifest.sequence === delta?.fromSequence)?.publishedAt,
    );
    // The first of the last month is the one before the newest, from which a step leads anyway.
    expect(months.map((at) => at?.slice(0, 7))).toEqual([
      '2026-05',
      '2026-06',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
      '2027-03',
    ]);
    for (const { path, sha256: hash, delta } of bases) {
      const from = history.snapshots.find((made) => made.manifest.sequence === delta?.fromSequence)!;
      const text = await readFile(targetFile(history.repoDir, path, hash), 'utf8');
      expect(applyDelta(from.lines, text.split('\n').filter(Boolean))).toEqual(newest.lines);
    }
  });

  it('are the very bytes of a delta made without knowing what moved', async () => {
    for (const [n, { manifest, lines }] of history.snapshots.entries())
      for (const { path, sha256: hash, delta } of manifest.files) {
        if (delta?.toSequence !== manifest.sequence) continue;
        const from = history.snapshots.find((made) => made.manifest.sequence === delta.fromSequence)!;
        const text = await readFile(targetFile(history.repoDir, path, hash), 'utf8');
        expect(text, `snapshot ${n}`).toBe(textOf([...deltaBetween(from.lines, lines)]));
      }
  });

  it('are at most 30 steps and 12 bases, and tell who is too far back to take the whole', async () => {
    for (const { manifest } of history.snapshots) expect(manifest.files.length).toBeLessThanOrEqual(42);
    expect(await followed(history, history.snapshots[0]!)).toBeUndefined();
  });

  it('keep the earlier steps as they were signed', () => {
    const [before, newest] = history.snapshots.slice(-2).map(({ manifest }) => manifest.files);
    const sequences = history.snapshots.map(({ manifest }) => manifest.sequence);
    const stepsIn = (files: SnapshotFile[]) => files.filter((file) => !isBase(file, sequences));
    const earlier = stepsIn(newest!).filter(({ delta }) => delta?.toSequence !== sequences.at(-1));
    expect(earlier).toHaveLength(29);
    expect(stepsIn(before!)).toEqual(expect.arrayContaining(earlier));
  });

  it.each<[string, (lines: string[]) => string[]]>([
    ['leaves a record out', (lines) => lines.slice(1)],
    ['changes a digit', (lines) => lines.map((line) => line.replace(/"digits":"(\d+)\d"/, '"digits":"$10"'))],
    ['brings a stranger in', (lines) => [...lines, canonicalJson({ op: 'upsert', id: 'zz', record: recordOf(7) })]],
    ['withdraws one more', (lines) => [canonicalJson({ op: 'withdraw', id: uuid(0) }), ...lines].slice(0, -1)],
    ['is empty', () => []],
  ])('are refused before they are published when one %s', async (_what, doctor) => {
    const { manifest } = history.snapshots.at(-1)!;
    const step = manifest.files.find(
      (file) => file.delta?.fromSequence === history.snapshots.at(-2)?.manifest.sequence,
    )!;
    const { fromSequence: sequence, fromContentDigest: contentDigest } = step.delta as SnapshotDelta;
    const from = { sequence, contentDigest, file: targetFile(history.repoDir, 'v1/directory.ndjson', contentDigest) };
    const text = await readFile(targetFile(history.repoDir, step.path, step.sha256), 'utf8');
    const lines = text.split('\n').filter(Boolean);
    await expect(proveDelta(from, manifest, each(lines))).resolves.toBeUndefined();
    await expect(proveDelta(from, manifest, each(doctor(lines)))).rejects.toMatchObject({
      refusal: { code: 'storage-failed' },
    });
  });
});

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('what must not be seen', () => {
  const secret = '4930777777';
  const withSecret = recordOf(3, {
    channels: [{ id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: secret } } }],
  });

  /** Four snapshots: the third brings the entry in, the fourth no longer holds it. */
  async function fourSnapshots(hidden: Partial<DeltaInput['hidden']>): Promise<{ history: History; newest: Made }> {
    const history: History = { repoDir: await temporaryFolder(), snapshots: [] };
    const records = (...n: number[]) => new Map(n.map((at) => [uuid(0x1000 + at), recordOf(at)]));
    await publishNext(history, records(1), dayOf(0));
    await publishNext(history, records(1, 2), dayOf(0));
    await publishNext(history, records(1, 2).set(withSecret.id, withSecret), dayOf(0));
    return { history, newest: await publishNext(history, records(1, 2, 4), dayOf(0), hidden) };
  }

  const stone = (sha: string): Tombstone[] => [
    {
      type: 'channel',
      id: withSecret.id,
      channel: 'tel',
      retiredAt: '2026-01-02',
      reason: 'unsafe',
      deadValues: [{ type: 'phone', sha256: sha }],
    },
  ];

  it.each<[string, Partial<DeltaInput['hidden']>]>([
    ['an entry out of sight', { suspended: new Set([withSecret.id]) }],
    ['an unsafe number', { tombstones: stone(hashOfValue(`+${secret}`)) }],
  ])('%s stands in no delta that is signed again, and readers further back take the whole', async (_what, hidden) => {
    const { history, newest } = await fourSnapshots(hidden);
    for (const { path, sha256: hash } of newest.manifest.files)
      expect(await readFile(targetFile(history.repoDir, path, hash), 'utf8')).not.toContain(secret);
    expect(newest.manifest.files.map(({ path }) => path)).toEqual(['v1/delta/3-5.ndjson', 'v1/delta/1-5.ndjson']);
    expect(await followed(history, history.snapshots[2]!)).toEqual(newest.lines);
    expect(await followed(history, history.snapshots[1]!)).toBeUndefined();
  });

  it('costs no step when nothing of it ever stood in one', async () => {
    const { history, newest } = await fourSnapshots({
      suspended: new Set([uuid(9)]),
      tombstones: stone('0'.repeat(64)),
    });
    expect(newest.manifest.files).toHaveLength(4);
    for (const from of history.snapshots) expect(await followed(history, from)).toEqual(newest.lines);
  });
});
