import { createDirectoryApi } from './directoryApi.ts';
import { EnvironmentProblem, parseEnvironment } from './environment.ts';
import { LIMITS } from './fetchPage.ts';
import { createResolve } from '@waymark/egress';
import { run, runOnce } from './run.ts';

/**
 * The process. It knows an address, a token that is good for two operations, and who answers for it: no keys, no database, no session.
 * `--once` looks once and ends.
 */
const say = (words: string) => void process.stdout.write(`${words}\n`);

try {
  const { api, token, contact, resolvers } = parseEnvironment(process.env);
  const directory = createDirectoryApi({ api, token });
  const visitor = { contact, resolve: createResolve(resolvers), limits: LIMITS };
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal is somebody who does not want to wait.
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  }
  if (process.argv.includes('--once')) {
    const looked = await runOnce(directory, visitor, { now: () => new Date(), signal: stopping.signal });
    say(`Looked at ${looked} addresses.`);
  } else {
    say(`The watcher asks ${api} and says to everybody it visits: ${contact}`);
    await run(directory, visitor, { signal: stopping.signal, say });
  }
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // Told apart, so that whoever starts us need not try again with the same words.
  process.exit(error instanceof EnvironmentProblem ? 2 : 1);
}
