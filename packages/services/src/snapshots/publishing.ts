import { join } from 'node:path';
import type { Assurance, SigningCalendar, SigningPolicy } from '@waymark/domain';
import { TufProblem, type OnlineSigners, type PublishSigners, type Signer } from '@waymark/tuf';
import type { Destination } from '../destinations/destination.ts';
import { closed, openDemo, openProduction } from './openKeys.ts';
import { watchRoot } from './watchRoot.ts';

/**
 * Where snapshots go and who signs them: made once at start, given to every verb that publishes. What root, keys and policy
 * say changes while the server runs, between two turns and never within one (`watchRoot`).
 */
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
  /** Who holds which key; null in a demo, and where no policy was left by `waymark root publish`. */
  policy: SigningPolicy | null;
  /** When each role is signed anew, and asked for, by that policy. A reader says that data is old when targets expire. */
  calendar: SigningCalendar;
  /** The newest root whose keys are in use; 0 while there is none. */
  rootVersion: number;
  /** Why a newer root, key or policy on disk is not in use, for a person: a start would refuse it. Null while all is. */
  notTaken: string | null;
  /** Takes what was changed on disk; absent in a demo. */
  watch?: (() => Promise<void>) | undefined;
  /** Why publishing is off, for a person; null while it is on. */
  off: string | null;
  assurance: Assurance;
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

/**
 * Opens tree and keys. The demo makes its own plain keys; production needs those of `waymark keys init` and their
 * passphrase. Bad or missing keys switch publishing off and say why; everything else goes on (SECURITY R-09).
 */
export async function openPublishing(settings: PublishingSettings, now: Date): Promise<Publishing> {
  const { profile, licence, attribution, repoUrl = '/repo', byCountry = false, destinations = [] } = settings;
  const paths = publishingPaths(settings);
  const { repoDir, stagingDir, stagingRepo } = paths;
  const common = { repoDir, stagingDir, stagingRepo, licence, attribution, byCountry, repoUrl, destinations };
  const opened = await (profile === 'demo' ? openDemo(paths, now) : openProduction(settings, paths)).catch(
    (error: unknown) => {
      if (!(error instanceof TufProblem)) throw error;
      return closed(profile === 'demo' ? 'demo' : 'standard', error.message);
    },
  );
  const publishing: Publishing = { ...common, ...opened, notTaken: null };
  if (profile === 'production') publishing.watch = await watchRoot(settings, paths, publishing);
  return publishing;
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

const turns = new Map<string, Promise<unknown>>();

/**
 * Runs what prepares, publishes, signs or settles one after another per tree: each starts from what the one before left, and
 * with the root that lies there then. One process writes a database, so no lock between processes is needed here; the tree
 * has its own.
 */
export function inTurn<T>(
  { repoDir, watch }: Pick<Publishing, 'repoDir' | 'watch'>,
  work: () => Promise<T>,
): Promise<T> {
  const turn = (turns.get(repoDir) ?? Promise.resolve()).then(async () => {
    await watch?.();
    return work();
  });
  turns.set(
    repoDir,
    turn.catch(() => undefined),
  );
  return turn;
}
