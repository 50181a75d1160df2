import { diffDocuments, isTree, sameValue, type Change } from './diff.ts';
import type { Channel } from './channel.ts';
import type { Entry } from './entry.ts';
import type { Evidence } from './evidence.ts';
import { withFact } from './factValue.ts';
import { canonicalJson, type Json } from './hash.ts';
import type { Organisation } from './organisation.ts';
import { relink } from './references.ts';
import { normalisedValue } from './tombstone.ts';

/** What two records can be that are united. */
export type Unitable = { entry: Entry; organisation: Organisation };
export type UnitableType = keyof Unitable;

/** Whose value stays: that of the record that stays, or of the one that goes. */
export type Side = 'stays' | 'goes';

/**
 * The record that goes, its items named so that it can be laid over the one that stays: the same number, address or source gets the
 * same id, another one whose id is taken gets a free one. What names them (evidence, successors of channels) follows.
 */
export function aligned<T extends UnitableType>(type: T, goes: Unitable[T], stays: Unitable[T]): Unitable[T] {
  const names = renames(goes.otherNames ?? [], stays.otherNames ?? [], ({ name }) => name);
  const otherNames = goes.otherNames && {
    otherNames: goes.otherNames.map((one) => ({ ...one, id: as(names, one.id) })),
  };
  if (type === 'organisation') return alignedOrganisation(goes, stays, otherNames) as Unitable[T]; // By its type.
  const [from, to] = [goes, stays] as [Entry, Entry]; // As above.
  const channelIds = renames(from.channels, to.channels, channelKey);
  const channels = from.channels.map((channel) => renamedChannel(channel, channelIds));
  return { ...from, ...otherNames, channels, evidence: alignedEvidence(from, to, channelIds) } as Unitable[T];
}

function alignedOrganisation(goes: object, stays: object, otherNames: object | undefined): Organisation {
  const [from, to] = [goes, stays] as [Organisation, Organisation]; // The caller looked at the type.
  const contacts = renames(from.contactsInternal ?? [], to.contactsInternal ?? [], ({ id: _id, ...said }) =>
    canonicalJson(said),
  );
  const renamedContacts = from.contactsInternal?.map((one) => ({ ...one, id: as(contacts, one.id) }));
  return {
    ...from,
    ...otherNames,
    ...(renamedContacts && { contactsInternal: renamedContacts }),
    evidence: alignedEvidence(from, to, new Map()),
  };
}

/** One number or address of one type is one channel, whatever it is called; one that is retired is another than one that is not. */
export function channelKey(channel: Channel): string {
  const { type, value, retired } = channel;
  const more = 'keyword' in value ? value.keyword : 'prefix' in value ? value.prefix : undefined;
  return canonicalJson([type, normalisedValue(channel).replace(/\/$/, ''), more ?? null, retired !== undefined]);
}

const sourceKey = ({ id: _id, supports: _supports, supersededBy: _superseded, ...said }: Evidence): string =>
  canonicalJson(said);

type Renames = ReadonlyMap<string, string>;
const as = (ids: Renames, id: string): string => ids.get(id) ?? id;

/** Ids for the items of one list beside those of another: equal ones pair up, those of the same id first, each once. */
function renames<T extends { id: string }>(from: readonly T[], to: readonly T[], keyOf: (item: T) => string): Renames {
  const ids = new Map<string, string>();
  const free = new Map(to.map((item) => [item.id, keyOf(item)]));
  const pair = (item: T, id: string | undefined) => {
    if (id !== undefined && free.delete(id)) ids.set(item.id, id);
  };
  for (const item of from) if (free.get(item.id) === keyOf(item)) pair(item, item.id);
  for (const item of from) if (!ids.has(item.id)) pair(item, [...free].find(([, key]) => key === keyOf(item))?.[0]);
  const taken = new Set(to.map(({ id }) => id));
  for (const { id } of from) {
    if (ids.has(id)) continue;
    const given = freeId(id, taken);
    ids.set(id, given);
    taken.add(given);
  }
  return ids;
}

