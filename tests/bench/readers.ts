import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSeed, open } from '../../packages/reader/src/index.ts';
import { isEntry } from '../../packages/reader/src/directory.ts';
import { indexDirectory, route, toRoutableEntry } from '@waymark/domain';
import { toRequest } from '../../packages/reader/src/toRequest.ts';
import { medianSecondsOf, secondsOf } from './clock.ts';
import { note, type Results, type RowName } from './table.ts';

/** What a device does with the public tree: the first refresh, one that finds nothing new, and a question. */
export async function measureReaders(dataDir: string, results: Results, wanted: ReadonlySet<RowName>): Promise<void> {
  const tree = join(dataDir, 'repo');
  let [requests, bytes] = [0, 0];
  const fetch = async (url: string) => {
    requests += 1;
    const file = await readFile(join(tree, new URL(url).pathname)).catch(() => undefined);
    bytes += file?.length ?? 0;
    return file ? new Response(new Uint8Array(file)) : new Response(null, { status: 404 });
  };
  const dir = mkdtempSync(join(tmpdir(), 'waymark-bench-reader-'));
  try {
    const options = { url: 'https://tree.example', root: readFileSync(join(tree, 'metadata/1.root.json')), fetch };
    let seed: Uint8Array = new Uint8Array();
    const cold = await secondsOf(async () => void ({ zip: seed } = await makeSeed(options)));
    if (wanted.has('reader-cold')) note(results, 'reader-cold', { value: cold });
    results.notes.push(`reader-cold: ${requests} requests, ${(bytes / 1e6).toFixed(1)} MB.`);
    const reader = await open({ dir, seed, urls: 'https://tree.example', auto: false, platform: { fetch } });
    await reader.refresh();
    [requests, bytes] = [0, 0];
    const warm = await medianSecondsOf(async () => void (await reader.refresh()), 5);
    if (wanted.has('reader-warm')) note(results, 'reader-warm', { value: warm * 1000 });
    results.notes.push(`reader-warm: ${requests / 5} requests, ${Math.round(bytes / 5)} bytes.`);
    if (wanted.has('reader-route')) note(results, 'reader-route', { value: routeMilliseconds(reader.records) });
    reader.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const COUNTRIES = ['DE', 'US', 'FR', 'IN', 'BR', 'ZA', 'JP', 'GB'];

/** Mean of many questions over 1,000 entries, which are taken to be verified, as in a directory at work. */
function routeMilliseconds(records: Awaited<ReturnType<typeof open>>['records']): number {
  const verification = { confidence: 'high' as const, expiresAt: null };
  const entries = records
    .filter(isEntry)
    .slice(0, 1000)
    .map((entry) => ({
      ...toRoutableEntry(entry),
      verification,
      channels: entry.channels.map((channel) => ({ ...channel, verification })),
    }));
  const directory = indexDirectory({ entries, countries: [] });
  const now = new Date().toISOString();
  const ask = (i: number) =>
    route(toRequest({ need: 'csam-online', country: COUNTRIES[i % COUNTRIES.length] ?? 'DE' }), directory, now);
  for (let i = 0; i < 200; i += 1) ask(i);
  const start = performance.now();
  for (let i = 0; i < 2000; i += 1) ask(i);
  return (performance.now() - start) / 2000;
}
