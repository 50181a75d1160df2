import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { csvLine, pickText, type Entry } from '@waymark/domain';
import { signIn, type Answer, type Client } from '../support/client.ts';
import { startServer, type Server } from '../support/server.ts';
import { note, type Results } from './table.ts';

const STARTER = fileURLToPath(new URL('../../data/starter-directory.json', import.meta.url));
/** As many as an upload may have. */
const ROWS = 5_000;
/** Rows of the list that one organisation runs. */
const ROWS_PER_ORGANISATION = 20;
const HEADER = ['Name', 'Organisation', 'Type', 'Country', 'Website', 'Phone', 'E-Mail', 'Languages', 'Hours'];
const COUNTRIES = ['DE', 'FR', 'ES', 'IT', 'PL', 'NL', 'SE', 'FI', 'PT', 'GR'];

/** The longest list that may be sent: one row for each entry of the starter directory that says something new of it, the rest new. */
export function longList(): string {
  const { entries } = JSON.parse(readFileSync(STARTER, 'utf8')) as { entries: Entry[] };
  const known = entries.map(({ names, slug, kind, serves, channels }) => [
    pickText(names),
    '',
    kind,
    serves[0]?.area ?? '',
    channels.flatMap(({ type, value }) => (type === 'url' && 'href' in value ? (value.href ?? []) : []))[0] ?? '',
    '',
    `office@${slug}.example.org`,
    '',
    '',
  ]);
  const added = Array.from({ length: ROWS - known.length }, (_, n) => [
    `Demo Line ${n}`,
    `Demo Foundation ${Math.floor(n / ROWS_PER_ORGANISATION)}`,
    'child helpline',
    COUNTRIES[n % COUNTRIES.length]!, // Within the list by the remainder.
    `https://line-${n}.example.net/`,
    '',
    `call@line-${n}.example.net`,
    'English, German',
    'Mo-Fr 9:00-17:00',
  ]);
  return [HEADER, ...known, ...added].map(csvLine).join('');
}

type View = {
  id: string;
  preview: { state: string; digest: string; counts: Record<string, number>; toPropose: number };
};

/** The longest list, uploaded, previewed and committed, while somebody else works. On a directory of its own: that of the demo. */
export async function measureImports(results: Results): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'waymark-bench-import-'));
  // Filling the demo takes more memory than serving it.
  await (await startServer({ data })).stop();
  const server = await startServer({ data });
  try {
    const curator = await signIn(server.url, 'Demo Curator');
    const other = await signIn(server.url, 'Demo Reviewer');
    const sent = await timed(() => curator.send<View>('/imports?name=list.csv', Buffer.from(longList())));
    const { id } = expectOk(sent.result);
    const watch = watchOthers(other);
    const worked = await previewAndCommit(curator, id).finally(() => watch.stop());
    note(results, 'import-preview', { value: worked.preview });
    note(results, 'import-commit', { value: worked.commit });
    const latencies = (await watch.stop()).toSorted((x, y) => x - y);
    note(results, 'import-others', { value: latencies[Math.floor(latencies.length * 0.95)] ?? 0 });
    note(results, 'import-memory', { value: peakMemory(server) });
    const { counts, toPropose } = worked.view.preview;
    results.notes.push(
      `import: ${ROWS} rows (${JSON.stringify(counts)}), uploaded in ${sent.seconds.toFixed(1)} s; ${toPropose} of them proposed. Meanwhile ${latencies.length} requests of somebody else, the slowest ${Math.round(latencies.at(-1) ?? 0)} ms.`,
    );
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function previewAndCommit(curator: Client, id: string): Promise<{ view: View; preview: number; commit: number }> {
  const previewed = await timed(() => preview(curator, id));
  const committed = await timed(() =>
    curator.post<View>(`/imports/${id}/commit`, {
      digest: previewed.result.preview.digest,
      evidence: { kind: 'partner-attestation', title: 'List of the partner' },
      organisationType: 'ngo',
    }),
  );
  expectOk(committed.result);
  return { view: previewed.result, preview: previewed.seconds, commit: committed.seconds };
}

async function preview(curator: Client, id: string): Promise<View> {
  expectOk(await curator.post(`/imports/${id}/preview`));
  for (;;) {
    const view = expectOk(await curator.get<View>(`/imports/${id}`));
    if (view.preview.state === 'ready') return view;
    if (view.preview.state === 'failed') throw new Error(`No preview: ${JSON.stringify(view.preview)}`);
    await wait(50);
  }
}

/** Somebody who looks at one thing after the other. @returns a way to stop, and how many milliseconds each answer took */
export function watchOthers(other: Client): { stop(): Promise<number[]> } {
  const latencies: number[] = [];
  let isOver = false;
  const paths = ['/queue', '/entries?perPage=25&sort=name', '/entries?q=child', '/proposals?perPage=25', '/session'];
  const looking = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const { seconds } = await timed(async () => expectOk(await other.get(paths[n % paths.length]!))); // Likewise.
      latencies.push(seconds * 1000);
      await wait(10);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await looking;
      return latencies;
    },
  };
}

export async function timed<T>(act: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await act();
  return { result, seconds: (performance.now() - start) / 1000 };
}

export function expectOk<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Megabytes that a process held at most, all its threads together. Linux. */
function peakMemory({ process: { pid } }: Server): number {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(peak) / 1024;
}
