import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatePrivateKey, toSigner, type Signer } from '../key.ts';
import { publishTargets } from '../publish.ts';
import { publishRoot } from '../publishRoot.ts';
import { readRepository, treePath, type Repository } from '../repository.ts';
import { isDemoRoot, type RootKeys } from '../root.ts';
import { targetFilePath, type TargetContent, type TargetCustom } from '../targets.ts';

export type Person = { name: string; signer: Signer };
export type People = { threshold: number; people: Person[] };

/** Everybody who can sign in a rehearsal, with throwaway keys. */
export type Cast = { root: People; targets: People; snapshotRole: Signer; timestamp: Signer };

/** A tree with the content and the shape of the real one, and with keys that are worth nothing. */
export type Rehearsal = { dir: string; cast: Cast; probe: string };

const newSigner = (): Signer => toSigner(generatePrivateKey());

/**
 * Reads what is rehearsed with: the files of the real tree, and how many people of what names sign. A demo has one key per
 * role, with which nothing can be lost and survived, so it is rehearsed as 2 of 3.
 */
export async function readScript(dir: string): Promise<{ files: TargetContent[]; cast: Cast; isDemo: boolean }> {
  const repository = await readRepository(dir);
  const isDemo = isDemoRoot(repository.root.signed);
  const role = (name: 'root' | 'targets') => (isDemo ? threePeople() : peopleOf(repository, name));
  const cast = { root: role('root'), targets: role('targets'), snapshotRole: newSigner(), timestamp: newSigner() };
  return { files: await filesOf(repository), cast, isDemo };
}

/** Builds the tree of a rehearsal in a new folder below `scratch`. */
export async function buildRehearsal(
  scratch: string,
  { files, cast }: { files: TargetContent[]; cast: Cast },
  times: { root: Date; targets: Date },
): Promise<Rehearsal> {
  const dir = await mkdtemp(join(scratch, 'tree-'));
  await publishRoot({
    dir,
    ...toRoot(cast),
    profile: 'production',
    signers: { root: signersOf(cast.root) },
    now: times.root,
  });
  const targets = signersOf(cast.targets).slice(0, cast.targets.threshold);
  await publishTargets({ dir, files, signers: { ...onlineOf(cast), targets }, now: times.targets });
  return { dir, cast, probe: files.find(({ path }) => path === 'v1/directory.json')?.path ?? files[0]?.path ?? '' };
}

/** A rehearsal of its own that begins where another stands. */
export async function copyRehearsal(scratch: string, { dir, ...rest }: Rehearsal): Promise<Rehearsal> {
  const copy = await mkdtemp(join(scratch, 'tree-'));
  await cp(dir, copy, { recursive: true });
  return { dir: copy, ...rest };
}

/** The online keys as the publishing verbs take them. */
export function onlineOf({ snapshotRole, timestamp }: Cast) {
  return { snapshotRole, timestamp };
}

/** Keys, thresholds and names as a root wants them. */
export function toRoot(cast: Cast): { keys: RootKeys; owners: Record<string, string> } {
  const people = ({ threshold, people }: People) => ({ threshold, keys: people.map(({ signer }) => signer.publicKey) });
  const all = [...cast.root.people, ...cast.targets.people];
  return {
    keys: {
      root: people(cast.root),
      targets: people(cast.targets),
      snapshotRole: { threshold: 1, keys: [cast.snapshotRole.publicKey] },
      timestamp: { threshold: 1, keys: [cast.timestamp.publicKey] },
    },
    owners: Object.fromEntries(all.map(({ name, signer }) => [signer.keyid, name])),
  };
}

export function signersOf({ people }: People): Signer[] {
  return people.map(({ signer }) => signer);
}

/** The same people, the first of them with a new key. */
export function replaceFirst({ threshold, people: [first, ...others] }: People): People {
  return { threshold, people: first ? [{ name: first.name, signer: newSigner() }, ...others] : others };
}

/** The same cast with new online keys. */
export function replaceOnline(cast: Cast): Cast {
  return { ...cast, snapshotRole: newSigner(), timestamp: newSigner() };
}

function threePeople(): People {
  const names = ['the first holder', 'the second holder', 'the third holder'];
  return { threshold: 2, people: names.map((name) => ({ name, signer: newSigner() })) };
}

function peopleOf({ root }: Repository, role: 'root' | 'targets'): People {
  const { keyIDs = [], threshold = 0 } = root.signed.roles[role] ?? {};
  const owners = (root.signed.unrecognizedFields['x-keyowners'] ?? {}) as Record<string, string>;
  return {
    threshold,
    people: keyIDs.map((keyid) => ({ name: owners[keyid] ?? keyid.slice(0, 8), signer: newSigner() })),
  };
}

async function filesOf({ dir, published }: Repository): Promise<TargetContent[]> {
  const listed = Object.values(published?.targets.metadata.signed.targets ?? {});
  if (listed.length === 0) return [{ path: 'v1/directory.json', bytes: Buffer.from('{"phone":"116111"}') }];
  return Promise.all(
    listed.map(async ({ path, hashes, unrecognizedFields }) => ({
      path,
      bytes: await readFile(join(dir, treePath.target(targetFilePath(path, hashes['sha256'] ?? '')))),
      // We wrote it, flat (see `buildTargets`).
      custom: unrecognizedFields['custom'] as TargetCustom | undefined,
    })),
  );
}
