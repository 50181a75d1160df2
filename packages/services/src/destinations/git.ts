import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DestinationProblem, type Destination, type Session } from './destination.ts';
import { runProgram } from './runProgram.ts';
import type { GitSettings } from './settings.ts';

const REF = 'refs/heads/waymark';

/**
 * A branch of a git repository, as static hosts serve it. The whole change is one commit and one push, so clients of the
 * host get the old tree or the new one; a push that somebody else's overtook is refused by git and made anew next time.
 * No working tree: blobs and the index of a bare repository in `cacheDir`.
 */
export function gitDestination(settings: GitSettings, cacheDir: string): Destination {
  const { name, url, required } = settings;
  return { name, url, required, open: () => openGit(settings, join(cacheDir, `${name}.git`)) };
}

async function openGit(
  { remote, branch, author, keyFile, knownHostsFile }: GitSettings,
  gitDir: string,
): Promise<Session> {
  const env = {
    GIT_DIR: gitDir,
    GIT_INDEX_FILE: join(gitDir, 'waymark.index'),
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: sshCommand(keyFile, knownHostsFile),
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  const git = (args: readonly string[], options: Parameters<typeof runProgram>[2] = {}) =>
    runProgram('git', args, { ...options, env });

  await mkdir(gitDir, { recursive: true, mode: 0o700 });
  await git(['init', '--bare', '--quiet', gitDir]);
  const hasBranch = (await git(['ls-remote', '--heads', remote, `refs/heads/${branch}`])).trim() !== '';
  if (hasBranch) await git(['fetch', '--quiet', '--depth=1', '--no-tags', remote, `+refs/heads/${branch}:${REF}`]);
  const parent = hasBranch ? (await git(['rev-parse', REF])).trim() : undefined;
  await git(parent === undefined ? ['read-tree', '--empty'] : ['read-tree', parent]);

  /** Blob ids by path, as the index has them. */
  const present = async (): Promise<Map<string, string>> => {
    const lines = (await git(['ls-files', '--stage', '-z'])).split('\0').filter(Boolean);
    // "<mode> <object> <stage>\t<path>"
    return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? '']));
  };
  const add = async (dir: string, paths: readonly string[], refuseChange: boolean): Promise<void> => {
    if (paths.length === 0) return;
    const files = paths.map((path) => join(dir, path)).join('\n');
    const ids = (await git(['hash-object', '-w', '--no-filters', '--stdin-paths'], { input: `${files}\n` }))
      .trim()
      .split('\n');
    const before = await present();
    const lines = paths.map((path, at) => {
      const [id = '', was] = [ids[at], before.get(path)];
      if (refuseChange && was !== undefined && was !== id)
        throw new DestinationProblem('other-bytes', `${path} is there with other bytes; it is never rewritten`);
      return `100644 ${id}\t${path}`;
    });
    await git(['update-index', '--index-info'], { input: `${lines.join('\n')}\n` });
  };
  return {
    putOnce: (dir, paths) => add(dir, paths, true),
    replace: (dir, paths) => add(dir, paths, false),
    async remove(paths) {
      if (paths.length > 0)
        await git(['update-index', '--index-info'], {
          input: paths.map((path) => `0 ${'0'.repeat(40)}\t${path}\n`).join(''),
        });
    },
    async finish() {
      const tree = (await git(['write-tree'])).trim();
      if (parent !== undefined && (await git(['rev-parse', `${parent}^{tree}`])).trim() === tree) return;
      const message = ['-m', 'What clients may be led to now'];
      const commit = (
        await git(['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent]), ...message])
      ).trim();
      await git(['push', '--quiet', remote, `${commit}:refs/heads/${branch}`], { failure: 'refused' });
    },
    async close() {},
  };
}

/** git runs this through a shell; the settings allow no character in a path that a shell would read. */
function sshCommand(keyFile: string | undefined, knownHostsFile: string | undefined): string {
  return [
    'ssh -o BatchMode=yes -o ConnectTimeout=20 -o StrictHostKeyChecking=yes',
    ...(keyFile === undefined ? [] : [`-i ${keyFile} -o IdentitiesOnly=yes`]),
    ...(knownHostsFile === undefined ? [] : [`-o UserKnownHostsFile=${knownHostsFile}`]),
  ].join(' ');
}
