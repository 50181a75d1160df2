import { z } from 'zod';
import { OPEN_STATES, type ProposalState } from './proposal.ts';
import { refuse, type Refusal } from './refusal.ts';
import { isPermitted, type Actor } from './role.ts';

/** Where proposals that belong together come from: a file, one change of many records, or the undoing of either. */
export const BatchKind = z.enum(['import', 'bulk', 'undo']).meta({ id: 'BatchKind' });
export type BatchKind = z.infer<typeof BatchKind>;

/**
 * What became of one row when the batch was made. `submitted` and `draft` have a proposal; `draft` says what is missing before it can
 * go to review. `unchanged` says nothing new, `undecided` waits for a person, `rejected` and `refused` say why not.
 */
export const BatchRowResult = z
  .enum(['submitted', 'draft', 'unchanged', 'undecided', 'rejected', 'refused'])
  .meta({ id: 'BatchRowResult' });
export type BatchRowResult = z.infer<typeof BatchRowResult>;

/** Proposals by the state they are in. */
export type StateCounts = Partial<Record<ProposalState, number>>;

/** How many of them are open. */
export function openOf(states: StateCounts): number {
  return OPEN_STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/**
 * Who may withdraw a batch whole: a contributor of every proposal of it that is open, as for each of them alone.
 * @param batch.ofOthers open proposals of it to which the actor contributed nothing
 */
export function withdrawBatchRefusal(
  batch: { states: StateCounts; ofOthers: number },
  actor: Actor,
): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  if (openOf(batch.states) === 0) return refuse('batch-closed');
  return batch.ofOthers === 0 ? undefined : refuse('not-a-contributor');
}

/**
 * Who may propose to take back what a batch brought into the directory, and when: any curator, once at a time.
 * @param batch.undoneBy the states of the proposals of each batch that undoes this one
 */
export function undoBatchRefusal(
  batch: { states: StateCounts; undoneBy: readonly StateCounts[] },
  actor: Actor,
): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  if ((batch.states.applied ?? 0) === 0) return refuse('nothing-to-undo');
  const isUndone = batch.undoneBy.some((states) => openOf(states) > 0 || (states.applied ?? 0) > 0);
  return isUndone ? refuse('already-undone') : undefined;
}
