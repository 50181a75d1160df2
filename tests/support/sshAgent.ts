// A real ssh-agent with throwaway keys.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Starts an agent in this folder. `stop` ends it; `add` makes a key of this name and hands it over. */
export async function startSshAgent(dir: string) {
  const socket = join(dir, 'agent.socket');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  // It says where it listens once it does.
  await once(agent.stdout, 'data');
  return {
    socket,
    stop: () => void agent.kill(),
    add: async (name: string) => {
      const file = join(dir, name);
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
      await run('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    },
  };
}
