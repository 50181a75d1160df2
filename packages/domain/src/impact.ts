import { areaCountries } from './country.ts';
import type { Entry } from './entry.ts';
import { KINDS, type Need } from './vocabulary.ts';
import type { RecordState } from './record.ts';

/** What the impact needs to know of an entry. */
export type ReachableEntry = Pick<Entry, 'id' | 'kind' | 'serves' | 'accepts' | 'operational'> & { state: RecordState };

/** A country (or `001`, everywhere) and need whose number of options changes. */
export type Effect = { area: string; need: Need; before: number; after: number; lost: boolean };

/** True when a person can be sent to the entry at all: shown, operating, not a network. */
export function isReachable(entry: ReachableEntry): boolean {
  const { status } = entry.operational;
  return entry.state === 'active' && KINDS[entry.kind].tier !== 'none' && status !== 'closed' && status !== 'planned';
}

/** The (area, need) pairs an entry is an option for, as `DE grooming`; everywhere is `001`. */
export function optionsOf(entry: ReachableEntry): Set<string> {
  const options = new Set<string>();
  if (!isReachable(entry)) return options;
  for (const [need, acceptance] of Object.entries(entry.accepts)) {
    if (acceptance?.answer !== 'yes' && acceptance?.answer !== 'conditional') continue;
    for (const serves of entry.serves) {
      if (serves.needs && !serves.needs.includes(need as Need)) continue;
      const except = new Set((serves.except ?? []).flatMap((area) => countriesOf(area)));
      for (const country of countriesOf(serves.area)) if (!except.has(country)) options.add(`${country} ${need}`);
    }
  }
  return options;
}

function countriesOf(area: string): readonly string[] {
  const countries = areaCountries(area);
  return countries === 'world' ? ['001'] : countries;
}

/**
 * What changes for people when one entry changes: for each country and need, how many options there were and will be.
 * `lost` marks the last option going (DOMAIN §3.7 impact preview).
 * @param others every other entry of the directory
 */
export function impactOf(
  before: ReachableEntry | undefined,
  after: ReachableEntry | undefined,
  others: Iterable<ReachableEntry>,
): Effect[] {
  const was = before ? optionsOf(before) : new Set<string>();
  const willBe = after ? optionsOf(after) : new Set<string>();
  const touched = new Set([...was, ...willBe].filter((option) => was.has(option) !== willBe.has(option)));
  if (touched.size === 0) return [];
  const counts = new Map<string, number>();
  for (const entry of others) {
    for (const option of optionsOf(entry)) if (touched.has(option)) counts.set(option, (counts.get(option) ?? 0) + 1);
  }
  return [...touched]
    .map((option) => {
      const [area = '', need = ''] = option.split(' ');
      const rest = counts.get(option) ?? 0;
      const effect = {
        area,
        need: need as Need,
        before: rest + Number(was.has(option)),
        after: rest + Number(willBe.has(option)),
      };
      return { ...effect, lost: effect.after === 0 };
    })
    .sort((a, b) => Number(b.lost) - Number(a.lost) || (a.area + a.need < b.area + b.need ? -1 : 1));
}
