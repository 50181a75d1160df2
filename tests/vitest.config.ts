import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What takes minutes, then other journeys across packages; all else is short. */
const LONG = [/\/kill\.test/, /\/self-approval\.test/, /\/destinations\.test/, /\/tests\//];

/** The longest first: one that began last would keep the others waiting. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => [...LONG, /./].findIndex((pattern) => pattern.test(moduleId));
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Unit and integration tests: beside the code, and journeys across packages in tests/. Browser tests are Playwright's (tests/e2e). */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'],
    // Only what hangs ends by it: a machine may be slow, and busy with other things.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // Most files wait for disk and processes, so three share the two cores of a small machine.
    maxWorkers: 3,
    // Tests make much that lives a moment: with more room for it, collecting garbage takes a tenth less of all time.
    execArgv: ['--max-semi-space-size=64'],
    // Files keep no state in modules, and reading all of them again for each file costs minutes.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
