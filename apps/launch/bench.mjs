import { build } from './build.mjs';
import { install } from './install.mjs';
import { run, tool } from './run.mjs';

/** `npm run bench`: the built product measured beside its aims (tests/bench). Arguments go on: `npm run bench -- --help`. */
await install();
await build();
process.exitCode = await run(tool('tsx'), ['tests/bench/bench.ts', ...process.argv.slice(2)]);
