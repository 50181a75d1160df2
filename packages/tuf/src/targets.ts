import { TargetFile, Targets } from '@tufjs/models';
import { sha256 } from './canonical.ts';
import { expiryOf, type Lifetimes } from './lifetime.ts';
import { commonFields } from './metadata.ts';
import { TufProblem } from './problem.ts';

/** What is said about a target inside the signed metadata. Flat, and only what canonical JSON carries everywhere. */
export type TargetCustom = Record<string, string | number>;

/** A file to publish. `path` is what clients ask for, such as `v1/directory.json`. */
export type TargetContent = { path: string; bytes: Buffer; custom?: TargetCustom | undefined };

/** tuf-js is quadratic in the number of targets, here and in every reader (SNAPSHOTS §0.4). */
export const mostTargets = 300;

const mostCustomBytes = 1024;
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * Builds targets metadata, unsigned. Hash and length are taken from the buffers that will be written.
 * @throws TufProblem `target-refused`: path, custom or number of targets; `lifetime-refused`
 */
export function buildTargets(options: {
  version: number;
  files: TargetContent[];
  now: Date;
  lifetimes?: Partial<Lifetimes>;
}): Targets {
  const { version, files, now, lifetimes } = options;
  const refusal = targetsRefusal(files);
  if (refusal) throw new TufProblem('target-refused', refusal);
  const targets = Object.fromEntries(files.map((file) => [file.path, toTargetFile(file)]));
  return new Targets({ ...commonFields(version, expiryOf('targets', now, lifetimes), now), targets });
}

/** The same targets under a new version and date, for new signatures during a root rotation. */
export function renewTargets(
  current: Targets,
  options: { version: number; now: Date; lifetimes?: Partial<Lifetimes> | undefined },
): Targets {
  const { version, now, lifetimes } = options;
  const fields = commonFields(version, expiryOf('targets', now, lifetimes), now);
  return new Targets({ ...fields, targets: current.targets });
}

/** Where a target lies below `targets/`: consistent snapshots put the hash before the name (TUF 6.2.2). */
export function targetFilePath(path: string, hash: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}${hash}.${path.slice(slash)}`;
}

function toTargetFile({ path, bytes, custom }: TargetContent): TargetFile {
  const about = { path, length: bytes.length, hashes: { sha256: sha256(bytes) } };
  return new TargetFile(custom ? { ...about, unrecognizedFields: { custom } } : about);
}

function targetsRefusal(files: TargetContent[]): string | undefined {
  if (files.length === 0) return 'no files: an empty publication is not one';
  if (files.length > mostTargets) return `${files.length} targets; at most ${mostTargets} can be read in good time`;
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size !== files.length) return 'two files have the same path';
  for (const file of files) {
    const refusal = pathRefusal(file.path) ?? customRefusal(file.custom ?? {});
    if (refusal) return `${JSON.stringify(file.path)}: ${refusal}`;
  }
  return undefined;
}

// `#`, `?`, `%`, spaces and letters with accents break one client or another (SNAPSHOTS §2.4); `..` breaks out.
function pathRefusal(path: string): string | undefined {
  return path.split('/').every((part) => segment.test(part)) ? undefined : 'a path is made of A-Z a-z 0-9 . _ - and /';
}

function customRefusal(custom: TargetCustom): string | undefined {
  const isPlain = Object.values(custom).every((value) => typeof value === 'string' || Number.isSafeInteger(value));
  if (!isPlain) return 'custom holds something other than strings and whole numbers';
  return JSON.stringify(custom).length < mostCustomBytes ? undefined : `custom is ${mostCustomBytes} bytes or more`;
}
