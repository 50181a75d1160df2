import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Address of the API while developing; built files are served by the API itself. */
const api = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Names carry a hash, so files may be cached for ever; a small inlined file would need a CSP exception.
    assetsInlineLimit: 0,
    sourcemap: false,
    // The domain is rules and schemas, nothing happens when it is loaded: a page takes along only what it uses.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes('/packages/domain/src/') } },
  },
  server: {
    port: Number(process.env['ADMIN_PORT'] ?? 5173),
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/repo', '/public', '/healthz', '/readyz'].map((path) => [
        path,
        // The API takes changes from its own address only.
        { target: api, changeOrigin: true, headers: { origin: api } },
      ]),
    ),
  },
});