/** @returns the wish, or with a number behind it that is not taken; never longer than ids may be */
function freeId(wish: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wish : `${wish.slice(0, 36)}-${n}`;
    if (!taken.has(id)) return id;
  }
}

function renamedChannel(channel: Channel, ids: Renames): Channel {
  const { reach, retired } = channel;
  return {
    ...channel,
    id: as(ids, channel.id),
    ...(reach?.alternativeFromAbroad === undefined
      ? {}
      : { reach: { ...reach, alternativeFromAbroad: as(ids, reach.alternativeFromAbroad) } }),
    ...(retired?.successorChannel === undefined
      ? {}
      : { retired: { ...retired, successorChannel: as(ids, retired.successorChannel) } }),
  };
}

type Evidenced = { evidence: readonly Evidence[] };

function alignedEvidence(goes: Evidenced, stays: Evidenced, channelIds: Renames): Evidence[] {
  const ids = renames(goes.evidence, stays.evidence, sourceKey);
  return goes.evidence.map((one) => ({
    ...one,
    id: as(ids, one.id),
    ...(one.supersededBy === undefined ? {} : { supersededBy: as(ids, one.supersededBy) }),
    supports: one.supports.map((path) => renamedPath(path, channelIds)),
  }));
}

/** The path of a fact of one of the channels, by what the channel is called now. */
export function renamedPath(path: string, channelIds: Renames): string {
  const [, id, rest = ''] = /^\/channels\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return id === undefined ? path : `/channels/${as(channelIds, id)}${rest}`;
}

/** Which channel of the record that stays each channel of the one that goes is: only those that are one. */
export function sameChannels(goes: Pick<Entry, 'channels'>, stays: Pick<Entry, 'channels'>): Map<string, string> {
  const own = new Set(stays.channels.map(({ id }) => id));
  return new Map([...renames(goes.channels, stays.channels, channelKey)].filter(([, id]) => own.has(id)));
}

/** Nobody chooses these: they are united, or those of the record that stays. */
const NOT_CHOSEN =
  /^\/(id|slug|slugHistory|retirement|evidence|otherNames|identifiers|pairedWith|supersedes|onBehalfOf)(\/|$)/;

/** What differs, field by field, for a person to choose: `before` is what stays without a choice of theirs, `after` what goes. */
export function differencesToUnite<T extends UnitableType>(type: T, stays: Unitable[T], goes: Unitable[T]): Change[] {
  return diffDocuments(stays, aligned(type, goes, stays)).filter(
    ({ path, op }) => op !== 'reordered' && !NOT_CHOSEN.test(path),
  );
}

/**
 * Whose value stays where nobody chose: what only one of them says is kept; where both say something, the record that stays is
 * believed, unless it only says that nothing is known.
 */
export function usualSide({ before, after }: Change): Side {
  if (after === undefined) return 'stays';
  return before === undefined || saysNothing(before) ? 'goes' : 'stays';
}

const saysNothing = (value: Json): boolean =>
  isTree(value)
    ? Object.keys(value).length === 1 && [value['level'], value['status'], value['answer']].includes('unknown')
    : value === 'unknown';

/**
 * Two records as one: the document of the record that stays, with what the other one has beside it. Channels, sources, names, areas,
 * needs, memberships and links of both are kept. A source speaks no longer for a value that was not taken.
 * @param chosen by the path of a difference (`differencesToUnite`) whose value stays, where it is not `usualSide`
 * @returns the united document; it may break limits (50 channels, 20 other names), which whoever proposes it is told
 */
