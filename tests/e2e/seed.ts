import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../support/server.ts';

/** Folder with a demo as its first start leaves it; every spec works on a copy. */
export function seedFolder(): string {
  const folder = process.env['WAYMARK_SEED'];
  if (!folder) throw new Error('Run the browser tests through their configuration');
  return folder;
}

/** Makes a copy of the seed for one server. */
export function copySeed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-e2e-'));
  cpSync(seedFolder(), folder, { recursive: true });
  return folder;
}

/** Starts the product once as a newcomer would, so that the seed is what a first start makes. */
export default async function seed(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-seed-'));
  process.env['WAYMARK_SEED'] = folder;
  const server = await startServer({ data: folder });
  await server.stop();
  return () => rmSync(folder, { recursive: true, force: true });
}
