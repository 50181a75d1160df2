import type { Logger } from 'pino';
import { takeLease, type Context } from '@waymark/store';

/** Work that nobody asks for: it runs at the start and then again and again. */
export type Job = { name: string; everyMinutes: number; run: () => Promise<unknown> };

/** How long a process that died keeps others from its jobs. */
const LEASE_MINUTES = 2;

/**
 * Runs jobs by the clock. A job takes a lease while it works, so that a second process does no harm (DESIGN §8); one that
 * fails is logged and runs again when its time comes.
 * @returns a way to stop that waits for what is running
 */
export function startJobs(
  jobs: readonly Job[],
  ctx: Pick<Context, 'store' | 'now' | 'newId'>,
  log: Logger,
): { stop(): Promise<void> } {
  const holder = ctx.newId();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const hold = (name: string, minutes: number) => {
    const now = ctx.now();
    const until = new Date(now.getTime() + minutes * 60_000).toISOString();
    return ctx.store.transaction((tx) => takeLease(tx, name, holder, now.toISOString(), until));
  };
  const attempt = async (job: Job): Promise<void> => {
    try {
      if (!(await hold(job.name, LEASE_MINUTES))) {
        timers.add(setTimeout(start, LEASE_MINUTES * 60_000, job).unref());
        return;
      }
      await job.run();
      await hold(job.name, 0);
    } catch (error) {
      log.error(
        { job: job.name, err: error instanceof Error ? { name: error.name, message: error.message } : {} },
        'job failed',
      );
    }
  };
  const start = (job: Job) => {
    const turn = attempt(job).finally(() => running.delete(turn));
    running.add(turn);
  };
  for (const job of jobs) {
    start(job);
    timers.add(setInterval(start, job.everyMinutes * 60_000, job).unref());
  }
  return {
    async stop() {
      timers.forEach(clearTimeout);
      await Promise.all(running);
    },
  };
}
