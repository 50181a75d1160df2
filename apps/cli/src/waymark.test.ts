import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '@waymark/tuf';
import { filesIn, publishAs, publishingOf, temporaryFolder } from '../../../tests/support/tree.ts';
import { waymark } from '../../../tests/support/waymark.ts';
import { enterEntry, newWorld } from '../../../tests/support/world.ts';

const PEOPLE = ['anna', 'ben', 'chris'];

/** A folder with a passphrase per key, as holders would bring them. */
async function passphrases(): Promise<string> {
  const dir = await temporaryFolder();
  const names = ['online', ...PEOPLE.flatMap((name) => [`root.${name}`, `targets.${name}`])];
  for (const name of names) await writeFile(join(dir, name), `correct horse ${name}\n`, { mode: 0o600 });
  return dir;
}

const init = (data: string, people: string[], more: string[]) =>
  waymark(['keys', 'init', '--data', data, '--root', ...people, '--targets', ...people, ...more]);

describe('waymark keys init', () => {
  it('makes encrypted keys and a root, once; waymark root show names the holders and the hash', async () => {
    const data = await temporaryFolder();
    const files = await passphrases();
    const made = await init(data, PEOPLE, ['--passphrases', files]);
    expect(made).toMatchObject({ code: 0, err: '' });
    const root = await readFile(join(data, 'repo/metadata/1.root.json'));
    expect(made.out).toContain(sha256(root));
    for (const name of ['root.anna.key', 'targets.chris.key', 'snapshot.key', 'timestamp.key']) {
      const file = join(data, 'keys', name);
      expect((await stat(file)).mode & 0o777, name).toBe(0o600);
      expect(await readFile(file, 'utf8'), name).toContain('"encryption"');
    }
    expect(made.out).not.toContain('correct horse');

    const shown = await waymark(['root', 'show', '--data', data]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(`1.root.json  sha256 ${sha256(root)}`);
    expect(shown.out).toContain('assurance threshold');
    for (const name of PEOPLE) expect(shown.out).toMatch(new RegExp(`[0-9a-f]{64} {2}${name}`));

    const before = await filesIn(data);
    const again = await init(data, PEOPLE, ['--passphrases', files]);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('has a root already');
    expect(await filesIn(data)).toEqual(before);
  }, 900_000);

  it('refuses too few holders before it writes anything', async () => {
    const data = await temporaryFolder();
    const { code, err } = await init(data, ['anna', 'ben'], ['--passphrases', await passphrases()]);
    expect(code).toBe(1);
    expect(err).toContain('no-spare-key');
    expect(await filesIn(data)).toEqual({});
  }, 480_000);

  it('asks nobody where nobody can answer', async () => {
    const data = await temporaryFolder();
    const { code, err } = await init(data, PEOPLE, []);
    expect(code).toBe(1);
    expect(err).toContain('--passphrases');
    expect(await filesIn(data)).toEqual({});
  });
});

describe('waymark snapshot', () => {
  it('removes nothing without being told so, and nothing that is needed', async () => {
    const world = await newWorld();
    await enterEntry(world);
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const before = await filesIn(publishing.repoDir);
    const unsure = await waymark(['snapshot', 'gc', '--data', world.dir]);
    expect(unsure).toMatchObject({ code: 1, out: '' });
    expect(unsure.err).toContain('--dry-run');
    const dry = await waymark(['snapshot', 'gc', '--dry-run', '--data', world.dir]);
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('0 files');
    const current = /targets\/v1\/([0-9a-f]{64})\.directory\.json/.exec(Object.keys(before).join('\n'))?.[1] ?? '';
    const purge = await waymark(['snapshot', 'purge', current, '--reason', 'test', '--data', world.dir]);
    expect(purge).toMatchObject({ code: 1, out: '' });
    expect(purge.err).toContain('publish without it first');
    expect(await filesIn(publishing.repoDir)).toEqual(before);
  }, 480_000);

  it('shows what is signed and for how long, and signs nothing that is not due', async () => {
    const world = await newWorld();
    await enterEntry(world);
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const before = await filesIn(publishing.repoDir);
    const status = await waymark(['snapshot', 'status', '--data', world.dir]);
    expect(status).toMatchObject({ code: 0, err: '' });
    for (const role of ['root', 'targets', 'snapshot', 'timestamp'])
      expect(status.out).toMatch(new RegExp(`^${role} +version 1, 1 of 1 keys, until 20`, 'm'));
    expect(await waymark(['snapshot', 'resign', '--data', world.dir])).toEqual({
      code: 0,
      out: 'Nothing is due.\n',
      err: '',
    });
    expect(await filesIn(publishing.repoDir)).toEqual(before);
  });

  it('signs the timestamp again when it is due, beside a running server', async () => {
    const world = await newWorld();
    world.wait({ hours: -7 });
    await enterEntry(world);
    await publishAs(world, await publishingOf(world));
    expect(await waymark(['snapshot', 'resign', '--data', world.dir])).toEqual({
      code: 0,
      out: 'Signed again: timestamp\n',
      err: '',
    });
  });
});

it('offers no way to publish, approve or change people: those take somebody who signed in', async () => {
  const world = await newWorld();
  for (const words of [
    ['snapshot', 'publish'],
    ['proposal', 'approve'],
    ['user', 'add'],
    ['user', 'role'],
  ]) {
    const { code, err } = await waymark([...words, '--data', world.dir]);
    expect(code, words.join(' ')).not.toBe(0);
    expect(err).toContain('error');
  }
});

it('lists people and what they may do', async () => {
  const world = await newWorld();
  const { code, out } = await waymark(['user', 'list', '--data', world.dir]);
  expect(code).toBe(0);
  expect(out).toContain('Demo Curator <curator@example.org> active: curator\n');
  expect(out).toContain('Demo Visitor <visitor@example.org> active: no role\n');
});

it('names the folder in which there is no database', async () => {
  const data = join(await temporaryFolder(), 'empty');
  await mkdir(data);
  const { code, err } = await waymark(['audit', 'verify', '--data', data]);
  expect(code).toBe(1);
  expect(err).toContain(data);
});
