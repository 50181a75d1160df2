import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { ROOT } from './run.mjs';
import { SERVER, SERVER_ENVIRONMENT } from './server.mjs';
import { keepWatching, watcherEnvironment } from './watcher.mjs';

/** `npm start` and `npm run start:production`: installs and builds what is missing, then becomes the server. */
const [profile] = process.argv.slice(2);
await install();
await build();
// The watcher is off until somebody says who answers for its visits; then server and watcher share a secret that nobody else has.
const isWatching = profile === 'production' && Boolean(process.env.WAYMARK_WATCH_CONTACT);
const token = process.env.WAYMARK_WATCH_TOKEN || (isWatching ? randomBytes(32).toString('hex') : '');
const server = spawn(process.execPath, SERVER, {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...SERVER_ENVIRONMENT,
    ...process.env,
    WAYMARK_PROFILE: profile,
    ...(token === '' ? {} : { WAYMARK_WATCH_TOKEN: token }),
  },
});
const watcher = isWatching ? keepWatching(watcherEnvironment(process.env, token)) : undefined;
// Ctrl-C reaches the server by itself; this process only waits, so that npm reports the server's own end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && server.kill(signal));
server.on('exit', (code, signal) => {
  watcher?.stop();
  process.exit(signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : (code ?? 1));
});
