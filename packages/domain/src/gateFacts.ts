import { asKeyed, isTree, sameValue } from './diff.ts';
import type { Channel } from './channel.ts';
import type { Entry } from './entry.ts';
import type { Json } from './hash.ts';
import type { Confidence, FactChange } from './verification.ts';
import type { Kind } from './vocabulary.ts';

/** What of an entry, beside its channels, is one fact whether or not the document says anything of it. */
const SINGLE_FACTS = [
  '/names',
  '/organisation',
  '/audience',
  '/anonymity',
  '/mustNot',
  '/ages',
  '/confidentialityLimits',
  '/mandate',
  '/afterReport',
  '/dataGoesTo',
  '/operational',
] as const;
type SingleFact = (typeof SINGLE_FACTS)[number];

/** Lists of which each item is a fact of its own. */
const FACT_LISTS = ['/serves', '/accepts', '/memberships'] as const;

const CHANNEL_FACTS = ['value', 'hours', 'cost', 'reach', 'languages', 'anonymity'] as const;
type ChannelFact = (typeof CHANNEL_FACTS)[number];

type Gate = {
  /** Facts of the entry beside those every kind needs. */
  facts?: readonly SingleFact[];
  /** Memberships it claims. */
  memberships?: true;
  /** Facts of each channel beside its value, where the channel states them. */
  channel?: readonly ChannelFact[];
  least: 'medium' | 'high';
  /** For a country's sole option. */
  leastIfSole?: 'high';
};

/** What each kind is asked for beside name, organisation, serves, accepts, audience and one channel (DOMAIN §3.12). */
const GATES: Record<Kind, Gate> = {
  emergency: { least: 'medium' },
  'portal.global': { facts: ['/anonymity', '/afterReport', '/mustNot', '/dataGoesTo'], least: 'high' },
  clearinghouse: { facts: ['/anonymity', '/afterReport', '/mustNot', '/dataGoesTo'], least: 'high' },
  'hotline.web': { facts: ['/anonymity', '/mustNot'], memberships: true, least: 'medium', leastIfSole: 'high' },
  'portal.national': { facts: ['/anonymity', '/mustNot'], memberships: true, least: 'medium', leastIfSole: 'high' },
  'law-enforcement.report': { facts: ['/anonymity'], least: 'medium' },
  'child-helpline': {
    facts: ['/ages', '/confidentialityLimits'],
    channel: ['hours', 'cost', 'reach', 'languages'],
    least: 'high',
  },
  // What leaves the device is what the data goes to.
  'removal-service': { facts: ['/ages', '/anonymity', '/dataGoesTo'], least: 'high' },
  'platform-tool': { least: 'medium' },
  'traveller-report': { least: 'medium' },
  directory: { least: 'medium' },
  'prevention-helpline': { facts: ['/confidentialityLimits'], channel: ['hours'], least: 'medium' },
  'trafficking-hotline': { least: 'medium' },
  'missing-child': { least: 'medium' },
  network: { least: 'medium' },
  coordination: { least: 'medium' },
};

/**
 * Paths of the facts the publish gate asks for, but for those of channels (`channelFactsOf`): DOMAIN §3.12. A fact is asked
 * for also where the document is silent: that nothing is known of an age limit is something a person looks up too.
 */
export function gateFactsOf(entry: Entry): string[] {
  const { facts = [], memberships } = GATES[entry.kind];
  return [
    '/names',
    '/organisation',
    ...entry.serves.map(({ area }) => `/serves/${area}`),
    ...Object.keys(entry.accepts).map((need) => `/accepts/${need}`),
    '/audience',
    ...facts,
    ...(memberships ? entry.memberships.map(({ network }) => `/memberships/${network}`) : []),
  ];
}

/** Paths of the facts that decide whether one channel can be shown; none for a channel that is retired or not there. */
export function channelFactsOf(entry: Pick<Entry, 'kind' | 'channels'>, channelId: string): string[] {
  const channel = liveChannels(entry).find(({ id }) => id === channelId);
  if (!channel) return [];
  const asked = (GATES[entry.kind].channel ?? []).filter((fact) => channel[fact as keyof Channel] !== undefined);
  return ['value', ...asked].map((fact) => `/channels/${channelId}/${fact}`);
}

/** Every fact a full check looks at: those of the gate and those of each live channel. */
export function factsToCheck(entry: Entry): string[] {
  return [...gateFactsOf(entry), ...liveChannels(entry).flatMap(({ id }) => channelFactsOf(entry, id))];
}

