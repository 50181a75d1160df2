// In which ways tests can run the scripted world here, and how to start a script in one.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Way } from './world.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Every address there is leads to this namespace itself, so that whatever is connected to is listened to. */
const EVERYWHERE =
  'ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo && exec "$@"';
/** As root, or as a user who may have a namespace of their own. */
const UNSHARE = [['-n'], ['-r', '-n']];

const unshare = UNSHARE.find(
  (flags) => spawnSync('unshare', [...flags, 'sh', '-c', EVERYWHERE, 'sh', 'true']).status === 0,
);

/** The recorded way works everywhere; a namespace only where the kernel grants one. */
export const WAYS: readonly Way[] = unshare ? ['namespace', 'recorded'] : ['recorded'];

/**
 * Runs a script of the world in a process of its own.
 * @returns what it printed @throws Error with everything it said when it failed
 */
export async function runIn(way: Way, script: string, dir: string, args: readonly string[] = []): Promise<string> {
  const node = [
    process.execPath,
    '--import',
    'tsx',
    fileURLToPath(new URL(script, import.meta.url)),
    way,
    dir,
    ...args,
  ];
  const [program = '', ...rest] =
    way === 'namespace' ? ['unshare', ...(unshare ?? []), 'sh', '-c', EVERYWHERE, 'sh', ...node] : node;
  const child = spawn(program, rest, {
    cwd: ROOT,
    // Proxies are named on purpose: nothing may go through them. From Node 24 on they would also take what the script asks our own server.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_EXTRA_CA_CERTS: `${dir}/ca.crt`,
      HTTP_PROXY: 'http://127.0.0.1:8080',
      HTTPS_PROXY: 'http://127.0.0.1:8080',
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${script} (${way}) ended with ${code}\n${said}\n${printed.slice(-2000)}`);
  return printed;
}
