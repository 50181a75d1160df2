// What an attack is, and the few moves that attacks are made of.
import { gzipSync } from 'node:zlib';
import { canonicalJson } from '@waymark/domain';
import {
  entryLine,
  EVIL,
  sha256,
  signedBy,
  targetPath,
  type Forge,
  type Json,
  type Key,
} from '../../packages/reader/src/testing.ts';

/** The number that devices know when the attack begins, and the one of the next honest snapshot. */
export const CURRENT = '493012340002';
export const NEXT = '493012340003';

/** How a host answers instead of with the file. */
export type Answer =
  | { status: number; body?: string | Uint8Array }
  /** Never; without end; a little and then nothing; a byte at a time. */
  | 'silence'
  | 'endless'
  | 'cut'
  | 'drip';

export type Attack = {
  /** Of SECURITY §2.M. */
  group: string;
  name: string;
  /** `fresh`: a new install. The stock client then knows a root alone, ours has its seed. Otherwise both have seen the current snapshot. */
  device?: 'fresh';
  act?: (forge: Forge, old: ReadonlyMap<string, Buffer>) => void;
  answer?: (path: string, forge: Forge) => Answer | undefined;
  /** Days by which the clock of the device is off. The stock client reads the true clock, so it is not asked. */
  clock?: number;
  /**
   * What our reader does. `alarm`: refuses and tells; `quiet`: refuses as it does any bad day; `refused`: one of the two;
   * `harmless`: nothing of it reaches people, and there was nothing to refuse; `ignored`: an urgent role that is not ours to believe.
   */
  ours: 'alarm' | 'quiet' | 'refused' | 'harmless';
  /** Why the stock client takes it; ours does not. */
  stockTakes?: string;
};

/** Changes a file of the tree. */
export function edit(forge: Forge, path: string, change: (bytes: Buffer) => Buffer): void {
  const bytes = forge.files.get(path);
  if (!bytes) throw new Error(`There is no ${path} to change`);
  forge.files.set(path, change(bytes));
}

/** Flips one bit so far into a file. */
export function flip(forge: Forge, path: string, at: number): void {
  edit(forge, path, (bytes) => {
    const copy = Buffer.from(bytes);
    const index = Math.floor(copy.length * at);
    copy[index] = (copy[index] ?? 0) ^ 1;
    return copy;
  });
}

export function replaceText(forge: Forge, path: string, from: string, to: string): void {
  edit(forge, path, (bytes) => {
    const text = bytes.toString();
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    return Buffer.from(text.replace(from, to));
  });
}

/** Serves bytes as the next targets metadata, as a thief of both online keys can. */
export function serveTargets(forge: Forge, bytes: Buffer): void {
  forge.version.targets += 1;
  forge.files.set(`metadata/${forge.version.targets}.targets.json`, bytes);
  forge.pointAt();
}

/** Serves bytes as the next snapshot metadata, as a thief of the timestamp key can. */
export function serveSnapshot(forge: Forge, bytes: Buffer): void {
  forge.version.snapshot += 1;
  forge.files.set(`metadata/${forge.version.snapshot}.snapshot.json`, bytes);
  forge.stamp();
}

/** Serves bytes as the next root. */
export function serveRoot(forge: Forge, bytes: Buffer): void {
  forge.files.set(`metadata/${forge.version.root + 1}.root.json`, bytes);
}

/** The signed part of targets metadata that names a directory with these lines; the files lie where it says. */
export function targetsNaming(forge: Forge, lines: readonly string[], over: Json = {}): Json {
  const directory = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const contentSha256 = sha256(directory);
  const manifest = forge.manifest(contentSha256, { sequence: forge.sequence + 1 });
  const files = new Map([
    ['v1/directory.ndjson', directory],
    ['v1/directory.ndjson.gz', gzipSync(directory)],
    ['v1/manifest.json', manifest],
  ]);
  for (const [path, bytes] of files) forge.files.set(targetPath(path, bytes), bytes);
  const custom = { sequence: forge.sequence + 1, schema: '1.2', contentSha256 };
  const targets = [...files].map(([path, bytes]) => [
    path,
    { length: bytes.length, hashes: { sha256: sha256(bytes) }, custom },
  ]);
  return {
    ...forge.last.targets,
    version: forge.version.targets + 1,
    targets: Object.fromEntries(targets) as Json,
    ...over,
  };
}

/** The number changed, and nothing else. */
export function evilTargets(forge: Forge, over: Json = {}): Json {
  return targetsNaming(forge, [entryLine({ digits: EVIL })], over);
}

/** Evil targets with these signatures, pointed at by both online keys. */
export function serveEvil(forge: Forge, keys: readonly Key[], over: Json = {}): void {
  serveTargets(forge, signedBy(evilTargets(forge, over), keys));
}

/** The path of a target as it lies in the tree now. */
export function pathOf(forge: Forge, name: string): string {
  const targets = forge.last.targets['targets'] as Record<string, { hashes: { sha256: string } }>;
  const hash = targets[name]?.hashes.sha256 ?? '';
  const slash = name.lastIndexOf('/') + 1;
  return `targets/${name.slice(0, slash)}${hash}.${name.slice(slash)}`;
}

/** Puts other bytes in the place of a directory, in both its forms. */
export function replaceDirectory(forge: Forge, change: (bytes: Buffer) => Buffer): void {
  for (const name of ['v1/directory.ndjson', 'v1/directory.ndjson.gz']) edit(forge, pathOf(forge, name), change);
}

/** An honest snapshot on its way. */
export function publishNext(forge: Forge): void {
  forge.publish({ digits: NEXT, delta: false });
}

/** A list of withdrawals as a target of the urgent role. */
export function urgentList(forge: Forge, list: unknown): Buffer {
  const bytes = Buffer.from(`${canonicalJson(list)}\n`);
  forge.files.set(targetPath('urgent/withdrawn.json', bytes), bytes);
  return bytes;
}