export function unite<T extends UnitableType>(
  type: T,
  stays: Unitable[T],
  goes: Unitable[T],
  chosen: Readonly<Record<string, Side>> = {},
): Unitable[T] {
  const other = aligned(type, goes, stays);
  const taken = differencesToUnite(type, stays, goes).map((change) => ({
    ...change,
    side: chosen[change.path] ?? usualSide(change),
  }));
  const whole = taken
    .filter(({ side }) => side === 'goes')
    // Whole documents differ in fields and items alone, so what is laid over is the value of a field, or an item.
    .reduce<unknown>((doc, { path, after }) => withFact(doc, path, after ?? null), stays) as Unitable[T];
  const lost = (side: Side) => taken.filter((t) => t.side !== side && t.before !== undefined && t.after !== undefined);
  const united = {
    ...whole,
    ...unitedNames(stays, other, whole),
    ...unitedLists(stays, other),
    evidence: unitedEvidence(withoutLost(stays.evidence, lost('stays')), withoutLost(other.evidence, lost('goes'))),
  };
  // What named either of them would now name itself.
  const linked = relink(type, relink(type, united, goes.id, stays.id), stays.id, stays.id);
  return withSuperseded(type, linked, goes.id);
}

/** The entry that stays takes the place of the one that goes. */
function withSuperseded<T extends UnitableType>(type: T, doc: Unitable[T], goesId: string): Unitable[T] {
  if (type !== 'entry' || goesId === doc.id) return doc;
  const { supersedes = [] } = doc as Entry; // By its type.
  return { ...doc, supersedes: [...new Set([...supersedes, goesId])] };
}

/** A name that did not stay the name is one it goes by as well. */
function unitedNames(stays: Named, goes: Named, whole: Named): Pick<Named, 'otherNames'> {
  const kept = [...(stays.otherNames ?? [])];
  const known = () => new Set([...kept.map(({ name }) => name), ...textsOf(whole)]);
  const add = (id: string, name: string, rest: object = {}) => {
    if (!known().has(name)) kept.push({ ...rest, id: freeId(id, new Set(kept.map((one) => one.id))), name });
  };
  for (const { id, name, ...rest } of goes.otherNames ?? []) add(id, name, rest);
  for (const name of [...textsOf(stays), ...textsOf(goes)]) add('name', name);
  return kept.length > 0 || stays.otherNames ? { otherNames: kept } : {};
}

type Named = Pick<Entry, 'names' | 'otherNames'> & Pick<Organisation, 'acronym'>;
const textsOf = ({ names, acronym }: Named): string[] => [
  ...Object.values(names).map(({ text }) => text),
  ...(acronym === undefined ? [] : [acronym]),
];

const LISTS = ['pairedWith', 'supersedes', 'onBehalfOf', 'identifiers'] as const;

function unitedLists(stays: object, goes: object): object {
  const [a, b] = [stays, goes] as Record<string, Json[] | undefined>[]; // Documents are JSON.
  return Object.fromEntries(
    LISTS.flatMap((key) => {
      const [own = [], others = []] = [a?.[key], b?.[key]];
      const more = others.filter((one) => !own.some((known) => sameValue(known, one)));
      return a?.[key] === undefined && more.length === 0 ? [] : [[key, [...own, ...more]]];
    }),
  );
}

/** A source that was for a value which was not taken says nothing of the one that was. */
function withoutLost(evidence: readonly Evidence[], lost: readonly Change[]): Evidence[] {
  const isLost = (path: string) => lost.some((change) => path === change.path || path.startsWith(`${change.path}/`));
  return evidence.map((one) => ({ ...one, supports: one.supports.filter((path) => !isLost(path)) }));
}

function unitedEvidence(stays: readonly Evidence[], goes: readonly Evidence[]): Evidence[] {
  const others = new Map(goes.map((one) => [one.id, one]));
  const both = stays.map((one) => {
    const more = (others.get(one.id)?.supports ?? []).filter((path) => !one.supports.includes(path));
    others.delete(one.id);
    return more.length > 0 ? { ...one, supports: [...one.supports, ...more] } : one;
  });
  return [...both, ...others.values()];
}
