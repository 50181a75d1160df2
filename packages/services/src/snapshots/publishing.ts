import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assurance } from '@waymark/domain';
import {
  findRepository,
  initDemoRepository,
  openSigners,
  repositoryStatus,
  toPublishSigners,
  TufProblem,
  type OnlineSigners,
  type PublishSigners,
  type RepositoryStatus,
  type Signer,
  type SignerSource,
} from '@waymark/tuf';
import type { Destination } from '../destinations/destination.ts';

/** Where snapshots go and who signs them: made once at start, given to every verb that publishes. */
export type Publishing = {
  /** The public tree. */
  repoDir: string;
  /** Files of prepared snapshots, one folder per sequence. */
  stagingDir: string;
  /** The keys of all roles, in a demo; null where people sign, and while publishing is off. */
  keys: PublishSigners | null;
  /** The keys that keep the tree fresh; they may be here when those of the people are not. */
  online: OnlineSigners | null;
  /** The key that may withdraw at once, in a demo; people hold theirs. */
  dutyKey?: Signer | undefined;
  /** Where the signing policy lies, which names the people on duty; read whenever a snapshot is prepared. */
  policyDir?: string | undefined;
  /** Why publishing is off, for a person; null while it is on. */
  off: string | null;
  assurance: Assurance;
  /** After so many days a reader says that the data is old, and the targets signature expires. */
  validDays: number;
  licence?: string | undefined;
  attribution?: string | undefined;
  /** Snapshots hold a file for each country too. */
  byCountry: boolean;
  /** Where clients find the tree, relative to the server or whole. */
  repoUrl: string;
  /** A tree of its own where app teams try the next snapshot, with a root of its own (`stageSnapshot`). */
  stagingRepo: { dir: string; keyDir: string; url: string };
  /** Places that copies go to; without any, the tree of this machine is what clients get. */
  destinations: readonly Destination[];
};

export type PublishingSettings = {
  profile: 'demo' | 'production';
  dataDir: string;
  repoDir?: string | undefined;
  keysDir?: string | undefined;
  stagingDir?: string | undefined;
  /** Of the key files on this machine; in production one of the two is needed. */
  keyPassphrase?: string | undefined;
  keyPassphraseFile?: string | undefined;
  /** The two online keys, in place of their files: base64, and during a rotation two of them with a space between. */
  snapshotKey?: string | undefined;
  timestampKey?: string | undefined;
  validDays?: number | undefined;
  licence?: string | undefined;
  attribution?: string | undefined;
  repoUrl?: string | undefined;
  byCountry?: boolean | undefined;
  destinations?: readonly Destination[] | undefined;
};

/** True where people sign elsewhere, and only keys that keep the tree fresh are here. */
export function signsByPeople({ keys, online }: Pick<Publishing, 'keys' | 'online'>): boolean {
  return keys === null && online !== null;
}

/** SNAPSHOTS §4.1: as long as the targets signature lives. */
const VALID_DAYS = 120;

/**
 * Opens tree and keys. The demo makes its own plain keys; production needs those of `waymark keys init` and their
 * passphrase. Bad or missing keys switch publishing off and say why; everything else goes on (SECURITY R-09).
 */
export async function openPublishing(settings: PublishingSettings, now: Date): Promise<Publishing> {
  const {
    profile,
    licence,
    attribution,
    validDays = VALID_DAYS,
    repoUrl = '/repo',
    byCountry = false,
    destinations = [],
  } = settings;
  const paths = publishingPaths(settings);
  const { repoDir, stagingDir, stagingRepo } = paths;
  const common = {
    repoDir,
    stagingDir,
    stagingRepo,
    validDays,
    licence,
    attribution,
    byCountry,
    repoUrl,
    destinations,
  };
  try {
    const signers = profile === 'demo' ? await openDemo(paths, now) : await openProduction(settings, paths, now);
    return { ...common, assurance: await assuranceOf(paths.repoDir, now), ...signers };
  } catch (error) {
    if (!(error instanceof TufProblem)) throw error;
    return { ...common, assurance: profile === 'demo' ? 'demo' : 'standard', ...switchedOff(error.message) };
  }
}

/** Where a data folder keeps tree, keys and staging, unless told otherwise. */
export function publishingPaths({
  dataDir,
  repoDir,
  keysDir,
  stagingDir,
}: Pick<PublishingSettings, 'dataDir' | 'repoDir' | 'keysDir' | 'stagingDir'>) {
  return {
    repoDir: repoDir ?? join(dataDir, 'repo'),
    keysDir: keysDir ?? join(dataDir, 'keys'),
    stagingDir: stagingDir ?? join(dataDir, 'staging'),
    stagingRepo: { dir: join(dataDir, 'staging-repo'), keyDir: join(dataDir, 'staging-keys'), url: '/staging' },
  };
}

