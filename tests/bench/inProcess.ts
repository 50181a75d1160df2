import { draft, exportEntries, judge, listRecords, showRecord, submit } from '@waymark/services';
import { directoryVersion, type Store } from '@waymark/store';
import { median, medianSecondsOf, ratePerSecond, ROUNDS, secondsOf } from './clock.ts';
import { note, type Results, type RowName } from './table.ts';
import {
  as,
  BROAD_SEARCHES,
  documentsToImport,
  proposeChanges,
  someEntryIds,
  someSearches,
  twoFilterQueries,
  type Waiting,
} from './workload.ts';

const PAGE = 25;
export const PAGE_400 = { limit: PAGE, offset: 399 * PAGE };
const FIRST_PAGE = { limit: PAGE, offset: 0 };
/** More than are kept (records/show.ts), so that no answer of a round is one of the round before. */
export const SEARCHES = 400;

/** The verbs of reading, without HTTP and session. */
export async function readInProcess(store: Store, results: Results, wanted: ReadonlySet<RowName>): Promise<void> {
  const ctx = as(store, 'reviewer');
  if (wanted.has('get')) {
    const ids = cycle(await someEntryIds(store, 500));
    note(results, 'get', { inProcess: await ratePerSecond(() => showRecord(ctx, 'entry', ids())) });
  }
  if (wanted.has('list')) {
    const queries = await twoFilterQueries(store);
    // As after a change of the directory, when nothing counted before is true any more.
    const first: number[] = [];
    for (const query of queries) first.push(await secondsOf(() => listRecords(ctx, 'entry', query, FIRST_PAGE)));
    const next = cycle(queries);
    note(results, 'list', { inProcess: await ratePerSecond(() => listRecords(ctx, 'entry', next(), FIRST_PAGE)) });
    results.notes.push(
      `list: ${queries.length} pairs of filters in turn. The first time after a change of the directory one takes ${ms(median(first))} (middle), ${ms(Math.max(...first))} (slowest) in process.`,
    );
  }
  if (wanted.has('deep'))
    note(results, 'deep', {
      inProcess: await ratePerSecond(() => listRecords(ctx, 'entry', { sort: 'name' }, PAGE_400)),
    });
  if (wanted.has('search')) {
    const next = cycle(await someSearches(store, SEARCHES));
    note(results, 'search', {
      inProcess: await ratePerSecond(() => listRecords(ctx, 'entry', { q: next(), sort: 'name' }, FIRST_PAGE)),
    });
    for (const q of BROAD_SEARCHES) {
      let total = 0;
      const first = await secondsOf(
        async () => (total = (await listRecords(ctx, 'entry', { q, sort: 'name' }, FIRST_PAGE)).total),
      );
      const again = await ratePerSecond(() => listRecords(ctx, 'entry', { q, sort: 'name' }, FIRST_PAGE));
      results.notes.push(
        `search: ${q} has ${total} hits; first time ${ms(first)}, then ${Math.round(again)}/s in process until the directory changes.`,
      );
    }
  }
  if (wanted.has('export')) {
    const seconds = await medianSecondsOf(async () => {
      for await (const _ of exportEntries(ctx, { state: 'active' }, 'csv'));
    });
    results.notes.push(`export: the CSV of all active entries takes ${seconds.toFixed(2)} s in process.`);
  }
}

const CHANGES_PER_ROUND = 200;
const IMPORTED_PER_ROUND = 500;
/** An importer sends rows without waiting for the one before; so their commits can share the disk. */
const AT_ONCE = 50;

/** The verbs of writing. @returns proposals that wait for their approval, for the same over HTTP */
export async function writeInProcess(
  store: Store,
  results: Results,
  wanted: ReadonlySet<RowName>,
): Promise<{ c1: Waiting[][]; c16: Waiting[][] }> {
  const waiting = { c1: [] as Waiting[][], c16: [] as Waiting[][] };
  if (wanted.has('change')) {
    let taken = 0;
    const propose = async () => {
      const proposals = await proposeChanges(store, CHANGES_PER_ROUND, { sort: 'name', offset: taken });
      taken += CHANGES_PER_ROUND;
      return proposals;
    };
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await approvalsPerSecond(store, await propose()));
    note(results, 'change', { inProcess: median(rates) });
    for (let round = 0; round < ROUNDS; round += 1) {
      waiting.c1.push(await propose());
      waiting.c16.push(await propose());
    }
  }
  if (wanted.has('import')) {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await importedPerSecond(store, `round-${round}`));
    note(results, 'import', { value: median(rates) });
    results.notes.push(
      `import: ${ROUNDS} × ${IMPORTED_PER_ROUND} new entries through draft, submit and two approvals each, ${AT_ONCE} at once: four transactions and five audit events per record.`,
    );
  }
  return waiting;
}

async function approvalsPerSecond(store: Store, proposals: Waiting[]): Promise<number> {
  const reviewer = as(store, 'reviewer');
  const before = await directoryVersion(store.read);
  const seconds = await secondsOf(async () => {
    for (const { id, contentHash } of proposals) await judge(reviewer, id, { decision: 'approve', contentHash });
  });
  if ((await directoryVersion(store.read)) === before) throw new Error('The approvals changed nothing');
  return proposals.length / seconds;
}

async function importedPerSecond(store: Store, name: string): Promise<number> {
  const documents = (await documentsToImport(store, IMPORTED_PER_ROUND, name)).values();
  const curator = as(store, 'curator');
  const importer = async () => {
    for (const doc of documents) {
      const drafted = await draft(curator, {
        kind: 'create',
        recordType: 'entry',
        doc,
        summary: 'Import',
        part: 'importer',
      });
      const { id, contentHash } = await submit(curator, drafted.id);
      await judge(as(store, 'reviewer'), id, { decision: 'approve', contentHash });
      const { state } = await judge(as(store, 'secondReviewer'), id, { decision: 'approve', contentHash });
      if (state !== 'applied') throw new Error(`An imported entry is ${state}`);
    }
  };
  return IMPORTED_PER_ROUND / (await secondsOf(() => Promise.all(Array.from({ length: AT_ONCE }, importer))));
}

/** Gives one after the other, round and round. */
export function cycle<T>(items: readonly T[]): () => T {
  let at = 0;
  return () => items[(at += 1) % items.length]!; // Within the list by the remainder; the lists are not empty.
}

const ms = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`;
