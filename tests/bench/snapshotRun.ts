// Publishes one snapshot in a process of its own, so that its peak memory is its own. Prints one line of JSON (`SnapshotRun`).
import { join } from 'node:path';
import { judge, openPublishing, prepareSnapshot, publishSnapshot } from '@waymark/services';
import { secondsOf } from './clock.ts';
import { openFilledStore } from './fill.ts';
import { as, proposeChanges } from './workload.ts';

/** What one snapshot took. `cpuSeconds` of all threads: they tell what a busy machine does to the seconds beside them. */
export type SnapshotRun = {
  sequence: number;
  prepareSeconds: number;
  publishSeconds: number;
  cpuSeconds: number;
  peakMb: number;
};

const [dataDir = '', changes = '0'] = process.argv.slice(2);
const store = openFilledStore(join(dataDir, 'waymark.sqlite'));
const reviewer = as(store, 'reviewer');
// From the other end than the rows that change entries.
for (const { id, contentHash } of await proposeChanges(store, Number(changes), { sort: '-name', offset: 0 })) {
  await judge(reviewer, id, { decision: 'approve', contentHash });
}
const publishing = await openPublishing({ profile: 'demo', dataDir }, new Date());
const publisher = as(store, 'publisher');
const before = process.cpuUsage();
let sequence = 0;
const prepareSeconds = await secondsOf(async () => ({ sequence } = await prepareSnapshot(publisher, publishing)));
const publishSeconds = await secondsOf(() => publishSnapshot(publisher, publishing, sequence));
const { user, system } = process.cpuUsage(before);
store.close();
const run: SnapshotRun = {
  sequence,
  prepareSeconds,
  publishSeconds,
  cpuSeconds: (user + system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(run));
