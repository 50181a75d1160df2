/** Days until somebody tries again after the first, second and third time nobody answered (DOMAIN §3.6). */
const WAITS = [1, 3, 7] as const;

const DAY = 86_400_000;

/**
 * When to try again after an attempt that reached nobody: the next working day, then three, then seven days later, never on a
 * Saturday or Sunday.
 * @param attempt the one that failed, from 1
 * @param now when it failed (UTC, ISO 8601); the time of day stays
 * @returns null after the fourth: a lead decides then whether to keep, suspend or retire
 */
export function nextAttemptAt(attempt: number, now: string): string | null {
  const wait = WAITS[attempt - 1];
  if (wait === undefined) return null;
  const at = new Date(Date.parse(now) + wait * DAY);
  while (at.getUTCDay() === 0 || at.getUTCDay() === 6) at.setTime(at.getTime() + DAY);
  return at.toISOString();
}
