import { defineConfig } from 'vite';

/** The reader for Node and its command line, with everything they need inside: who installs them downloads nothing else. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'packages/reader/dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { index: 'packages/reader/src/index.ts', 'waymark-reader': 'packages/reader/src/waymark-reader.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
  ssr: { noExternal: true },
});
