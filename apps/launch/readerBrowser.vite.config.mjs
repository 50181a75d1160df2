import { defineConfig } from 'vite';

/** The reader for browsers as one module without imports: an app copies one file. `packages/reader/src/cli.test.ts` looks at its size. */
export default defineConfig({
  root: 'packages/reader',
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'src/browser.ts', formats: ['es'], fileName: () => 'browser.js' },
    rollupOptions: { output: { minify: true } },
  },
});
