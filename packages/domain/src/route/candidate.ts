import { KINDS } from '../kinds.ts';
import { gravestMark, type UrgentMark } from '../urgentRule.ts';
import type { AnonymityLevel, Audience, Need } from '../vocabulary.ts';
import type { Tier, WithheldReason } from './answer.ts';
import { CSAM_ONLINE } from './csamOnline.ts';
import type { RoutableEntry } from './directory.ts';
import { NARROWNESS, responsibility, type Narrowness, type Places } from './place.ts';
import { TIERS } from './tier.ts';
import {
  anonymityRank,
  doubtOf,
  isFor,
  usableChannels,
  type Fit,
  type Question,
  type UsableChannel,
} from './usable.ts';

/** An entry that fits a question, with what decides its place. */
export type Candidate = {
  entry: RoutableEntry;
  tier: Tier;
  narrowness: Narrowness;
  primary: boolean;
  /** It takes the need under conditions only. */
  conditional: boolean;
  channels: readonly UsableChannel[];
  /** Of the best channel. */
  level: AnonymityLevel;
  open: boolean | 'unknown';
  language: Fit;
  /** Why it stays inside, though it fits. */
  withheld: WithheldReason | undefined;
  /** The mark of the urgent lane on the entry or on a channel that would fit. */
  withdrawn: UrgentMark | undefined;
};

// A kind that a later version of the vocabulary brought is none of ours: nobody is sent there.
const TIER_OF_KIND: ReadonlyMap<string, string> = new Map(
  Object.entries(KINDS).map(([kind, { tier }]) => [kind, tier]),
);

/** The tier of an entry's kind; undefined for those who coordinate and take no report. */
export function tierOf({ kind }: Pick<RoutableEntry, 'kind'>): Tier | undefined {
  return TIERS.find((tier) => tier === TIER_OF_KIND.get(kind));
}

/** What an entry takes of what is asked for, in the place that is asked about. */
export type Served = { needs: readonly Need[]; narrowness: Narrowness; primary: boolean };

/** Whether an entry is there for the needs at these places, whoever asks and however; undefined when it is not. */
export function servedBy(
  entry: RoutableEntry,
  needs: readonly Need[],
  places: Places,
  day: string,
): Served | undefined {
  const { status } = entry.operational;
  if (status === 'closed' || status === 'planned') return undefined;
  const accepted = acceptedNeeds(entry, needs);
  return accepted.length === 0 ? undefined : servedNeeds(entry, accepted, places, day);
}

/**
 * What an entry is to a question (DOMAIN §4.2 step 1): a candidate, or nothing. One that fits but for its expiry, suspension,
 * confidence or a withdrawal is a candidate with the reason why it is withheld.
 */
export function candidateOf(
  entry: RoutableEntry,
  tier: Tier,
  served: Served,
  question: Question,
): Candidate | undefined {
  if (!isFor(entry.audience.length > 0 ? entry.audience : UNSAID, question.audiences)) return undefined;
  const usable = usableChannels(entry, served.needs, question);
  if (usable.length === 0) return undefined;
  const sound = usable.filter(({ withheld }) => withheld === undefined);
  const channels = (sound.length === 0 ? usable : sound).sort((a, b) => compareChannels(a, b, question));
  const withdrawn = entry.withdrawn ?? gravestMark(usable.map((channel) => channel.withdrawn));
  const { narrowness, primary } = served;
  return {
    entry,
    tier: tierHere(tier, served),
    narrowness,
    primary,
    conditional: entry.kind !== 'emergency' && served.needs.every((need) => entry.accepts[need]?.answer !== 'yes'),
    channels,
    level: channels.map(({ level }) => level).reduce((a, b) => (anonymityRank(b) < anonymityRank(a) ? b : a)),
    open: best(channels.map(({ open }) => open)),
    language: bestFit(channels.map(({ language }) => language)),
    withheld: doubtAbout(entry, question.now) ?? (sound.length === 0 ? doubtAmong(channels) : undefined),
    withdrawn,
  };
}

/** Whom an entry is for that does not say so; in a document without the word the schema says the same. */
const UNSAID: readonly Audience[] = ['public'];

/** A national body that takes reports from anywhere is one abroad to everybody else. */
export function tierHere(tier: Tier, { narrowness }: Served): Tier {
  return (tier === 'N' || tier === 'L') && narrowness === NARROWNESS.world ? 'G' : tier;
}

/**
 * Needs it takes. An emergency number is for danger, whatever it is about, unless it says no. What says nothing of one kind of abuse
 * material but takes another may well take it, too: the first seven needs are one for routing (DOMAIN §3.3).
 */
