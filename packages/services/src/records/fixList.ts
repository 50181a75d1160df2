import type { DirectoryRecord, Entry } from '@waymark/domain';
import { ENTRY_HEADER, FIX_COLUMNS, toEntryRow } from '@waymark/import';
import {
  eachMatching,
  openAlarmsByRecord,
  pageDue,
  verificationStatesOf,
  type AlarmRow,
  type Context,
  type RecordQuery,
  type VerificationStateRow,
} from '@waymark/store';
import { queryOfDue, type DueFilter } from '../due/list.ts';
import { faultsOf, isFaulty } from './faults.ts';
import { inPortions } from './inPortions.ts';

/** So many entries are looked at together. */
const AT_ONCE = 500;

/**
 * The active entries of a list that are broken or stale, to be mended elsewhere and sent back as an import: the table of entries, and
 * behind it what is wrong and since when. Only cells that were edited change anything.
 */
export async function* fixListOfEntries(ctx: Context, query: RecordQuery): AsyncGenerator<readonly string[]> {
  yield HEADER;
  const found = eachMatching(ctx.store.read, 'entry', { ...query, state: 'active' }, AT_ONCE);
  for await (const records of inPortions(found, AT_ONCE)) yield* rowsOf(ctx, records, isFaulty);
}

/** The same of the queue of checks, the most pressing first: all that its filter lets pass. */
export async function* fixListOfDue(ctx: Context, filter: DueFilter): AsyncGenerator<readonly string[]> {
  yield HEADER;
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const query = queryOfDue(filter, ctx.actorId, now);
  for (let offset = 0; ; offset += AT_ONCE) {
    const { ids } = await pageDue(read, query, now, { limit: AT_ONCE, offset });
    const records = new Map<string, DirectoryRecord>();
    for await (const record of eachMatching(read, 'entry', { ids })) records.set(record.id, record);
    yield* rowsOf(
      ctx,
      ids.flatMap((id) => records.get(id) ?? []),
      () => true,
    );
    if (ids.length < AT_ONCE) return;
  }
}

const HEADER: readonly string[] = [...ENTRY_HEADER, ...FIX_COLUMNS];

async function* rowsOf(
  ctx: Context,
  records: readonly DirectoryRecord[],
  isWanted: typeof isFaulty,
): AsyncGenerator<readonly string[]> {
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const ids = records.map(({ id }) => id);
  const [states, alarms] = [await verificationStatesOf(read, ids), await openAlarmsByRecord(read, ids)];
  for (const { id, doc, revision } of records) {
    const about: [VerificationStateRow | undefined, readonly AlarmRow[]] = [states.get(id), alarms.get(id) ?? []];
    if (isWanted(...about, now))
      yield [...toEntryRow({ doc: doc as Entry, revision }), ...faultCells(faultsOf(...about, now))]; // Of that type alone.
  }
}

function faultCells(faults: ReturnType<typeof faultsOf>): string[] {
  return [faults.map(({ words }) => words).join('\n'), faults.map(({ since }) => since.slice(0, 10)).join('\n')];
}
