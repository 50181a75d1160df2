import { findRoot } from '@waymark/services';
import { EnvironmentProblem, parseEnvironment } from './environment.ts';
import { start } from './start.ts';

/** The process: configuration in, a running server, a clean end. Everything else is in `start.ts`. */
const say = (words: string) => void process.stdout.write(`${words}\n`);

/** Nobody knows what is on the disk after a failed write: the next start reads it anew (SECURITY F10). The answer goes out first. */
function failStop(error: unknown): void {
  process.stderr.write(`The storage failed; stopping. ${error instanceof Error ? error.message : ''}\n`);
  setTimeout(() => process.exit(1), 200);
}

function giveUp(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `The port is taken. Stop what uses it, or choose another: PORT=8090`;
  if (code === 'EADDRNOTAVAIL') return 'HOST is no address of this machine.';
  if (code === 'EACCES' || code === 'EROFS') return `${error.message}. The data folder must be writable for this user.`;
  return error instanceof EnvironmentProblem || process.env['WAYMARK_LOG_LEVEL'] !== 'debug'
    ? error.message
    : (error.stack ?? error.message);
}

const root = findRoot();
try {
  const starting = start(parseEnvironment(process.env, root), { root, say, failStop });
  let isStopping = false;
  // Heard from the first moment on: whoever sees that it answers may stop it before it has said all there is to say.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal is somebody who does not want to wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      say('Stopping …');
      starting.then((running) => running.stop()).then(() => process.exit(0), giveUp);
    });
  }
  await starting;
} catch (error) {
  giveUp(error);
}
