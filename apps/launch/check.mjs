import { install } from './install.mjs';
import { runQuietly, stop, tool } from './run.mjs';

const CHECKS = {
  format: [tool('prettier'), ['--check', '--log-level', 'warn', '.']],
  lint: [tool('oxlint'), ['--type-aware', '--quiet', '.']],
  'types of the domain, without DOM and Node': [tool('tsc'), ['-p', 'packages/domain/tsconfig.json']],
  'types of server and tests': [tool('tsc'), ['-p', 'tsconfig.json']],
  'types of the admin': [tool('tsc'), ['-p', 'apps/admin/tsconfig.json']],
  'types of the reader in browsers': [tool('tsc'), ['-p', 'packages/reader/tsconfig.json']],
  'types of the public pages': [tool('tsc'), ['-p', 'apps/pages/tsconfig.json']],
  'generated files': [tool('tsx'), ['apps/launch/generate.ts', '--check']],
};

/** `npm run check`: format, lint, types, drift of generated files. No database; seconds. */
export async function check() {
  const results = await Promise.all(
    Object.entries(CHECKS).map(async ([name, [program, args]]) => ({ name, ...(await runQuietly(program, args)) })),
  );
  for (const { name, code, output, seconds } of results) {
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
    if (code !== 0) console.log(output);
  }
  if (results.some((r) => r.code !== 0))
    stop('npm run check failed; `npx prettier --write .` and `npm run generate` mend format and generated files.');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await install();
  await check();
}
