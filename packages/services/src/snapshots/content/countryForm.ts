import { mostTargets } from '@waymark/tuf';
import { countryPath, newCountryParts, refuse, type SnapshotFile } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { openGzippedFile } from '../stagedFile.ts';
import type { Form } from './form.ts';

/** Files of a snapshot beside those by country: forms, schemas, news, and as many deltas as there may be. */
const OTHERS = 65;

/**
 * `v1/by-country/XX.ndjson.gz`: what `newCountryParts` gathers. An option, because each is a target, and clients are slow with
 * many (SNAPSHOTS §4.5).
 * @throws Problem too-many-files
 */
export function openCountryForm(dir: string): Form {
  const parts = newCountryParts();
  return {
    async write(batch) {
      for (const { record, line } of batch) parts.add(record, line);
    },
    async close() {
      const areas = parts.areas();
      if (areas.length + OTHERS > mostTargets)
        throw new Problem(refuse('too-many-files', `${areas.length} files by country`));
      const files: SnapshotFile[] = [];
      for (const area of areas) {
        const file = await openGzippedFile(dir, countryPath(area));
        await file.write(Buffer.from(parts.textOf(area)));
        files.push(await file.close());
      }
      return files;
    },
  };
}
