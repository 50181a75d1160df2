import { z } from 'zod';

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
