import type { SigningCalendar } from '@waymark/domain';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { generatePrivateKey, toSigner, type Signer } from './key.ts';
import { isFile, readKeyFile, writeKeyFile, type KeyProtection } from './keyFile.ts';
import type { RoleName } from './lifetime.ts';
import { TufProblem } from './problem.ts';
import type { PublishSigners } from './publish.ts';
import { publishRoot } from './publishRoot.ts';
import { findRepository } from './repository.ts';
import { buildRoot, type Profile, type RoleKeys, type RootKeys } from './root.ts';
import type { OnStep } from './writeFiles.ts';

/** A person who will hold a key, and the passphrase that person chose. The name goes into `x-keyowners`. */
export type Holder = { name: string; passphrase: string };
export type HoldersPolicy = { threshold: number; holders: Holder[] };

/** One signer per role, as the demo profile has them, and one key on duty. */
export type DemoSigners = Record<RoleName, Signer>;

/** File names of the keys. Root and targets have a person's name in production and none in the demo. */
export const keyFileName = {
  root: (name?: string) => (name ? `root.${name}.key` : 'root.key'),
  targets: (name?: string) => (name ? `targets.${name}.key` : 'targets.key'),
  urgent: (name?: string) => (name ? `urgent.${name}.key` : 'urgent.key'),
  snapshotRole: () => 'snapshot.key',
  timestamp: () => 'timestamp.key',
};

/**
 * A tree for a first evening: five plain keys in `keyDir` (0600) and root 1, every threshold 1. Never for real use.
 * Calling it on a finished one opens it; calling it after a crash goes on. Keys that root names are made only while there
 * is no root; the one on duty is named by what is published next, so a tree from before there was one gets it too.
 * @returns the five signers
 * @throws TufProblem `key-file-*` when a root exists and a key file does not, or cannot be read; `key-wrong`
 */
export async function initDemoRepository(options: {
  dir: string;
  keyDir: string;
  now: Date;
  calendar?: SigningCalendar;
  onStep?: OnStep;
}): Promise<DemoSigners> {
  const { dir, keyDir, ...rest } = options;
  const protection: KeyProtection = { demo: true };
  await saveSlots([await openSlot(join(keyDir, keyFileName.urgent()), protection)]);
  if (await findRepository(dir)) return readDemoSigners(keyDir);
  const slots = {
    root: await openSlot(join(keyDir, keyFileName.root()), protection),
    targets: await openSlot(join(keyDir, keyFileName.targets()), protection),
    snapshotRole: await openSlot(join(keyDir, keyFileName.snapshotRole()), protection),
    timestamp: await openSlot(join(keyDir, keyFileName.timestamp()), protection),
  };
  await saveSlots(Object.values(slots));
  const keys: RootKeys = {
    root: roleKeys([slots.root], 1),
    targets: roleKeys([slots.targets], 1),
    snapshotRole: roleKeys([slots.snapshotRole], 1),
    timestamp: roleKeys([slots.timestamp], 1),
  };
  await publishRoot({ ...rest, dir, keys, profile: 'demo', signers: { root: [slots.root.signer] } });
  return readDemoSigners(keyDir);
}

/** All that publishing asks for, where one key per role is in one place. */
export function toPublishSigners({ targets, snapshotRole, timestamp }: Omit<DemoSigners, 'root'>): PublishSigners {
  return { targets: [targets], snapshotRole: [snapshotRole], timestamp: [timestamp] };
}

/**
 * The plain keys of a demo tree.
 * @throws TufProblem as `readKeyFile`
 */
export async function readDemoSigners(keyDir: string): Promise<DemoSigners> {
  const read = (name: string) => readKeyFile(join(keyDir, name), { demo: true });
  return {
    root: await read(keyFileName.root()),
    targets: await read(keyFileName.targets()),
    urgent: await read(keyFileName.urgent()),
    snapshotRole: await read(keyFileName.snapshotRole()),
    timestamp: await read(keyFileName.timestamp()),
  };
}

/**
 * A tree for real use, made in one process: encrypted key files for every holder and for the two online keys, and root 1.
 * Root and targets must ask for two signatures and have a key to spare. All keys pass through this one machine, so
 * do it on one that is offline, hand out the files and wipe it; the ceremony where nobody sees another's key comes later.
 * A call after a crash goes on with the key files it finds. Each key costs a second of scrypt.
 * @throws TufProblem `root-refused` before any key is written, `key-file-*`, `key-passphrase-*`
 */
export async function initRepository(options: {
  dir: string;
  keyDir: string;
  policy: { root: HoldersPolicy; targets: HoldersPolicy };
  onlinePassphrase: string;
  now: Date;
  calendar?: SigningCalendar;
  onStep?: OnStep;
}): Promise<{ rootVersion: number; rootSha256: string; keyFiles: string[] }> {
  const { dir, keyDir, policy, onlinePassphrase, ...rest } = options;
  if (await findRepository(dir)) throw new TufProblem('root-refused', `${dir} has a root already`);
  const openHolders = async (role: 'root' | 'targets') => {
    const slots: Slot[] = [];
    for (const { name, passphrase } of policy[role].holders) {
      slots.push(await openSlot(join(keyDir, keyFileName[role](fileNamePart(name))), { passphrase }, name));
    }
    return slots;
  };
  const online = { passphrase: onlinePassphrase };
  const slots = {
    root: await openHolders('root'),
    targets: await openHolders('targets'),
    snapshotRole: [await openSlot(join(keyDir, keyFileName.snapshotRole()), online)],
    timestamp: [await openSlot(join(keyDir, keyFileName.timestamp()), online)],
  };
  const all = Object.values(slots).flat();
  const keys: RootKeys = {
    root: roleKeys(slots.root, policy.root.threshold),
    targets: roleKeys(slots.targets, policy.targets.threshold),
    snapshotRole: roleKeys(slots.snapshotRole, 1),
    timestamp: roleKeys(slots.timestamp, 1),
  };
  const owners = Object.fromEntries(all.flatMap(({ signer, owner }) => (owner ? [[signer.keyid, owner]] : [])));
  const profile: Profile = 'production';
  // Built once for its refusals, before any key file is written.
  buildRoot({ ...rest, previousVersion: 0, keys, owners, profile });
  await saveSlots(all);
  const signers = { root: slots.root.map(({ signer }) => signer) };
  const { rootVersion, rootSha256 } = await publishRoot({ ...rest, dir, keys, owners, profile, signers });
  return { rootVersion, rootSha256, keyFiles: all.map(({ path }) => path) };
}

/** A key and its place; `unsaved` until the file is written. */
type Slot = { path: string; protection: KeyProtection; signer: Signer; owner?: string; unsaved?: KeyObject };

async function openSlot(path: string, protection: KeyProtection, owner?: string): Promise<Slot> {
  const about = { path, protection, ...(owner ? { owner } : {}) };
  if (await isFile(path)) return { ...about, signer: await readKeyFile(path, protection) };
  const unsaved = generatePrivateKey();
  return { ...about, signer: toSigner(unsaved), unsaved };
}

function roleKeys(slots: Slot[], threshold: number): RoleKeys {
  return { keys: slots.map(({ signer }) => signer.publicKey), threshold };
}

async function saveSlots(slots: Slot[]): Promise<void> {
  for (const { path, protection, unsaved } of slots) {
    if (unsaved) await writeKeyFile(path, unsaved, protection);
  }
}

function fileNamePart(name: string): string {
  if (/^[a-z0-9-]+$/.test(name)) return name;
  throw new TufProblem('root-refused', `a holder is named with a-z, 0-9 and -, because the name becomes a file name`);
}
