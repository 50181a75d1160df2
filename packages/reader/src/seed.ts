import { unzipSync, zipSync } from 'fflate';
import { bringHeld } from './held.ts';
import { bringLane } from './lane.ts';
import type { SeedFiles } from './memory.ts';
import { ReaderProblem } from './problem.ts';
import { snapshotInfoOf, type SnapshotInfo } from './snapshotInfo.ts';
import { NOTHING_SEEN } from './store.ts';
import type { Crypto } from './tuf/crypto.ts';
import type { Engine, Source } from './tuf/trusted.ts';
import { NO_WITHDRAWALS, WITHDRAWN } from './withdrawals.ts';

/** Larger than any directory we know of; a zip that says more is not unpacked. */
const MOST = 200_000_000;
/** What a seed is made of; anything else in a zip is passed over. */
const NAME =
  /^(?:metadata\/(?:root|timestamp|snapshot|targets|urgent)\.json|targets\/(?:v1\/(?:manifest\.json|directory\.ndjson)|urgent\/withdrawn\.json))$/;

/**
 * Makes a seed of what a repository serves now: metadata and data, to be shipped with an app. With it a fresh install refuses any
 * older state, which a root alone cannot (SNAPSHOTS §2.4, §4.8).
 *
 * The maker is a fresh install too. So look at the date and the number that come back, and compare them with another source.
 * @param root the root that is trusted without asking
 */
export async function collectSeed(
  root: Uint8Array,
  source: Source,
  { engine, crypto, now }: { engine: Engine; crypto: Crypto; now: Date },
): Promise<{ files: SeedFiles; snapshot: SnapshotInfo }> {
  const update = await engine.update({ root }, source, now, () => undefined);
  const { trusted } = update;
  const { held } = await bringHeld(trusted, undefined, source, crypto);
  const nothing = { lane: undefined, withdrawals: NO_WITHDRAWALS };
  const { lane, problem } = await bringLane(update, nothing, NOTHING_SEEN, source, crypto);
  if (problem) throw problem;
  const files = new Map<string, Uint8Array>();
  for (const role of ['root', 'timestamp', 'snapshot', 'targets', 'urgent'] as const) {
    const bytes = trusted[role];
    if (bytes) files.set(`metadata/${role}.json`, bytes);
  }
  files.set('targets/v1/manifest.json', held.manifest);
  files.set('targets/v1/directory.ndjson', held.directory);
  if (lane) files.set(`targets/${WITHDRAWN}`, lane.withdrawn);
  return { files, snapshot: snapshotInfoOf(held.manifest) };
}

/** Packs a seed; the same files give the same bytes. */
export function packSeed(files: SeedFiles): Uint8Array {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  // ZIP knows no date before 1980.
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1) });
}

/** Unpacks a seed. @throws ReaderProblem `malformed` for what is no zip, or holds too much */
export function unpackSeed(zip: Uint8Array): SeedFiles {
  let total = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (!NAME.test(name)) return false;
        total += originalSize;
        if (total > MOST) throw new Error('it holds too much');
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    throw new ReaderProblem('malformed', `the seed cannot be unpacked: ${(cause as Error).message}`, { cause });
  }
}

/** Names of the files a seed may have, for those who read it from a folder. */
export function isSeedFile(name: string): boolean {
  return NAME.test(name);
}
