import { isPermitted, refuse, type Refusal, type RefusalCode } from '@waymark/domain';
import { findActor, Problem, type Context } from '@waymark/store';
import type { TufProblem, TufProblemCode } from '@waymark/tuf';

const STORAGE: readonly TufProblemCode[] = [
  'tree-broken',
  'tree-not-writable',
  'tree-busy',
  'tree-changed',
  'version-exists-with-other-bytes',
];

/** A refusal to sign or write the tree, in the product's words. */
export function refusalOf({ code, message }: TufProblem): Refusal {
  if (code === 'request-outdated' || code === 'request-expired') return refuse('signing-request-void', message);
  if (code === 'versions-far-ahead') return refuse(code, message);
  if (code === 'threshold-not-met' || code.startsWith('signature-')) return refuse('signatures-missing', message);
  const known: RefusalCode = STORAGE.includes(code) ? 'storage-failed' : 'publishing-off';
  return refuse(known, message);
}

/**
 * Says no before minutes of work are done for somebody who may not; `change()` decides again when it is written.
 * @throws Problem not-signed-in, not-permitted
 */
export async function requirePublisher({ store, actorId }: Context): Promise<void> {
  const actor = await findActor(store.read, actorId);
  if (actor?.status !== 'active') throw new Problem(refuse('not-signed-in'));
  if (!isPermitted(actor, 'snapshot.publish')) throw new Problem(refuse('not-permitted'));
}
