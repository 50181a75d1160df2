import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Megabytes: left alone, a thread takes as much as the whole server to put off cleaning up what it no longer needs. */
const YOUNG_GENERATION = 4;

/** Starts a program in a thread of its own. @param memoryLimit megabytes of its heap */
export function startThread(program: URL, workerData: unknown, memoryLimit: number): Worker {
  const terms = {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimit, maxYoungGenerationSizeMb: YOUNG_GENERATION },
  };
  return program.pathname.endsWith('.ts')
    ? new Worker(fromSource(program), { ...terms, eval: true })
    : new Worker(program, terms);
}

/** A thread does not inherit what lets the rest of the program run from its source. */
function fromSource(program: URL): string {
  const tsx = new URL('./index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')));
  return `import('${tsx.href}').then(({ register }) => { register(); return import('${program.href}'); });`;
}
