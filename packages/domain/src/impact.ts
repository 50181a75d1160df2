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
  const tally: ImpactTally = new Map();
  countChange(tally, before, after);
  for (const entry of others) countStaying(tally, entry);
  return toEffects(tally);
}

/** Options, as `DE grooming`, that entries had or will have that change together; then also of those that stay as they are. */
export type ImpactTally = Map<string, { before: number; after: number }>;

/** Adds an entry that changes: first all of these, then those that stay. */
export function countChange(
  tally: ImpactTally,
  before: ReachableEntry | undefined,
  after: ReachableEntry | undefined,
): void {
  const count = (option: string, side: 'before' | 'after') => {
    const counts = tally.get(option) ?? { before: 0, after: 0 };
    tally.set(option, { ...counts, [side]: counts[side] + 1 });
  };
  for (const option of before ? optionsOf(before) : []) count(option, 'before');
  for (const option of after ? optionsOf(after) : []) count(option, 'after');
}

/** Adds an entry that stays as it is, where options change. */
export function countStaying(tally: ImpactTally, entry: ReachableEntry): void {
  if (tally.size === 0) return;
  for (const option of optionsOf(entry)) {
    const counts = tally.get(option);
    if (counts) tally.set(option, { before: counts.before + 1, after: counts.after + 1 });
  }
}

/** What changes by all that was tallied, last options first. */
export function toEffects(tally: ImpactTally): Effect[] {
  return [...tally]
    .filter(([, { before, after }]) => before !== after)
    .map(([option, { before, after }]) => {
      const [area = '', need = ''] = option.split(' ');
      return { area, need: need as Need, before, after, lost: after === 0 };
    })
    .sort((a, b) => Number(b.lost) - Number(a.lost) || (a.area + a.need < b.area + b.need ? -1 : 1));
}
