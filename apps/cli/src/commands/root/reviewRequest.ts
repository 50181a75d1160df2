import { SigningRequest } from '@waymark/domain';
import { readRoot, requireRenewal, reviewRoot } from '@waymark/tuf';
import { beside, findFile, readTravelling } from '../../travellingFile.ts';
import { printRenewal, printRootReview } from './printReview.ts';
import { findRootBefore, type Before } from './rootBefore.ts';

/** What was read, and the keys that may sign it: keyid → name. */
export type Reviewed = { request: SigningRequest; signers: Map<string, string> };

/**
 * Reads, checks and prints a request of a root ceremony: a root, or the targets that have to be signed again for it.
 * @throws Error when the file is something else; TufProblem `request-refused`, `root-refused`
 */
export async function reviewRequest(file: string, before: Before): Promise<Reviewed> {
  const request = await readTravelling(file, SigningRequest, 'a request of this program');
  if (request.role === 'root') return reviewRootRequest(file, request, before);
  if (request.role === 'targets') return reviewRenewal(file, request, before);
  throw new Error(`${file} is a request for ${request.role}: read it with \`waymark review\``);
}

async function reviewRootRequest(file: string, request: SigningRequest, from: Before): Promise<Reviewed> {
  const previous = await findRootBefore(file, request, from);
  const review = reviewRoot({ request, previous, now: new Date() });
  printRootReview(review, previous);
  const keys = [...(review.before?.root.keys ?? []), ...review.after.root.keys];
  return { request, signers: new Map(keys.map(({ keyid, name }) => [keyid, name ?? keyid])) };
}

// Its signers are named by two roots, the present one and the next, which is a request itself while people sign.
async function reviewRenewal(file: string, request: SigningRequest, from: Before): Promise<Reviewed> {
  const next = await readTravelling(beside(file, 'root.request.json'), SigningRequest, 'the request for the next root');
  const root = await findRootBefore(file, next, from);
  const targets = await findFile(beside(file, `${request.previous?.version}.targets.json`));
  if (!root || !targets) throw new Error(`Put root and targets before (N.root.json, N.targets.json) beside ${file}`);
  const review = reviewRoot({ request: next, previous: root, now: new Date() });
  printRenewal(request, requireRenewal(request, targets, readRoot(root)));
  const keys = [...(review.before?.targets.keys ?? []), ...review.after.targets.keys];
  return { request, signers: new Map(keys.map(({ keyid, name }) => [keyid, name ?? keyid])) };
}
