import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { note, type Results, type RowName } from './table.ts';

const RUN = fileURLToPath(new URL('snapshotRun.ts', import.meta.url));

/** Publishes the first snapshot, which other rows serve, and one more after 100 changes. */
export async function publishSnapshots(dataDir: string, results: Results, wanted: ReadonlySet<RowName>): Promise<void> {
  const { seconds, peakMb } = await publishOne(dataDir, 0);
  if (wanted.has('snapshot')) {
    note(results, 'snapshot', { value: seconds });
    note(results, 'snapshot-memory', { value: peakMb });
  }
  if (wanted.has('snapshot-100')) note(results, 'snapshot-100', { value: (await publishOne(dataDir, 100)).seconds });
}

async function publishOne(dataDir: string, changes: number): Promise<{ seconds: number; peakMb: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', RUN, dataDir, String(changes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error('Publishing failed; see above');
  return JSON.parse(output) as { seconds: number; peakMb: number }; // One line, written by snapshotRun.ts.
}

/** Address of the newest file of a name in the public tree. */
export function publicFile(dataDir: string, name: string): string {
  const file = readdirSync(join(dataDir, 'repo/targets/v1')).find((found) => found.endsWith(`.${name}`));
  if (!file) throw new Error(`The public tree holds no ${name}`);
  return `/repo/targets/v1/${file}`;
}