export function liveChannels({ channels }: Pick<Entry, 'channels'>): Channel[] {
  return channels.filter(({ retired }) => retired === undefined);
}

/** The least confidence the gate of a kind asks for (DOMAIN §3.12). Emergency numbers are never called, so medium is theirs. */
export function least(kind: Kind, isSoleOption: boolean): Extract<Confidence, 'medium' | 'high'> {
  const { least: usual, leastIfSole } = GATES[kind];
  return isSoleOption ? (leastIfSole ?? usual) : usual;
}

/** Every fact of an entry that can be looked at, with what the document says of it. */
export function factValues(entry: Entry): Map<string, Json | undefined> {
  // Documents are JSON that was parsed against the schema of entries.
  const doc = entry as unknown as Record<string, Json>;
  const values = new Map<string, Json | undefined>();
  for (const path of SINGLE_FACTS) values.set(path, doc[path.slice(1)]);
  values.set('/names', givenNames(doc['names']));
  for (const list of FACT_LISTS) {
    for (const [id, item] of itemsOf(doc[list.slice(1)], list)) values.set(`${list}/${id}`, item);
  }
  for (const channel of liveChannels(entry)) {
    const stated = channel as unknown as Record<string, Json>; // As above.
    for (const fact of CHANNEL_FACTS) {
      const value = stated[fact];
      if (fact === 'value') values.set(`/channels/${channel.id}/value`, { type: channel.type, value: value ?? null });
      else if (value !== undefined) values.set(`/channels/${channel.id}/${fact}`, value);
    }
  }
  return values;
}

function itemsOf(value: Json | undefined, path: string): Iterable<[string, Json]> {
  if (isTree(value)) return Object.entries(value);
  return asKeyed(value, path) ?? [];
}

/** The names it goes by. What we or a machine translated is no fact about it, unless there is nothing else. */
function givenNames(names: Json | undefined): Json | undefined {
  if (!isTree(names)) return names;
  const own = Object.entries(names).filter(([, name]) => isTree(name) && (name['origin'] ?? 'official') === 'official');
  const shown = own.length > 0 ? own : Object.entries(names);
  return Object.fromEntries(shown.map(([tag, name]) => [tag, isTree(name) ? (name['text'] ?? '') : name]));
}

/** The paths among these that name no fact of the entry: neither a fact nor something facts lie below. */
export function unknownFacts(entry: Entry, paths: readonly string[]): string[] {
  const facts = [...factValues(entry).keys()];
  return paths.filter((path) => !facts.some((fact) => isAtOrBelow(fact, path)));
}

/** True for the path itself and what lies below it; everything lies below the empty path. */
export function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

type Revision = { revision: number; proposalId: string; doc: unknown };

/**
 * Which facts each approved revision changed, oldest first. Where something goes, what is left of its group says something
 * else than before, so the group changed; where a group goes, or the kind is another, the whole entry did. Otherwise taking a
 * doubtful fact away would make an entry look better than anybody found it.
 * @param revisions of one entry, in any order
 */
export function factChanges(revisions: readonly Revision[]): FactChange[] {
  const changes: FactChange[] = [];
  let before: { entry: Entry; facts: Map<string, Json | undefined> } | undefined;
  for (const { revision, proposalId, doc } of [...revisions].sort((a, b) => a.revision - b.revision)) {
    const entry = doc as Entry; // Revisions of an entry were parsed as one before they were approved.
    const facts = factValues(entry);
    if (before) {
      const paths = new Set(changedFacts(before.facts, facts));
      if (before.entry.kind !== entry.kind) paths.add('');
      for (const path of paths) changes.push({ path, revision, proposalId });
    }
    before = { entry, facts };
  }
  return changes;
}

function* changedFacts(was: Map<string, Json | undefined>, is: Map<string, Json | undefined>): Generator<string> {
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    if (was.has(path) && is.has(path) && sameValue(was.get(path), is.get(path))) continue;
    yield path;
    if (!is.has(path)) {
      const group = path.slice(0, path.lastIndexOf('/'));
      // A channel that goes leaves the others as they are: the best of them is what counts.
      const isLeft = [...is.keys()].some((other) => isAtOrBelow(other, group));
      if (isLeft) yield group;
      else if (!group.startsWith('/channels/')) yield '';
    }
  }
}
