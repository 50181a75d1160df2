import { mostTargets } from '@waymark/tuf';
import { areasOf, refuse, type SnapshotFile } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { openGzippedFile } from '../stagedFile.ts';
import type { Form } from './form.ts';

/** Files of a snapshot beside those by country: forms, schemas, news, and as many deltas as there may be. */
const OTHERS = 65;

/** Where the records of a country lie; `001` is the world. */
export function countryPath(area: string): string {
  return `v1/by-country/${area}.ndjson.gz`;
}

/**
 * `v1/by-country/XX.ndjson.gz`: the lines of `directory.ndjson` that a country needs, for apps that ship one country alone. Its
 * profile, the entries that name it, and who runs them; entries of the whole world stand under `001`. An option, because each is a
 * target, and clients are slow with many (SNAPSHOTS §4.5).
 * @throws Problem too-many-files
 */
export function openCountryForm(dir: string): Form {
  const byArea = new Map<string, Map<string, string>>();
  const organisations = new Map<string, string>();
  const runs = new Map<string, Set<string>>();
  const put = (area: string, id: string, line: string) => {
    const lines = byArea.get(area) ?? new Map<string, string>();
    byArea.set(area, lines.set(id, line));
  };
  return {
    async write(batch) {
      for (const { record, line } of batch) {
        if (record.type === 'organisation') organisations.set(record.id, line);
        else if (record.type === 'country') put(record.country, record.id, line);
        else
          for (const area of areasOf(record)) {
            put(area, record.id, line);
            runs.set(area, (runs.get(area) ?? new Set()).add(record.organisation));
          }
      }
    },
    async close() {
      if (byArea.size + OTHERS > mostTargets)
        throw new Problem(refuse('too-many-files', `${byArea.size} files by country`));
      const files: SnapshotFile[] = [];
      for (const area of [...byArea.keys()].sort()) {
        for (const id of runs.get(area) ?? []) {
          const line = organisations.get(id);
          if (line !== undefined) put(area, id, line);
        }
        files.push(await stage(dir, area, byArea.get(area) ?? new Map()));
      }
      return files;
    },
  };
}

async function stage(dir: string, area: string, lines: ReadonlyMap<string, string>): Promise<SnapshotFile> {
  const file = await openGzippedFile(dir, countryPath(area));
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  await file.write(Buffer.from(sorted.join('')));
  return file.close();
}
