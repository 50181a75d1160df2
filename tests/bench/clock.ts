/** The middle of several runs; a machine that was busy for a moment does not count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const value = sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
  if (value === undefined) throw new Error('There is no median of nothing');
  return value;
}

export const ROUNDS = 3;
const SECONDS = 1;

/** How often per second an act can be repeated, one after the other: median of several rounds after a warm-up. */
export async function ratePerSecond(act: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 20; i += 1) await act();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < SECONDS * 1000) {
      await act();
      done += 1;
    }
    rounds.push(done / ((performance.now() - start) / 1000));
  }
  return median(rounds);
}

/** Seconds an act takes. */
export async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

/** Median of the seconds an act takes in several rounds. */
export async function medianSecondsOf(act: () => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) seconds.push(await secondsOf(act));
  return median(seconds);
}
