import { useLocaleState, useTranslate } from 'ra-core';
import type { SnapshotCounts } from '@waymark/domain';

/** What comes first is what people ask for first. */
const ORDER = [
  'entries',
  'organisations',
  'channels',
  'countries',
  'countriesCovered',
  'countriesNoneKnown',
  'tombstones',
  'withheld',
] as const satisfies readonly (keyof SnapshotCounts)[];

/** How much a snapshot holds, as names and numbers. */
export function useCountFacts(): (counts: SnapshotCounts) => (readonly [string, string])[] {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  return (counts) => ORDER.map((name) => [translate(`snapshots.count.${name}`), number.format(counts[name])]);
}
