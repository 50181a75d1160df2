import { spawn } from 'node:child_process';
import { install } from './install.mjs';
import { ROOT, tool } from './run.mjs';

/** `npm run dev`: the demo server restarting on every change, and the admin with hot reload in front of it. */
await install();
const start = (program, args, env) =>
  spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
const port = process.env.PORT ?? '8080';
const api = String(Number(port) + 1);
const children = [
  start(tool('tsx'), ['watch', '--clear-screen=false', 'apps/api/src/main.ts'], {
    WAYMARK_PROFILE: 'demo',
    PORT: api,
    WAYMARK_DEV_ORIGIN: `http://127.0.0.1:${port}`,
  }),
  start(tool('vite'), ['apps/admin', '--host', '127.0.0.1', '--port', port, '--strictPort'], {
    WAYMARK_API: `http://127.0.0.1:${api}`,
  }),
];
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => children.forEach((child) => child.kill(signal)));
await Promise.race(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
children.forEach((child) => child.kill('SIGTERM'));
