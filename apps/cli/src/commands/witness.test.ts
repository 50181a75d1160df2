import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatVerifierKey, SplitView } from '@waymark/domain';
import { openPublicLog, publishLog } from '@waymark/services';
import { change } from '@waymark/store';
import { serveTree, temporaryFolder } from '../../../../tests/support/tree.ts';
import { waymark } from '../../../../tests/support/waymark.ts';
import { newWorld } from '../../../../tests/support/world.ts';

/** A published log in a data folder; all of them have the same key, as if the operator kept two books. */
async function publishedLog() {
  const world = await newWorld();
  const settings = { profile: 'demo', dataDir: world.dir, logOrigin: 'demo.example.org/log' } as const;
  const log = await openPublicLog({ ...settings, logKey: '42'.repeat(32) });
  await change(world.asSystem('test'), 'system', ({ audit, newId }) => audit('mail.sent', `mail:${newId()}`, {}));
  await publishLog(world.as('admin'), log);
  return { world, log, key: formatVerifierKey(log.key!) };
}

it('witnesses a log over HTTP, proves a split view, and lets somebody else verify the proof', async () => {
  const { world, log, key } = await publishedLog();
  const other = await publishedLog();
  const dir = await temporaryFolder();
  const memory = join(dir, 'memory');
  await writeFile(join(dir, 'passphrase'), 'correct horse\n', { mode: 0o600 });
  const own = ['--key', join(dir, 'witness.key'), '--name', 'witness.example/w1'];
  const look = (url: string, more: string[] = []) =>
    waymark(['witness', url, '--log-key', key, '--memory', memory, '--json', ...more]);

  expect((await waymark(['log', 'key', '--data', world.dir])).out).toBe(`${key}\n`);
  const url = await serveTree(log.dir);
  const first = await look(url, [...own, '--passphrase-file', join(dir, 'passphrase')]);
  expect(first.code).toBe(0);
  expect(first.err).toMatch(/^Cosigning key: witness\.example\/w1\+[0-9a-f]{8}\+B/);
  expect(JSON.parse(first.out)).toMatchObject({ relation: 'first', size: 13 });
  expect(await readFile(join(memory, 'checkpoint'), 'utf8')).toContain('— witness.example/w1 ');

  const second = await look(await serveTree(other.log.dir));
  expect(second.code).toBe(3);
  const { proof } = JSON.parse(second.out) as { proof: string };
  SplitView.parse(JSON.parse(await readFile(proof, 'utf8')));
  const proven = await waymark(['witness', '--prove', proof, '--log-key', key]);
  expect(proven).toMatchObject({ code: 0, out: expect.stringContaining('PROVEN: demo.example.org/log') });
  // A letter of one head changed: no proof.
  await writeFile(proof, (await readFile(proof, 'utf8')).replace('log\\n13\\n', 'log\\n14\\n'));
  expect(await waymark(['witness', '--prove', proof])).toMatchObject({ code: 1, out: '' });
}, 120_000);
