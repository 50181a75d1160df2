import { SigningRequest } from '@waymark/domain';
import { readRoot, requireRenewal, reviewRoot } from '@waymark/tuf';
import { beside, findFile, readTravelling } from '../../travellingFile.ts';
import { printRenewal, printRootReview, type Say } from './printReview.ts';
import { findRootBefore, type Before } from './rootBefore.ts';

/** What was read and shown, and the keys that may sign it: keyid → name. */
export type Reviewed = { request: SigningRequest; signers: Map<string, string>; shown: readonly string[] };

/**
 * Reads, checks and prints a request of a root ceremony: a root, or the targets that have to be signed again for it.
 * @throws Error when the file is something else; TufProblem `request-refused`, `root-refused`
 */
export async function reviewRequest(file: string, before: Before): Promise<Reviewed> {
  const request = await readTravelling(file, SigningRequest, 'a request of this program');
  const shown: string[] = [];
  const say = (line: string) => {
    console.log(line);
    shown.push(line);
  };
  if (request.role === 'root') return { ...(await reviewRootRequest(file, request, { before, say })), shown };
  if (request.role === 'targets') return { ...(await reviewRenewal(file, request, { before, say })), shown };
  throw new Error(`${file} is a request for ${request.role}: read it with \`waymark review\``);
}

type Looking = { before: Before; say: Say };

async function reviewRootRequest(
  file: string,
  request: SigningRequest,
  { before, say }: Looking,
): Promise<Omit<Reviewed, 'shown'>> {
  const previous = await findRootBefore(file, request, before);
  const review = reviewRoot({ request, previous, now: new Date() });
  printRootReview(review, previous, say);
  const keys = [...(review.before?.root.keys ?? []), ...review.after.root.keys];
  return { request, signers: new Map(keys.map(({ keyid, name }) => [keyid, name ?? keyid])) };
}

// Its signers are named by two roots, the present one and the next, which is a request itself while people sign.
async function reviewRenewal(
  file: string,
  request: SigningRequest,
  { before, say }: Looking,
): Promise<Omit<Reviewed, 'shown'>> {
  const next = await readTravelling(beside(file, 'root.request.json'), SigningRequest, 'the request for the next root');
  const root = await findRootBefore(file, next, before);
  const targets = await findFile(beside(file, `${request.previous?.version}.targets.json`));
  if (!root || !targets) throw new Error(`Put root and targets before (N.root.json, N.targets.json) beside ${file}`);
  const review = reviewRoot({ request: next, previous: root, now: new Date() });
  printRenewal(request, requireRenewal(request, targets, readRoot(root)), say);
  const keys = [...(review.before?.targets.keys ?? []), ...review.after.targets.keys];
  return { request, signers: new Map(keys.map(({ keyid, name }) => [keyid, name ?? keyid])) };
}
