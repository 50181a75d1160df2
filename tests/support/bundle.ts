import { symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'vite';
import { temporaryFolder } from './tree.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * A program as one file: hundreds of them start in the time of tens that compile first.
 * @param entry the file it begins with
 * @param native packages that cannot be part of it
 * @returns its path; it is gone after the test
 */
export async function bundle(entry: string, native: readonly string[] = []): Promise<string> {
  const outDir = await temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        external: [...native],
        // Nothing of it but what it calls: each process reads it anew.
        treeshake: { moduleSideEffects: false },
        output: { entryFileNames: 'program.mjs' },
      },
    },
    ssr: { noExternal: true },
  });
  if (native.length > 0) await symlink(MODULES, join(outDir, 'node_modules'), 'dir');
  return join(outDir, 'program.mjs');
}
