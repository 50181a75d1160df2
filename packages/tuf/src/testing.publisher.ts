// Publishes to a demo tree and dies by its own hand: `node testing.publisher.js <dir> <keyDir>`, then a message with the
// number of the step before which it is to be killed. For kill.test.ts.
import { once } from 'node:events';
import { initDemoRepository, toPublishSigners } from './initRepository.ts';
import { publishTargets } from './publish.ts';

const [dir = '', keyDir = ''] = process.argv.slice(2);
const demo = await initDemoRepository({ dir, keyDir, now: new Date() });
process.send?.('ready');
const signers = toPublishSigners(demo);
const [killBefore] = (await once(process, 'message')) as [number];

let steps = 0;
const onStep = () => {
  if (steps++ < killBefore) return;
  // The kernel ends us, as in a power cut: nothing is caught, flushed or cleaned up.
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
for (let count = 0; ; count++) {
  const files = ['directory.json', 'manifest.json', 'changelog.json'].map((name) => ({
    path: `v1/${name}`,
    bytes: Buffer.from(`${name} ${process.pid}.${count}`),
  }));
  await publishTargets({ dir, files, signers, now: new Date(), onStep });
}
