// The four kinds of places, each a real one: a folder, rsync over a real sshd, a real S3 server, a real git repository.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { initDemoRepository, publishTargets, toPublishSigners, verifyRepository } from '@waymark/tuf';
import { startBucketServer } from '../../../../tests/support/bucketServer.ts';
import { startSshServer } from '../../../../tests/support/sshServer.ts';
import { startStaticHost } from '../../../../tests/support/staticHost.ts';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { DestinationProblem, type DestinationProblemCode } from './destination.ts';
import { withPublicView, type Stage } from './publicView.ts';
import { requireSeen } from './seen.ts';
import { DestinationSettings, openDestination } from './settings.ts';
import { removeThere, upload } from './upload.ts';

const run = promisify(execFile);

/** A tree with its keys; `publish` puts a small directory with these words into it. */
async function newTree() {
  const [repoDir, workDir] = [await temporaryFolder(), await temporaryFolder()];
  const demo = await initDemoRepository({ dir: repoDir, keyDir: workDir, now: new Date() });
  const publish = async (text: string) => {
    const files = ['v1/directory.ndjson', 'v1/changelog.json'].map((path) => ({ path, bytes: Buffer.from(text) }));
    await publishTargets({ dir: repoDir, files, signers: toPublishSigners(demo), now: new Date() });
  };
  await publish('old');
  return { repoDir, workDir, publish, rootBytes: await readFile(join(repoDir, 'metadata/1.root.json')) };
}
type Tree = Awaited<ReturnType<typeof newTree>>;

/** A place to copy to: how it is reached, where its clients read, and how somebody else writes to it. */
type Place = {
  settings: Record<string, unknown>;
  env?: Record<string, string>;
  url: string;
  overwrite(path: string, text: string): Promise<void>;
};

async function folder(): Promise<Place> {
  const path = await temporaryFolder();
  const { url } = await startStaticHost(path);
  return { settings: { kind: 'directory', path }, url, overwrite: (file, text) => write(join(path, file), text) };
}

async function overSsh(): Promise<Place> {
  const path = join(await temporaryFolder(), 'feed');
  const { url } = await startStaticHost(path);
  const { user, ...ssh } = await startSshServer();
  const settings = { kind: 'rsync', target: `${user}@127.0.0.1:${path}`, ...ssh };
  return { settings, url, overwrite: (file, text) => write(join(path, file), text) };
}

async function bucket(): Promise<Place & { changes: string[] }> {
  const { endpoint, bucket: name, accessKeyId, secretAccessKey, url, changes } = await startBucketServer();
  return {
    settings: {
      kind: 's3',
      bucket: name,
      region: 'us-east-1',
      endpoint,
      pathStyle: true,
      accessKeyIdFrom: 'KEY_ID',
      secretAccessKeyFrom: 'SECRET',
    },
    env: { KEY_ID: accessKeyId, SECRET: secretAccessKey },
    url,
    changes,
    overwrite: async (file, text) => void (await fetch(`${url}/${file}`, { method: 'PUT', body: text })),
  };
}

