// The built product as a process of its own: what a newcomer starts.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SERVER, SERVER_ENVIRONMENT } from '../../apps/launch/server.mjs';
import { freePort } from './freePort.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Server = {
  url: string;
  data: string;
  process: ChildProcess;
  output(): string;
  /** Ends it as Ctrl-C does, and waits. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would, and waits. */
  kill(): Promise<void>;
};

/**
 * Starts the built server in the demo profile on a free port of 127.0.0.1 and waits until it is ready.
 * @param options.data folder of the demo; filled on its first start
 * @throws Error with the server's output when it does not become ready
 */
export async function startServer(options: {
  data: string;
  env?: Record<string, string>;
  port?: number;
}): Promise<Server> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, SERVER, {
    cwd: ROOT,
    env: {
      ...SERVER_ENVIRONMENT,
      ...process.env,
      WAYMARK_PROFILE: 'demo',
      WAYMARK_DATA: options.data,
      PORT: String(port),
      HOST: '127.0.0.1',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, 'exit');
  await ready(url, child, () => output);
  return {
    url,
    data: options.data,
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * Starts the built server with these variables and no others of ours, and waits for its end.
 * @returns its exit code and everything it said
 */
export async function startRefused(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const others = Object.entries(process.env).filter(([name]) => !/^(WAYMARK_.*|PORT|HOST)$/.test(name));
  const child = spawn(process.execPath, SERVER, {
    cwd: ROOT,
    env: { ...SERVER_ENVIRONMENT, ...Object.fromEntries(others), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A server that starts after all would wait for ever.
    timeout: 200_000,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  // Generous: a first start loads the whole directory through the real verbs, on a busy machine.
  const deadline = Date.now() + 220_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server ended before it was ready:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The server was not ready in time:\n${output()}`);
}
