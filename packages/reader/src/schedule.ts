/** Timers of a platform; tests give their own. */
export type Timers = { set(run: () => void, milliseconds: number): () => void };

const HOUR = 3_600_000;
/** A full look at every sixth hour, a look for withdrawals in between (SNAPSHOTS §4.8). */
const LOOKS_PER_FULL = 6;
/** Each wait is up to so much shorter or longer, or all readers of a host would come at once. */
const JITTER = 0.2;

/**
 * Looks at once, and then every hour or so until it is stopped. A look that failed is not repeated sooner: an alarm must not become
 * a storm.
 * @returns a function that stops it
 */
export function startSchedule(
  look: (what: 'all' | 'urgent') => Promise<unknown>,
  { timers, random }: { timers: Timers; random: () => number },
): () => void {
  let cancel: () => void = () => undefined;
  let stopped = false;
  const run = async (count: number): Promise<void> => {
    await look(count % LOOKS_PER_FULL === 0 ? 'all' : 'urgent');
    if (stopped) return;
    const wait = Math.round(HOUR * (1 - JITTER + 2 * JITTER * random()));
    cancel = timers.set(() => void run(count + 1), wait);
  };
  void run(0);
  return () => {
    stopped = true;
    cancel();
  };
}
