/** How long a session may live (SECURITY §4, limits of AAL2). */
export const IDLE_MINUTES = 30;
export const LONGEST_HOURS = 12;
/** Clocks are corrected by seconds; a session that seems to begin later than that was made by a clock since set back. */
const CLOCK_SLACK = 60_000;

/**
 * Whether a session still counts: neither idle for too long nor too old, and not from the future, so that a clock set back
 * never extends it (SECURITY R-08).
 */
export function isLive(session: { createdAt: string; expiresAt: string }, now: Date): boolean {
  const age = now.getTime() - Date.parse(session.createdAt);
  return age >= -CLOCK_SLACK && age < LONGEST_HOURS * 3_600_000 && now.getTime() < Date.parse(session.expiresAt);
}
