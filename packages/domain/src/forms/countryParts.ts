import { areasOf } from '../tally.ts';
import type { PublishedRecord } from '../published.ts';

/** Where the records of a country lie; `001` is the world. */
export function countryPath(area: string): string {
  return `v1/by-country/${area}.ndjson.gz`;
}

/**
 * The lines of `directory.ndjson` that each country needs, for apps that ship one country alone: its profile, the entries that
 * name it, and who runs them; entries of the whole world stand under `001`.
 */
export function newCountryParts() {
  const byArea = new Map<string, Map<string, string>>();
  const organisations = new Map<string, string>();
  const runs = new Map<string, Set<string>>();
  const put = (area: string, id: string, line: string) => {
    const lines = byArea.get(area) ?? new Map<string, string>();
    byArea.set(area, lines.set(id, line));
  };
  return {
    add(record: PublishedRecord, line: string): void {
      if (record.type === 'organisation') organisations.set(record.id, line);
      else if (record.type === 'country') put(record.country, record.id, line);
      else
        for (const area of areasOf(record)) {
          put(area, record.id, line);
          runs.set(area, (runs.get(area) ?? new Set()).add(record.organisation));
        }
    },
    /** Areas that have any line, in order. */
    areas: () => [...byArea.keys()].sort(),
    /** The text of one, lines by id; asked when all records were added. */
    textOf(area: string): string {
      for (const id of runs.get(area) ?? []) {
        const line = organisations.get(id);
        if (line !== undefined) put(area, id, line);
      }
      return [...(byArea.get(area) ?? [])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, line]) => `${line}\n`)
        .join('');
    },
  };
}
