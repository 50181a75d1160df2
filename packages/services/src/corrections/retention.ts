import type { Store } from '@waymark/store';

export const DAY = 86_400_000;
/** SECURITY M-04: never longer than this, whatever becomes of it … */
export const LONGEST_DAYS = 90;
/** … and no longer than this once it was decided. */
export const DECIDED_DAYS = 30;

/** When a correction that is decided now goes. */
export function purgeAfterDecision(receivedAt: string, now: string): string {
  const last = Math.min(Date.parse(receivedAt) + LONGEST_DAYS * DAY, Date.parse(now) + DECIDED_DAYS * DAY);
  return new Date(last).toISOString();
}

const TRIES = 20;
const BETWEEN_TRIES = 200;

/**
 * Leaves no byte of deleted rows: pages were overwritten when they were deleted (`secure_delete`), and the log is emptied here.
 * Waits some seconds for whoever reads an older state; after that the hourly purge does it.
 */
export async function forget(store: Store): Promise<boolean> {
  for (let n = 0; n < TRIES; n += 1) {
    if (await store.emptyLog()) return true;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
  }
  return false;
}
