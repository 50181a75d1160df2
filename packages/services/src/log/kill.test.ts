// The log is published by processes of their own, which the kernel ends between two writes. What outsiders find verifies all along.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  AuditLeaf,
  compareHeads,
  entriesIn,
  leafHash,
  sameBytes,
  tilePath,
  tilesOf,
  TILE_WIDTH,
  type ReadLogFile,
  type SignedCheckpoint,
  type Tile,
} from '@waymark/domain';
import { auditSize, change } from '@waymark/store';
import { bundle } from '../../../../tests/support/bundle.ts';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { openPublicLog, publishedHead, type PublicLog } from './open.ts';
import { publishLog } from './publish.ts';
import { openLogSource } from './source.ts';
import { witnessLog, type Witnessed } from './witness.ts';

const kills = Number(process.env['LOG_KILLS'] ?? 50);
const READERS = 4;
/** Full tiles come about on the way: every so many events. */
const EVENTS = 7;
const LOG_KEY = '42'.repeat(32);

async function happen(world: World): Promise<void> {
  await change(world.asSystem('test'), 'system', async ({ audit, newId }) => {
    for (let i = 0; i < EVENTS; i += 1) await audit('mail.sent', `mail:${newId()}`, { i });
  });
}

/** How many durable steps it takes to publish from this head on: three for each file. */
async function stepsTo({ store }: World, { size }: SignedCheckpoint): Promise<number> {
  return 3 * (tilesOf(await auditSize(store.read), size).length + 1);
}

/** A tile, or what the full one holds of it. */
async function bytesOf(readLogFile: ReadLogFile, tile: Tile): Promise<Uint8Array | undefined> {
  return (await readLogFile(tilePath(tile))) ?? readLogFile(tilePath({ ...tile, width: TILE_WIDTH }));
}

/** Everything that the published head promises is there: hashes that lead to it, and the entries under them. */
async function requireWhole(log: PublicLog, before: readonly SignedCheckpoint[]): Promise<SignedCheckpoint> {
  const read = openLogSource(log.dir);
  const head = (await publishedHead({ dir: log.dir, key: log.key! }))!;
  for (const old of before) expect((await compareHeads(old, head, read)).relation).toMatch(/^(same|grown)$/);
  for (const tile of tilesOf(head.size)) {
    const bytes = await bytesOf(read, tile);
    expect(bytes, tilePath(tile)).toBeDefined();
    if (tile.level !== 'entries') {
      expect(bytes!.length).toBeGreaterThanOrEqual(tile.width * 32);
      continue;
    }
    const hashes = (await bytesOf(read, { ...tile, level: 0 }))!;
    const entries = entriesIn(bytes!).slice(0, tile.width);
    expect(entries).toHaveLength(tile.width);
    for (const [at, entry] of entries.entries()) {
      expect(sameBytes(leafHash(entry), hashes.subarray(at * 32, at * 32 + 32))).toBe(true);
      AuditLeaf.parse(JSON.parse(Buffer.from(entry).toString()));
    }
  }
  return head;
}

/** Looks again and again, as `waymark witness` does; whatever it is shown extends what it saw before. */
async function poll(log: PublicLog, now: () => Date, isOver: () => boolean): Promise<Witnessed[]> {
  const memory = await temporaryFolder();
  const seen: Witnessed[] = [];
  while (!isOver()) {
    const readLogFile = openLogSource(log.dir);
    const found = await witnessLog({ log: log.key!, readFile: readLogFile, memory, now: now() });
    expect(found.relation).toMatch(/^(first|same|grown)$/);
    seen.push(found);
    await wait(40);
  }
  return seen;
}

it(
  `${kills} times kill -9 between two writes of the log: no head promises what is not there, and old clients verify`,
  { timeout: 600_000 },
  async () => {
    const publisher = await bundle(join(import.meta.dirname, 'testing.publisher.ts'), ['better-sqlite3']);
    const world = await newWorld();
    const settings = {
      profile: 'demo',
      dataDir: world.dir,
      logOrigin: 'demo.example.org/log',
      logKey: LOG_KEY,
    } as const;
    const log = await openPublicLog(settings);
    await publishLog(world.as('admin'), log);
    const heads = [await requireWhole(log, [])];

    let isOver = false;
    const polling = Array.from({ length: READERS }, () => poll(log, world.now, () => isOver));
    const failed = Promise.all(polling).then(() => undefined);
    failed.catch(() => undefined);
    const start = () =>
      fork(publisher, [world.file, world.dir, LOG_KEY], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ready = (child: ChildProcess) => once(child, 'message').then(() => child);
    let next = ready(start());
    let [advanced, killed, finished] = [0, 0, 0];
    const points = new Set<number>();
    for (let turn = 0; killed < kills; turn += 1) {
      await happen(world);
      const child = await next;
      // The next one opens its files while this one dies; only one of them writes.
      if (killed + 1 < kills) next = ready(start());
      const ended = once(child, 'exit');
      const point = turn % (await stepsTo(world, heads.at(-1)!));
      child.send(point);
      const [code, signal] = (await Promise.race([ended, failed])) as [number | null, string | null];
      // A full tile that one who died left behind is not written again, so now and then one ends before its point.
      expect([code, signal]).toEqual(code === 0 ? [0, null] : [null, 'SIGKILL']);
      if (code === 0) {
        finished += 1;
        if (killed + 1 === kills) next = ready(start());
      } else {
        killed += 1;
        points.add(point);
      }
      const head = await requireWhole(log, [heads[0]!, ...heads.slice(-3)]);
      if (head.size > heads.at(-1)!.size) advanced += 1;
      heads.push(head);
    }
    isOver = true;
    const looks = await Promise.all(polling);
    // Whoever comes after all of it goes on as if nothing had been.
    await publishLog(world.as('admin'), log);
    const last = await requireWhole(log, heads);
    expect(last.size).toBe(heads[0]!.size + (killed + finished) * EVENTS);
    expect(advanced).toBeGreaterThan(finished);
    expect(Math.min(...looks.map((seen) => seen.length))).toBeGreaterThan(0);
    process.stdout.write(
      `${killed} kills at ${points.size} points, ${looks.flat().length} looks of ${READERS} witnesses, ${advanced - finished} heads by processes that died\n`,
    );
  },
);
