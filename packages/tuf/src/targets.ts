import type { SigningCalendar } from '@waymark/domain';
import { TargetFile, Targets } from '@tufjs/models';
import { sha256 } from './canonical.ts';
import { toDelegations, type UrgentDelegation } from './delegation.ts';
import { expiryOf } from './lifetime.ts';
import { commonFields } from './metadata.ts';
import { TufProblem } from './problem.ts';

/** What is said about a target inside the signed metadata. Flat, and only what canonical JSON carries everywhere. */
export type TargetCustom = Record<string, string | number>;

/** A file to publish, in memory. `path` is what clients ask for, such as `v1/directory.json`. */
export type TargetBytes = { path: string; bytes: Buffer; custom?: TargetCustom | undefined };

/** What is signed of a file: enough to ask for signatures on another machine than the one that holds the file. */
export type TargetFacts = { path: string; length: number; sha256: string; custom?: TargetCustom | undefined };

/** A file to publish that lies on this machine, however large: `file` is where, and it must not be written to any more. */
export type TargetOnDisk = TargetFacts & { file: string };

export type TargetContent = TargetBytes | TargetOnDisk;

/** tuf-js is quadratic in the number of targets, here and in every reader (SNAPSHOTS §0.4). */
export const mostTargets = 300;

const mostCustomBytes = 1024;
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Length and hash of the very buffer that will be written; of a file on disk those it must turn out to have. */
export function factsOf(content: TargetContent): TargetFacts {
  const { path, custom } = content;
  if ('bytes' in content) return { path, length: content.bytes.length, sha256: sha256(content.bytes), custom };
  return { path, length: content.length, sha256: content.sha256, custom };
}

/**
 * Builds targets metadata, unsigned.
 * @param options.delegations the duty keys to name, `Targets['delegations']` to keep those of before, or none
 * @throws TufProblem `target-refused`: path, custom or number of targets; `lifetime-refused`
 */
export function buildTargets(options: {
  version: number;
  files: TargetFacts[];
  delegations?: UrgentDelegation | Targets['delegations'];
  now: Date;
  calendar?: SigningCalendar;
}): Targets {
  const { version, files, delegations, now, calendar } = options;
  const refusal = targetsRefusal(files);
  if (refusal) throw new TufProblem('target-refused', refusal);
  const targets = Object.fromEntries(files.map((file) => [file.path, toTargetFile(file)]));
  const fields = { ...commonFields(version, expiryOf('targets', now, calendar), now), targets };
  if (!delegations) return new Targets(fields);
  if (!isDutyKeys(delegations)) return new Targets({ ...fields, delegations });
  // JSON, because the library does not export `Delegations` (SNAPSHOTS §2.5.1).
  return Targets.fromJSON({ ...new Targets(fields).toJSON(), delegations: toDelegations(delegations) });
}

function isDutyKeys(value: object): value is UrgentDelegation {
  return 'keys' in value && Array.isArray(value.keys);
}

/**
 * Builds the metadata of the role `urgent`, unsigned: one file, and no targets beside it.
 * @throws TufProblem `lifetime-refused`
 */
export function buildUrgent(options: {
  version: number;
  file: TargetFacts;
  now: Date;
  calendar?: SigningCalendar;
}): Targets {
  const { version, file, now, calendar } = options;
  const fields = commonFields(version, expiryOf('urgent', now, calendar), now);
  return new Targets({ ...fields, targets: { [file.path]: toTargetFile(file) } });
}

/** The same targets and duty keys under a new version and date, for new signatures during a root rotation. */
export function renewTargets(
  current: Targets,
  options: { version: number; now: Date; calendar?: SigningCalendar | undefined },
): Targets {
  const { version, now, calendar } = options;
  const fields = commonFields(version, expiryOf('targets', now, calendar), now);
  const { targets, delegations } = current;
  return new Targets({ ...fields, targets, ...(delegations ? { delegations } : {}) });
}

/** Where a target lies below `targets/`: consistent snapshots put the hash before the name (TUF 6.2.2). */
export function targetFilePath(path: string, hash: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}${hash}.${path.slice(slash)}`;
}

function toTargetFile({ path, length, sha256: hash, custom }: TargetFacts): TargetFile {
  const about = { path, length, hashes: { sha256: hash } };
  return new TargetFile(custom ? { ...about, unrecognizedFields: { custom } } : about);
}

function targetsRefusal(files: TargetFacts[]): string | undefined {
  if (files.length === 0) return 'no files: an empty publication is not one';
  if (files.length > mostTargets) return `${files.length} targets; at most ${mostTargets} can be read in good time`;
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size !== files.length) return 'two files have the same path';
  for (const file of files) {
    const refusal = pathRefusal(file.path) ?? customRefusal(file.custom ?? {});
    if (refusal) return `${JSON.stringify(file.path)}: ${refusal}`;
    if (file.path.startsWith('urgent/')) return `${file.path}: this folder is for what the duty keys sign`;
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
