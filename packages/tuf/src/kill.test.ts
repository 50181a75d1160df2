import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { filesIn, newClient, serve, tempDir } from './testing.ts';

const publisher = join(import.meta.dirname, 'testing.publisher.ts');
const kills = Number(process.env['TUF_KILLS'] ?? 3);

it(
  'kill -9 at any moment of publishing leaves one whole set, and no number with two contents',
  { timeout: 600_000 },
  async () => {
    const [dir, keyDir] = [await tempDir(), await tempDir()];
    const url = await serve(dir);
    const seen = new Map<string, string>();
    let oldClient: Awaited<ReturnType<typeof newClient>> | undefined;

    for (let kill = 0; kill < kills; kill++) {
      const child = fork(publisher, [dir, keyDir], { execArgv: ['--import', 'tsx'] });
      await once(child, 'message');
      await wait(30 + Math.random() * 120);
      child.kill('SIGKILL');
      await once(child, 'exit');

      oldClient ??= await newClient(dir, url);
      for (const client of [oldClient, await newClient(dir, url)]) {
        const { targets } = await client.look();
        const sets = [...targets.values()].map((bytes) => bytes.toString().split(' ')[1]);
        expect(sets).toHaveLength(3);
        expect(new Set(sets).size).toBe(1);
      }
      for (const [path, content] of Object.entries(await filesIn(dir))) {
        if (!/metadata\/\d+\./.test(path)) continue;
        expect([path, content]).toEqual([path, seen.get(path) ?? content]);
        seen.set(path, content);
      }
    }
  },
);
