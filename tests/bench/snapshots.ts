import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '@waymark/domain';
import type { SnapshotRun } from './snapshotRun.ts';
import { note, type Results, type RowName } from './table.ts';

const RUN = fileURLToPath(new URL('snapshotRun.ts', import.meta.url));

/** The rows that need a snapshot with 100 changes after the first. */
const OF_CHANGES: readonly RowName[] = ['snapshot-100', 'delta', 'reader-delta', 'refresh-delta'];

export function needsChanges(wanted: ReadonlySet<RowName>): boolean {
  return OF_CHANGES.some((row) => wanted.has(row));
}

/** Publishes the first snapshot, which other rows serve. */
export async function publishFirst(dataDir: string, results: Results, wanted: ReadonlySet<RowName>): Promise<void> {
  const run = await publishOne(dataDir, 0);
  const { prepareSeconds, publishSeconds, peakMb } = run;
  if (wanted.has('snapshot')) {
    note(results, 'snapshot', { value: prepareSeconds + publishSeconds });
    note(results, 'snapshot-prepare', { value: prepareSeconds });
    note(results, 'snapshot-sign', { value: publishSeconds });
    results.notes.push(`snapshot: ${shares(run)}.`);
  }
  if (wanted.has('snapshot-memory')) note(results, 'snapshot-memory', { value: peakMb });
}

/** Publishes one more after 100 changes. */
export async function publishChanges(dataDir: string, results: Results, wanted: ReadonlySet<RowName>): Promise<void> {
  const run = await publishOne(dataDir, 100);
  const { prepareSeconds, publishSeconds, peakMb } = run;
  if (wanted.has('snapshot-100')) {
    note(results, 'snapshot-100', { value: prepareSeconds + publishSeconds });
    results.notes.push(`snapshot-100: ${shares(run)}.`);
  }
  // The peak over everything: the second snapshot compares and makes deltas beside what the first one does.
  if (wanted.has('snapshot-memory'))
    note(results, 'snapshot-memory', { value: Math.max(peakMb, results.rows['snapshot-memory']?.value ?? 0) });
  if (!wanted.has('delta')) return;
  const manifest = readFileSync(join(dataDir, publicPath(dataDir, 'manifest.json')), 'utf8');
  const { files } = JSON.parse(manifest) as Manifest; // We published it.
  const delta = files.find((file) => file.delta !== undefined);
  const whole = files.find(({ path }) => path === 'v1/directory.ndjson.gz');
  note(results, 'delta', { value: (delta?.bytes ?? NaN) / 1000 });
  results.notes.push(`delta: the whole directory is ${((whole?.bytes ?? NaN) / 1e6).toFixed(1)} MB compressed.`);
}

function shares({ prepareSeconds, publishSeconds, cpuSeconds, peakMb }: SnapshotRun): string {
  const parts = `prepare and build ${prepareSeconds.toFixed(1)} s, sign and write the tree ${publishSeconds.toFixed(1)} s`;
  return `${parts}; ${cpuSeconds.toFixed(1)} s of processor time in all threads, peak ${Math.round(peakMb)} MB`;
}

async function publishOne(dataDir: string, changes: number): Promise<SnapshotRun> {
  const child = spawn(process.execPath, ['--import', 'tsx', RUN, dataDir, String(changes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error('Publishing failed; see above');
  return JSON.parse(output) as SnapshotRun; // One line, written by snapshotRun.ts.
}

/** Address of the newest file of a name in the public tree. */
export function publicFile(dataDir: string, name: string): string {
  return `/${publicPath(dataDir, name)}`;
}

function publicPath(dataDir: string, name: string): string {
  const folder = 'repo/targets/v1';
  const [newest] = readdirSync(join(dataDir, folder))
    .filter((file) => file.endsWith(`.${name}`))
    .sort((a, b) => statSync(join(dataDir, folder, b)).mtimeMs - statSync(join(dataDir, folder, a)).mtimeMs);
  if (!newest) throw new Error(`The public tree holds no ${name}`);
  return `${folder}/${newest}`;
}
