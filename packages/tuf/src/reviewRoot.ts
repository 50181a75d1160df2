import { Root, type Metadata } from '@tufjs/models';
import { digestWords, type SigningRequest } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import type { RoleName } from './lifetime.ts';
import { wireName } from './lifetime.ts';
import { TufProblem } from './problem.ts';
import { rootRefusals, rootRefused } from './root.ts';
import { readRoot } from './rootRequest.ts';
import { requireOwnDigest } from './signRequest.ts';

/** Who may sign for a role: `name` as the root says, or nothing for the server's keys. */
export type RolePower = { threshold: number; keys: { keyid: string; name: string | undefined }[] };
export type RootPowers = Record<'root' | 'targets' | 'snapshotRole' | 'timestamp', RolePower>;

/** A request for a root, as a person reads it before signing. */
export type RootReview = {
  version: number;
  expires: string;
  /** To compare by voice with the others. */
  words: string[];
  before: RootPowers | undefined;
  after: RootPowers;
  /** Sentences; empty for a mere renewal and for root 1. */
  changes: string[];
};

/**
 * Checks a request for a root against the root before it and every rule of SNAPSHOTS §4.1, and says who could do what
 * before and who could after. Run on each holder's machine: it believes nothing that the request says of itself.
 * @param options.previous the root before, as this machine has it
 * @throws TufProblem `request-refused` (changed, or another root came before it), `root-refused`
 */
export function reviewRoot(options: { request: SigningRequest; previous: Buffer | undefined; now: Date }): RootReview {
  const { request, previous: bytes, now } = options;
  requireOwnDigest(request);
  if (request.role !== 'root')
    throw new TufProblem('request-refused', `this is a request for ${request.role}, not for a root`);
  const previous = findPrevious(request, bytes);
  const refusals = rootRefusals(request.signed, {
    profile: 'production',
    previousVersion: previous?.signed.version ?? 0,
    now,
    previous: previous?.signed.toJSON(),
  });
  if (refusals.length > 0) throw rootRefused(request.version, refusals);
  const root = rootOf(request);
  const before = previous && powersOf(previous.signed);
  const after = powersOf(root);
  const { version, expires } = root;
  return { version, expires, words: digestWords(request.digest), before, after, changes: changesOf(before, after) };
}

/**
 * The root that a request holds.
 * @throws TufProblem `request-refused`
 */
export function rootOf({ signed }: SigningRequest): Root {
  try {
    return Root.fromJSON(JSON.parse(JSON.stringify(signed)));
  } catch (cause) {
    throw new TufProblem('request-refused', 'the request holds no root', { cause });
  }
}

/**
 * The root before the one that is asked for; undefined for root 1.
 * @throws TufProblem `request-refused` when it is missing, or not the one that the request names
 */
export function findPrevious(request: SigningRequest, bytes: Buffer | undefined): Metadata<Root> | undefined {
  const named = request.previous;
  if (named === null) {
    if (request.version === 1) return undefined;
    throw new TufProblem(
      'request-refused',
      `root ${request.version} names no root before it: propose it again with --tree`,
    );
  }
  const where = `put ${named.version}.root.json beside the request, or name it with --previous`;
  if (!bytes) throw new TufProblem('request-refused', `root ${named.version} is needed to compare: ${where}`);
  if (sha256(bytes) === named.sha256) return readRoot(bytes);
  throw new TufProblem(
    'request-refused',
    `the request follows another root ${named.version} than yours; ask who proposed it`,
  );
}

const roles: (keyof RootPowers)[] = ['root', 'targets', 'snapshotRole', 'timestamp'];

function powersOf(root: Root): RootPowers {
  const owners: unknown = root.unrecognizedFields['x-keyowners'];
  const power = (role: RoleName & keyof typeof wireName): RolePower => {
    const { keyIDs = [], threshold = 0 } = root.roles[wireName[role]] ?? {};
    return { threshold, keys: keyIDs.map((keyid) => ({ keyid, name: nameIn(owners, keyid) })) };
  };
  return {
    root: power('root'),
    targets: power('targets'),
    snapshotRole: power('snapshotRole'),
    timestamp: power('timestamp'),
  };
}

function nameIn(owners: unknown, keyid: string): string | undefined {
  const found = (owners as Record<string, unknown> | undefined)?.[keyid];
  return typeof found === 'string' ? found : undefined;
}

function changesOf(before: RootPowers | undefined, after: RootPowers): string[] {
  if (!before) return [];
  return roles.flatMap((role) => {
    const [was, is] = [before[role], after[role]];
    const gone = was.keys.filter(({ keyid }) => !is.keys.some((key) => key.keyid === keyid));
    const fresh = is.keys.filter(({ keyid }) => !was.keys.some((key) => key.keyid === keyid));
    const isExchange = (name: string | undefined) =>
      gone.some((key) => key.name === name) && fresh.some((key) => key.name === name);
    return [
      ...fresh.map(
        ({ name, keyid }) =>
          `${role}: ${name ?? 'the server'} ${isExchange(name) ? 'gets another key' : 'comes in'} (${keyid})`,
      ),
      ...gone
        .filter(({ name }) => !isExchange(name))
        .map(({ name }) => `${role}: ${name ?? 'a key of the server'} leaves`),
      ...(was.threshold === is.threshold ? [] : [`${role}: ${is.threshold} signatures instead of ${was.threshold}`]),
    ];
  });
}
