// A real sshd on a free port of this machine with throwaway keys, for whoever copies over ssh.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { freePort } from './freePort.ts';
import { temporaryFolder } from './tree.ts';

const run = promisify(execFile);
const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => existsSync(path));

export type SshServer = { user: string; port: number; keyFile: string; knownHostsFile: string };

/** Lets one key in, as the person who runs the tests. @throws Error when sshd is not installed */
export async function startSshServer(): Promise<SshServer> {
  if (SSHD === undefined) throw new Error('sshd is missing: install openssh-server and rsync');
  const dir = await temporaryFolder();
  const keyFile = join(dir, 'client');
  const hostKey = join(dir, 'host');
  for (const file of [keyFile, hostKey]) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  await copyFile(`${keyFile}.pub`, join(dir, 'authorized_keys'));
  const port = await freePort();
  const knownHostsFile = join(dir, 'known_hosts');
  await writeFile(knownHostsFile, `[127.0.0.1]:${port} ${await readFile(`${hostKey}.pub`, 'utf8')}`);
  // As root, sshd gives up its rights in a folder that Debian makes at boot.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const config = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: hostKey,
    AuthorizedKeysFile: join(dir, 'authorized_keys'),
    PidFile: 'none',
    StrictModes: 'no',
    UsePAM: 'no',
    PasswordAuthentication: 'no',
    PermitRootLogin: 'prohibit-password',
    // Tests connect many times in a row.
    MaxStartups: '100',
  };
  const configFile = join(dir, 'sshd_config');
  await writeFile(
    configFile,
    Object.entries(config)
      .map((pair) => `${pair.join(' ')}\n`)
      .join(''),
  );
  const child = spawn(SSHD, ['-D', '-e', '-f', configFile], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { user: userInfo().username, port, keyFile, knownHostsFile };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
