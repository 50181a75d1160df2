import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the program: the one with the root package.json, where migrations and built parts are. */
export function findRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  try {
    if ((JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { name?: string }).name === 'waymark')
      return from;
  } catch {
    // Not in this folder: look above.
  }
  const parent = dirname(from);
  if (parent === from) throw new Error('The folder of the program was not found');
  return findRoot(parent);
}
