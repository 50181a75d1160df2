import { audiencesOf, supportAudiencesOf } from './route/audience.ts';
import type { Route, RouteStep, Tier, WithheldEntry } from './route/answer.ts';
import { candidateOf, compareCandidates, servedBy, tierHere, tierOf, type Candidate } from './route/candidate.ts';
import { entriesFor, indexDirectory, type IndexedDirectory, type RoutableDirectory } from './route/directory.ts';
import { notesFor } from './route/notes.ts';
import { NARROWNESS, placesOf, type Places } from './route/place.ts';
import { emergencyWords, markMissingPartners, policeWords, pulledTogether, stepOf } from './route/step.ts';
import { situationOf, type Situation } from './route/table.ts';
import { needsOf, type Question } from './route/usable.ts';
import type { RouteNeed, RouteRequest } from './routeRequest.ts';
import type { Need } from './vocabulary.ts';

/**
 * Where a person can turn, in order, and why: the rule of DOMAIN §4.2. Pure and total: no clock, network, locale or chance, the
 * same answer whatever the order of the data, never empty. Readers use it offline, curators to see what people see.
 * @param directory a snapshot, the directory, or either as it would be after a change; index it once for many questions
 * @param now UTC, ISO 8601
 */
export function route(request: RouteRequest, directory: RoutableDirectory | IndexedDirectory, now: string): Route {
  const indexed = 'byCountry' in directory ? directory : indexDirectory(directory);
  const situation = situationOf(request);
  const places = placesOf(request);
  const question = { request, audiences: audiencesOf(request.reporter, request.need), now };
  const found = findCandidates(indexed, situation, places, question);
  const listed = listSteps(found, situation, question);
  const support = findSupport(indexed, places, request, now, new Set(listed.steps.map(({ id }) => id)));
  const shown = new Set([...listed.steps, ...support.steps].map(({ id }) => id));
  const withheld = [...listed.withheld, ...support.withheld].filter(({ entry }) => !shown.has(entry.id));
  return {
    steps: listed.steps,
    support: support.steps,
    // In danger the emergency number comes before everything.
    supportFirst: request.reporter === 'child' && !situation.danger && support.steps.length > 0,
    withheld: [...new Map(withheld.map((candidate) => [candidate.entry.id, candidate] as const)).values()]
      .flatMap(withheldEntry)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    notes: notesFor(request, indexed, now, found.hasOwn),
  };
}

function withheldEntry({ entry: { id }, withheld: reason, withdrawn }: Candidate): WithheldEntry[] {
  if (reason === undefined) return [];
  return [{ id, reason, ...(reason === 'temporarily-withdrawn' && withdrawn ? { withdrawn } : {}) }];
}

/** Candidates of each tier, best first: those to show, and those withheld. */
type Tiers = { shown: Map<Tier, Candidate[]>; withheld: Map<Tier, Candidate[]> };

type Found = Tiers & {
  /** The country has something of its own for the need, though this person may not be able to use it. */
  hasOwn: boolean;
};

/** Tiers of what a country can have of its own. */
const OWN: readonly Tier[] = ['N', 'L', 'R', 'H', 'V', 'W'];

function findCandidates(directory: IndexedDirectory, situation: Situation, places: Places, question: Question): Found {
  const { request } = question;
  const needs = needsOf(request.need);
  const wanted = new Set<Tier>([...situation.tiers, ...(situation.danger ? ['E' as const] : []), 'F']);
  const tools = directory.tools.get(request.platform?.toLowerCase() ?? '');
  const candidates: Candidate[] = [];
  let hasOwn = false;
  for (const entry of entriesFor(directory, countriesOf(places))) {
    const tier = tierOf(entry);
    if (tier === undefined || (tier === 'P' && !tools?.has(entry.id))) continue;
    const served = servedBy(entry, needs, places, question.now.slice(0, 10));
    if (!served || !wanted.has(tierHere(tier, served))) continue;
    hasOwn ||= OWN.includes(tier) && served.narrowness < NARROWNESS.world;
    const candidate = candidateOf(entry, tier, served, question);
    if (candidate) candidates.push(candidate);
  }
  return { ...inTiers(candidates, question), hasOwn };
}

function inTiers(candidates: readonly Candidate[], question: Question): Tiers {
  const found: Tiers = { shown: new Map(), withheld: new Map() };
  for (const candidate of [...candidates].sort((a, b) => compareCandidates(a, b, question))) {
    const lists = candidate.withheld === undefined ? found.shown : found.withheld;
    lists.set(candidate.tier, [...(lists.get(candidate.tier) ?? []), candidate]);
  }
  return found;
}

function countriesOf({ here, home, incident }: Places): ReadonlySet<string> {
  return new Set([here, home, incident].flatMap((place) => (place ? [place.country] : [])));
}

/** Tiers that count as having found something: beyond them a directory is no use (DOMAIN §4.2 step 4). */
const FINDS: readonly Tier[] = ['N', 'L', 'G', 'R', 'V', 'H', 'W'];

