import { z } from 'zod';
import { CalendarDate, Id } from './identity.ts';
import { localText } from './localText.ts';
import { RetireReason } from './vocabulary.ts';

/** Why a record left the directory, and where people go instead (DOMAIN §3.7). Becomes its tombstone. */
export const Retirement = z
  .strictObject({
    reason: RetireReason,
    successors: z.array(Id).max(10).default([]),
    effectiveFrom: CalendarDate.optional(),
    overlapUntil: CalendarDate.optional(),
    redirect: z.enum(['auto', 'ask', 'none']).default('ask'),
    publicNote: localText(300).optional(),
  })
  .meta({ id: 'Retirement', description: 'Why a record left, and its successors' });
export type Retirement = z.infer<typeof Retirement>;
