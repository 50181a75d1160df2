import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Metadata, Signature } from '@tufjs/models';
import { canonicalBytes } from '../canonical.ts';
import type { Signer } from '../key.ts';
import type { AnySigned, SignedFile } from '../metadata.ts';
import { readRepository, treePath } from '../repository.ts';
import { buildSnapshotRole } from '../snapshotRole.ts';
import { buildTargets, factsOf, targetFilePath } from '../targets.ts';
import { buildTimestamp } from '../timestamp.ts';
import type { Cast, Rehearsal } from './rehearsal.ts';

/** The largest number that clients of every language read: after it, nothing newer seems to exist. */
const farAhead = 2 ** 31 - 1;

/** A thief of both online keys sends clients so far ahead that they refuse whatever comes later (SNAPSHOTS §2.4). */
export async function fastForward(
  { dir, cast }: { dir: string; cast: Pick<Cast, 'snapshotRole' | 'timestamp'> },
  now: Date,
): Promise<void> {
  const { published } = await readRepository(dir);
  if (!published) return;
  const snapshotRole = await forge(
    buildSnapshotRole({ version: farAhead, targets: published.targets, now }),
    cast.snapshotRole,
  );
  await put(dir, treePath.snapshotRole(farAhead), snapshotRole.bytes);
  const timestamp = await forge(buildTimestamp({ version: farAhead, snapshotRole, now }), cast.timestamp);
  await put(dir, treePath.timestamp, timestamp.bytes);
}

/** A thief of one targets key, with the online keys and the whole tree in hand, publishes a changed number. */
export async function changeNumber({ dir, probe }: Rehearsal, thief: Signer, cast: Cast, now: Date): Promise<void> {
  const { next } = await readRepository(dir);
  const file = { path: probe, bytes: Buffer.from('{"phone":"000"}') };
  const unsigned = buildTargets({ version: next.targets, files: [factsOf(file)], now });
  const targets = await forge(unsigned, thief);
  const snapshotRole = await forge(buildSnapshotRole({ version: next.snapshotRole, targets, now }), cast.snapshotRole);
  const timestamp = await forge(buildTimestamp({ version: next.timestamp, snapshotRole, now }), cast.timestamp);
  const hash = unsigned.targets[probe]?.hashes['sha256'] ?? '';
  await put(dir, treePath.target(targetFilePath(probe, hash)), file.bytes);
  await put(dir, treePath.targets(next.targets), targets.bytes);
  await put(dir, treePath.snapshotRole(next.snapshotRole), snapshotRole.bytes);
  await put(dir, treePath.timestamp, timestamp.bytes);
}

// Unlike `signForRole` it does not ask whether one signature is enough.
async function forge<T extends AnySigned>(signed: T, signer: Signer): Promise<SignedFile<T>> {
  const metadata = new Metadata(signed);
  const sig = (await signer.sign(canonicalBytes(signed.toJSON()))).toString('hex');
  metadata.signatures[signer.keyid] = new Signature({ keyID: signer.keyid, sig });
  return { metadata, bytes: Buffer.from(JSON.stringify(metadata.toJSON(), null, 1) + '\n') };
}

async function put(dir: string, path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), bytes);
}
