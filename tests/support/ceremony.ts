// A production tree whose keys are with people: made in memory, since encrypted key files take seconds and have tests of their own.
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { DEFAULT_CALENDAR } from '@waymark/domain';
import type { Publishing } from '@waymark/services';
import { generatePrivateKey, publishRoot, toSigner, type Signer } from '@waymark/tuf';
import type { World } from './world.ts';

export const SIGNERS = ['anna', 'ben', 'chris'] as const;
export type SignerName = (typeof SIGNERS)[number];

export type Ceremony = {
  publishing: Publishing;
  signers: Record<SignerName, Signer>;
  keys: Record<SignerName, KeyObject>;
  stranger: Signer;
};

const newSigner = (): Signer => toSigner(generatePrivateKey());

/**
 * Root and targets keys with three people, two of whom must sign; the server holds the two online keys.
 * @param owners what root calls them, where it is not their own name
 */
export async function holdCeremony(world: World, owners: Partial<Record<SignerName, string>> = {}): Promise<Ceremony> {
  const repoDir = join(world.dir, 'repo');
  const root = SIGNERS.map(newSigner);
  // One per name, both.
  const people = Object.fromEntries(SIGNERS.map((name) => [name, generatePrivateKey()])) as Ceremony['keys'];
  const signers = Object.fromEntries(SIGNERS.map((name) => [name, toSigner(people[name])])) as Ceremony['signers'];
  const [snapshotRole, timestamp] = [newSigner(), newSigner()];
  const keysOf = (list: readonly Signer[], threshold: number) => ({
    keys: list.map(({ publicKey }) => publicKey),
    threshold,
  });
  await publishRoot({
    dir: repoDir,
    keys: {
      root: keysOf(root, 2),
      targets: keysOf(Object.values(signers), 2),
      snapshotRole: keysOf([snapshotRole], 1),
      timestamp: keysOf([timestamp], 1),
    },
    owners: Object.fromEntries(SIGNERS.map((name) => [signers[name].keyid, owners[name] ?? name])),
    profile: 'production',
    signers: { root },
    now: world.now(),
  });
  const publishing: Publishing = {
    repoDir,
    stagingDir: join(world.dir, 'staging'),
    keys: null,
    online: { snapshotRole: [snapshotRole], timestamp: [timestamp] },
    off: null,
    assurance: 'standard',
    policy: null,
    calendar: DEFAULT_CALENDAR,
    rootVersion: 1,
    notTaken: null,
    repoUrl: '/repo',
    byCountry: false,
    destinations: [],
    stagingRepo: { dir: join(world.dir, 'try-out'), keyDir: join(world.dir, 'try-out-keys'), url: '/staging' },
  };
  return { publishing, signers, keys: people, stranger: newSigner() };
}
