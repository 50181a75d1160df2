import { createHash } from 'node:crypto';
import { cpus, loadavg } from 'node:os';

/** The rows of the table of aims; `--only` names them. */
export const ROWS = {
  get: { work: 'get one entry', unit: 'req/s', atLeast: 3_000 },
  list: { work: 'list 25 with total, two filters, sorted', unit: 'req/s', atLeast: 1_000 },
  deep: { work: 'page 400 with total', unit: 'req/s', atLeast: 500 },
  search: { work: 'search with total, other words each time (3 scripts)', unit: 'req/s', atLeast: 400 },
  change: { work: 'change with history: approve + apply + audit leaf, FULL', unit: '/s', atLeast: 300 },
  export: { work: 'all published entries out, JSON: the public file', unit: 's', atMost: 1 },
  snapshot: { work: 'prepare + build all files + sign a snapshot', unit: 's', atMost: 10 },
  'snapshot-prepare': { work: '… of it: prepare and build all files', unit: 's', atMost: 8 },
  'snapshot-sign': { work: '… of it: sign and write the tree', unit: 's', atMost: 2 },
  'snapshot-memory': { work: '… peak memory of that process, and of the next snapshot', unit: 'MB', atMost: 600 },
  'snapshot-100': { work: 'snapshot with 100 changes since the last', unit: 's', atMost: 4 },
  delta: { work: '… bytes of its delta', unit: 'kB', atMost: 500 },
  'not-modified': { work: '304 on timestamp.json', unit: 'req/s', atLeast: 10_000 },
  'not-modified-target': { work: '304 on a target', unit: 'req/s', atLeast: 10_000 },
  import: { work: 'bulk import through proposals, with history', unit: 'rec/s', atLeast: 1_000 },
  'import-preview': { work: 'preview of a list of 5,000 rows, in a thread', unit: 's', atMost: 10 },
  'import-commit': { work: 'commit of that list as one batch of proposals', unit: 's', atMost: 10 },
  'import-others': { work: '… p95 of the answers others get meanwhile', unit: 'ms', atMost: 100 },
  'import-memory': { work: '… peak memory of the server, upload to commit', unit: 'MB', atMost: 300 },
  'bulk-preview': { work: 'preview of one change of 5,000 entries', unit: 's', atMost: 10 },
  'bulk-commit': { work: 'commit of it as one batch of proposals', unit: 's', atMost: 10 },
  'bulk-others': { work: '… p95 of the answers others get meanwhile', unit: 'ms', atMost: 100 },
  start: { work: 'cold start of the built product to first answer', unit: 's', atMost: 1 },
  memory: { work: 'memory at rest', unit: 'MB', atMost: 150 },
  admin: { work: 'admin JavaScript on the wire until the queue is usable', unit: 'kB', atMost: 450 },
  'reader-cold': { work: 'reader, first refresh on a device: all of it, verified', unit: 's', atMost: 10 },
  'reader-delta': { work: 'reader, refresh after 100 changes: by delta, verified', unit: 's', atMost: 5 },
  'reader-warm': { work: 'reader, refresh with nothing new (2 requests)', unit: 'ms', atMost: 100 },
  'reader-route': { work: 'route() on 1,000 entries, in the reader', unit: 'ms', atMost: 1 },
  'reader-route-all': { work: 'route() on the whole directory', unit: 'ms', atMost: 10 },
  'refresh-nothing': { work: 'refreshes served: nothing new', unit: '/s', atLeast: 1_000 },
  'refresh-delta': { work: 'refreshes served: 100 changes by delta', unit: '/s', atLeast: 100 },
  'refresh-whole': { work: 'downloads served: the whole directory', unit: '/s', atLeast: 10 },
  install: { work: 'production install', unit: 'MB', atMost: 120 },
} as const satisfies Record<string, Row>;

type Row = { work: string; unit: string; atLeast?: number; atMost?: number };
export type RowName = keyof typeof ROWS;

/** What was measured for a row. `c1` and `c16` are HTTP with one and sixteen connections, `value` is anything else. */
export type Measured = { c1?: number; c16?: number; inProcess?: number; value?: number };
export type Results = { rows: Partial<Record<RowName, Measured>>; notes: string[] };

/** Adds what was measured to a row. */
export function note(results: Results, row: RowName, measured: Measured): void {
  results.rows[row] = { ...results.rows[row], ...measured };
}

/** The machine, and how busy it was: others' work on the same cores lowers every figure. */
export function machineLine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.version}, load ${load}, SHA-256 ${sha256Rate()} MB/s on one core`;
}

/** A yardstick: 1 759 MB/s on the machine of PERFORMANCE.md when nothing else ran. */
function sha256Rate(): number {
  const bytes = Buffer.alloc(64 << 20);
  const start = performance.now();
  createHash('sha256').update(bytes).digest();
  return Math.round(64 / ((performance.now() - start) / 1000));
}

/** The table as it is printed, each row beside its aim. */
export function tableOf(results: Results): string {
  const head = ['work', 'c1', 'c16', 'in process', 'aim', ''];
  const lines = (Object.keys(ROWS) as RowName[]).flatMap((name) => {
    const measured = results.rows[name];
    return measured ? [lineOf(ROWS[name], measured)] : [];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [
    print(head),
    print(widths.map((width) => '─'.repeat(width))),
    ...lines.map(print),
    '',
    ...results.notes.map((text) => `  ${text}`),
  ].join('\n');
}

function lineOf({ work, unit, atLeast, atMost }: Row, { c1, c16, inProcess, value }: Measured): string[] {
  const judged = c1 ?? value;
  const aim = atLeast === undefined ? `≤ ${figure(atMost)} ${unit}` : `≥ ${figure(atLeast)} ${unit}`;
  const reached =
    judged === undefined ? '' : judged >= (atLeast ?? -Infinity) && judged <= (atMost ?? Infinity) ? '✓' : '✗';
  return [work, figure(judged), figure(c16), figure(inProcess), aim, reached];
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 20
    ? Math.round(value).toLocaleString('en').replaceAll(',', ' ')
    : value.toFixed(2).replace(/\.00$/, '');
}
