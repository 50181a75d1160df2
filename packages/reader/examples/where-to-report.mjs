// Where can somebody in this country report? Works without a network once something was verified, or from the seed.
// node where-to-report.mjs <folder> <seed.zip> <address of the public tree> <country> [need]
import { open } from '@waymark/reader';

const [dir, seed, url, country, need = 'csam-online'] = process.argv.slice(2);
const reader = await open({ dir, seed, urls: url, auto: false });
await reader.refresh(); // Never throws: offline, it answers from what it has.
for (const step of reader.route({ need, country }).steps) {
  const { title, ways } = reader.describe(step);
  process.stdout.write(`${title}\n${ways.map(({ type, address }) => `  ${type} ${address}\n`).join('')}`);
}
process.stdout.write(`${reader.state}, checked ${reader.checkedAt ?? 'never'}\n`);
