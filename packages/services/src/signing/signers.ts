import { repositoryStatus, findRepository, type PublicKey } from '@waymark/tuf';
import type { Publishing } from '../snapshots/publishing.ts';

/** Who may sign snapshots, by the root in force. */
export type TargetsSigners = {
  threshold: number;
  keys: PublicKey[];
  keyids: string[];
  /** keyid → the name in `x-keyowners`. */
  owners: Record<string, string>;
};

/** The keys of the role targets. @returns undefined before there is a root @throws TufProblem `tree-broken` */
export async function targetsSigners(
  { repoDir: dir }: Pick<Publishing, 'repoDir'>,
  now: Date,
): Promise<TargetsSigners | undefined> {
  const repository = await findRepository(dir);
  if (!repository) return undefined;
  const { roles, owners } = await repositoryStatus({ dir, now });
  const { keyids, threshold } = roles.targets;
  const keys = keyids.flatMap((keyid) => {
    const publicKey = repository.root.signed.keys[keyid]?.keyVal['public'];
    return publicKey === undefined
      ? []
      : [{ keytype: 'ed25519', scheme: 'ed25519', keyval: { public: publicKey } } as const];
  });
  return { threshold, keys, keyids, owners };
}
