import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { ROOT } from './run.mjs';

/** `npm start` and `npm run start:production`: installs and builds what is missing, then becomes the server. */
const [profile] = process.argv.slice(2);
await install();
await build();
const server = spawn(process.execPath, ['apps/api/dist/main.js'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, WAYMARK_PROFILE: profile },
});
// Ctrl-C reaches the server by itself; this process only waits, so that npm reports the server's own end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && server.kill(signal));
server.on('exit', (code, signal) => process.exit(signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : (code ?? 1)));
