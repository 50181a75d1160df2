import { chmod, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatePrivateKey, initRepository, publishRoot, toPublicKey, toSigner } from '@waymark/tuf';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { inTurn, openPublishing, publishingPaths } from './publishing.ts';
import { snapshotStatus } from './status.ts';

const now = new Date(Math.floor(Date.now() / 1000) * 1000);

describe('the keys of the demo', () => {
  it('are made at the first start, readable by nobody else, and found at the second', async () => {
    const dataDir = await temporaryFolder();
    const first = await openPublishing({ profile: 'demo', dataDir }, now);
    expect(first).toMatchObject({ off: null, assurance: 'demo' });
    for (const name of ['root.key', 'targets.key', 'snapshot.key', 'timestamp.key', 'urgent.key']) {
      expect((await stat(join(dataDir, 'keys', name))).mode & 0o777, name).toBe(0o600);
    }
    const second = await openPublishing({ profile: 'demo', dataDir }, now);
    expect(JSON.stringify(second.keys)).toBe(JSON.stringify(first.keys));
  });

  it.each([
    ['is missing', (file: string) => rm(file), 'missing'],
    ['can be read by others', (file: string) => chmod(file, 0o644), 'others can read it'],
    ['is empty', (file: string) => writeFile(file, ''), 'empty'],
  ])('switch publishing off, with the reason, when one %s', async (_how, spoil, reason) => {
    const dataDir = await temporaryFolder();
    await openPublishing({ profile: 'demo', dataDir }, now);
    await spoil(join(dataDir, 'keys', 'targets.key'));
    const publishing = await openPublishing({ profile: 'demo', dataDir }, now);
    expect(publishing).toMatchObject({ keys: null, online: null, off: expect.stringContaining(reason) as string });
  });
});

describe('the keys of production', () => {
  it('are the two that keep the tree fresh: those of the people may be anywhere else', async () => {
    const dataDir = await temporaryFolder();
    const settings = { profile: 'production', dataDir, keyPassphrase: 'correct horse battery' } as const;
    const { repoDir: dir, keysDir: keyDir } = publishingPaths(settings);
    expect((await openPublishing(settings, now)).off).toContain('waymark keys init');

    const holders = ['anna', 'ben', 'chris'].map((name) => ({ name, passphrase: settings.keyPassphrase }));
    const policy = { root: { threshold: 2, holders }, targets: { threshold: 2, holders } };
    await initRepository({ dir, keyDir, policy, onlinePassphrase: settings.keyPassphrase, now });
    for (const { name } of holders) await rm(join(keyDir, `targets.${name}.key`));

    const publishing = await openPublishing(settings, now);
    expect(publishing).toMatchObject({ keys: null, off: null, assurance: 'standard' });
    expect(publishing.online).not.toBeNull();
    const { roles } = await snapshotStatus({ now: () => now }, publishing);
    expect(roles.find(({ role }) => role === 'targets')).toMatchObject({
      threshold: 2,
      owners: ['anna', 'ben', 'chris'],
    });

    expect((await openPublishing({ ...settings, keyPassphrase: undefined }, now)).off).toContain(
      'WAYMARK_KEY_PASSPHRASE',
    );
    const wrong = await openPublishing({ ...settings, keyPassphrase: 'wrong' }, now);
    expect(wrong).toMatchObject({ keys: null, online: null, off: expect.stringContaining('passphrase') as string });
    expect(JSON.stringify(wrong)).not.toContain(settings.keyPassphrase);

    const file = join(dataDir, 'passphrase');
    await writeFile(file, `${settings.keyPassphrase}\n`, { mode: 0o600 });
    const fromFile = await openPublishing({ ...settings, keyPassphrase: undefined, keyPassphraseFile: file }, now);
    expect(fromFile.off).toBeNull();
  }, 900_000);
});

it('takes the online keys from the environment, and never says what stood there', async () => {
  const dataDir = await temporaryFolder();
  const made = Array.from({ length: 4 }, generatePrivateKey);
  const [root, targets, snapshotRole, timestamp] = made.map((key) => ({ keys: [toPublicKey(key)], threshold: 1 }));
  const keys = { root: root!, targets: targets!, snapshotRole: snapshotRole!, timestamp: timestamp! };
  const { repoDir: dir } = publishingPaths({ dataDir });
  await publishRoot({ dir, keys, profile: 'demo', signers: { root: [toSigner(made[0]!)] }, now });
  const [, , snapshotKey = '', timestampKey = ''] = made.map((key) =>
    key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  );
  const open = (changes = {}) =>
    openPublishing({ profile: 'production', dataDir, snapshotKey, timestampKey, ...changes }, now);
  expect((await open()).online).not.toBeNull();
  expect((await open({ timestampKey: `${snapshotKey} ${timestampKey}` })).online).not.toBeNull();
  for (const wrong of [snapshotKey, 'bm8ga2V5']) {
    const { online, off } = await open({ timestampKey: wrong });
    expect(online).toBeNull();
    expect(off).not.toContain(wrong);
  }
  expect((await open({ timestampKey: undefined })).off).toContain('passphrase');
});

it('does one thing after another for one tree, also after one failed', async () => {
  const order: string[] = [];
  const step =
    (name: string, fails = false) =>
    async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const tree = { repoDir: '/one' };
  const first = inTurn(tree, step('first', true));
  const second = inTurn(tree, step('second'));
  await expect(first).rejects.toThrow('first');
  await second;
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});
