import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { open } from '@waymark/reader';
import { sha256 } from '@waymark/tuf';
import { download, publishAs, publishingOf, temporaryFolder } from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld } from '../../../../tests/support/world.ts';
import { withPublicView } from './publicView.ts';

it('an app opens with the seed alone; the page for people says that nothing on it is signed', async () => {
  const world = await newWorld();
  await enterEntry(world);
  const publishing = await publishingOf(world);
  await publishAs(world, publishing);
  const read = (workDir: string) =>
    withPublicView({ repoDir: publishing.repoDir, workDir }, async ({ dir, stages }) => {
      const paths = stages.find(({ name }) => name === 'pages')?.paths ?? [];
      return Object.fromEntries(
        await Promise.all(paths.map(async (path) => [path, await readFile(join(dir, path))] as const)),
      );
    });
  const pages = (await read(await temporaryFolder())) ?? {};
  expect(await read(await temporaryFolder()), 'the same tree, the same bytes').toEqual(pages);

  const root = await readFile(join(publishing.repoDir, 'metadata/1.root.json'));
  expect(pages['embed/root.json']).toEqual(root);
  const seed = pages['embed/seed.zip'];
  const offline = { fetch: () => Promise.reject(new Error('offline')) };
  const reader = await open({
    dir: await temporaryFolder(),
    seed,
    urls: 'https://feed.example.org',
    platform: offline,
  });
  expect(reader.state).toBe('seed');
  expect(reader.snapshot.sequence).toBe(1);
  reader.close();

  const { targets } = await download(publishing);
  expect(pages['feed.atom']).toEqual(targets.get('v1/feed.atom'));

  const index = String(pages['index.html']);
  expect(index).toContain('Nothing on this page is signed');
  expect(index).toContain(sha256(root));
  expect(index).not.toContain('<script');
  expect(JSON.parse(String(pages['.well-known/hotline-feed.json']))).toEqual({
    metadata: '../metadata',
    targets: '../targets',
    rootVersion: 1,
    rootSha256: sha256(root),
    firstRootSha256: sha256(root),
  });
});
