import { areaCountries } from './country.ts';
import { isReachable, optionsOf, type Effect } from './impact.ts';
import type { PublishedEntry, PublishedRecord } from './published.ts';
import type { Need } from './vocabulary.ts';

/** What people find in a set of entries, counted: by country and need, and by country alone (`001` is the world). */
export type Tally = {
  /** `DE grooming` → entries that are an option there. */
  options: Map<string, number>;
  /** `DE` → entries that name it. */
  named: Map<string, number>;
  /** `DE` → entries a person there can be sent to. */
  reachable: Map<string, number>;
};

export function newTally(): Tally {
  return { options: new Map(), named: new Map(), reachable: new Map() };
}

/** Counts a record in, or with -1 out again. */
export function countInto(tally: Tally, record: PublishedRecord, by: 1 | -1 = 1): void {
  if (record.type !== 'entry') return;
  const entry = { ...record, state: 'active' as const };
  const areas = areasOf(record);
  add(tally.options, optionsOf(entry), by);
  add(tally.named, areas, by);
  if (isReachable(entry)) add(tally.reachable, areas, by);
}

function add(counts: Map<string, number>, keys: Iterable<string>, by: number): void {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Every country an entry names; `001` is the world. */
export function areasOf({ serves }: Pick<PublishedEntry, 'serves'>): Set<string> {
  return new Set(
    serves.flatMap(({ area }) => {
      const countries = areaCountries(area);
      return countries === 'world' ? ['001'] : countries;
    }),
  );
}

/** Countries that at least one entry names. */
export function countriesCovered({ named }: Tally): number {
  return [...named].filter(([area, entries]) => area !== '001' && entries > 0).length;
}

/** Countries and needs with more or fewer options than before, lost ones first. @param change what was counted in and out */
export function effectsOf(after: Tally, change: Tally): Effect[] {
  return [...change.options]
    .filter(([, by]) => by !== 0)
    .map(([option, by]) => {
      const [area = '', need = ''] = option.split(' ');
      const left = after.options.get(option) ?? 0;
      return { area, need: need as Need, before: left - by, after: left, lost: left === 0 };
    })
    .sort((a, b) => Number(b.lost) - Number(a.lost) || (a.area + a.need < b.area + b.need ? -1 : 1));
}

/** Areas that had an entry, or one a person can be sent to, and have none. */
export function areasLost(after: Tally, change: Tally): string[] {
  const gone = (counts: Map<string, number>, by: Map<string, number>) =>
    [...by].filter(([area, n]) => n < 0 && (counts.get(area) ?? 0) === 0).map(([area]) => area);
  return [...new Set([...gone(after.named, change.named), ...gone(after.reachable, change.reachable)])].sort();
}
