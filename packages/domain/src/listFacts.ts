import { z } from 'zod';
import type { Entry } from './entry.ts';
import type { Method } from './verification.ts';

/** What an official list can say of an entry: that it is a member, what it is called, how it is reached. */
export const ListFact = z.enum(['membership', 'name', 'contact']).meta({ id: 'ListFact' });
export type ListFact = z.infer<typeof ListFact>;

/** Networks of the entries, the one most of them belong to first. */
export function networksOf(docs: readonly Pick<Entry, 'memberships'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { memberships } of docs)
    for (const { network } of memberships) counts.set(network, (counts.get(network) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([network]) => network);
}

/**
 * Paths a list confirms of an entry. An entry that is no member of the network cannot stand on the list of its members, so
 * nothing of it is confirmed.
 */
export function factsOnList(
  doc: Pick<Entry, 'memberships' | 'channels'>,
  facts: readonly ListFact[],
  network: string | undefined,
): string[] {
  const isMember = doc.memberships.some((each) => each.network === network);
  if (facts.includes('membership') && !isMember) return [];
  const channel = doc.channels.find(({ retired }) => retired === undefined);
  return [
    ...(facts.includes('membership') && network !== undefined ? [`/memberships/${network}`] : []),
    ...(facts.includes('name') ? ['/names', '/organisation'] : []),
    ...(facts.includes('contact') && channel ? [`/channels/${channel.id}/value`] : []),
  ];
}

/** How one looks at such a list: a register shows who is a member; what else its page says is read as on any official page. */
export function methodOfList(facts: readonly ListFact[]): Method {
  return facts.every((fact) => fact === 'membership') ? 'official-register-check' : 'official-site-check';
}
