import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../support/server.ts';
import { measureBulk } from './bulk.ts';
import { secondsOf } from './clock.ts';
import { fillDatabase, openFilledStore } from './fill.ts';
import { measureImports } from './imports.ts';
import { readInProcess, SEARCHES, writeInProcess } from './inProcess.ts';
import { measureOverHttp, type HttpWork } from './overHttp.ts';
import { adminScripts, coldStart, memoryAtRest, productionInstall } from './product.ts';
import { measureFirstRefresh, measureReaders, type Refreshes } from './readers.ts';
import { measureRefreshes } from './refreshes.ts';
import { needsChanges, publishChanges, publishFirst } from './snapshots.ts';
import { machineLine, note, ROWS, tableOf, type Results, type RowName } from './table.ts';
import { someEntryIds, someSearches, twoFilterQueries } from './workload.ts';

const HELP = `npm run bench -- [--entries 100000] [--only get,list,…] [--fill folder] [--without-install]
  --entries          how many entries the directory has, 10000 or more
  --only             rows to measure: ${Object.keys(ROWS).join(', ')}
  --fill             keeps the filled database in this folder, for the next time
  --without-install  leaves out the size of a production install, which takes a minute or two`;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '100000' },
    only: { type: 'string' },
    fill: { type: 'string' },
    'without-install': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const entries = Number(values.entries);
const rows = Object.keys(ROWS).filter((row) => row !== 'install' || !values['without-install']);
const asked = values.only?.split(',') ?? rows;
const unknown = asked.filter((row) => !(row in ROWS));
if (values.help || unknown.length > 0 || !Number.isInteger(entries) || entries < 10_000) {
  console.log(unknown.length > 0 ? `There is no row ${unknown.join(', ')}.\n${HELP}` : HELP);
  process.exit(values.help ? 0 : 1);
}
const wanted = new Set(asked as RowName[]); // Each is a key of ROWS, see above.

const results: Results = { rows: {}, notes: [] };
const data = mkdtempSync(join(tmpdir(), 'waymark-bench-'));
try {
  console.log(`Waymark bench, ${entries} entries made from the real ones. ${machineLine()}`);
  await fill();
  const work = await measureInProcess();
  const refreshes = await measureSnapshots();
  if (wanted.has('start'))
    await step('cold starts', async () => note(results, 'start', { value: await coldStart(data) }));
  await measureServer(work, refreshes);
  if ([...wanted].some((row) => row.startsWith('import-')))
    await step('a list of 5,000 rows', () => measureImports(results));
  if (wanted.has('install'))
    await step('production install', async () => note(results, 'install', { value: productionInstall() }));
  console.log(`\n${tableOf(results)}\n\n${machineLine()}`);
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** A directory that large through the verbs would take the better part of an hour; so it is written past them. */
async function fill(): Promise<void> {
  const file = join(data, 'waymark.sqlite');
  const kept = values.fill && join(values.fill, `waymark-bench-${entries}.sqlite`);
  if (kept && existsSync(kept)) cpSync(kept, file);
  else await step('filling (not the import row: rows are written past the verbs)', () => fillDatabase(file, entries));
  if (kept && !existsSync(kept)) {
    mkdirSync(values.fill ?? '', { recursive: true });
    cpSync(file, kept);
  }
}

async function measureInProcess(): Promise<HttpWork> {
  const store = openFilledStore(join(data, 'waymark.sqlite'));
  try {
    await step('reading in process', () => readInProcess(store, results, wanted));
    const ids = await someEntryIds(store, 500);
    const lists = await twoFilterQueries(store);
    const searches = await someSearches(store, SEARCHES);
    let waiting: HttpWork['waiting'] = { c1: [], c16: [] };
    await step('writing in process', async () => (waiting = await writeInProcess(store, results, wanted)));
    return { ids, lists, searches, waiting };
  } finally {
    store.close();
  }
}

/** @returns what readers asked for on the way, where a row wants to know */
async function measureSnapshots(): Promise<Refreshes | undefined> {
  const isRead = [...wanted].some((row) => row.startsWith('reader-') || row.startsWith('refresh-'));
  await step('the first snapshot', () => publishFirst(data, results, wanted));
  const device = isRead ? await measureFirstRefresh(data, results, wanted) : undefined;
  if (needsChanges(wanted)) await step('one after 100 changes', () => publishChanges(data, results, wanted));
  let refreshes: Refreshes | undefined;
  if (device) await step('readers', async () => (refreshes = await measureReaders(data, device, results, wanted)));
  return refreshes;
}

async function measureServer(work: HttpWork, refreshes: Refreshes | undefined): Promise<void> {
  const server = await startServer({ data });
  try {
    if (wanted.has('memory'))
      await step('memory at rest', async () => note(results, 'memory', { value: await memoryAtRest(server) }));
    await step('requests', () => measureOverHttp(server, work, results, wanted));
    if (refreshes) await step('refreshes', () => measureRefreshes(server.url, refreshes, results, wanted));
    if ([...wanted].some((row) => row.startsWith('bulk-')))
      await step('one change of 5,000 entries', () => measureBulk(server, results));
    if (!wanted.has('admin')) return;
    await step('the admin in a browser', async () => {
      const kilobytes = await adminScripts(server.url);
      if (kilobytes === undefined) results.notes.push('admin: no Chromium found; name one in CHROMIUM_PATH.');
      else note(results, 'admin', { value: kilobytes });
    });
  } finally {
    await server.stop();
  }
}

async function step(what: string, act: () => Promise<unknown>): Promise<void> {
  process.stdout.write(`  ${what} … `);
  console.log(`${(await secondsOf(act)).toFixed(1)} s`);
}