function listSteps(
  found: Found,
  situation: Situation,
  question: Question,
): { steps: RouteStep[]; withheld: Candidate[] } {
  const shown = (tier: Tier) => found.shown.get(tier) ?? [];
  const national = nationalBodies(shown('N'), question.request.need);
  const isWanted = abroadIsWanted(national, situation);
  const tiers = new Map(situation.tiers.map((tier) => [tier, shown(tier)] as const));
  tiers.set('N', national);
  tiers.set('G', shown('G').filter(isWanted));
  const ordered = inOrder(situation, (tier) => tiers.get(tier) ?? []);
  const isFound = ordered.some(({ tier }) => FINDS.includes(tier));
  const finders = isFound ? [] : shown('F');
  const candidates = pulledTogether([...(situation.danger ? shown('E') : []), ...ordered, ...finders]);
  const around = { question, situation, hasNational: national.length > 0 };
  const withheld = [...(situation.danger ? ['E' as const] : []), ...situation.tiers, ...(isFound ? [] : ['F' as const])]
    .flatMap((tier) => found.withheld.get(tier) ?? [])
    .filter((candidate) => candidate.tier !== 'G' || isWanted(candidate));
  const steps = candidates.map((candidate) => stepOf(candidate, around));
  return {
    steps: markMissingPartners(withWords(steps, situation, question), candidates),
    withheld,
  };
}

/** Who has to take reports of providers by law, where somebody has; otherwise who takes them. */
function nationalBodies(candidates: Candidate[], need: RouteNeed): Candidate[] {
  if (need !== 'provider-report') return candidates;
  const statutory = candidates.filter(({ entry }) => entry.mandate?.statutoryForProviders);
  return statutory.length > 0 ? statutory : candidates;
}

/**
 * Whether somebody abroad is worth showing: where there is nobody national; or as the anonymous way out, unless the same people
 * read what a national one gets.
 */
function abroadIsWanted(national: readonly Candidate[], situation: Situation): (candidate: Candidate) => boolean {
  if (national.length === 0) return () => true;
  const readers = new Set(national.map(analystsOf));
  return (candidate) => situation.anonymity && candidate.level === 'anonymous' && !readers.has(analystsOf(candidate));
}

function analystsOf({ entry }: Candidate): string {
  return entry.analystsBy ?? entry.organisation;
}

/** Behind everything else go those who ask for a name while somebody would rather not give it; the police stays first when it presses. */
function inOrder(situation: Situation, candidates: (tier: Tier) => readonly Candidate[]): Candidate[] {
  const mayWait: readonly Tier[] = situation.urgent ? ['N'] : ['N', 'L'];
  const waits = ({ tier, level }: Candidate) => situation.anonymity && mayWait.includes(tier) && level !== 'anonymous';
  return [
    ...situation.tiers.flatMap((tier) => candidates(tier).filter((candidate) => !waits(candidate))),
    ...mayWait.filter((tier) => situation.tiers.includes(tier)).flatMap((tier) => candidates(tier).filter(waits)),
  ];
}

/** Puts words where an entry is missing that must not be: the emergency number, the police, anything at all. */
function withWords(steps: readonly RouteStep[], situation: Situation, question: Question): RouteStep[] {
  const first = steps.filter(({ tier }) => tier === 'E');
  const others = steps.filter(({ tier }) => tier !== 'E');
  const emergency = situation.danger && first.length === 0 ? [emergencyWords(question)] : first;
  if (!situation.isForPolice || others.some(({ tier }) => tier === 'L')) {
    const all = [...emergency, ...others];
    return all.length > 0 ? all : [policeWords(question, situation, true)];
  }
  const before = new Set(situation.tiers.slice(0, situation.tiers.indexOf('L')));
  // Those who wait for their turn behind the others are not before the police.
  const at = others.findIndex(({ tier }) => !before.has(tier));
  const place = at < 0 ? others.length : at;
  return [...emergency, ...others.slice(0, place), policeWords(question, situation, false), ...others.slice(place)];
}

/** Needs with a child behind them that somebody should talk to (DOMAIN §4.2 step 6). */
const WITH_SUPPORT: ReadonlySet<RouteNeed> = new Set(['grooming', 'sextortion', 'own-image-removal', 'contact-abuse']);

const CHILD_HELP: readonly Need[] = ['child-help'];

/** Help lines beside the steps, or where to find one. What it takes is help, whatever the report is about. */
function findSupport(
  directory: IndexedDirectory,
  places: Places,
  request: RouteRequest,
  now: string,
  steps: ReadonlySet<string>,
): { steps: RouteStep[]; withheld: Candidate[] } {
  const isOffered = WITH_SUPPORT.has(request.need) || request.reporter === 'child';
  if (!isOffered || request.need === 'child-help') return { steps: [], withheld: [] };
  const question = { request, audiences: supportAudiencesOf(request.reporter), now };
  const situation = situationOf({ ...request, need: 'child-help' });
  const candidates: Candidate[] = [];
  for (const entry of entriesFor(directory, countriesOf(places))) {
    const tier = entry.kind === 'child-helpline' || entry.kind === 'directory' ? tierOf(entry) : undefined;
    if (tier === undefined || steps.has(entry.id)) continue;
    const served = servedBy(entry, CHILD_HELP, places, now.slice(0, 10));
    const candidate = served && candidateOf(entry, tier, served, question);
    if (candidate) candidates.push(candidate);
  }
  const { shown, withheld } = inTiers(candidates, question);
  const lines = shown.get('H') ?? [];
  const offered = pulledTogether(lines.length > 0 ? lines : (shown.get('F') ?? []));
  const around = { question, situation, hasNational: false };
  const offeredSteps = offered.map((candidate) => stepOf(candidate, around));
  return {
    steps: markMissingPartners(offeredSteps, offered),
    withheld: [...(withheld.get('H') ?? []), ...(lines.length > 0 ? [] : (withheld.get('F') ?? []))],
  };
}
