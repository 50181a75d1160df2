import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { linesIn, SignerMemory, type SignersMemory } from '@waymark/domain';

/** Option of every command that compares with what this machine verified. */
export const MEMORY_OPTION = [
  '--memory <dir>',
  'what this machine verified itself; keep it where nobody else can write',
  process.env['WAYMARK_MEMORY'] ?? join(homedir(), '.waymark'),
] as const;

const FILES = { directory: 'directory.ndjson', tombstones: 'tombstones.ndjson' } as const;
/** Those clients have, and some that were signed and never went out. */
const KEPT = 5;

/**
 * The memory of this machine; empty on the first day.
 * @throws Error when something in it cannot be read: it is never passed over
 */
export async function openMemory(dir: string): Promise<SignersMemory> {
  const snapshots: SignerMemory[] = [];
  for (const sequence of await sequencesIn(dir)) {
    const file = join(folderOf(dir, sequence), 'memory.json');
    const parsed = SignerMemory.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (!parsed.success) throw new Error(`${file} is damaged; verify the published snapshot again into another folder`);
    snapshots.push(parsed.data);
  }
  const lines = (sequence: number, name: string) => {
    const file = join(folderOf(dir, sequence), name);
    // No encoding is set, so the pieces are bytes.
    return linesIn(createReadStream(file) as AsyncIterable<Uint8Array>, file);
  };
  return {
    snapshots,
    directory: (sequence) => lines(sequence, FILES.directory),
    tombstones: (sequence) => lines(sequence, FILES.tombstones),
  };
}

/** A snapshot to remember, with the two files that the next one is compared with. */
export type ToRemember = {
  memory: SignerMemory;
  directory: AsyncIterable<Uint8Array>;
  tombstones: AsyncIterable<Uint8Array>;
};

/** Keeps a snapshot that was verified here. What was kept of it before is replaced whole, or not at all. */
export async function remember(dir: string, { memory, directory, tombstones }: ToRemember): Promise<void> {
  const { sequence } = memory.manifest;
  const folder = folderOf(dir, sequence);
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(join(fresh, FILES.directory), directory);
  await writeFile(join(fresh, FILES.tombstones), tombstones);
  await writeFile(join(fresh, 'memory.json'), `${JSON.stringify(memory)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  const older = (await sequencesIn(dir)).slice(0, -KEPT);
  for (const each of older) await rm(folderOf(dir, each), { recursive: true, force: true });
}

/** Where a TUF client keeps what it trusts, for `waymark verify`. */
export function clientFolder(dir: string): string {
  return join(dir, 'client');
}

/** The root this machine trusts: the newest its client followed, or the one it was first given. */
export async function trustedRoot(dir: string): Promise<Buffer | undefined> {
  for (const file of [join(clientFolder(dir), 'metadata', 'root.json'), join(dir, 'root.json')]) {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) return bytes;
  }
  return undefined;
}

/** Keeps the root that a person gave on the first day. */
export async function trustRoot(dir: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFile(join(dir, 'root.json'), bytes);
}

function folderOf(dir: string, sequence: number): string {
  return join(dir, 'snapshots', String(sequence));
}

async function sequencesIn(dir: string): Promise<number[]> {
  const names = await readdir(join(dir, 'snapshots')).catch(() => []);
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}
