import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in the project folder, its output to this console. Resolves with its exit code. */
export function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Runs a program and keeps its output. Resolves with `{ code, output, seconds }`. */
export function runQuietly(program, args, env = {}) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output, seconds: (performance.now() - start) / 1000 }));
  });
}

/** Path of a tool that npm installed. */
export function tool(name) {
  return `${ROOT}node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`;
}

/** Stops with a sentence a person can act on. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}
