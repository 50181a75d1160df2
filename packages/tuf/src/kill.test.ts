import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { bundle } from '../../../tests/support/bundle.ts';
import { publishTargets } from './publish.ts';
import { initDemoRepository, toPublishSigners } from './initRepository.ts';
import { newClient, serve, tempDir } from './testing.ts';

const kills = Number(process.env['TUF_KILLS'] ?? 200);
const readers = 8;

/** How many durable steps one publication of three files takes. */
async function stepsOfOne(): Promise<number> {
  const dir = await tempDir();
  const demo = await initDemoRepository({ dir, keyDir: await tempDir(), now: new Date() });
  const files = ['a', 'b', 'c'].map((name) => ({ path: `v1/${name}`, bytes: Buffer.from(name) }));
  let steps = 0;
  const onStep = () => void (steps += 1);
  await publishTargets({ dir, files, signers: toPublishSigners(demo), now: new Date(), onStep });
  return steps;
}

/** Fails when a number is ever seen with two contents: on disk after each kill, and in what clients are sent. */
function versionWitness() {
  const seen = new Map<string, string>();
  const note = (name: string, content: string) => {
    expect([name, content]).toEqual([name, seen.get(name) ?? content]);
    seen.set(name, content);
  };
  return {
    seen,
    sent(path: string, bytes: Buffer): Buffer {
      if (path.endsWith('/timestamp.json')) {
        const { signed } = JSON.parse(bytes.toString()) as { signed: { version: number } };
        note(`timestamp ${signed.version}`, bytes.toString());
      }
      return bytes;
    },
    async onDisk(dir: string): Promise<void> {
      for (const name of await readdir(join(dir, 'metadata')))
        if (/^\d+\./.test(name)) note(name, await readFile(join(dir, 'metadata', name), 'utf8'));
    },
  };
}

type Count = { looks: number; sets: Set<string> };

/** Polls until told to stop. Every look must end in one whole set, and a client with a memory never sees an older one. */
async function poll(dir: string, url: string, keepsMemory: boolean, isOver: () => boolean): Promise<Count> {
  const count: Count = { looks: 0, sets: new Set() };
  let client = await newClient(dir, url);
  let version = 0;
  while (!isOver()) {
    const { targets, versions } = await client.look();
    const sets = [...targets.values()].map((bytes) => bytes.toString().split(' ')[1] ?? '');
    expect(sets).toHaveLength(3);
    expect(new Set(sets).size, sets.join(' and ')).toBe(1);
    expect(versions.timestamp).toBeGreaterThanOrEqual(version);
    count.looks += 1;
    count.sets.add(sets[0] ?? '');
    if (keepsMemory) version = versions.timestamp;
    else if (count.looks % 10 === 0) client = await newClient(dir, url);
    // Often enough to meet every state, seldom enough to leave the machine to the publishers.
    await wait(250);
  }
  return count;
}

it(
  'kill -9 between every two writes, 200 times, with 8 readers polling: the old set or the new, and no number twice',
  { timeout: 1_800_000 },
  async () => {
    const publisher = await bundle(join(import.meta.dirname, 'testing.publisher.ts'));
    const [dir, keyDir] = [await tempDir(), await tempDir()];
    const demo = await initDemoRepository({ dir, keyDir, now: new Date() });
    const files = ['directory', 'manifest', 'changelog'].map((name) => ({
      path: `v1/${name}.json`,
      bytes: Buffer.from(`${name} first`),
    }));
    await publishTargets({ dir, files, signers: toPublishSigners(demo), now: new Date() });
    const witness = versionWitness();
    const url = await serve(dir, witness.sent);

    // Into the second publication too, so that whole ones lie between those that were cut short.
    const points = 2 * (await stepsOfOne());
    let isOver = false;
    const polling = Array.from({ length: readers }, (_, reader) => poll(dir, url, reader % 2 === 0, () => isOver));
    const failed = Promise.all(polling).then(() => undefined);
    failed.catch(() => undefined);

    const start = () => fork(publisher, [dir, keyDir], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ready = (child: ChildProcess) => once(child, 'message').then(() => child);
    let next = ready(start());
    for (let kill = 0; kill < kills; kill++) {
      const child = await next;
      // The next one opens its keys while this one dies; only one of them writes.
      if (kill + 1 < kills) next = ready(start());
      const ended = once(child, 'exit');
      child.send(kill % points);
      const [, signal] = (await Promise.race([ended, failed])) as [unknown, string];
      expect(signal).toBe('SIGKILL');
      await witness.onDisk(dir);
    }
    isOver = true;
    const counts = await Promise.all(polling);
    const looks = counts.reduce((sum, count) => sum + count.looks, 0);
    const sets = new Set(counts.flatMap((count) => [...count.sets]));
    process.stdout.write(
      `${kills} kills at ${Math.min(kills, points)} points, ${looks} looks of ${readers} readers, ${sets.size} sets seen\n`,
    );
    expect(sets.size).toBeGreaterThan(1);
    expect(Math.min(...counts.map((count) => count.looks))).toBeGreaterThan(0);
  },
);
