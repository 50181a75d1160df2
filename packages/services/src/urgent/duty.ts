import { ed25519Key } from '@waymark/domain';
import type { Published, PublicKey } from '@waymark/tuf';

/** Who may sign withdrawals, as clients know it. */
export type Duty = { threshold: number; keys: PublicKey[]; holders: { keyid: string; owner: string | null }[] };

/** The duty keys that the published targets name. @returns undefined where there is no urgent lane */
export function dutyOf(published: Published | undefined): Duty | undefined {
  const delegations = published?.targets.metadata.signed.delegations;
  const role = delegations?.roles?.['urgent'];
  if (!delegations || !role) return undefined;
  const owners = (delegations.unrecognizedFields?.['x-keyowners'] ?? {}) as Record<string, string>; // By `toDelegations`.
  return {
    threshold: role.threshold,
    // Every one is an Ed25519 key: no other is delegated to.
    keys: role.keyIDs.flatMap((id) => {
      const hex = delegations.keys[id]?.keyVal['public'];
      return hex === undefined ? [] : [ed25519Key(hex)];
    }),
    holders: role.keyIDs.map((keyid) => ({ keyid, owner: owners[keyid] ?? null })),
  };
}
