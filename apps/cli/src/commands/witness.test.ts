import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { formatVerifierKey, parseVerifierKey, SplitView, type VerifierKey } from '@waymark/domain';
import { handBackTo, openPublicLog, publishLog, type PublicLog } from '@waymark/services';
import { change } from '@waymark/store';
import { serveTree, temporaryFolder } from '../../../../tests/support/tree.ts';
import { waymark } from '../../../../tests/support/waymark.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { listen } from '../../../api/src/server.ts';
import { newSite } from '../../../api/src/testing.ts';

/** A published log in a data folder; all of them have the same key, as if the operator kept two books. */
async function publishedLog() {
  const world = await newWorld();
  const settings = { profile: 'demo', dataDir: world.dir, logOrigin: 'demo.example.org/log' } as const;
  const log = await openPublicLog({ ...settings, logKey: '42'.repeat(32) });
  await change(world.asSystem('test'), 'system', ({ audit, newId }) => audit('mail.sent', `mail:${newId()}`, {}));
  await publishLog(world.as('admin'), log);
  return { world, log, key: formatVerifierKey(log.key!) };
}

/** The server that makes the log, listening, with this witness in its settings. */
async function listening({ world, log, witness }: { world: World; log: PublicLog; witness: VerifierKey }) {
  const origins: [string, ...string[]] = ['http://127.0.0.1'];
  const { app } = await newSite({ publicLog: { ...log, witnesses: [witness] }, origins }, world);
  const { port, close } = await listen({ host: '127.0.0.1', port: 0 }, () => app);
  onTestFinished(close);
  origins[0] = `http://127.0.0.1:${port}`;
  return origins[0];
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
  const passphrase = ['--passphrase-file', join(dir, 'passphrase')];
  const first = await look(url, [...own, ...passphrase]);
  expect(first.code).toBe(0);
  expect(first.err).toMatch(/^Cosigning key: witness\.example\/w1\+[0-9a-f]{8}\+B/);
  expect(JSON.parse(first.out)).toMatchObject({ relation: 'first', size: 13 });
  expect(await readFile(join(memory, 'checkpoint'), 'utf8')).toContain('— witness.example/w1 ');

  // The operator was given the key, and the witness hands its cosignature back to the server.
  const witness = parseVerifierKey(first.err.replace('Cosigning key: ', '').trim());
  const server = await listening({ world, log, witness });
  expect(await handBackTo(server, await readFile(join(log.dir, 'checkpoint'), 'utf8'))).toContain(
    'answers 422: No witness that we know cosigned this',
  );
  const handedBack = await look(url, [...own, ...passphrase, '--hand-back', server]);
  expect(handedBack).toMatchObject({ code: 0, err: expect.stringContaining(`Handed back to ${server}`) });
  expect(await readFile(join(log.dir, 'checkpoint'), 'utf8')).toContain('— witness.example/w1 ');
  expect(await handBackTo('http://127.0.0.1:9', '')).toBe('http://127.0.0.1:9 does not answer');

  const second = await look(await serveTree(other.log.dir));
  expect(second.code).toBe(3);
  const { proof } = JSON.parse(second.out) as { proof: string };
  SplitView.parse(JSON.parse(await readFile(proof, 'utf8')));
  const proven = await waymark(['witness', '--prove', proof, '--log-key', key]);
  expect(proven).toMatchObject({ code: 0, out: expect.stringContaining('PROVEN: demo.example.org/log') });
  // A letter of one head changed: no proof.
  await writeFile(proof, (await readFile(proof, 'utf8')).replace('log\\n13\\n', 'log\\n14\\n'));
  expect(await waymark(['witness', '--prove', proof])).toMatchObject({ code: 1, out: '' });
}, 480_000);
