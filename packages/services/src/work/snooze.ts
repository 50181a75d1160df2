import { refuse } from '@waymark/domain';
import { change, openAlarmsOf, Problem, snoozeWork, type Context } from '@waymark/store';
import { requireCheckable, workOf, type WorkView } from './show.ts';

/** Nothing is put off for longer at once. */
export const SNOOZE_DAYS = 30;
const DAY = 86_400_000;

/**
 * Puts the check of an entry off until a moment, with the reason the next person reads. Its dates do not move: what expires
 * meanwhile expires.
 * @throws Problem not-permitted, not-found, record-not-active, comment-required, input-invalid, unsafe-alarm-open, already-claimed
 */
export async function snoozeCheck(
  ctx: Context,
  recordId: string,
  snooze: { until: string; reason: string },
): Promise<WorkView> {
  const reason = snooze.reason.trim();
  if (reason === '') throw new Problem(refuse('comment-required'));
  return change(ctx, 'verification.write', async ({ tx, actor, now, audit }) => {
    await requireCheckable(tx, recordId);
    const until = fittingEnd(snooze.until, now);
    if (!(await snoozeWork(tx, recordId, { userId: actor.id, now, until, reason }))) {
      const isUnsafe = (await openAlarmsOf(tx, recordId)).some((alarm) => alarm.unsafe);
      throw new Problem(refuse(isUnsafe ? 'unsafe-alarm-open' : 'already-claimed'));
    }
    await audit('work.snooze', `entry:${recordId}`, { until, reason });
    return workOf(tx, recordId, now);
  });
}

/** @throws Problem input-invalid when the end is past, or too far */
function fittingEnd(until: string, now: string): string {
  const days = (Date.parse(until) - Date.parse(now)) / DAY;
  const message =
    days <= 0 ? 'Choose a moment to come' : days > SNOOZE_DAYS ? `Choose a day within ${SNOOZE_DAYS} days` : undefined;
  if (message !== undefined) throw new Problem(refuse('input-invalid', undefined, [{ path: '/snoozeUntil', message }]));
  return new Date(until).toISOString();
}