function acceptedNeeds({ kind, accepts }: RoutableEntry, needs: readonly Need[]): readonly Need[] {
  if (kind === 'emergency') return needs.filter((need) => accepts[need]?.answer !== 'no');
  const takes = (need: Need) => accepts[need]?.answer === 'yes' || accepts[need]?.answer === 'conditional';
  const stated = needs.filter(takes);
  if (stated.length > 0) return stated;
  const isSilent = needs.every((need) => CSAM_ONLINE.includes(need) && accepts[need]?.answer !== 'no');
  return isSilent && CSAM_ONLINE.some(takes) ? needs : [];
}

/**
 * What of the needs it is responsible for here, and how narrowly. An emergency number is one of the country the person is in;
 * where they live or what happened elsewhere does not matter, and none is good for the whole world.
 */
function servedNeeds(entry: RoutableEntry, accepted: readonly Need[], places: Places, day: string): Served | undefined {
  const isEmergency = entry.kind === 'emergency';
  const counted = isEmergency ? { here: places.here, home: places.here, incident: places.here } : places;
  const needs = new Set<Need>();
  let narrowness: Narrowness | undefined;
  let primary = false;
  for (const serves of entry.serves) {
    const taken = serves.needs === undefined ? accepted : accepted.filter((need) => serves.needs?.includes(need));
    const found = taken.length === 0 ? undefined : responsibility(serves, counted, day);
    if (found === undefined || (isEmergency && found === NARROWNESS.world)) continue;
    for (const need of taken) needs.add(need);
    const isPrimary = serves.strength === 'primary';
    if (narrowness === undefined || found < narrowness) [narrowness, primary] = [found, isPrimary];
    else if (found === narrowness) primary ||= isPrimary;
  }
  return narrowness === undefined ? undefined : { needs: [...needs], narrowness, primary };
}

/** Where every channel is in doubt, the one that would come first says why; but a withdrawal is never kept quiet. */
function doubtAmong(channels: readonly UsableChannel[]): WithheldReason | undefined {
  return channels.some(({ withdrawn }) => withdrawn) ? 'temporarily-withdrawn' : channels[0]?.withheld;
}

function doubtAbout(
  { state, unsafe, verification, withdrawn }: RoutableEntry,
  now: string,
): WithheldReason | undefined {
  if (withdrawn) return 'temporarily-withdrawn';
  if (unsafe) return 'unsafe';
  return state === 'active' ? doubtOf(verification, now) : 'suspended';
}

const OPEN_ORDER: readonly (boolean | 'unknown')[] = [true, 'unknown', false];
const FIT_ORDER: readonly Fit[] = ['yes', 'unknown', 'no'];
const CONFIDENCE_ORDER: readonly string[] = ['high', 'medium'];

function best(open: readonly (boolean | 'unknown')[]): boolean | 'unknown' {
  return OPEN_ORDER.find((known) => open.includes(known)) ?? 'unknown';
}

function bestFit(fits: readonly Fit[]): Fit {
  return FIT_ORDER.find((fit) => fits.includes(fit)) ?? 'unknown';
}

function compareChannels(a: UsableChannel, b: UsableChannel, { request }: Question): number {
  return (
    (request.anonymity === 'indifferent' ? 0 : anonymityRank(a.level) - anonymityRank(b.level)) ||
    OPEN_ORDER.indexOf(a.open) - OPEN_ORDER.indexOf(b.open) ||
    FIT_ORDER.indexOf(a.language) - FIT_ORDER.indexOf(b.language) ||
    compareText(a.id, b.id)
  );
}

const USUAL_PRIORITY = 50;

/** The order inside a tier (DOMAIN §4.2 step 5); ids decide last, so that the order of the data never does. */
export function compareCandidates(a: Candidate, b: Candidate, { request }: Question): number {
  return (
    (request.anonymity === 'indifferent' ? 0 : anonymityRank(a.level) - anonymityRank(b.level)) ||
    a.narrowness - b.narrowness ||
    Number(b.primary) - Number(a.primary) ||
    Number(a.conditional) - Number(b.conditional) ||
    OPEN_ORDER.indexOf(a.open) - OPEN_ORDER.indexOf(b.open) ||
    FIT_ORDER.indexOf(a.language) - FIT_ORDER.indexOf(b.language) ||
    CONFIDENCE_ORDER.indexOf(a.entry.verification.confidence) -
      CONFIDENCE_ORDER.indexOf(b.entry.verification.confidence) ||
    (a.entry.priority ?? USUAL_PRIORITY) - (b.entry.priority ?? USUAL_PRIORITY) ||
    compareText(a.entry.id, b.entry.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
