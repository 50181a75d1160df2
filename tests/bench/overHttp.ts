import { median, medianSecondsOf } from './clock.ts';
import { BROAD_SEARCHES, type ListQuery, type Waiting } from './workload.ts';
import { download, postRate, requestRate } from './load.ts';
import { publicFile } from './snapshots.ts';
import { note, type Results, type RowName } from './table.ts';
import { signIn } from '../support/client.ts';
import type { Server } from '../support/server.ts';

export type HttpWork = {
  ids: string[];
  lists: ListQuery[];
  searches: string[];
  waiting: { c1: Waiting[][]; c16: Waiting[][] };
};

/** The same over HTTP, signed in, with one connection and with sixteen. */
export async function measureOverHttp(
  server: Server,
  work: HttpWork,
  results: Results,
  wanted: ReadonlySet<RowName>,
): Promise<void> {
  const { url } = server;
  const { cookie } = await signIn(url, 'Demo Reviewer');
  const measure = async (
    row: RowName,
    paths: readonly string[],
    headers: Record<string, string> = { cookie },
    expected = 200,
  ) => {
    if (!wanted.has(row)) return;
    const rate = (connections: number) => requestRate(url, paths, { connections, headers, expected });
    note(results, row, { c1: await rate(1), c16: await rate(16) });
  };
  const list = (query: object) => `/api/v1/entries?${new URLSearchParams(Object.entries(query) as [string, string][])}`; // Queries are texts.
  await measure(
    'get',
    work.ids.map((id) => `/api/v1/entries/${id}`),
  );
  await measure('list', work.lists.map(list));
  await measure('deep', [list({ page: '400', sort: 'name' }), list({ page: '400', sort: '-updatedAt' })]);
  await measure(
    'search',
    work.searches.map((q) => list({ q })),
  );
  if (wanted.has('search')) {
    const paths = BROAD_SEARCHES.map((q) => list({ q }));
    const c1 = await requestRate(url, paths, { connections: 1, headers: { cookie }, expected: 200 });
    results.notes.push(
      `search: the broad words ${BROAD_SEARCHES.join(', ')} again and again: ${Math.round(c1)} req/s with one connection.`,
    );
  }
  if (wanted.has('change')) {
    const rates = async (rounds: Waiting[][], connections: number) => {
      const measured: number[] = [];
      for (const round of rounds)
        measured.push(await postRate(url, round.map(approval), { connections, headers: { cookie } }));
      return median(measured);
    };
    note(results, 'change', { c1: await rates(work.waiting.c1, 1), c16: await rates(work.waiting.c16, 16) });
  }
  if (wanted.has('export')) {
    let bytes = 0;
    const file = publicFile(server.data, 'directory.json');
    note(results, 'export', { c1: await medianSecondsOf(async () => (bytes = await download(url + file, {}))) });
    const csv = await medianSecondsOf(() =>
      download(`${url}/api/v1/entries/export?format=csv&state=active`, { cookie }),
    );
    results.notes.push(
      `export: the public file is ${(bytes / 1e6).toFixed(0)} MB, uncompressed and signed. As CSV through the API, signed in: ${csv.toFixed(2)} s.`,
    );
  }
  await measureUnchanged('not-modified', '/repo/metadata/timestamp.json');
  await measureUnchanged('not-modified-target', publicFile(server.data, 'directory.json'));

  async function measureUnchanged(row: RowName, path: string): Promise<void> {
    const answer = await fetch(url + path, { method: 'HEAD' });
    await measure(row, [path], { 'if-none-match': answer.headers.get('etag') ?? '' }, 304);
  }
}

const approval = ({ id, contentHash }: Waiting) => ({
  path: `/api/v1/proposals/${id}/review`,
  body: { decision: 'approve', contentHash },
});
