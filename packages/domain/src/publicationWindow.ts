import { z } from 'zod';
import { isOpenAt } from './hours.ts';
import { TimeZone } from './timeZone.ts';

const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, { error: 'Write a quarter of an hour, such as 09:00' });

/** When snapshots go out: once a week, so that signers know when they are asked (SNAPSHOTS §4.14). */
export const PublicationWindow = z
  .strictObject({
    day: z.enum(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']),
    from: Clock,
    to: Clock,
    tz: TimeZone,
  })
  .refine(({ from, to }) => from < to, { error: 'It must end after it begins, on the same day' })
  .meta({ id: 'PublicationWindow', description: 'When snapshots usually go out; another time is possible, and said' });
export type PublicationWindow = z.infer<typeof PublicationWindow>;

/** Where the policy says nothing. */
export const DEFAULT_WINDOW: PublicationWindow = { day: 'th', from: '09:00', to: '17:00', tz: 'UTC' };

export type OpenWindow = { opensAt: string; closesAt: string; isOpen: boolean };

const QUARTER = 900_000;
/** A week, and a day for the clocks that change in it. */
const QUARTERS_AHEAD = 8 * 96;

/** The window that is open at a moment, or else the next one. */
export function windowAt(window: PublicationWindow, now: Date): OpenWindow {
  const hours = {
    kind: 'weekly' as const,
    tz: window.tz,
    weekly: [{ days: [window.day], from: window.from, to: window.to }],
  };
  // Every zone's clock is a whole number of quarters away from UTC.
  const isOpen = (at: number) => isOpenAt(hours, new Date(at).toISOString()) === true;
  const start = Math.floor(now.getTime() / QUARTER) * QUARTER;
  let opens = start;
  if (isOpen(start)) while (isOpen(opens - QUARTER)) opens -= QUARTER;
  else for (let step = 0; step < QUARTERS_AHEAD && !isOpen(opens); step += 1) opens += QUARTER;
  let closes = opens + QUARTER;
  while (isOpen(closes)) closes += QUARTER;
  return {
    opensAt: new Date(opens).toISOString(),
    closesAt: new Date(closes).toISOString(),
    isOpen: opens <= now.getTime(),
  };
}
