// What the tests of this package share: throwaway trees, a real web server, a fresh tuf-js client. Not exported.
import { createServer, type Server } from 'node:http';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { UrgentWithdrawals, type SigningCalendar } from '@waymark/domain';
import type { UrgentDelegation } from './delegation.ts';
import { generatePrivateKey, toSigner, type Signer } from './key.ts';
import { TufProblem, type TufProblemCode } from './problem.ts';
import { publishTargets, type PublishSigners } from './publish.ts';
import { signRequest } from './signRequest.ts';
import type { TargetContent } from './targets.ts';
import { publishSignedUrgent, urgentRequest } from './urgent.ts';
import { publishRoot } from './publishRoot.ts';
import type { Profile, RoleKeys, RootKeys } from './root.ts';
import { verifyRepository, type VerifiedRepository } from './verify.ts';
import type { OnStep } from './writeFiles.ts';

/** A directory that is gone after the test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-tuf-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export type Keyring = { root: Signer[]; targets: Signer[]; snapshotRole: Signer; timestamp: Signer };

export const newSigner = (): Signer => toSigner(generatePrivateKey());

/** `people` keys for root and as many for targets. */
export function newKeyring(people = 1): Keyring {
  const some = () => Array.from({ length: people }, newSigner);
  return { root: some(), targets: some(), snapshotRole: newSigner(), timestamp: newSigner() };
}

/** The online keys of a keyring, and all that publishing in one place needs. */
export function signersOf({ targets, snapshotRole, timestamp }: Omit<Keyring, 'root'>): PublishSigners {
  return { targets, snapshotRole: [snapshotRole], timestamp: [timestamp] };
}

export function rootKeysOf(ring: Keyring, threshold = 1): RootKeys {
  return {
    root: roleKeysOf(ring.root, threshold),
    targets: roleKeysOf(ring.targets, threshold),
    snapshotRole: roleKeysOf([ring.snapshotRole], 1),
    timestamp: roleKeysOf([ring.timestamp], 1),
  };
}

function roleKeysOf(signers: Signer[], threshold: number): RoleKeys {
  return { keys: signers.map(({ publicKey }) => publicKey), threshold };
}

/** The true time, because the stock client reads the true clock; to the second, as TUF writes it. */
export const now = new Date(Math.floor(Date.now() / 1000) * 1000);

export function later(hours: number, from = now): Date {
  return new Date(from.getTime() + hours * 3_600_000);
}

/** A tree with a root and nothing published: 1-of-1 unless told otherwise. */
export async function newTree(options: { ring?: Keyring; threshold?: number; profile?: Profile; now?: Date } = {}) {
  const { ring = newKeyring(), threshold = 1, profile = 'demo' } = options;
  const dir = await tempDir();
  const keys = rootKeysOf(ring, threshold);
  await publishRoot({ dir, keys, profile, signers: { root: ring.root }, now: options.now ?? now });
  return { dir, ring };
}

/** One small directory that says `text`. */
export function directoryOf(text: string): TargetContent[] {
  return [
    { path: 'v1/directory.json', bytes: Buffer.from(JSON.stringify({ text })), custom: { sequence: 1 } },
    { path: 'v1/manifest.json', bytes: Buffer.from(`manifest of ${text}`) },
  ];
}

/** Publishes it. */
export async function publish(
  tree: { dir: string; ring: Keyring },
  text: string,
  options: { now?: Date; calendar?: SigningCalendar; delegations?: UrgentDelegation | null; onStep?: OnStep } = {},
) {
  return publishTargets({ dir: tree.dir, files: directoryOf(text), signers: signersOf(tree.ring), now, ...options });
}

/** A list that withdraws one entry. */
export function withdrawalsOf(sequence: number, id = '018f0000-0000-7000-8000-000000000001'): UrgentWithdrawals {
  const at = now.toISOString();
  return { schema: '1', sequence, issuedAt: at, withdrawn: [{ id, reason: 'unsafe', since: at }] };
}

/** A published tree with one person on duty. */
export async function newDutyTree(options: Parameters<typeof newTree>[0] = {}) {
  const tree = await newTree(options);
  const duty = newSigner();
  await publish(tree, 'text', {
    delegations: { keys: [duty.publicKey] },
    ...(options.now ? { now: options.now } : {}),
  });
  return { ...tree, duty };
}

/** Has the person on duty sign a list, and publishes it. */
export async function withdraw(
  tree: { dir: string; ring: Keyring; duty: Signer },
  withdrawals: UrgentWithdrawals,
  options: { now?: Date; onStep?: OnStep } = {},
) {
  const { dir, ring, duty } = tree;
  const request = await urgentRequest({ dir, withdrawals, now, ...options });
  const signatures = [await signRequest(request, duty)];
  return publishSignedUrgent({ dir, request, signatures, withdrawals, online: signersOf(ring), now, ...options });
}

/** Serves a directory as it is at each moment: 200 or 404, nothing else. `answer` may replace a body. */
export async function serve(dir: string, answer?: (path: string, bytes: Buffer) => Buffer): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    readFile(join(dir, path)).then(
      (bytes) => response.end(answer ? answer(path, bytes) : bytes),
      () => response.writeHead(404).end(),
    );
  });
  return listen(server);
}

/** Starts a server for the length of the test. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A client with a memory of its own, which trusts root 1 of this tree. */
export async function newClient(treeDir: string, url?: string) {
  const rootBytes = await readFile(join(treeDir, 'metadata/1.root.json'));
  const at = url ?? (await serve(treeDir));
  const dir = await tempDir();
  const look = (
    options: { rootBytes?: Buffer; targets?: string[] | 'all'; url?: string; fetchTimeout?: number } = {},
  ) => verifyRepository({ url: at, rootBytes, dir, targets: 'all', fetchRetries: 0, ...options });
  return { dir, look };
}

/** What a client reads in the directory file. */
export function textOf({ targets }: { targets: Map<string, Buffer> }): string {
  const bytes = targets.get('v1/directory.json');
  return bytes ? (JSON.parse(bytes.toString()) as { text: string }).text : 'no directory';
}

/** The sequence of the list of withdrawals that a client reads; 0 before there is one. */
export function sequenceOf({ urgent }: VerifiedRepository): number {
  if (!urgent) return 0;
  if ('problem' in urgent) throw urgent.problem;
  return UrgentWithdrawals.parse(JSON.parse(urgent.bytes.toString())).sequence;
}

/** Every file below a directory, with its content. Two equal results mean that nothing was written. */
export async function filesIn(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(async (file) => [file.slice(dir.length + 1), await readFile(file, 'utf8')] as const);
  return Object.fromEntries((await Promise.all(contents)).sort(([a], [b]) => a.localeCompare(b)));
}

/** A copy of a tree as it is now. */
export async function copyOf(dir: string): Promise<string> {
  const copy = join(await tempDir(), 'tree');
  await cp(dir, copy, { recursive: true });
  return copy;
}

/** The refusal that this work ends in. Any other error is thrown, and so is success. */
export async function problemOf(work: Promise<unknown>): Promise<TufProblem> {
  const outcome: unknown = await work.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  );
  if (outcome instanceof TufProblem) return outcome;
  throw outcome;
}

/** As `problemOf`, the code alone. */
export async function codeOf(work: Promise<unknown>): Promise<TufProblemCode> {
  return (await problemOf(work)).code;
}
