import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SeedFiles } from '../memory.ts';
import { isSeedFile, unpackSeed } from '../seed.ts';

/** A seed as a file `seed.zip`, as its unpacked folder, or as bytes. Nothing at all is an empty one. */
export async function readSeed(seed: string | Uint8Array | undefined): Promise<SeedFiles> {
  if (seed === undefined) return new Map();
  if (typeof seed !== 'string') return unpackSeed(seed);
  if (!(await stat(seed)).isDirectory()) return unpackSeed(await readFile(seed));
  const names = (await readdir(seed, { recursive: true })).map((name) => name.split(sep).join('/')).filter(isSeedFile);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(seed, name))] as const)));
}
