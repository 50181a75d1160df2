import { inTurn, type Publishing } from './publishing.ts';

/** What became of a look at root, keys and policy on disk. */
export type Taken = 'unchanged' | 'taken' | 'refused';

/**
 * Takes a root that was published beside the running server, with the keys and the policy that came with it, or waits for
 * whoever is at work with the tree. Every verb that prepares, signs or publishes does so by itself; this is for a timer.
 * @returns `refused` when a start would refuse what lies there now: the old ones stay in use, and `notTaken` says why
 */
export function takeRoot(publishing: Publishing): Promise<Taken> {
  let taken: Taken = 'unchanged';
  const before = publishing.rootVersion;
  return inTurn(publishing, async () => {
    if (publishing.notTaken !== null) taken = 'refused';
    else if (publishing.rootVersion !== before) taken = 'taken';
    return taken;
  });
}
