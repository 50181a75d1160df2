import { defineConfig } from 'vite';

/** The watcher as one file of its own: it shares nothing with the server, so it can be run on another machine too. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'apps/watcher/dist',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: { input: { main: 'apps/watcher/src/main.ts' }, output: { entryFileNames: '[name].js' } },
  },
  ssr: { noExternal: true },
});
