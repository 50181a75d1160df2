import type { UnitableType } from '@waymark/domain';
import { pairKey, type DuplicateReason, type LikelyPair } from '@waymark/import';
import {
  listDistinctPairs,
  listedRecords,
  orderHits,
  type Context,
  type DistinctPair,
  type ListedRecord,
  type Reader,
} from '@waymark/store';
import { thoseThatComeBack } from './comesBack.ts';
import { findDuplicates, type Search } from './find.ts';

/** What a row shows of each of the two. */
export type DuplicateSide = Pick<ListedRecord, 'id' | 'name' | 'slug' | 'state' | 'kind' | 'updatedAt'> & {
  organisationName: string | null;
  countries: string[];
  address: string | null;
};

export type Dismissal = { reason: string; by: string; byName: string; at: string };

export type DuplicateRow = {
  first: DuplicateSide;
  second: DuplicateSide;
  /** Null where the two are not alike any more. */
  score: number | null;
  reasons: DuplicateReason[];
  /** Somebody called them two; in the queue only when they came back since. */
  dismissed: Dismissal | null;
};

export type DuplicateList = {
  state: Search['state'];
  /** When the directory was looked at. */
  asOf: string | null;
  data: DuplicateRow[];
  total: number;
};

/**
 * The queue of likely duplicates, the likeliest first; or, with `dismissed`, what people called two, the last decision first.
 * @param query.record those of one record alone
 */
export async function listDuplicates(
  ctx: Pick<Context, 'store' | 'now'>,
  {
    type,
    dismissed = false,
    record,
  }: { type: UnitableType; dismissed?: boolean | undefined; record?: string | undefined },
  { limit, offset }: { limit: number; offset: number },
): Promise<DuplicateList> {
  const { read } = ctx.store;
  const { found, state } = await findDuplicates(ctx);
  const isAsked = ({ firstId, secondId }: Pick<LikelyPair, 'firstId' | 'secondId'>) =>
    record === undefined || firstId === record || secondId === record;
  const likely = (found?.[type].pairs ?? []).filter(isAsked);
  const decided = (await listDistinctPairs(read)).filter(isAsked);
  const pairs = dismissed
    ? await dismissedOf(read, type, likely, decided)
    : await waitingOf(read, type, likely, decided);
  const page = pairs.slice(offset, offset + limit);
  const sides = await sidesOf(read, type, page);
  return {
    state,
    asOf: found?.at ?? null,
    // What left the directory since it was looked at is no duplicate any more.
    data: page.flatMap(({ firstId, secondId, ...rest }) => {
      const [first, second] = [sides.get(firstId), sides.get(secondId)];
      if (!first || !second) return [];
      return dismissed || (first.state === 'active' && second.state === 'active') ? [{ first, second, ...rest }] : [];
    }),
    total: pairs.length,
  };
}

type Pair = Pick<LikelyPair, 'firstId' | 'secondId'> & Pick<DuplicateRow, 'score' | 'reasons' | 'dismissed'>;

const keyOf = ({ firstId, secondId }: Pick<LikelyPair, 'firstId' | 'secondId'>): string => pairKey(firstId, secondId);

async function waitingOf(
  read: Reader,
  type: UnitableType,
  likely: readonly LikelyPair[],
  decided: readonly DistinctPair[],
): Promise<Pair[]> {
  const found = new Set(likely.map(keyOf));
  const known = decided.filter((pair) => found.has(keyOf(pair)));
  const back = await thoseThatComeBack(read, type, known);
  const byKey = new Map(known.map((pair) => [keyOf(pair), pair]));
  return likely.flatMap((pair) => {
    const dismissal = byKey.get(keyOf(pair));
    if (dismissal && !back.has(dismissal)) return [];
    return [{ ...pair, dismissed: dismissal ? toDismissal(dismissal) : null }];
  });
}

async function dismissedOf(
  read: Reader,
  type: UnitableType,
  likely: readonly LikelyPair[],
  decided: readonly DistinctPair[],
): Promise<Pair[]> {
  const byKey = new Map(likely.map((pair) => [keyOf(pair), pair]));
  const own = await sidesOf(read, type, decided);
  return decided
    .filter(({ firstId, secondId }) => own.has(firstId) && own.has(secondId))
    .map((pair) => {
      const { firstId, secondId } = pair;
      const { score = null, reasons = [] } = byKey.get(keyOf(pair)) ?? {};
      return { firstId, secondId, score, reasons, dismissed: toDismissal(pair) };
    });
}

export function toDismissal({ reason, decidedBy, decidedByName, decidedAt }: DistinctPair): Dismissal {
  return { reason, by: decidedBy, byName: decidedByName ?? decidedBy, at: decidedAt };
}

async function sidesOf(
  read: Reader,
  type: UnitableType,
  pairs: readonly Pick<LikelyPair, 'firstId' | 'secondId'>[],
): Promise<Map<string, DuplicateSide>> {
  const ids = [...new Set(pairs.flatMap(({ firstId, secondId }) => [firstId, secondId]))];
  if (ids.length === 0) return new Map();
  const rows = await listedRecords(read, await orderHits(read, type, { ids }));
  return new Map(
    rows.map(({ id, name, slug, state, kind, updatedAt, organisationName, listing: { countries, address } }) => [
      id,
      { id, name, slug, state, kind, updatedAt, organisationName, countries, address },
    ]),
  );
}
