import { optionsOf, type Entry } from '@waymark/domain';
import {
  clearStandings,
  countOptions,
  eachRecord,
  isStandingMissing,
  putVerificationState,
  type Context,
} from '@waymark/store';
import { standingNow } from './project.ts';

/** `rebuildStanding` where anything is missing: at every start, since the data may be older than this program. */
export async function ensureStanding(ctx: Pick<Context, 'store'>): Promise<void> {
  if (await isStandingMissing(ctx.store.read)) await rebuildStanding(ctx);
}

/**
 * Writes anew everything that follows from events, revisions and alarms: after a restore, or for data that is older than the
 * tables it is kept in. It is no change of the directory, so the log says nothing of it.
 * @returns how many entries there are
 */
export function rebuildStanding({ store }: Pick<Context, 'store'>): Promise<number> {
  return store.transaction(async (tx) => {
    await clearStandings(tx);
    // All are counted before the first is weighed: whether it is a sole option depends on the others.
    for await (const { doc, state } of eachRecord(tx, 'entry')) {
      await countOptions(tx, [...optionsOf({ ...(doc as Entry), state })], 1);
    }
    let entries = 0;
    for await (const record of eachRecord(tx, 'entry')) {
      await putVerificationState(tx, record.id, await standingNow(tx, record));
      entries += 1;
    }
    return entries;
  });
}
