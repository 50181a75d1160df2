import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFile } from '@waymark/tuf';
import { DestinationProblem, type Destination, type Session } from './destination.ts';
import { runProgram } from './runProgram.ts';
import type { RsyncSettings } from './settings.ts';

/** Readable by the web server there, whatever the mask of the account. */
const READABLE = ['--chmod=D0755,F0644', '--perms'];
/** Seconds without a byte; a dead connection must not hold later uploads up. */
const SILENCE = '--timeout=120';

/**
 * rsync over ssh. rsync writes each file beside its place and renames it, so clients see whole files only. Files that are
 * written once are first compared by checksum, then sent unless they are there.
 */
export function rsyncDestination(settings: RsyncSettings): Destination {
  const { name, url, required } = settings;
  return { name, url, required, open: () => openRsync(settings) };
}

async function openRsync(settings: RsyncSettings): Promise<Session> {
  const to = `${settings.target.replace(/\/+$/, '')}/`;
  const own = await mkdtemp(join(tmpdir(), 'waymark-rsync-'));
  const line = await openLine(settings, join(own, 'line'));
  const rsync = (dir: string, paths: readonly string[], args: readonly string[]) =>
    runProgram('rsync', [...args, SILENCE, `--rsh=${line.ssh}`, '--files-from=-', `${dir}/`, to], {
      input: `${paths.join('\n')}\n`,
    });
  return {
    async putOnce(dir, paths) {
      if (paths.length === 0) return;
      const differing = await rsync(dir, paths, ['--dry-run', '--checksum', '--existing', '--out-format=%i %n']);
      const [first] = differing.split('\n').flatMap((text) => /^[<>]f\S* (.+)$/.exec(text)?.[1] ?? []);
      if (first !== undefined)
        throw new DestinationProblem('other-bytes', `${first} is there with other bytes; it is never rewritten`);
      await rsync(dir, paths, ['--ignore-existing', ...READABLE]);
    },
    async replace(dir, paths) {
      if (paths.length > 0) await rsync(dir, paths, ['--checksum', ...READABLE]);
    },
    async remove(paths) {
      if (paths.length === 0) return;
      // Folders without the files: what is named and missing here is removed there, and nothing else is looked at.
      const empty = join(own, 'empty');
      for (const path of paths) await mkdir(join(empty, dirname(path)), { recursive: true });
      await rsync(empty, paths, ['--delete-missing-args']);
    },
    async finish() {},
    async close() {
      await line.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}

/** One connection that all runs of rsync share: each stage is a run of its own, and connecting takes longest. */
async function openLine(settings: RsyncSettings, socket: string): Promise<{ ssh: string; close(): Promise<void> }> {
  const options = sshOptions(settings);
  const host = settings.target.slice(0, settings.target.lastIndexOf(':/'));
  const master = spawn('ssh', [...options, '-M', '-N', '-S', socket, host], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let failed: Error | undefined;
  master.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  master.on('error', (error) => (failed = error));
  const ended = once(master, 'exit').catch(() => undefined);
  const close = async () => {
    if (master.pid === undefined || master.exitCode !== null || master.signalCode !== null) return;
    master.kill('SIGTERM');
    await ended;
  };
  // ssh makes the socket once the host is known and let us in. It ends by itself when it cannot (ConnectTimeout).
  while (!(await isSocket(socket))) {
    if (failed) throw new DestinationProblem('refused', `ssh: ${failed.message}`, { cause: failed });
    if (master.exitCode !== null || master.signalCode !== null)
      throw new DestinationProblem('unreachable', `ssh to ${host} failed: ${said.trim() || 'it said nothing'}`);
    await wait(20);
  }
  return { ssh: ['ssh', ...options, '-S', socket].join(' '), close };
}

async function isSocket(path: string): Promise<boolean> {
  // Reading a socket as a file fails in a way of its own; only "nothing there" answers undefined.
  return findFile(path).then(
    (found) => found !== undefined,
    () => true,
  );
}

/** rsync splits them at spaces; the settings allow neither those nor quotes in a path. */
function sshOptions({ port, keyFile, knownHostsFile }: RsyncSettings): string[] {
  return [
    '-oBatchMode=yes',
    '-oConnectTimeout=20',
    '-oServerAliveInterval=20',
    '-oStrictHostKeyChecking=yes',
    ...(port === undefined ? [] : [`-p${port}`]),
    ...(keyFile === undefined ? [] : [`-i${keyFile}`, '-oIdentitiesOnly=yes']),
    ...(knownHostsFile === undefined ? [] : [`-oUserKnownHostsFile=${knownHostsFile}`]),
  ];
}
