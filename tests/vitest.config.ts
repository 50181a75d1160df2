import { defineConfig } from 'vitest/config';

/** Unit and integration tests: beside the code, and journeys across packages in tests/. Browser tests are Playwright's (tests/e2e). */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most files wait for disk and processes, so three share the two cores of a small machine.
    maxWorkers: 3,
  },
});
