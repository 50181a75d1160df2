import { Metadata, type Root, type Targets } from '@tufjs/models';
import { signedDigest, signingRequest, type SigningRequest, type SigningCalendar } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import { meetsThreshold, parseMetadata } from './metadata.ts';
import { TufProblem } from './problem.ts';
import type { Repository } from './repository.ts';
import { requireOwnDigest } from './signRequest.ts';
import { renewTargets } from './targets.ts';

/**
 * What people have to sign before this root can be published: the same targets again, when too few of the keys that signed
 * them are keys of the next root. Undefined when nothing has to be.
 * @throws TufProblem `lifetime-refused`
 */
export function requestRenewal(
  { published, next }: Repository,
  nextRoot: Root,
  options: { now: Date; calendar?: SigningCalendar },
): SigningRequest | undefined {
  if (!published || meetsThreshold(new Metadata(nextRoot), 'targets', published.targets.metadata)) return undefined;
  const { metadata, bytes } = published.targets;
  const renewed = renewTargets(metadata.signed, { version: next.targets, ...options });
  return signingRequest({
    role: 'targets',
    version: renewed.version,
    createdAt: options.now.toISOString(),
    signed: renewed.toJSON(),
    previous: { version: metadata.signed.version, sha256: sha256(bytes) },
  });
}

/**
 * Refuses a renewal that would change anything but version and dates, compared with targets that people signed before.
 * @param previous the bytes of those targets; `root` the root whose keys must have signed them
 * @returns how many files it names
 * @throws TufProblem `request-refused`
 */
export function requireRenewal(request: SigningRequest, previous: Buffer, root: Metadata<Root>): number {
  requireOwnDigest(request);
  const before = readTargets(previous);
  if (request.previous?.sha256 !== sha256(previous) || request.version <= before.signed.version) {
    throw refused('it follows other targets than the ones at hand; propose the root again');
  }
  if (!meetsThreshold(root, 'targets', before)) throw refused('the targets at hand are not signed by enough people');
  const was = JSON.parse(JSON.stringify(before.signed.toJSON())) as Record<string, unknown>;
  if (signedDigest(timeless(request.signed)) !== signedDigest(timeless(was))) {
    throw refused('it changes what is published; a renewal may change version and dates only');
  }
  return Object.keys(before.signed.targets).length;
}

const renewable = ['version', 'expires', 'x-signed-at'];

function timeless(signed: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(signed).filter(([field]) => !renewable.includes(field)));
}

function readTargets(bytes: Buffer): Metadata<Targets> {
  try {
    return parseMetadata.targets(bytes);
  } catch (cause) {
    throw new TufProblem('request-refused', 'the file that should hold targets does not', { cause });
  }
}

function refused(why: string): TufProblem {
  return new TufProblem('request-refused', `the renewal is refused: ${why}`);
}
