import { isExpired } from '../expiry.ts';
import { isOpenAt } from '../openAt.ts';
import type { RouteNeed, RouteRequest } from '../routeRequest.ts';
import type { UrgentMark } from '../urgentRule.ts';
import type { AnonymityLevel, Audience, Need } from '../vocabulary.ts';
import type { WithheldReason } from './answer.ts';
import { CSAM_ONLINE } from './csamOnline.ts';
import type { RoutableChannel, RoutableEntry, RoutableVerification } from './directory.ts';
import { namedCountry } from './place.ts';

/** A channel this person can use, with what puts it before or behind others. */
export type UsableChannel = {
  id: string;
  level: AnonymityLevel;
  open: boolean | 'unknown';
  language: Fit;
  /** Why it stays inside, where it does. */
  withheld: WithheldReason | undefined;
  /** The mark of the urgent lane, which goes before every other reason: people should know of it. */
  withdrawn: UrgentMark | undefined;
  type: RoutableChannel['type'];
};

/** Whether something suits: what is not known stands between yes and no. */
export type Fit = 'yes' | 'unknown' | 'no';

/** What a channel or an entry is asked for: a request, or the help line beside it. */
export type Question = { request: RouteRequest; audiences: ReadonlySet<Audience>; now: string };

/** From what satisfies "anonymity required" to what asks for a name (DOMAIN §3.4). */
export const ANONYMITY_ORDER: readonly AnonymityLevel[] = [
  'anonymous',
  'pseudonymous',
  'confidential',
  'unknown',
  'identified',
];

/** The needs of the vocabulary that a need of a request is made of. */
export function needsOf(need: RouteNeed): readonly Need[] {
  return need === 'csam-online' ? CSAM_ONLINE : [need];
}

/** Why something is not shown for what is known of it; undefined when it may be. */
export function doubtOf({ confidence, expiresAt }: RoutableVerification, now: string): WithheldReason | undefined {
  if (isExpired({ expiresAt }, now)) return 'expired';
  return confidence === 'high' || confidence === 'medium' ? undefined : 'confidence';
}

/**
 * The channels of an entry that this person can use for one of these needs, best first. Channels that fit but for their own
 * verification are among them, marked.
 */
export function usableChannels(entry: RoutableEntry, needs: readonly Need[], question: Question): UsableChannel[] {
  const usable: UsableChannel[] = [];
  for (const channel of entry.channels) {
    const taken = channel.needs === undefined ? needs : needs.filter((need) => channel.needs?.includes(need));
    if (channel.retired !== undefined || taken.length === 0 || !isFor(channel.audience, question.audiences)) continue;
    if (question.request.usable !== undefined && !question.request.usable.includes(channel.type)) continue;
    if (!isReachableFrom(channel, entry, question.request) || !hasPhoneOf(channel, question.request)) continue;
    const level = levelOf(channel, entry, taken);
    // A call to the emergency number is never left out for the sake of anonymity.
    if (question.request.anonymity === 'required' && level !== 'anonymous' && entry.kind !== 'emergency') continue;
    usable.push({
      id: channel.id,
      type: channel.type,
      level,
      open: isOpen(channel, entry, question.now),
      language: languageFit(channel, question.request.languages),
      withheld: doubtAbout(channel, question.now),
      withdrawn: channel.withdrawn,
    });
  }
  return usable;
}

function doubtAbout({ withdrawn, verification }: RoutableChannel, now: string): WithheldReason | undefined {
  return withdrawn ? 'temporarily-withdrawn' : verification && doubtOf(verification, now);
}

/** Whether a channel is for one of these; one that says nothing is for all its entry is for. */
export function isFor(offered: readonly Audience[] | undefined, wanted: ReadonlySet<Audience>): boolean {
  return offered === undefined || offered.length === 0 || offered.some((audience) => wanted.has(audience));
}

/**
 * Whether the person can get through from where they are. A list of countries is whole, but for an international number that
 * says it works from abroad. Of a number that says nothing, no more is assumed than that it works where its entry serves by name.
 */
function isReachableFrom(channel: RoutableChannel, entry: RoutableEntry, { country }: RouteRequest): boolean {
  const { dialableFrom, worldwide, fromAbroad } = channel.reach ?? {};
  if (worldwide === true) return true;
  const number = 'number' in channel.value ? channel.value.number : undefined;
  if (number?.kind === 'e164' && fromAbroad === 'yes') return true;
  if (dialableFrom !== undefined) return country !== null && dialableFrom.includes(country);
  if (number === undefined) return true;
  return country !== null && number.kind === 'e164' && entry.serves.some(({ area }) => namedCountry(area) === country);
}

/** A one-time password goes to a phone of that country alone. */
function hasPhoneOf({ requires = [] }: RoutableChannel, { country, residence }: RouteRequest): boolean {
  return requires.every((requirement) => {
    if (!requirement.startsWith('otp:')) return true;
    const of = requirement.slice('otp:'.length);
    return of === country || of === residence;
  });
}

/** The least anonymity among these needs: a promise to somebody who does not say which of them it is. */
function levelOf(channel: RoutableChannel, entry: RoutableEntry, needs: readonly Need[]): AnonymityLevel {
  const stated = needs.map((need) => channel.anonymityFor?.[need] ?? channel.anonymity ?? entry.anonymity.level);
  const asked = (channel.requires ?? []).map((requirement): AnonymityLevel => {
    if (requirement === 'national-id' || requirement.startsWith('otp:')) return 'identified';
    return requirement === 'account' || requirement === 'email' ? 'pseudonymous' : 'anonymous';
  });
  return [...stated, ...asked].reduce((a, b) => (anonymityRank(a) < anonymityRank(b) ? b : a), 'anonymous');
}

/** A level that a later version of the vocabulary brought is unknown here. */
export function anonymityRank(level: AnonymityLevel): number {
  const rank = ANONYMITY_ORDER.indexOf(level);
  return rank < 0 ? ANONYMITY_ORDER.indexOf('unknown') : rank;
}

function isOpen({ hours }: RoutableChannel, { operational }: RoutableEntry, now: string): boolean | 'unknown' {
  if (operational.status === 'temporarily-closed') return false;
  return hours === undefined ? 'unknown' : isOpenAt(hours, now);
}

function languageFit({ languages }: RoutableChannel, wanted: readonly string[]): Fit {
  if (wanted.length === 0) return 'yes';
  if (languages === undefined || languages.length === 0) return 'unknown';
  const offered = new Set(languages.map(({ tag }) => base(tag)));
  return wanted.some((tag) => offered.has(base(tag))) ? 'yes' : 'no';
}

function base(tag: string): string {
  return tag.split('-')[0] ?? tag;
}
