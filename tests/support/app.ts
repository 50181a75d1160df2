// An app on its first day: it trusts root 1, has never seen the tree, and downloads with the stock TUF client.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrgentWithdrawals } from '@waymark/domain';
import { verifyRepository, type VerifiedRepository } from '@waymark/tuf';
import type { Server } from './server.ts';

/**
 * Downloads and verifies targets from the running server.
 * @returns their text by path
 * @throws TufProblem when anything does not verify
 */
export async function download<Path extends string>(
  server: Server,
  paths: readonly Path[],
): Promise<Record<Path, string>> {
  const { targets } = await verify(server, paths);
  // The client returns exactly what was asked for, or throws.
  return Object.fromEntries(paths.map((path) => [path, String(targets.get(path))])) as Record<Path, string>;
}

/** Ids of what is withdrawn ahead of the next snapshot; undefined before the first urgent list. */
export async function withdrawn(server: Server): Promise<string[] | undefined> {
  const { urgent } = await verify(server, []);
  if (!urgent) return undefined;
  if ('problem' in urgent) throw urgent.problem;
  return UrgentWithdrawals.parse(JSON.parse(urgent.bytes.toString())).withdrawn.map(({ id }) => id);
}

async function verify({ url, data }: Server, targets: readonly string[]): Promise<VerifiedRepository> {
  const dir = mkdtempSync(join(tmpdir(), 'waymark-app-'));
  try {
    const rootBytes = readFileSync(join(data, 'repo/metadata/1.root.json'));
    return await verifyRepository({ url: `${url}/repo`, rootBytes, dir, targets: [...targets] });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
