import { parentPort, workerData } from 'node:worker_threads';
import type { Entry, Organisation } from '@waymark/domain';
import { likelyEntries, likelyOrganisations } from '@waymark/import';
import { eachRecord, openReader } from '@waymark/store';
import type { Message } from './find.ts';

const { file } = workerData as { file: string }; // What `find.ts` starts it with.

/** Everything of a type that is shown: what is suspended or retired cannot be merged. */
async function* active<Doc>(read: Parameters<typeof eachRecord>[0], type: 'entry' | 'organisation') {
  for await (const { state, doc } of eachRecord(read, type)) if (state === 'active') yield doc as Doc;
}

const { read, close } = openReader(file);
const organisations = new Map<string, Organisation>();
for await (const organisation of active<Organisation>(read, 'organisation'))
  organisations.set(organisation.id, organisation);
let looked = 0;
async function* entries() {
  for await (const entry of active<Entry>(read, 'entry')) {
    looked += 1;
    yield entry;
  }
}
const found = {
  organisation: likelyOrganisations(organisations.values()),
  entry: await likelyEntries(entries(), organisations),
};
close();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads is no window.
parentPort?.postMessage({ ...found, looked } satisfies Message);
