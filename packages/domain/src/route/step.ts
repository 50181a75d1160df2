import type { RouteNeed } from '../routeRequest.ts';
import type { RouteStep, StepCaveat, StepReason, Tier } from './answer.ts';
import type { Candidate } from './candidate.ts';
import { CSAM_ONLINE } from './csamOnline.ts';
import { NARROWNESS } from './place.ts';
import type { Situation } from './table.ts';
import { GENERIC_EMERGENCY, GENERIC_POLICE } from './tier.ts';
import type { Question } from './usable.ts';

const REASON_OF_TIER: Record<Tier, StepReason> = {
  E: 'danger-now',
  L: 'police-is-the-point',
  N: 'national',
  G: 'takes-reports-from-anywhere',
  P: 'platform',
  R: 'removal',
  H: 'help-line',
  V: 'traveller',
  W: 'prevention',
  F: 'finder',
};

/** What decides about a step beside its entry. */
type Around = {
  question: Question;
  situation: Situation;
  /** Whether a national body stands in the list. */
  hasNational: boolean;
};

/** A candidate as a step, with why it is there and what to know before. Whether its partners are there is added later. */
export function stepOf(candidate: Candidate, around: Around): RouteStep {
  const { entry, tier, channels } = candidate;
  return {
    id: entry.id,
    tier,
    channels: channels.map(({ id }) => id),
    why: reasonsOf(candidate, around),
    caveats: caveatsOf(candidate, around),
  };
}

function reasonsOf(
  { entry, tier, narrowness, level, open, language }: Candidate,
  { question: { request }, situation, hasNational }: Around,
): StepReason[] {
  const why: StepReason[] = [REASON_OF_TIER[tier]];
  if (tier === 'L' && situation.urgent) why.push('urgent');
  if (tier === 'G' && !hasNational) why.push('no-national-option');
  if (request.need === 'provider-report' && tier === 'N')
    why.push(entry.mandate?.statutoryForProviders ? 'statutory' : 'voluntary');
  if (situation.anonymity && level === 'anonymous') why.push('anonymous');
  if (narrowness === NARROWNESS.subdivision) why.push('your-area');
  if (open === true) why.push('open-now');
  if (request.languages.length > 0 && language === 'yes') why.push('your-language');
  return why;
}

function caveatsOf(
  { tier, conditional, level, open, language, withdrawn }: Candidate,
  { question: { request }, situation }: Around,
): StepCaveat[] {
  const caveats: StepCaveat[] = [];
  if (open === false) caveats.push('closed-now');
  if (language === 'no') caveats.push('language');
  if (situation.anonymity && level === 'identified') caveats.push('identity-needed');
  if (situation.anonymity && level !== 'identified' && level !== 'anonymous') caveats.push('may-ask-who-you-are');
  if (conditional) caveats.push('conditional');
  if (tier === 'E' && isChildElsewhere(request)) caveats.push('child-is-elsewhere');
  if (withdrawn) caveats.push('partly-withdrawn');
  return caveats;
}

function isChildElsewhere({ country, incidentCountry }: Question['request']): boolean {
  return incidentCountry !== undefined && incidentCountry !== country;
}

/** Words for "call your emergency number", where none is known: never another country's number. */
export function emergencyWords({ request }: Question): RouteStep {
  return {
    id: GENERIC_EMERGENCY,
    tier: 'E',
    channels: [],
    ...(request.country === null ? {} : { country: request.country }),
    why: ['danger-now', 'number-unknown'],
    caveats: isChildElsewhere(request) ? ['child-is-elsewhere'] : [],
  };
}

/** Words for "go to the police" of the country where the child is. */
export function policeWords({ request }: Question, situation: Situation, isLastResort: boolean): RouteStep {
  const country = request.incidentCountry ?? request.country;
  const urgent: StepReason[] = situation.urgent ? ['urgent'] : [];
  return {
    id: GENERIC_POLICE,
    tier: 'L',
    channels: [],
    ...(country === null ? {} : { country }),
    why: isLastResort ? ['last-resort'] : ['police-is-the-point', ...urgent],
    caveats: [],
  };
}

/**
 * Brings partners of one tier together, behind the first of them: two language communities of one country are not told apart by
 * what puts another between them.
 */
export function pulledTogether(candidates: readonly Candidate[]): Candidate[] {
  const byId = new Map(candidates.map((candidate) => [candidate.entry.id, candidate] as const));
  const partners = new Map<string, string[]>();
  const join = (a: Candidate, b: Candidate | undefined) => {
    if (b && a.tier === b.tier) partners.set(a.entry.id, [...(partners.get(a.entry.id) ?? []), b.entry.id]);
  };
  for (const candidate of candidates) {
    for (const id of candidate.entry.pairedWith ?? []) {
      const partner = byId.get(id);
      join(candidate, partner);
      if (partner) join(partner, candidate);
    }
  }
  if (partners.size === 0) return [...candidates];
  const rank = new Map(candidates.map(({ entry }, i) => [entry.id, i] as const));
  const placed = new Set<string>();
  for (const { entry } of candidates) {
    // All who are partners of partners, in their own order.
    const group = new Set([entry.id]);
    for (const id of group) for (const partner of partners.get(id) ?? []) group.add(partner);
    for (const id of [...group].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))) placed.add(id);
  }
  return [...placed].flatMap((id) => byId.get(id) ?? []);
}

/** Adds the caveat that a partner is missing, where one is (DOMAIN §6 D6). */
export function markMissingPartners(steps: readonly RouteStep[], candidates: readonly Candidate[]): RouteStep[] {
  const shown = new Set(steps.map(({ id }) => id));
  const lonely = new Set(
    candidates.filter(({ entry }) => entry.pairedWith?.some((id) => !shown.has(id))).map(({ entry }) => entry.id),
  );
  return steps.map((step) =>
    lonely.has(step.id) ? { ...step, caveats: [...step.caveats, 'partner-missing' as const] } : step,
  );
}

/** Whether a need is about abuse material seen online. */
export function isCsam(need: RouteNeed): boolean {
  return need === 'csam-online' || CSAM_ONLINE.some((part) => part === need);
}
