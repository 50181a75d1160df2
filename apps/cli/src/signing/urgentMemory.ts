import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { refOf, UrgentWithdrawals, type PublishedRecord, type UrgentMemory } from '@waymark/domain';
import { findFile } from '../travellingFile.ts';
import { openMemory } from './memoryFolder.ts';

const Remembered = z.strictObject({ version: z.int().positive(), list: UrgentWithdrawals });

const fileIn = (dir: string) => join(dir, 'urgent-memory.json');

/** The urgent list that was signed last on this machine. @throws Error when it is damaged: it is never passed over */
export async function lastUrgent(dir: string): Promise<UrgentMemory | null> {
  const file = fileIn(dir);
  const bytes = await findFile(file);
  if (!bytes) return null;
  try {
    return Remembered.parse(JSON.parse(bytes.toString()));
  } catch {
    throw new Error(`${file} is damaged; find out how before you sign, then delete it`);
  }
}

/** Keeps the list that was signed: whole, or not at all. */
export async function rememberUrgent(dir: string, memory: UrgentMemory): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const fresh = `${fileIn(dir)}.new`;
  await writeFile(fresh, `${JSON.stringify(memory)}\n`);
  await rename(fresh, fileIn(dir));
}

/** What these ids are called in the last snapshot that this machine verified; those it does not know are left out. */
export async function namesOf(dir: string, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const memory = await openMemory(dir);
  const last = memory.snapshots.at(-1);
  const names = new Map<string, string>();
  if (!last || ids.size === 0) return names;
  for await (const line of memory.directory(last.manifest.sequence)) {
    const record = JSON.parse(line) as PublishedRecord; // Verified when it was remembered.
    if (ids.has(record.id)) names.set(record.id, refOf(record).name);
  }
  return names;
}