/** What a static host shows is the branch as it was last pushed. */
async function repository(): Promise<Place> {
  const [remote, shown] = [await temporaryFolder(), await temporaryFolder()];
  await run('git', ['init', '--quiet', '--bare', remote]);
  const hook = `#!/bin/sh\nGIT_WORK_TREE=${shown} git checkout --quiet -f main\n`;
  await writeFile(join(remote, 'hooks/post-receive'), hook, { mode: 0o755 });
  await run('git', ['--git-dir', remote, 'symbolic-ref', 'HEAD', 'refs/heads/main']);
  const { url } = await startStaticHost(shown);
  const settings = { kind: 'git', remote };
  return {
    settings,
    url,
    async overwrite(file, text) {
      const clone = await temporaryFolder();
      const git = (...args: string[]) =>
        run('git', ['-C', clone, '-c', 'user.name=x', '-c', 'user.email=x@x', ...args]);
      await run('git', ['clone', '--quiet', remote, clone]);
      await write(join(clone, file), text);
      await git('add', '-A');
      await git('commit', '--quiet', '-m', 'by somebody else');
      await git('push', '--quiet', 'origin', 'HEAD:main');
    },
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const destinationOf = ({ settings, env = {}, url }: Place, workDir: string) =>
  openDestination(DestinationSettings.parse({ name: 'place', url, ...settings }), workDir, env);

class Crash extends Error {}

/** Copies what is published now; with `before`, stops as in a crash when that stage is next. */
async function copy(tree: Tree, place: Place, before?: Stage['name']): Promise<void> {
  await withPublicView(tree, async (view) =>
    upload(await destinationOf(place, tree.workDir), view, (stage) => {
      if (stage === before) throw new Crash();
    }),
  );
}

/** What a stock client reads; with a memory when a folder for it is given. */
async function look({ rootBytes }: Tree, { url }: Place, dir?: string): Promise<string | undefined> {
  const memory = dir ?? (await temporaryFolder());
  const seen = await verifyRepository({ url, rootBytes, dir: memory, targets: 'all', fetchRetries: 0 });
  return seen.targets.get('v1/directory.ndjson')?.toString();
}

async function codeOf(work: Promise<unknown>): Promise<DestinationProblemCode> {
  const outcome: unknown = await work.catch((error: unknown) => error);
  if (outcome instanceof DestinationProblem) return outcome.code;
  throw outcome instanceof Error ? outcome : new Error('it was not refused');
}

const see = async (tree: Tree, { url }: Place, memoryDir: string) =>
  withPublicView(tree, ({ versions }) => requireSeen({ url, rootBytes: tree.rootBytes, memoryDir, versions }));

it.each([
  ['a folder', folder],
  ['rsync over ssh', overSsh],
  ['an S3 bucket', bucket],
  ['a git repository', repository],
])(
  '%s: clients get the old or the new wherever a copy was cut short, the next one goes on, and nothing is overwritten',
  // Programs of their own for each stage: on a busy machine that takes its time.
  { timeout: 240_000 },
  async (kind, makePlace) => {
    const [tree, place, memory] = [await newTree(), await makePlace(), await temporaryFolder()];
    await copy(tree, place);
    expect(await look(tree, place, memory)).toBe('old');
    await see(tree, place, await temporaryFolder());

    await tree.publish('new');
    expect(await codeOf(see(tree, place, await temporaryFolder()))).toBe('not-seen');
    // A git host changes as a whole, so even a copy that was nearly finished shows nothing.
    const cuts: [Stage['name'], string][] = [
      ['roles', 'old'],
      ['timestamp', 'old'],
      ['pages', kind === 'a git repository' ? 'old' : 'new'],
    ];
    for (const [before, expected] of cuts) {
      await expect(copy(tree, place, before)).rejects.toBeInstanceOf(Crash);
      expect(await look(tree, place, memory), `with a memory, cut before ${before}`).toBe(expected);
      expect(await look(tree, place), `fresh, cut before ${before}`).toBe(expected);
    }
    await copy(tree, place);
    expect(await look(tree, place, memory)).toBe('new');
    await see(tree, place, await temporaryFolder());

    const [gone = ''] = await withPublicView(tree, ({ stages }) => Promise.resolve(stages[0]?.paths ?? [])).then(
      (p) => p ?? [],
    );
    await removeThere(await destinationOf(place, tree.workDir), [gone, 'targets/v1/never-there.json']);
    expect((await fetch(`${place.url}/${gone}`)).status).toBe(404);
    await copy(tree, place);
    expect((await fetch(`${place.url}/${gone}`)).status).toBe(200);

    await tree.publish('newest');
    await place.overwrite('metadata/3.targets.json', 'written by somebody else');
    expect(await codeOf(copy(tree, place))).toBe('other-bytes');
    expect(await look(tree, place, memory)).toBe('new');
    expect(await (await fetch(`${place.url}/metadata/3.targets.json`)).text()).toBe('written by somebody else');
  },
);

it('a bucket is written in the one safe order, and what is there is not sent again', async () => {
  const [tree, place] = [await newTree(), await bucket()];
  await copy(tree, place);
  const kinds = place.changes.map((change) => change.replace(/^PUT /, '').replace(/[0-9a-f]{64}/, '…'));
  expect(kinds).toEqual([
    'targets/v1/….changelog.json',
    'targets/v1/….directory.ndjson',
    'metadata/1.root.json',
    'metadata/1.targets.json',
    'metadata/1.snapshot.json',
    'metadata/timestamp.json',
    'embed/root.json',
    'embed/seed.zip',
    '.well-known/hotline-feed.json',
    '.nojekyll',
    '_headers',
    '404.html',
    'index.html',
  ]);
  place.changes.length = 0;
  await copy(tree, place);
  expect(place.changes).toEqual([]);

  const answer = await fetch(`${place.url}/metadata/1.root.json`);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('content-encoding')).toBeNull();
  const timestamp = await fetch(`${place.url}/metadata/timestamp.json`);
  expect(timestamp.headers.get('cache-control')).toBe('public, max-age=60');
});
