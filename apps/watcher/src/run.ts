import { setTimeout as pause } from 'node:timers/promises';
import type { CheckReport, DueCheck } from '@waymark/domain';
import { check } from './check.ts';
import type { DirectoryApi } from './directoryApi.ts';
import { fetchPage, type Visitor } from './fetchPage.ts';

/** How many are looked at in one go, at once, and how long between two pages of one host. */
export type Pace = { batch: number; parallel: number; hostPauseMs: number };

export const PACE: Pace = { batch: 50, parallel: 4, hostPauseMs: 1_000 };

/**
 * Looks once at what is due and reports it. At most `parallel` visits at a time and one per host; a page that many entries name is
 * opened once.
 * @returns how many published addresses were looked at
 */
export async function runOnce(
  api: DirectoryApi,
  visitor: Visitor,
  options: { now: () => Date; pace?: Pace; signal?: AbortSignal },
): Promise<number> {
  const { now, pace = PACE, signal } = options;
  const due = await api.due(pace.batch);
  if (due.length === 0) return 0;
  const hosts = groupBy(due, ({ url }) => hostOf(url));
  const reports: CheckReport[] = [];
  const waiting = [...hosts.values()];
  const work = async (): Promise<void> => {
    for (let ofHost = waiting.shift(); ofHost && !signal?.aborted; ofHost = waiting.shift())
      reports.push(...(await visitHost(ofHost, visitor, { now, pause: pace.hostPauseMs, signal })));
  };
  await Promise.all(Array.from({ length: pace.parallel }, work));
  if (reports.length > 0) await api.report(reports);
  return reports.length;
}

async function visitHost(
  due: readonly DueCheck[],
  visitor: Visitor,
  options: { now: () => Date; pause: number; signal: AbortSignal | undefined },
): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const [url, items] of groupBy(due, ({ url }) => url)) {
    if (options.signal?.aborted) break;
    if (reports.length > 0) await pause(options.pause);
    const visit = await fetchPage(url, visitor);
    reports.push(
      ...items.map((item) => ({
        recordId: item.recordId,
        path: item.path,
        url,
        result: check(item, visit, options.now()),
      })),
    );
  }
  return reports;
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Between two goes: short while there is more, longer when nothing was due, ever longer while the server does not answer. */
const SOON = 5_000;
const IDLE = 60_000;
const LONGEST = 15 * 60_000;

/**
 * Goes on until it is told to stop.
 * @param say tells the console: counts and troubles with our own server, never an address
 */
export async function run(
  api: DirectoryApi,
  visitor: Visitor,
  { signal, say }: { signal: AbortSignal; say: (words: string) => void },
): Promise<void> {
  let troubles = 0;
  while (!signal.aborted) {
    let wait = IDLE;
    try {
      const looked = await runOnce(api, visitor, { now: () => new Date(), signal });
      troubles = 0;
      if (looked > 0) say(`Looked at ${looked} addresses.`);
      if (looked > 0) wait = SOON;
    } catch (error) {
      troubles += 1;
      wait = Math.min(LONGEST, SOON * 2 ** Math.min(troubles - 1, 10));
      say(`${error instanceof Error ? error.message : String(error)}; trying again in ${wait / 1000} s.`);
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}
