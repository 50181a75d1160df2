import { Manifest, memoryOf, type SnapshotFiles } from '@waymark/domain';
import { httpSource, ownEngine, webCrypto, type Source, type Trusted } from '@waymark/reader/client';
import { toHex } from '../audit/hex.ts';
import { findTree, saveTree } from './browserStore.ts';
import { openMemory, remember } from './signersMemory.ts';

type Targets = {
  version: number;
  targets: Record<string, { length: number; hashes: { sha256: string } }>;
  delegations?: unknown;
};

const MANIFEST = 'v1/manifest.json';
const NEEDED = [MANIFEST, 'v1/directory.ndjson', 'v1/tombstones.ndjson'];
/** Roots are small; a body without end must not fill the memory. */
const LONGEST_ROOT = 512_000;

/**
 * Follows what was published meanwhile, as any TUF client does, and remembers it: others may have signed the last snapshots.
 * On the first day there is nothing to follow; the root that this browser then meets first is the one it goes on with.
 * @param url of the published tree
 * @throws ReaderProblem when the tree cannot be verified or reached
 */
export async function catchUp(url: string, now: Date): Promise<void> {
  const { snapshots } = await openMemory();
  const newest = snapshots.at(-1);
  if (!newest) return;
  const source = httpSource(url, { fetch: (address, init) => fetch(address, init) });
  const before = (await findTree<Trusted>()) ?? (await firstMet(source));
  if (!before) return;
  const { trusted } = await ownEngine(await webCrypto()).update(before, source, now, () => undefined);
  await saveTree(trusted);
  // Verified just now, so it is what its type says.
  const { signed } = JSON.parse(new TextDecoder().decode(trusted.targets)) as { signed: Targets };
  const files = await targetsOf(signed, source);
  const manifest = Manifest.parse(JSON.parse(new TextDecoder().decode(files.get(MANIFEST))));
  const isKnown = snapshots.some((kept) => kept.published && kept.manifest.sequence === manifest.sequence);
  if (isKnown) return;
  await remember(memoryOf(signed, manifest, { now, published: true, policies: newest.policies }), toFiles(files));
}

async function firstMet(source: Source): Promise<Trusted | undefined> {
  const root = await source.file('metadata/1.root.json', LONGEST_ROOT);
  return root && { root };
}

async function targetsOf({ targets }: Targets, source: Source): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const path of NEEDED) {
    const target = targets[path];
    if (!target) throw new Error(`The published snapshot has no ${path}`);
    const at = path.lastIndexOf('/') + 1;
    const { sha256 } = target.hashes;
    const bytes = await source.file(`targets/${path.slice(0, at)}${sha256}.${path.slice(at)}`, target.length);
    const found = bytes && toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))));
    if (!bytes || found !== sha256) throw new Error(`${path} has other bytes than were signed`);
    files.set(path, bytes);
  }
  return files;
}

function toFiles(files: ReadonlyMap<string, Uint8Array>): SnapshotFiles {
  return {
    paths: () => [...files.keys()],
    async *read(path) {
      yield files.get(path) ?? new Uint8Array();
    },
  };
}
