import { spawn } from 'node:child_process';
import { ROOT } from './run.mjs';

/** What the watcher may know of our environment: itself, and where certificates of authorities are. */
const KNOWN = /^(?:WAYMARK_WATCH_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|TZ|LANG|PATH)$/;
/** Its configuration is wrong: starting it again would not help. */
const MISCONFIGURED = 2;
const AGAIN = 60_000;

/**
 * The environment of the watcher: of ours only what it needs, so that no key and no data folder is ever known to the process that
 * visits strangers.
 */
export function watcherEnvironment(env, token) {
  const known = Object.fromEntries(Object.entries(env).filter(([name]) => KNOWN.test(name)));
  const host = { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '[::1]' }[env.HOST ?? ''] ?? env.HOST;
  const api =
    env.WAYMARK_WATCH_API ||
    `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${env.PORT || 8080}`;
  return { ...known, WAYMARK_WATCH_API: api, WAYMARK_WATCH_TOKEN: token };
}

/** Starts the watcher beside the server, and again when it fell. */
export function keepWatching(env) {
  let child;
  let again;
  let isStopped = false;
  const start = () => {
    child = spawn(process.execPath, ['apps/watcher/dist/main.js'], { cwd: ROOT, stdio: 'inherit', env });
    child.on('exit', (code) => {
      if (!isStopped && code !== MISCONFIGURED) again = setTimeout(start, AGAIN);
    });
  };
  start();
  return {
    stop() {
      isStopped = true;
      clearTimeout(again);
      child.kill('SIGTERM');
    },
  };
}
