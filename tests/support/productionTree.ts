// The public tree of a production server by its signing policy: roots by ceremony in memory, the server's keys from its environment.
import type { KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SIGNING_POLICY_FILE, signingCalendar, type SigningPolicy } from '@waymark/domain';
import {
  addSignature,
  confirmSnapshot,
  openPublishing,
  prepareSnapshot,
  publishSnapshot,
  showRequest,
  type Publishing,
} from '@waymark/services';
import {
  generatePrivateKey,
  mergeRoot,
  parseSigningPolicy,
  publishSignedRoot,
  requestRoot,
  signRequest,
  toSigner,
  type Signer,
} from '@waymark/tuf';
import type { World } from './world.ts';

const NAMES = ['Ada', 'Ben', 'Cem'];
const hexOf = ({ publicKey }: Signer) => publicKey.keyval.public;
const textOf = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).toString('base64');

export type OnlineKeys = { snapshot: KeyObject; timestamp: KeyObject };
export const newOnlineKeys = (): OnlineKeys => ({ snapshot: generatePrivateKey(), timestamp: generatePrivateKey() });

export type ProductionTree = {
  publishing: Publishing;
  policy: SigningPolicy;
  online: OnlineKeys;
  /** A policy like the one in force, with something else in it. */
  policyWith(changes: Partial<SigningPolicy> & { keys?: OnlineKeys }): SigningPolicy;
  /** What `waymark root propose`, `sign`, `merge` and `publish` do. */
  publishRoot(policy: SigningPolicy, options?: { oldKeysLost?: boolean; keys?: OnlineKeys[] }): Promise<void>;
  /** Prepares, has two people sign, publishes. */
  publishByPeople(): Promise<void>;
};

/**
 * @param options.policy what differs from three people for root and targets, nobody on duty and the usual days
 * @param options.next keys that lie in the environment of the server beside those of root 1
 */
export async function openProductionTree(
  world: World,
  { policy: changes = {}, next }: { policy?: Partial<SigningPolicy>; next?: OnlineKeys } = {},
): Promise<ProductionTree> {
  const root = NAMES.map(() => toSigner(generatePrivateKey()));
  const targets = NAMES.map(() => toSigner(generatePrivateKey()));
  const online = newOnlineKeys();
  const holders = (signers: Signer[]) => ({
    threshold: 2,
    holders: signers.map((signer, i) => ({ name: NAMES[i], key: hexOf(signer) })),
  });
  const onlineOf = (keys: OnlineKeys) => ({
    snapshot: hexOf(toSigner(keys.snapshot)),
    timestamp: hexOf(toSigner(keys.timestamp)),
  });
  const policy = parseSigningPolicy(
    JSON.stringify({
      kind: 'waymark-signing-policy',
      format: 1,
      root: holders(root),
      targets: holders(targets),
      online: onlineOf(online),
      ...changes,
    }),
  );
  const dir = join(world.dir, 'repo');
  let version = 0;
  const publishRoot: ProductionTree['publishRoot'] = async (wanted, { oldKeysLost = false, keys = [online] } = {}) => {
    const now = world.now();
    const previous = version === 0 ? undefined : await readFile(join(dir, `metadata/${version}.root.json`));
    const request = requestRoot({ policy: wanted, previous, now });
    const signatures = await Promise.all(root.slice(0, 2).map((signer) => signRequest(request, signer)));
    const { bytes } = mergeRoot({ request, signatures, previous });
    await publishSignedRoot({
      dir,
      root: bytes,
      online: {
        snapshotRole: keys.map(({ snapshot }) => toSigner(snapshot)),
        timestamp: keys.map(({ timestamp }) => toSigner(timestamp)),
      },
      now,
      calendar: signingCalendar(wanted),
      oldKeysLost,
    });
    version += 1;
    await writeFile(join(world.dir, SIGNING_POLICY_FILE), JSON.stringify(wanted));
  };
  await publishRoot(policy);
  const given = [online, ...(next ? [next] : [])];
  const publishing = await openPublishing(
    {
      profile: 'production',
      dataDir: world.dir,
      snapshotKey: given.map(({ snapshot }) => textOf(snapshot)).join(' '),
      timestampKey: given.map(({ timestamp }) => textOf(timestamp)).join(' '),
    },
    world.now(),
  );
  return {
    publishing,
    policy,
    online,
    publishRoot,
    policyWith: ({ keys, ...rest }) => ({ ...policy, ...(keys ? { online: onlineOf(keys) } : {}), ...rest }),
    async publishByPeople() {
      const { sequence, gate } = await prepareSnapshot(world.as('publisher'), publishing);
      const request = await showRequest(world.as('publisher'), publishing, sequence);
      for (const signer of targets.slice(0, 2))
        await addSignature(world.as('publisher'), publishing, sequence, await signRequest(request, signer));
      if (gate.needsSecond) await confirmSnapshot(world.as('secondPublisher'), publishing, sequence, 'looked at it');
      await publishSnapshot(world.as('publisher'), publishing, sequence);
    },
  };
}
