// A world's public tree: keys made, snapshots published, served by a real web server for the stock client.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Manifest, PublishedRecord } from '@waymark/domain';
import { openPublishing, prepareSnapshot, publishSnapshot, type Publishing, type SnapshotRow } from '@waymark/services';
import { verifyRepository, type VerifiedRepository } from '@waymark/tuf';
import type { PersonName, World } from './world.ts';

/** Demo keys and an empty tree in the world's folder. */
export function publishingOf(world: World): Promise<Publishing> {
  return openPublishing({ profile: 'demo', dataDir: world.dir }, world.now());
}

/** Prepares and publishes, as a person may who needs no second one. */
export async function publishAs(
  world: World,
  publishing: Publishing,
  by: PersonName = 'publisher',
): Promise<SnapshotRow> {
  const { sequence } = await prepareSnapshot(world.as(by), publishing);
  return publishSnapshot(world.as(by), publishing, sequence);
}

/** Serves a folder as it is at each moment: 200 or 404. `answer` may replace a body or leave it out. */
export async function serveTree(
  dir: string,
  answer: (path: string, bytes: Buffer) => Buffer | undefined = (_path, bytes) => bytes,
): Promise<string> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    readFile(join(dir, path)).then(
      (bytes) => {
        const body = answer(path, bytes);
        if (body) response.end(body);
        else response.writeHead(404).end();
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // Listening on a port, so not a pipe's name.
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A fresh stock client that trusts root 1 of this tree: what an app gets on its first day. */
export async function download({ repoDir }: Publishing, url?: string): Promise<VerifiedRepository> {
  const rootBytes = await readFile(join(repoDir, 'metadata/1.root.json'));
  const at = url ?? (await serveTree(repoDir));
  return verifyRepository({ url: at, rootBytes, dir: await temporaryFolder(), targets: 'all', fetchRetries: 0 });
}

export function recordsIn({ targets }: Pick<VerifiedRepository, 'targets'>): PublishedRecord[] {
  return linesOf<PublishedRecord>(targets, 'v1/directory.ndjson');
}

export function manifestIn({ targets }: Pick<VerifiedRepository, 'targets'>): Manifest {
  return JSON.parse(String(targets.get('v1/manifest.json'))) as Manifest;
}

export function linesOf<T>(targets: ReadonlyMap<string, Buffer>, path: string): T[] {
  return String(targets.get(path))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** Every file below a folder with its content. Two equal results mean that nothing was written. */
export async function filesIn(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files
    .sort()
    .map(async (file) => [file.slice(dir.length + 1), await readFile(file, 'base64')] as const);
  return Object.fromEntries(await Promise.all(contents));
}
