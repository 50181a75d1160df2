import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  countChange,
  countStaying,
  toEffects,
  type BulkAction,
  type DirectoryRecord,
  type Effect,
  type Entry,
  type ImpactTally,
} from '@waymark/domain';
import { eachMatching, type Reader } from '@waymark/store';
import { countriesOf } from '../proposals/show.ts';

/** Entries whose options are counted before others get their turn. */
const COUNTED_AT_ONCE = 20;

/** Counts what people of each country lose or gain by all of it together. */
export type EffectCount = {
  /** An entry that changes, or goes when there is no document after. */
  add(record: DirectoryRecord<'entry'>, after: Entry | undefined): void;
  /** Looks at everybody who stays. */
  finish(read: Reader): Promise<Effect[]>;
};

/** Whether an action can take an option from anybody, or give one. */
export function reachesPeople(action: BulkAction): boolean {
  return (
    action.action === 'retire' ||
    (action.action === 'set' && (action.field === 'operational' || action.field === 'accepts'))
  );
}

/** @returns a count of nobody; see `EffectCount` */
export function countEffects(): EffectCount {
  const tally: ImpactTally = new Map();
  const changing = new Set<string>();
  const countries = new Set<string>();
  return {
    add({ id, state, doc }, after) {
      changing.add(id);
      for (const country of countriesOf([doc])) countries.add(country);
      countChange(tally, { ...doc, state }, after && { ...after, state });
    },
    async finish(read) {
      if (tally.size === 0) return [];
      const near = { state: 'active', country: [...countries].join(',') };
      let counted = 0;
      for await (const { id, doc } of eachMatching(read, 'entry', near, COUNTED_AT_ONCE)) {
        if (!changing.has(id)) countStaying(tally, { ...(doc as Entry), state: 'active' }); // Of that type alone.
        counted += 1;
        if (counted % COUNTED_AT_ONCE === 0) await othersTurn();
      }
      return toEffects(tally);
    },
  };
}
