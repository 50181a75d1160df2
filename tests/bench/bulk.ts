import { signIn, type Client } from '../support/client.ts';
import type { Server } from '../support/server.ts';
import { expectOk, timed, watchOthers } from './imports.ts';
import { note, type Results } from './table.ts';

/** As many as may be changed at once. */
const ENTRIES = 5_000;
const PER_PAGE = 200;

/** One language added to as many entries as may be selected, previewed and committed, while somebody else works. */
export async function measureBulk(server: Server, results: Results): Promise<void> {
  const curator = await signIn(server.url, 'Demo Curator');
  const other = await signIn(server.url, 'Demo Reviewer');
  const request = {
    selection: { ids: await idsOf(curator) },
    action: { action: 'add-language', language: { tag: 'cy', mode: 'written' } },
  };
  const watch = watchOthers(other);
  try {
    const previewed = await timed(() => curator.post<{ digest: string }>('/bulk/preview', request));
    const { digest } = expectOk(previewed.result);
    const committed = await timed(() =>
      curator.post<{ results: Record<string, number> }>('/bulk', { ...request, digest, title: 'Bench' }),
    );
    const receipt = expectOk(committed.result);
    note(results, 'bulk-preview', { value: previewed.seconds });
    note(results, 'bulk-commit', { value: committed.seconds });
    results.notes.push(`bulk: one language added to ${ENTRIES} entries: ${JSON.stringify(receipt.results)}.`);
  } finally {
    const latencies = (await watch.stop()).toSorted((x, y) => x - y);
    note(results, 'bulk-others', { value: latencies[Math.floor(latencies.length * 0.95)] ?? 0 });
  }
}

async function idsOf(curator: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ids.length < ENTRIES; page += 1) {
    const { data } = expectOk(
      await curator.get<{ data: { id: string }[] }>(`/entries?state=active&perPage=${PER_PAGE}&page=${page}`),
    );
    ids.push(...data.map(({ id }) => id));
  }
  return ids;
}
