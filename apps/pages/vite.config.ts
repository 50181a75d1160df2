import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
/** Every folder with an index.html is a page, served by the API under its name. */
const pages = readdirSync(root).filter((name) => existsSync(join(root, name, 'index.html')) && name !== 'dist');

const api = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;

export default defineConfig({
  root,
  // What pages load lies below one address, apart from the admin's files.
  base: '/pages/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // A small file inside another would need an exception from the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(pages.map((name) => [name, join(root, name, 'index.html')])),
      // As in the admin: loading the domain does nothing, so a page takes along only what it uses.
      treeshake: { moduleSideEffects: (id) => !id.includes('/packages/domain/src/') },
    },
  },
  server: { proxy: { '/public': { target: api, changeOrigin: true, headers: { origin: api } } } },
});
