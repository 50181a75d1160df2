// Publishes a log and dies by its own hand: `node publisher.mjs <database> <dataDir> <logKey>`, then a message with the number of
// the step before which it is to be killed. For kill.test.ts.
import { once } from 'node:events';
import { openReader } from '@waymark/store';
import { openPublicLog } from './open.ts';
import { publishLog } from './publish.ts';

const [file = '', dataDir = '', logKey = ''] = process.argv.slice(2);
const log = await openPublicLog({ profile: 'demo', dataDir, logOrigin: 'demo.example.org/log', logKey });
const { read, close } = openReader(file);
process.send?.('ready');
const [killBefore] = (await once(process, 'message')) as [number];

let steps = 0;
const onStep = () => {
  if (steps++ < killBefore) return;
  // The kernel ends us, as in a power cut: nothing is caught, flushed or cleaned up.
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
await publishLog({ store: { read } }, log, { onStep });
close();
process.disconnect();
