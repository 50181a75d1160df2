import type { Metadata, Root } from '@tufjs/models';
import { signingCalendar, signingRequest, type SigningPolicy, type SigningRequest } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import { parseMetadata } from './metadata.ts';
import { keyOwnersOf, rootKeysOf } from './policy.ts';
import { TufProblem } from './problem.ts';
import { buildRoot } from './root.ts';

/**
 * The request for the next root, as the policy wants it. Needs no key and no network.
 * @param options.previous the bytes of the root before; none makes root 1
 * @throws TufProblem `root-refused`, `lifetime-refused`, `request-refused`
 */
export function requestRoot(options: {
  policy: SigningPolicy;
  previous?: Buffer | undefined;
  now: Date;
}): SigningRequest {
  const { policy, previous: bytes, now } = options;
  const previous = bytes && readRoot(bytes).signed;
  const root = buildRoot({
    previousVersion: previous?.version ?? 0,
    previous,
    keys: rootKeysOf(policy),
    // Without those on duty: who they are may change while root stays.
    owners: keyOwnersOf({ ...policy, urgent: undefined }),
    profile: 'production',
    now,
    calendar: signingCalendar(policy),
  });
  return signingRequest({
    role: 'root',
    version: root.version,
    createdAt: now.toISOString(),
    signed: root.toJSON(),
    previous: previous && bytes ? { version: previous.version, sha256: sha256(bytes) } : null,
  });
}

/**
 * Root metadata from the bytes of a file.
 * @throws TufProblem `request-refused`
 */
export function readRoot(bytes: Buffer): Metadata<Root> {
  try {
    return parseMetadata.root(bytes);
  } catch (cause) {
    throw new TufProblem('request-refused', 'the file that should hold a root does not', { cause });
  }
}
