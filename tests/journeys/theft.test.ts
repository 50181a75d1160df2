// Somebody has stolen one key and may write whatever they like into the public tree: no app shows a changed number.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generatePrivateKey,
  publishRoot,
  publishTargets,
  sha256,
  targetFilePath,
  TufProblem,
  toSigner,
  verifyRepository,
  type Signer,
} from '@waymark/tuf';
import { fields, metadataBytes, metaOf, overwrite, signatureOf, type Signed } from '../support/forge.ts';

const TRUE = '{"phone":"116111"}';
const CHANGED = Buffer.from('{"phone":"900900"}');
const PATH = 'v1/directory.json';

const newSigner = () => toSigner(generatePrivateKey());
const three = () => [newSigner(), newSigner(), newSigner()] as const;

const ring = { root: three(), targets: three(), duty: three(), snapshot: newSigner(), timestamp: newSigner() };
const online = [ring.snapshot, ring.timestamp];
const evil = newSigner();

/** What was stolen: each single key, and one of each kind together with the server, which holds both online keys. */
const people = (['root', 'targets', 'duty'] as const).flatMap((role) =>
  ring[role].map((signer, n): [string, Signer[]] => [`the ${role} key of person ${n + 1}`, [signer]]),
);
const thefts: [string, Signer[]][] = [
  ['the snapshot key', [ring.snapshot]],
  ['the timestamp key', [ring.timestamp]],
  ...people,
  ['the whole server with both online keys', online],
  ['the whole server and a root key', [ring.root[0], ...online]],
  ['the whole server and a targets key', [ring.targets[0], ...online]],
  ['the whole server and a duty key', [ring.duty[0], ...online]],
];

let base: string;
let tree: string;
/** A web server for all trees, each under the name of its folder. */
let host: Server;
/** The memory of an app that has looked before. */
let memory: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'waymark-theft-'));
  tree = join(base, 'tree');
  memory = join(base, 'memory');
  host = createServer((request, response) => {
    readFile(join(base, request.url ?? '/')).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const keys = (signers: readonly Signer[], threshold: number) => ({
    keys: signers.map(({ publicKey }) => publicKey),
    threshold,
  });
  await publishRoot({
    dir: tree,
    keys: {
      root: keys(ring.root, 2),
      targets: keys(ring.targets, 2),
      snapshotRole: keys([ring.snapshot], 1),
      timestamp: keys([ring.timestamp], 1),
    },
    profile: 'production',
    signers: { root: [...ring.root] },
    now,
  });
  await publishTargets({
    dir: tree,
    files: [{ path: PATH, bytes: Buffer.from(TRUE) }],
    delegations: { keys: ring.duty.map(({ publicKey }) => publicKey) },
    signers: { targets: ring.targets.slice(0, 2), snapshotRole: [ring.snapshot], timestamp: [ring.timestamp] },
    now,
  });
  await shown(tree, memory);
});

afterAll(async () => {
  host.closeAllConnections();
  host.close();
  await rm(base, { recursive: true, force: true });
});

/** What an app shows after it looked at this tree. */
async function shown(dir: string, client: string): Promise<string> {
  const rootBytes = await readFile(join(tree, 'metadata/1.root.json'));
  const { port } = host.address() as AddressInfo; // Listening on a port, so not a pipe's name.
  const url = `http://127.0.0.1:${port}/${basename(dir)}`;
  const { targets } = await verifyRepository({ url, rootBytes, dir: client, targets: [PATH], fetchRetries: 0 });
  return String(targets.get(PATH));
}

/** Signs with every stolen key and with one of the thief's own, so that whichever counts is there. */
async function forge(signed: Signed, stolen: Signer[]): Promise<Buffer> {
  return metadataBytes(signed, await Promise.all([...stolen, evil].map((signer) => signatureOf(signed, signer))));
}

const listing = (bytes: Buffer) => ({ [PATH]: { length: bytes.length, hashes: { sha256: sha256(bytes) } } });

/** Snapshot and timestamp metadata that lead to these files. */
async function leadTo(dir: string, meta: Record<string, Buffer>, stolen: Signer[], version = 2): Promise<void> {
  const named = Object.fromEntries(Object.entries(meta).map(([name, bytes]) => [name, metaOf(version, bytes)]));
  const snapshot = await forge({ ...fields('snapshot', version), meta: named }, stolen);
  await overwrite(dir, `metadata/${version}.snapshot.json`, snapshot);
  const pointer = { 'snapshot.json': metaOf(version, snapshot) };
  await overwrite(
    dir,
    'metadata/timestamp.json',
    await forge({ ...fields('timestamp', version), meta: pointer }, stolen),
  );
}

async function plantChanged(dir: string): Promise<void> {
  await overwrite(dir, `targets/${targetFilePath(PATH, sha256(CHANGED))}`, CHANGED);
}

type Way = (dir: string, stolen: Signer[]) => Promise<void>;

