import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebianPackages } from './debianPackages.mjs';
import { stop } from './run.mjs';

/** What copies of the public tree are made with, by the Debian package that brings it. */
const PROGRAMS = {
  git: 'git',
  rsync: 'rsync',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
};

/** Sees to it that the programs are there which the tests run for real; otherwise stops with the command to type. */
export async function findTestPrograms() {
  const missing = () => [
    ...new Set(
      Object.keys(PROGRAMS)
        .filter((name) => !isThere(name))
        .map((name) => PROGRAMS[name]),
    ),
  ];
  if (missing().length > 0) await installDebianPackages(missing(), 'the tests');
  // Not asked for: without it the Python example says what it lacks, which is tested too.
  if (spawnSync('python3', ['-c', 'import cryptography']).status !== 0)
    await installDebianPackages(['python3', 'python3-cryptography'], 'the Python example of the reader');
  const still = missing();
  if (still.length > 0)
    stop(
      `The tests copy over ssh and git for real and need more programs. Type:\n  sudo apt-get install ${still.join(' ')}`,
    );
}

function isThere(program) {
  // Where sshd is, is in nobody's path but root's.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
