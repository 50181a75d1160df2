/** Says yes so many times in a window of time for one key; knows nothing but counts, and only in memory. */
export type Throttle = { take(key: string): boolean };

/** Keys beyond this push out the oldest: somebody with a million addresses must not fill the memory. */
const MOST_KEYS = 50_000;

export function createThrottle(options: { limit: number; seconds: number; now: () => Date }): Throttle {
  const counts = new Map<string, { until: number; taken: number }>();
  return {
    take(key) {
      const now = options.now().getTime();
      const known = counts.get(key);
      if (known && known.until > now) {
        if (known.taken >= options.limit) return false;
        known.taken += 1;
        return true;
      }
      counts.delete(key);
      const [oldest] = counts.keys();
      if (counts.size >= MOST_KEYS && oldest !== undefined) counts.delete(oldest);
      counts.set(key, { until: now + options.seconds * 1000, taken: 1 });
      return true;
    },
  };
}
