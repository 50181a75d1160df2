import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lintRepository, TufProblem, verifyRepository, type PublicFiles } from '@waymark/tuf';
import { DestinationProblem } from './destination.ts';

/** How long a cache between us and clients may show the state before (`max-age=60`), and half as much again. */
export const CACHE_SECONDS = 90;

/**
 * Looks at a public address as a client does: everything downloaded and verified with the stock client, the answers of the
 * host looked at, and the versions at least those that were put there.
 * @param options.rootBytes root 1: what an app was shipped with
 * @param options.memoryDir what this client remembers of this address; it refuses an older state than it saw
 * @throws DestinationProblem not-seen, with what a client would stumble over
 */
export async function requireSeen(options: {
  url: string;
  rootBytes: Buffer;
  memoryDir: string;
  versions: PublicFiles['versions'];
}): Promise<void> {
  const { url, rootBytes, memoryDir, versions } = options;
  // Downloaded anew each time: what is remembered says nothing of what the host still has.
  await rm(join(memoryDir, 'targets'), { recursive: true, force: true });
  const seen = await verifyRepository({ url, rootBytes, dir: memoryDir, targets: 'all' }).catch((error: unknown) => {
    if (error instanceof TufProblem) throw notSeen(url, error.message, error);
    throw error;
  });
  if (seen.versions.timestamp < versions.timestamp)
    throw notSeen(
      url,
      `serves timestamp ${seen.versions.timestamp}, ${versions.timestamp} was put there: is a cache in between?`,
    );
  const findings = await lintRepository({ url, rootVersion: seen.rootVersion });
  const fault = findings.find(({ level }) => level === 'fault');
  if (fault) throw notSeen(url, `${fault.path} ${fault.message}`);
}

function notSeen(url: string, why: string, cause?: unknown): DestinationProblem {
  return new DestinationProblem('not-seen', `${url}: ${why}`, { cause });
}
