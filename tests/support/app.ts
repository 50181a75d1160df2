// An app on its first day: it trusts root 1, has never seen the tree, and downloads with the stock TUF client.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyRepository } from '@waymark/tuf';
import type { Server } from './server.ts';

/**
 * Downloads and verifies targets from the running server.
 * @returns their text by path
 * @throws TufProblem when anything does not verify
 */
export async function download<Path extends string>(
  { url, data }: Server,
  paths: readonly Path[],
): Promise<Record<Path, string>> {
  const dir = mkdtempSync(join(tmpdir(), 'waymark-app-'));
  try {
    const rootBytes = readFileSync(join(data, 'repo/metadata/1.root.json'));
    const { targets } = await verifyRepository({ url: `${url}/repo`, rootBytes, dir, targets: [...paths] });
    // The client returns exactly what was asked for, or throws.
    return Object.fromEntries(paths.map((path) => [path, String(targets.get(path))])) as Record<Path, string>;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
