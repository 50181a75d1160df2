import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toHighWater, type Store } from '../store.ts';

/** A file nothing leads to any more may belong to another process that is about to write; after this long it does not. */
const ABANDONED = 3_600_000;

/**
 * Remembers in a folder. Contents lie under their hashes, and one small file says which of them count: it is put in place by one
 * rename, after everything it names is on disk. So a crash leaves the old state or the new.
 */
export function folderStore(dir: string): Store {
  const cache = join(dir, 'cache');
  const index = join(cache, 'current.json');
  const highWater = join(dir, 'high-water.json');
  return {
    async read() {
      const text = await findText(index);
      const names = text === undefined ? {} : (JSON.parse(text) as Record<string, string>);
      const files = Object.entries(names).map(
        async ([name, hash]) => [name, await readFile(join(cache, hash))] as const,
      );
      return new Map(await Promise.all(files));
    },
    async write(files) {
      await mkdir(cache, { recursive: true });
      const present = new Set(await readdir(cache));
      const names: Record<string, string> = {};
      for (const [name, bytes] of files) {
        const hash = createHash('sha256').update(bytes).digest('hex');
        names[name] = hash;
        if (!present.has(hash)) await replace(cache, hash, bytes);
        present.add(hash);
      }
      await replace(cache, 'current.json', Buffer.from(`${JSON.stringify(names)}\n`));
      await sweep(cache, new Set([...Object.values(names), 'current.json']));
    },
    async readHighWater() {
      return toHighWater(JSON.parse((await findText(highWater)) ?? 'null'));
    },
    async writeHighWater(next) {
      await mkdir(dir, { recursive: true });
      await replace(dir, 'high-water.json', Buffer.from(`${JSON.stringify(next)}\n`));
    },
  };
}

/** Puts a file in place whole, and has it on disk when it returns. */
async function replace(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const staged = join(dir, `.${name}.${process.pid}`);
  const handle = await open(staged, 'w', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(staged, join(dir, name));
}

async function sweep(dir: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(dir)) {
    if (kept.has(name)) continue;
    const { mtimeMs } = await stat(join(dir, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED) await rm(join(dir, name), { force: true });
  }
}

async function findText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
