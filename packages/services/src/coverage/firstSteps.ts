import { setImmediate } from 'node:timers/promises';
import {
  areaCountries,
  COUNTRIES,
  CSAM_ONLINE,
  indexDirectory,
  Need,
  route,
  type DirectoryRecord,
  type Entry,
  type IndexedDirectory,
  type RouteNeed,
  type RouteRequest,
  type Tier,
} from '@waymark/domain';
import { currentPolicy, type ProposalRecord, type Reader } from '@waymark/store';
import { entryAfter, replacedBy, withReplaced, type Replaced } from './after.ts';
import { eachRoutableEntry, routableIn, type Look, type Named } from './routable.ts';

/** Where people would turn first; words have neither name nor handle. */
export type FirstStep = { id: string; tier: Tier; name: string | null; slug: string | null };

/** Whose first step a change changes. */
export type FirstSteps = {
  /** The first ones of `total`. */
  changes: { country: string; need: RouteNeed; before: FirstStep; after: FirstStep }[];
  total: number;
  /**
   * The policy publishes what nobody verified, so entries are compared as if somebody had: otherwise nobody would be sent to any
   * of them, before or after.
   */
  assumedVerified: boolean;
};

/** A person reads no more than this. */
const LONGEST_LIST = 200;

export const NO_FIRST_STEPS: FirstSteps = { changes: [], total: 0, assumedVerified: false };

/** Whose first step changes when a proposal is applied. Only for a document that is whole. */
export async function firstStepsOfProposal(read: Reader, proposal: ProposalRecord, now: string): Promise<FirstSteps> {
  const look = await lookFor(read, now);
  return compare(read, await replacedBy(read, proposal, look), look, {
    id: proposal.recordId,
    name: proposal.recordName,
  });
}

/** Whose first step changes when an entry goes out of sight, or becomes another document. */
export async function firstStepsOfRecord(
  read: Reader,
  record: DirectoryRecord,
  doc: Entry | undefined,
  now: string,
): Promise<FirstSteps> {
  const look = await lookFor(read, now);
  const after = doc && (await entryAfter(read, record, { id: '', doc }, 'active', look));
  const before = record.doc as Entry; // The caller looked at the type.
  return compare(read, { entries: [{ id: record.id, before, after }] }, look);
}

async function lookFor(read: Reader, now: string): Promise<Look> {
  const { policy } = await currentPolicy(read);
  return { now, assumeVerified: policy.withhold.below === 'none' };
}

async function compare(
  read: Reader,
  replaced: Replaced,
  look: Look,
  renamed?: { id: string; name: string },
): Promise<FirstSteps> {
  const touched = replaced.entries
    .flatMap(({ before, after }) => [before, after])
    .filter((entry) => entry !== undefined);
  const countries = countriesOf(touched, look.now);
  const needs = needsOf(touched);
  const none = { ...NO_FIRST_STEPS, assumedVerified: look.assumeVerified };
  if (countries.length === 0 || needs.length === 0) return none;
  const entries = await entriesIn(read, countries, look);
  const names = new Map(entries.map(({ name, entry }) => [entry.id, { name, slug: entry.slug }] as const));
  const was = indexDirectory({ entries: entries.map(({ entry }) => entry), countries: [] });
  const is = indexDirectory({ entries: withReplaced(was.entries, replaced), countries: [] });
  for (const { id, after } of replaced.entries) {
    if (after)
      names.set(id, { name: renamed?.id === id ? renamed.name : (names.get(id)?.name ?? ''), slug: after.slug });
  }
  const first = (directory: IndexedDirectory, country: string, need: RouteNeed): FirstStep => {
    const [step] = route(standardRequest(country, need), directory, look.now).steps;
    // A route is never empty.
    const { id, tier } = step ?? { id: '', tier: 'L' as const };
    return { id, tier, ...(names.get(id) ?? { name: null, slug: null }) };
  };
  const changes: FirstSteps['changes'] = [];
  for (const country of countries) {
    for (const need of needs) {
      const [before, after] = [first(was, country, need), first(is, country, need)];
      if (before.id !== after.id) changes.push({ country, need, before, after });
    }
    // The whole world is many questions: others are served meanwhile.
    await setImmediate();
  }
  return { ...none, changes: changes.slice(0, LONGEST_LIST), total: changes.length };
}

/** Somebody of whom nothing is known but where they are and what they ask; who would ask it. */
function standardRequest(country: string, need: RouteNeed): RouteRequest {
  return {
    need,
    country,
    danger: 'unknown',
    identifiable: false,
    anonymity: 'indifferent',
    reporter: need === 'child-help' ? 'child' : need === 'provider-report' ? 'provider' : 'public',
    languages: [],
  };
}

type Touched = Pick<Entry, 'serves' | 'accepts'>;

/** Countries that an entry serves before or after; all of them for one that serves the world. */
function countriesOf(entries: readonly Touched[], now: string): readonly string[] {
  const served = new Set<string>();
  for (const { area } of entries.flatMap(({ serves }) => serves)) {
    const countries = areaCountries(area, now.slice(0, 10));
    if (countries === 'world') return COUNTRIES;
    for (const country of countries) served.add(country);
  }
  return [...served].sort();
}

/** What people ask for that an entry takes before or after. */
function needsOf(entries: readonly Touched[]): RouteNeed[] {
  const taken = Need.options.filter((need) =>
    entries.some(({ accepts }) => accepts[need]?.answer === 'yes' || accepts[need]?.answer === 'conditional'),
  );
  return [...new Set(taken.map((need): RouteNeed => (CSAM_ONLINE.includes(need) ? 'csam-online' : need)))];
}

async function entriesIn(read: Reader, countries: readonly string[], look: Look): Promise<Named[]> {
  if (countries !== COUNTRIES) return routableIn(read, countries, look);
  const all: Named[] = [];
  for await (const named of eachRoutableEntry(read, look)) all.push(named);
  return all;
}
