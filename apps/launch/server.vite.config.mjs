import { defineConfig } from 'vite';

/**
 * Server and command line as one file each, so that a start reads a handful of files and not thousands.
 * Packages with compiled parts, or with files they look up beside themselves, stay outside.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'apps',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { 'api/dist/main': 'apps/api/src/main.ts', 'cli/dist/waymark': 'apps/cli/src/waymark.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'api/dist/chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'swagger-ui-dist'] },
});
