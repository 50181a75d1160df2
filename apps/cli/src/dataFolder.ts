import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publishingPaths } from '@waymark/services';
import { openReader } from '@waymark/store';

/** Option of every command that looks into an installation. */
export const DATA_OPTION = [
  '--data <dir>',
  'data folder of the installation',
  process.env['WAYMARK_DATA'] ?? 'data/var/demo',
] as const;

/** Opens the database of a data folder for reading, beside a running server. @throws Error naming the folder */
export function openData(dir: string): ReturnType<typeof openReader> {
  const file = join(resolve(dir), 'waymark.sqlite');
  if (!existsSync(file)) throw new Error(`There is no database in ${resolve(dir)}; name the data folder with --data`);
  return openReader(file);
}

/** Where tree, keys and staging are: below the data folder, or where the server was told too. */
export function pathsOf(dir: string): ReturnType<typeof publishingPaths> {
  const told = (name: string) => {
    const value = process.env[name];
    return value ? resolve(value) : undefined;
  };
  return publishingPaths({
    dataDir: resolve(dir),
    repoDir: told('WAYMARK_REPO_DIR'),
    keysDir: told('WAYMARK_KEYS_DIR'),
  });
}
