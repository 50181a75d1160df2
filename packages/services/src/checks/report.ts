import { judge, type CheckOutcome, type CheckReport, type Raise, type WatchState } from '@waymark/domain';
import {
  change,
  dropWatch,
  putWatch,
  sha256Hex,
  watchRows,
  type Change,
  type Context,
  type WatchRow,
} from '@waymark/store';
import { raiseAlarm } from '../alarms/raise.ts';
import { markOf } from './due.ts';
import { targetKey, watchTargets, type Target } from './targets.ts';

/** What became of a batch. `unknown`: not published any more, or never; nothing was kept of it. */
export type Reported = { kept: number; failing: number; raised: number; unknown: number };

/**
 * Keeps what the watcher found and raises the alarms that follow from it. It edits no record, confirms nothing and closes no alarm.
 * The watcher's word is taken for what a published address answered, and for nothing else: which addresses, since when and what
 * it means is decided here.
 * @param ctx its actor is `system:watcher`
 */
export async function reportChecks(ctx: Context, reports: readonly CheckReport[]): Promise<Reported> {
  const targets = await watchTargets(ctx.store);
  return change(ctx, 'system', async (open) => {
    const rows = new Map((await watchRows(open.tx)).map((row) => [targetKey(row), row]));
    const reported: Reported = { kept: 0, failing: 0, raised: 0, unknown: 0 };
    for (const { recordId, path, url, result } of reports) {
      const key = targetKey({ recordId, path });
      const target = targets.get(key);
      if (target?.url !== url) {
        reported.unknown += 1;
        continue;
      }
      const before = rows.get(key);
      const { state, raise } = judge(result, stateOf(before, url), open.now, spreadOf(key, open.now));
      const row = toRow(target, state);
      rows.set(key, row);
      await putWatch(open.tx, row);
      reported.kept += 1;
      if (state.failures > 0) reported.failing += 1;
      if (raise) reported.raised += await raiseAll(open, target, raise);
    }
    for (const [key, row] of rows) if (!targets.has(key)) await dropWatch(open.tx, row);
    await open.audit('check.report', 'watch:batch', { ...reported });
    return reported;
  });
}

/** @returns how many of the alarms are new */
async function raiseAll(open: Change, { url, speaksOf }: Target, raise: Raise): Promise<number> {
  let raised = 0;
  for (const fact of speaksOf) {
    const { isNew } = await raiseAlarm(open, { ...fact, ...raise, detail: { url, ...raise.detail } });
    if (isNew) raised += 1;
  }
  return raised;
}

/** A row about another address than the one published now says nothing about it. */
function stateOf(row: WatchRow | undefined, url: string): WatchState | undefined {
  if (row?.url !== url) return undefined;
  const { nextAt, lastAt, lastOutcome, failingSince, failures, fingerprint, finalUrl } = row;
  // The column holds what `toRow` wrote.
  return {
    nextAt,
    lastAt,
    lastOutcome: lastOutcome as CheckOutcome | null,
    failingSince,
    failures,
    mark: markOf(fingerprint) ?? null,
    finalUrl,
  };
}

function toRow({ recordId, path, url, host }: Target, { mark, ...state }: WatchState): WatchRow {
  return { recordId, path, url, host, ...state, fingerprint: mark === null ? null : JSON.stringify(mark) };
}

/** From 0 to 1, another for each address and time: looks that were due together drift apart. */
const spreadOf = (key: string, now: string): number =>
  Number.parseInt(sha256Hex(key + now).slice(0, 8), 16) / 0xffffffff;
