import { channelKey, type Entry, type Organisation, type UnitableType } from '@waymark/domain';
import { documentAt, findRecord, lastChanges, type DistinctPair, type Reader } from '@waymark/store';

/**
 * Of pairs that somebody called two, those that come back by themselves: since then one of them took a number or address that the other
 * one has. That is news which the person who decided did not have. Any other change (a name, hours, a new number that is only its own)
 * leaves the decision alone, since it says nothing about whether the two are one, and would ask the same people the same question
 * again.
 */
export async function thoseThatComeBack(
  read: Reader,
  type: UnitableType,
  pairs: readonly DistinctPair[],
): Promise<Set<DistinctPair>> {
  const changed = await lastChanges(
    read,
    pairs.flatMap(({ firstId, secondId }) => [firstId, secondId]),
  );
  const isNewer = (pair: DistinctPair) =>
    [pair.firstId, pair.secondId].some((id) => (changed.get(id) ?? '') > pair.decidedAt);
  const back = new Set<DistinctPair>();
  for (const pair of pairs.filter(isNewer)) if (await sharesMore(read, type, pair)) back.add(pair);
  return back;
}

async function sharesMore(read: Reader, type: UnitableType, { firstId, secondId, decidedAt }: DistinctPair) {
  const contactsNow = async (id: string) => contactsOf(type, (await findRecord(read, id))?.doc);
  const contactsThen = async (id: string) => contactsOf(type, await documentAt(read, id, decidedAt));
  const then = common(await contactsThen(firstId), await contactsThen(secondId));
  const now = common(await contactsNow(firstId), await contactsNow(secondId));
  return [...now].some((contact) => !then.has(contact));
}

const common = (a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> =>
  new Set([...a].filter((one) => b.has(one)));

/** Numbers and addresses a record can be reached or known by. */
function contactsOf(type: UnitableType, doc: unknown): Set<string> {
  if (doc === undefined) return new Set();
  // The caller knows which documents these are.
  if (type === 'entry') return new Set((doc as Entry).channels.filter(({ retired }) => !retired).map(channelKey));
  const { website, domains } = doc as Organisation;
  return new Set([...(website === undefined ? [] : [website]), ...domains.map(({ host }) => host)]);
}
