import { join } from 'node:path';
import type { Targets } from '@tufjs/models';
import { DEFAULT_CALENDAR, signedDigest, type SigningCalendar, type SigningRequest } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import { hoursLeft, isExpiryAllowed, isTufDate } from './lifetime.ts';
import { parseMetadata, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { treePath, type Repository } from './repository.ts';
import { findFile } from './writeFiles.ts';

/**
 * Is this request still the next one for this tree, and fresh enough to be worth publishing? It may have been made days
 * ago: what counts is that its own dates fit each other and that clients can use it for longer than the alarm.
 * @returns the file that a crash left of this very request, signed, if there is one; it has to be used again as it is
 * @throws TufProblem `request-outdated`: the tree has moved on, somebody published or used the number; `request-expired`;
 *   `lifetime-refused`
 */
export async function requireFits(
  repository: Repository,
  role: 'targets' | 'urgent',
  request: SigningRequest,
  now: Date,
  calendar: SigningCalendar = DEFAULT_CALENDAR,
): Promise<SignedFile<Targets> | undefined> {
  const { expires, 'x-signed-at': signedAt } = request.signed;
  if (!isDate(signedAt) || !isDate(expires) || !isExpiryAllowed(role, new Date(signedAt), expires)) {
    throw new TufProblem('lifetime-refused', `${role} ${request.version}: its dates do not fit each other`);
  }
  if (Date.parse(signedAt) > now.getTime()) {
    throw new TufProblem('clock-before-last-signed', `the request was made at ${signedAt}, which is not yet`);
  }
  if (hoursLeft(now, expires) < calendar[role].alarm) {
    throw new TufProblem(
      'request-expired',
      `${role} ${request.version} would live until ${expires} only; make a new request`,
    );
  }
  requirePrevious(repository, role, request);
  if (request.version === repository.next[role]) return undefined;
  const left = await findLeftover(repository, role, request);
  if (left) return left;
  throw outdated(request, `the next number is ${repository.next[role]}`);
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && isTufDate(value);
}

function requirePrevious({ published }: Repository, role: 'targets' | 'urgent', request: SigningRequest): void {
  const current = published?.[role];
  const { previous } = request;
  const fits = current
    ? previous?.version === current.metadata.signed.version && previous.sha256 === sha256(current.bytes)
    : previous === null;
  if (fits) return;
  throw outdated(
    request,
    `what is published is ${role} ${current?.metadata.signed.version ?? 0}, and it follows another`,
  );
}

/**
 * A crash between the file and the timestamp leaves it behind under the number of the request. It may go on only when
 * it is the highest of its kind and says the very same: then no number is given twice.
 */
async function findLeftover(
  { dir, next, leftovers }: Repository,
  role: 'targets' | 'urgent',
  request: SigningRequest,
): Promise<SignedFile<Targets> | undefined> {
  const path = treePath[role](request.version);
  if (request.version !== next[role] - 1 || !leftovers[role].includes(path)) return undefined;
  const bytes = await findFile(join(dir, path));
  try {
    const metadata = bytes && parseMetadata[role](bytes);
    if (!metadata || signedDigest(metadata.signed.toJSON()) !== request.digest) return undefined;
    return { metadata, bytes };
  } catch {
    return undefined;
  }
}

function outdated({ role, version }: SigningRequest, why: string): TufProblem {
  return new TufProblem('request-outdated', `the request for ${role} ${version} is void: ${why}`);
}
