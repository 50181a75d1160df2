import { dirname, relative } from 'node:path/posix';
import { defineConfig } from 'vite';

const PROGRAM = /new URL\(["']\.\/(\w+)\.ts["'], import\.meta\.url\)/g;

/** Threads run programs of their own, built beside the server: whoever starts one finds it there, from whichever file that ends up in. */
const threads = {
  name: 'threads',
  renderChunk: (code, { fileName }) =>
    code.replace(PROGRAM, (_, name) => {
      const path = relative(dirname(fileName), `api/dist/${name}.js`);
      return `new URL('./${path}', import.meta.url)`;
    }),
};

/**
 * Server and command line as one file each, and what they run in threads, so that a start reads a handful of files and not thousands.
 * Packages with compiled parts, or with files they look up beside themselves, stay outside.
 */
export default defineConfig({
  plugins: [threads],
  build: {
    ssr: true,
    outDir: 'apps',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: {
        'api/dist/main': 'apps/api/src/main.ts',
        'cli/dist/waymark': 'apps/cli/src/waymark.ts',
        'api/dist/readWorker': 'packages/import/src/read/readWorker.ts',
        'api/dist/importWorker': 'packages/services/src/imports/importWorker.ts',
        'api/dist/duplicatesWorker': 'packages/services/src/duplicates/duplicatesWorker.ts',
        'api/dist/xlsxWorker': 'packages/import/src/write/xlsxWorker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'api/dist/chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'swagger-ui-dist'] },
});