/** What root asks for, not what the profile is called: a demo's tree stays a demo's wherever it is carried. */
async function assuranceOf(dir: string, now: Date): Promise<Assurance> {
  if (!(await findRepository(dir))) return 'standard';
  return (await repositoryStatus({ dir, now })).assurance === 'demo' ? 'demo' : 'standard';
}

type Signers = Pick<Publishing, 'keys' | 'online' | 'off' | 'dutyKey' | 'policyDir'>;

async function openDemo({ repoDir, keysDir }: { repoDir: string; keysDir: string }, now: Date): Promise<Signers> {
  const signers = await initDemoRepository({ dir: repoDir, keyDir: keysDir, now });
  const keys = toPublishSigners(signers);
  return { keys, online: keys, dutyKey: signers.urgent, off: null };
}

async function openProduction(
  settings: PublishingSettings,
  { repoDir, keysDir }: { repoDir: string; keysDir: string },
  now: Date,
): Promise<Signers> {
  if (!(await findRepository(repoDir))) return switchedOff('no signing keys exist yet: run `waymark keys init`');
  const given = { WAYMARK_SNAPSHOT_KEY: settings.snapshotKey, WAYMARK_TIMESTAMP_KEY: settings.timestampKey };
  const passphrase = await readPassphrase(settings);
  if (passphrase === undefined && Object.values(given).includes(undefined)) {
    return switchedOff('the passphrase is missing: set WAYMARK_KEY_PASSPHRASE_FILE or WAYMARK_KEY_PASSPHRASE');
  }
  const status = await repositoryStatus({ dir: repoDir, now });
  const source: SignerSource = {
    askPassphrase: () => Promise.resolve(passphrase ?? ''),
    environment: (name) => given[name as keyof typeof given],
  };
  const openRole = async (role: string, variable: keyof typeof given) => {
    const addresses = given[variable] === undefined ? filesOfRole(keysDir, role) : [`env:${variable}`];
    return (await Promise.all(addresses.map((address) => openSigners(address, source)))).flat();
  };
  const online = {
    snapshotRole: await openRole('snapshot', 'WAYMARK_SNAPSHOT_KEY'),
    timestamp: await openRole('timestamp', 'WAYMARK_TIMESTAMP_KEY'),
  };
  requireRole(status, 'snapshotRole', online.snapshotRole);
  requireRole(status, 'timestamp', online.timestamp);
  return { keys: null, online, policyDir: settings.dataDir, off: null };
}

/** After a planned change of keys the old one lies beside the new one, and both sign for a day. */
function filesOfRole(keysDir: string, role: string): string[] {
  const old = join(keysDir, `${role}.old.key`);
  return [`file:${join(keysDir, `${role}.key`)}`, ...(existsSync(old) ? [`file:${old}`] : [])];
}

function requireRole({ roles }: RepositoryStatus, role: keyof OnlineSigners, signers: Signer[]): void {
  if (signers.some(({ keyid }) => roles[role].keyids.includes(keyid))) return;
  throw new TufProblem('key-wrong', `the key file of the role ${role} is not the one that root names`);
}

/** The passphrase of the keys on this machine, if one was given. @throws TufProblem `key-passphrase-missing` */
export async function readPassphrase({
  keyPassphrase,
  keyPassphraseFile,
}: Pick<PublishingSettings, 'keyPassphrase' | 'keyPassphraseFile'>): Promise<string | undefined> {
  if (keyPassphrase !== undefined || keyPassphraseFile === undefined) return keyPassphrase;
  const text = await readFile(keyPassphraseFile, 'utf8').catch((cause: unknown) => {
    throw new TufProblem('key-passphrase-missing', `${keyPassphraseFile} cannot be read`, { cause });
  });
  return text.replace(/\r?\n$/, '');
}

function switchedOff(off: string): Signers {
  return { keys: null, online: null, off };
}

const turns = new Map<string, Promise<unknown>>();

/**
 * Runs what prepares, publishes, signs or settles one after another per tree: each starts from what the one before left.
 * One process writes a database, so no lock between processes is needed here; the tree has its own.
 */
export function inTurn<T>({ repoDir }: Pick<Publishing, 'repoDir'>, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(repoDir) ?? Promise.resolve()).then(work);
  turns.set(
    repoDir,
    turn.catch(() => undefined),
  );
  return turn;
}
