import {
  countConfidence,
  countDueStates,
  countOpenAlarms,
  putDayFigures,
  waitingReviews,
  type Context,
} from '@waymark/store';

/**
 * Keeps the figures of the day, for trends: run often, the last run of a day says how it ended. They follow from what stands in the
 * log already, so they have no line of their own there.
 */
export async function recordDayFigures({ store, now }: Pick<Context, 'store' | 'now'>): Promise<void> {
  const at = now().toISOString();
  const { read } = store;
  const confidence = { high: 0, medium: 0, low: 0, none: 0, contradicted: 0 };
  for (const row of await countConfidence(read, at)) confidence[row.confidence] += row.entries;
  const alarms = await countOpenAlarms(read);
  const figures = {
    ...(await countDueStates(read, at)),
    ...Object.fromEntries(Object.entries(confidence).map(([name, value]) => [`confidence.${name}`, value])),
    alarms: alarms.open,
    unsafe: alarms.unsafe,
    reviews: (await waitingReviews(read)).waiting,
  };
  await store.transaction((tx) => putDayFigures(tx, at.slice(0, 10), figures));
}
