import { z } from 'zod';
import { Id, Instant, LocalId } from './identity.ts';
import { URGENT_REASONS } from './urgentRule.ts';

/** Why something may not be shown for now: the code alone, never the note, which could help whoever hijacked a number. */
export const UrgentReason = z.enum(URGENT_REASONS).meta({ id: 'UrgentReason' });
export type UrgentReason = z.infer<typeof UrgentReason>;

export const UrgentWithdrawal = z
  .strictObject({
    id: Id.meta({ description: 'Entry' }),
    channels: z
      .array(LocalId)
      .min(1)
      .optional()
      .meta({ description: 'Only these channels; the whole entry when left out' }),
    reason: UrgentReason,
    since: Instant,
  })
  .meta({ id: 'UrgentWithdrawal' });
export type UrgentWithdrawal = z.infer<typeof UrgentWithdrawal>;

/** Where the file of the urgent lane lies among the targets of the delegated role `urgent`. */
export const URGENT_PATH = 'urgent/withdrawn.json';

/**
 * `urgent/withdrawn.json` (SNAPSHOTS §4.5): everything withdrawn at this moment, whole each time, sorted by id. It can hide and
 * mark, and nothing else; a reader ignores it for what a later full snapshot no longer holds (`applyUrgent`).
 */
export const UrgentWithdrawals = z
  .strictObject({
    schema: z.literal('1'),
    sequence: z.int().positive().meta({ description: 'Only rises' }),
    issuedAt: Instant,
    withdrawn: z.array(UrgentWithdrawal),
  })
  .meta({ id: 'UrgentWithdrawals', description: 'Withdrawn at once, ahead of the next snapshot' });
export type UrgentWithdrawals = z.infer<typeof UrgentWithdrawals>;
