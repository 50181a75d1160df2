import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initDemoRepository, initRepository, toPublishSigners } from './initRepository.ts';
import { readKeyFile } from './keyFile.ts';
import { publishTargets } from './publish.ts';
import { repositoryStatus } from './status.ts';
import { codeOf, problemOf, filesIn, newClient, now, tempDir } from './testing.ts';

const files = [{ path: 'v1/directory.json', bytes: Buffer.from('{"text":"first evening"}') }];

function cutPower(): never {
  throw new Error('power cut');
}

async function places() {
  const base = await tempDir();
  return { dir: join(base, 'tree'), keyDir: join(base, 'keys') };
}

describe('initDemoRepository', () => {
  it('makes five private key files and a tree that can be published to at once', async () => {
    const { dir, keyDir } = await places();
    const demo = await initDemoRepository({ dir, keyDir, now });
    const names = ['root.key', 'snapshot.key', 'targets.key', 'timestamp.key', 'urgent.key'];
    expect((await readdir(keyDir)).sort()).toEqual(names);
    for (const name of names) expect((await stat(join(keyDir, name))).mode & 0o777).toBe(0o600);

    const signers = toPublishSigners(demo);
    await publishTargets({ dir, files, signers, now });
    const seen = await (await newClient(dir)).look();
    expect(seen.targets.get('v1/directory.json')).toEqual(files[0]?.bytes);
    expect((await repositoryStatus({ dir, now })).assurance).toBe('demo');
  });

  it('opens a finished one and changes nothing', async () => {
    const at = await places();
    const first = await initDemoRepository({ ...at, now });
    const before = [await filesIn(at.dir), await filesIn(at.keyDir)];
    const second = await initDemoRepository({ ...at, now });
    expect(second.targets.keyid).toBe(first.targets.keyid);
    expect([await filesIn(at.dir), await filesIn(at.keyDir)]).toEqual(before);
  });

  it('goes on after a crash with the keys it finds', async () => {
    const at = await places();
    await expect(initDemoRepository({ ...at, now, onStep: cutPower })).rejects.toThrow('power cut');
    const keys = await filesIn(at.keyDir);
    expect(Object.keys(keys)).toHaveLength(5);
    await rm(join(at.keyDir, 'timestamp.key'));
    await initDemoRepository({ ...at, now });
    expect(await filesIn(at.keyDir)).toMatchObject({
      'root.key': keys['root.key'],
      'targets.key': keys['targets.key'],
    });
  });

  it('makes no new key for a tree that has a root: it says which file is missing or open to others', async () => {
    const at = await places();
    await initDemoRepository({ ...at, now });
    await chmod(join(at.keyDir, 'targets.key'), 0o644);
    expect(await codeOf(initDemoRepository({ ...at, now }))).toBe('key-file-mode');
    await rm(join(at.keyDir, 'targets.key'));
    expect(await problemOf(initDemoRepository({ ...at, now }))).toMatchObject({
      code: 'key-file-missing',
      message: expect.stringContaining('targets.key'),
    });
    expect(await readdir(at.keyDir)).not.toContain('targets.key');
  });
});

const holders = (...names: string[]) => names.map((name) => ({ name, passphrase: `${name}'s own words` }));

describe('initRepository', () => {
  const onlinePassphrase = 'the words of the server';

  it('makes an encrypted key for every holder and a root that asks for two', { timeout: 480_000 }, async () => {
    const { dir, keyDir } = await places();
    const policy = {
      root: { threshold: 2, holders: holders('ana', 'bo', 'cy') },
      targets: { threshold: 2, holders: holders('di', 'ed', 'flo') },
    };
    const { keyFiles } = await initRepository({ dir, keyDir, policy, onlinePassphrase, now });
    expect(keyFiles.map((path) => path.slice(keyDir.length + 1))).toEqual([
      'root.ana.key',
      'root.bo.key',
      'root.cy.key',
      'targets.di.key',
      'targets.ed.key',
      'targets.flo.key',
      'snapshot.key',
      'timestamp.key',
    ]);
    const read = (file: string, passphrase: string) => readKeyFile(join(keyDir, file), { passphrase });
    const signers = {
      targets: [await read('targets.di.key', "di's own words"), await read('targets.flo.key', "flo's own words")],
      snapshotRole: [await read('snapshot.key', onlinePassphrase)],
      timestamp: [await read('timestamp.key', onlinePassphrase)],
    };
    await publishTargets({ dir, files, signers, now });
    await (await newClient(dir)).look();
    const { assurance, owners } = await repositoryStatus({ dir, now });
    expect(assurance).toBe('threshold');
    expect(owners[signers.targets[0]!.keyid]).toBe('di');
    expect(Object.values(owners).sort()).toEqual(['ana', 'bo', 'cy', 'di', 'ed', 'flo']);
  });

  it.each([
    ['one signature for root', 1, 2, 'threshold-one'],
    ['one signature for targets', 2, 1, 'threshold-one'],
    ['as many signatures as keys', 3, 2, 'no-spare-key'],
    ['more signatures than keys', 4, 2, 'threshold-above-keys'],
  ])('refuses %s before any key is made', async (_, root, targets, reason) => {
    const at = await places();
    const policy = {
      root: { threshold: root, holders: holders('ana', 'bo', 'cy') },
      targets: { threshold: targets, holders: holders('di', 'ed', 'flo') },
    };
    const { code, message } = await problemOf(initRepository({ ...at, policy, onlinePassphrase, now }));
    expect(code).toBe('root-refused');
    expect(message).toContain(reason);
    expect(await readdir(join(at.dir, '..'))).toEqual([]);
  });
});
