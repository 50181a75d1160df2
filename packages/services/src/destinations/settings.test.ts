import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { readDestinations } from './settings.ts';

const folder = { name: 'mirror', kind: 'directory', path: '/mnt/www/feed', url: 'https://feed.example.org/' };
const bucket = {
  name: 'bucket',
  kind: 's3',
  bucket: 'feed',
  region: 'auto',
  endpoint: 'https://s3.example.org',
  accessKeyIdFrom: 'FEED_KEY',
  secretAccessKeyFrom: 'FEED_SECRET',
  url: 'https://cdn.example.org',
};
const rsync = {
  name: 'web',
  kind: 'rsync',
  target: 'deploy@www.example.org:/srv/feed',
  url: 'https://www.example.org',
};
const git = { name: 'pages', kind: 'git', remote: 'git@git.example.org:ngo/feed.git', url: 'https://ngo.example.org' };
const secrets = { FEED_KEY: 'key', FEED_SECRET: 'hunter2' };

async function read(value: unknown, env: Record<string, string> = secrets) {
  const dir = await temporaryFolder();
  const file = join(dir, 'destinations.json');
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return readDestinations(file, dir, env);
}

it('reads all four kinds, required unless said otherwise', async () => {
  const found = await read({ destinations: [folder, bucket, { ...rsync, required: false }, git] });
  expect(found.map(({ name, url, required }) => [name, url, required])).toEqual([
    ['mirror', 'https://feed.example.org', true],
    ['bucket', 'https://cdn.example.org', true],
    ['web', 'https://www.example.org', false],
    ['pages', 'https://ngo.example.org', true],
  ]);
});

it.each([
  ['no JSON', '{', 'is not JSON'],
  ['another shape', [], 'the file'],
  [
    'an unknown kind',
    { destinations: [{ ...folder, kind: 'ftp' }] },
    'write "kind": "directory", "rsync", "s3" or "git"',
  ],
  ['a field that does not exist', { destinations: [{ ...folder, secret: 'hunter2' }] }, 'secret'],
  ['one name twice', { destinations: [folder, { ...rsync, name: 'mirror' }] }, 'the same name'],
  ['a name that is a path', { destinations: [{ ...folder, name: '../x' }] }, 'destinations.0.name: write a name'],
  ['a relative folder', { destinations: [{ ...folder, path: 'www' }] }, 'destinations.0.path: write a whole path'],
  [
    'an open line',
    { destinations: [{ ...folder, url: 'http://feed.example.org' }] },
    'destinations.0.url: write an https',
  ],
  ['an option for a target', { destinations: [{ ...rsync, target: '-e sh@x:/y' }] }, 'write user@host:/folder'],
  ['a shell in a key', { destinations: [{ ...rsync, keyFile: '/x -oProxyCommand=sh' }] }, 'destinations.0.keyFile'],
  ['a program for a remote', { destinations: [{ ...git, remote: 'ext::sh -c true' }] }, 'destinations.0.remote'],
  ['an option for a remote', { destinations: [{ ...git, remote: '--upload-pack=sh' }] }, 'destinations.0.remote'],
  [
    'a secret where its name belongs',
    { destinations: [{ ...bucket, secretAccessKeyFrom: 'hunter2' }] },
    'not the secret itself',
  ],
])('refuses %s, says which field and what to write, and quotes no value', async (_, value, words) => {
  const problem = (await read(value).catch((error: unknown) => error)) as Error & { code: string };
  expect(problem.code).toBe('misconfigured');
  expect(problem.message).toContain(words);
  expect(problem.message).not.toContain('hunter2');
});

it('names the variable of a secret that is missing', async () => {
  await expect(read({ destinations: [bucket] }, { FEED_KEY: 'key' })).rejects.toThrow(
    'bucket: set the environment variable FEED_SECRET',
  );
});