const overwriteFile: Way = async (dir) => {
  await overwrite(dir, `targets/${targetFilePath(PATH, sha256(Buffer.from(TRUE)))}`, CHANGED);
};

const publishAnew: Way = async (dir, stolen) => {
  await plantChanged(dir);
  const targets = await forge({ ...fields('targets', 2), targets: listing(CHANGED) }, stolen);
  await overwrite(dir, 'metadata/2.targets.json', targets);
  await leadTo(dir, { 'targets.json': targets }, stolen);
};

/** One signature under the names of all who may sign. */
const signAsEverybody: Way = async (dir, stolen) => {
  await plantChanged(dir);
  const signed = { ...fields('targets', 2), targets: listing(CHANGED) };
  const [key = evil] = stolen;
  const signatures = await Promise.all(ring.targets.map(({ keyid }) => signatureOf(signed, key, keyid)));
  const targets = metadataBytes(signed, signatures);
  await overwrite(dir, 'metadata/2.targets.json', targets);
  await leadTo(dir, { 'targets.json': targets }, stolen);
};

/** A root that gives everything to the thief. */
const takeRoot: Way = async (dir, stolen) => {
  const mine = { keyids: [evil.keyid], threshold: 1 };
  const root = {
    ...fields('root', 2),
    consistent_snapshot: true,
    keys: { [evil.keyid]: evil.publicKey },
    roles: { root: mine, targets: mine, snapshot: mine, timestamp: mine },
  };
  await overwrite(dir, 'metadata/2.root.json', await forge(root, stolen));
  await publishAnew(dir, stolen);
};

/** The metadata that people signed, with one number changed and their signatures left under it. */
const editSigned: Way = async (dir, stolen) => {
  await plantChanged(dir);
  const text = await readFile(join(dir, 'metadata/1.targets.json'), 'utf8');
  const edited = Buffer.from(text.replaceAll(sha256(Buffer.from(TRUE)), sha256(CHANGED)));
  await overwrite(
    dir,
    'metadata/2.targets.json',
    Buffer.from(edited.toString().replace('"version": 1', '"version": 2')),
  );
  await leadTo(dir, { 'targets.json': await readFile(join(dir, 'metadata/2.targets.json')) }, stolen);
};

/** The duty keys may withdraw; here they list the directory itself. */
const reachBeyondUrgent: Way = async (dir, stolen) => {
  await plantChanged(dir);
  const urgent = await forge({ ...fields('targets', 2), targets: listing(CHANGED) }, stolen);
  await overwrite(dir, 'metadata/2.urgent.json', urgent);
  // The targets that people signed stay, so that the way to the delegation is open.
  const targets = await readFile(join(dir, 'metadata/1.targets.json'));
  const meta = { 'targets.json': metaOf(1, targets), 'urgent.json': metaOf(2, urgent) };
  const snapshot = await forge({ ...fields('snapshot', 2), meta }, stolen);
  await overwrite(dir, 'metadata/2.snapshot.json', snapshot);
  const pointer = { 'snapshot.json': metaOf(2, snapshot) };
  await overwrite(dir, 'metadata/timestamp.json', await forge({ ...fields('timestamp', 2), meta: pointer }, stolen));
};

const FILE = 'changes the file';
const URGENT = 'lets the urgent lane name the directory';

const ways: [string, Way][] = [
  [FILE, overwriteFile],
  ['publishes targets anew', publishAnew],
  ['signs under the names of all signers', signAsEverybody],
  ['makes a root that is his alone', takeRoot],
  ['edits what people signed', editSigned],
  [URGENT, reachBeyondUrgent],
];

describe.each(thefts)('a thief of %s', (_what, stolen) => {
  it.each(ways)('%s: no app takes the changed number', async (how, forgeTree) => {
    const dir = await mkdtemp(join(base, 'stolen-'));
    await cp(tree, dir, { recursive: true });
    await forgeTree(dir, stolen);
    const [old, fresh] = [await mkdtemp(join(base, 'old-')), await mkdtemp(join(base, 'fresh-'))];
    await cp(memory, old, { recursive: true });
    await Promise.all([requireHarmless(dir, old, how), requireHarmless(dir, fresh, how)]);
  });
});

/** A refusal that leaves nothing behind, or the true number. */
async function requireHarmless(dir: string, client: string, how: string): Promise<void> {
  const outcome: unknown = await shown(dir, client).catch((error: unknown) => error);
  // The urgent lane can be made to say anything with its key and the server's, and still reaches no other file; and who
  // has the true file already does not ask for it again.
  if (outcome === TRUE && (how === URGENT || how === FILE)) return;
  expect(outcome).toBeInstanceOf(TufProblem);
  expect((outcome as TufProblem).code).toMatch(/^(signature-invalid|hash-mismatch|rollback)$/);
  const kept = (await readdir(join(client, 'targets'))).map((name) => readFile(join(client, 'targets', name), 'utf8'));
  expect((await Promise.all(kept)).join()).not.toContain('900900');
}
