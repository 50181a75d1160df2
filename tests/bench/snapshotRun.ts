// Publishes one snapshot in a process of its own, so that its peak memory is its own. Prints one line of JSON.
import { join } from 'node:path';
import { judge, openPublishing, prepareSnapshot, publishSnapshot } from '@waymark/services';
import { secondsOf } from './clock.ts';
import { openFilledStore } from './fill.ts';
import { as, proposeChanges } from './workload.ts';

const [dataDir = '', changes = '0'] = process.argv.slice(2);
const store = openFilledStore(join(dataDir, 'waymark.sqlite'));
const reviewer = as(store, 'reviewer');
// From the other end than the rows that change entries.
for (const { id, contentHash } of await proposeChanges(store, Number(changes), { sort: '-name', offset: 0 })) {
  await judge(reviewer, id, { decision: 'approve', contentHash });
}
const publishing = await openPublishing({ profile: 'demo', dataDir }, new Date());
const publisher = as(store, 'publisher');
const seconds = await secondsOf(async () => {
  const { sequence } = await prepareSnapshot(publisher, publishing);
  await publishSnapshot(publisher, publishing, sequence);
});
store.close();
console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 }));
