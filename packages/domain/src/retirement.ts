import { z } from 'zod';
import { CalendarDate, Id } from './identity.ts';
import { localText } from './localText.ts';
import { refuse, type Refusal } from './refusal.ts';
import { REASONS_WITH_SUCCESSOR, RetireReason } from './vocabulary.ts';

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

/** What a proposal to retire must say of why. */
export function retirementRefusal(retirement: Retirement | undefined): Refusal | undefined {
  if (!retirement)
    return refuse('document-invalid', undefined, [{ path: '/retirement', message: 'Give the reason for retiring' }]);
  if (!REASONS_WITH_SUCCESSOR.includes(retirement.reason) || retirement.successors.length > 0) return undefined;
  return refuse('successor-required', undefined, [
    { path: '/retirement/successors', message: 'Choose who people should turn to instead' },
  ]);
}
