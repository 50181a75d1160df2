import {
  pageAlarms,
  recordReferences,
  userNames,
  type AlarmQuery,
  type AlarmRow,
  type Context,
  type Reader,
} from '@waymark/store';

/** An alarm with the names of the entry and of people. Jobs go by their own name, `system:watcher`. */
export type AlarmView = AlarmRow & { recordName: string; raisedByName: string; closedByName: string | null };

/** One page of alarms: open ones unsafe first and then the longest waiting, closed ones newest first. */
export async function listAlarms(
  ctx: Pick<Context, 'store'>,
  query: AlarmQuery,
  page: { limit: number; offset: number },
): Promise<{ data: AlarmView[]; total: number }> {
  const { read } = ctx.store;
  const { data, total } = await pageAlarms(read, query, page);
  const names = await userNames(
    read,
    data.flatMap((row) => [row.raisedBy, ...(row.closedBy === null ? [] : [row.closedBy])]),
  );
  return { data: data.map((row) => ({ ...row, ...namesOf(row, names) })), total };
}

export async function alarmView(read: Reader, row: AlarmRow): Promise<AlarmView> {
  const names = await userNames(read, [row.raisedBy, ...(row.closedBy === null ? [] : [row.closedBy])]);
  const { [row.recordId]: record } = await recordReferences(read, [row.recordId]);
  return { ...row, recordName: record?.name ?? row.recordId, ...namesOf(row, names) };
}

function namesOf({ raisedBy, closedBy }: AlarmRow, names: ReadonlyMap<string, string>) {
  return {
    raisedByName: names.get(raisedBy) ?? raisedBy,
    closedByName: closedBy === null ? null : (names.get(closedBy) ?? closedBy),
  };
}
