// Publishes to a demo tree until it is killed: `tsx testing.publisher.ts <dir> <keyDir>`. For kill.test.ts.
import { initDemoRepository } from './initRepository.ts';
import { publishTargets } from './publish.ts';

const [dir = '', keyDir = ''] = process.argv.slice(2);
const { targets, ...online } = await initDemoRepository({ dir, keyDir, now: new Date() });
process.send?.('ready');
for (let count = 0; ; count++) {
  const files = ['directory.json', 'manifest.json', 'changelog.json'].map((name) => ({
    path: `v1/${name}`,
    bytes: Buffer.from(`${name} ${process.pid}.${count}`),
  }));
  await publishTargets({ dir, files, signers: { targets: [targets], ...online }, now: new Date() });
}
