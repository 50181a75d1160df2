import { countryOfArea, type MatchIndex } from './matchIndex.ts';
import type { Known, Likeable } from './known.ts';
import { bestLikeness } from './name.ts';

/** What speaks for two records being one, and against it: one closed list. Weights add up. */
export const MATCH_REASONS = {
  'same-address': { weight: 45, message: 'The same web address, which no other entry has.' },
  'shared-address': { weight: 10, message: 'The same web address, which other entries have too.' },
  'same-host': { weight: 20, message: 'A web address under the same domain, which no other entry has.' },
  'same-phone': { weight: 40, message: 'The same number, which no other entry has.' },
  'shared-phone': { weight: 15, message: 'The same number, which other entries have too.' },
  'same-short-code': { weight: 30, message: 'The same short number in the same country.' },
  'same-email': { weight: 40, message: 'The same e-mail address, which no other entry has.' },
  'shared-email': { weight: 12, message: 'The same e-mail address, which other entries have too.' },
  'same-name': { weight: 40, message: 'The same name.' },
  'same-common-name': { weight: 25, message: 'The same name, of words that many services have in theirs.' },
  'similar-name': { weight: 18, message: 'A similar name.' },
  'same-organisation': { weight: 12, message: 'The same organisation.' },
  'same-country': { weight: 8, message: 'The same country.' },
  'same-kind': { weight: 5, message: 'The same kind.' },
  'other-name': { weight: -12, message: 'Another name.' },
  'other-host': { weight: -12, message: 'Web addresses under other domains.' },
  'other-phone': { weight: -6, message: 'Other numbers.' },
  'other-organisation': { weight: -5, message: 'Another organisation.' },
  'wider-area': { weight: -5, message: 'One of them is for a wider area.' },
  'other-kind': { weight: -45, message: 'Another kind.' },
  'other-country': { weight: -55, message: 'Another country.' },
} as const;
export type MatchReason = keyof typeof MATCH_REASONS;

/** A record that may be meant, with what speaks for it and against it. */
export interface Candidate {
  /** Id of the entry, or `row:12` for another row of the file. */
  id: string;
  label: string;
  /** 0 to 100. */
  score: number;
  reasons: { code: MatchReason; message: string }[];
  /** same: sure enough to be applied and reviewed. maybe: for a person to decide. */
  verdict: 'same' | 'maybe';
}

const SAME = 52;
const MAYBE = 30;

const meet = <T>(a: readonly T[], b: readonly T[]): T[] => a.filter((item) => b.includes(item));

/** How many others have something that two records share, besides those two. */
export type Sharers = Pick<MatchIndex, 'sharersOfAddress' | 'sharersOfDomain' | 'sharersOfPhone' | 'sharersOfEmail'>;

function addressReason(subject: Likeable, known: Known, index: Sharers): MatchReason | undefined {
  const keys = meet(
    subject.addresses.map(({ key }) => key),
    known.addresses.map(({ key }) => key),
  );
  if (keys.length > 0)
    return keys.some((key) => index.sharersOfAddress(key, known.id) === 0) ? 'same-address' : 'shared-address';
  const domainsOf = ({ addresses }: Likeable) => addresses.flatMap(({ domain }) => domain ?? []);
  const domains = meet(domainsOf(subject), domainsOf(known));
  if (domains.some((domain) => index.sharersOfDomain(domain, known.id) === 0)) return 'same-host';
  const bothSay = domainsOf(subject).length > 0 && domainsOf(known).length > 0;
  return domains.length === 0 && bothSay ? 'other-host' : undefined;
}

function phoneReason(subject: Likeable, known: Known, index: Sharers): MatchReason | undefined {
  const full = meet(subject.phones, known.phones);
  if (full.length > 0)
    return full.some((key) => index.sharersOfPhone(key, known.id) === 0) ? 'same-phone' : 'shared-phone';
  const short = meet(subject.shortCodes, known.shortCodes);
  if (short.length > 0)
    return short.some((key) => index.sharersOfPhone(key, known.id) === 0) ? 'same-short-code' : 'shared-phone';
  const bothSay =
    subject.phones.length + subject.shortCodes.length > 0 && known.phones.length + known.shortCodes.length > 0;
  return bothSay ? 'other-phone' : undefined;
}

function emailReason(subject: Likeable, known: Known, index: Sharers): MatchReason | undefined {
  const both = meet(subject.emails, known.emails);
  if (both.length === 0) return undefined;
  return both.some((email) => index.sharersOfEmail(email, known.id) === 0) ? 'same-email' : 'shared-email';
}

function nameReason(subject: Likeable, known: Known): MatchReason | undefined {
  if (subject.names.length === 0 || known.names.length === 0) return undefined;
  const { likeness, isTelling } = bestLikeness(subject.names, known.names);
  if (likeness === 1) return isTelling ? 'same-name' : 'same-common-name';
  if (likeness >= 0.6) return 'similar-name';
  return likeness < 0.34 ? 'other-name' : undefined;
}

function organisationReason(subject: Likeable, known: Known): MatchReason | undefined {
  if (subject.organisations.length === 0 || known.organisations.length === 0) return undefined;
  const { likeness } = bestLikeness(subject.organisations, known.organisations);
  return likeness >= 0.75 ? 'same-organisation' : likeness < 0.34 ? 'other-organisation' : undefined;
}

const isWide = (area: string): boolean => area === '001' || /^\d{3}$|^group:/.test(area);

function areaReason(subject: Likeable, known: Known): MatchReason | undefined {
  if (subject.areas.length === 0 || known.areas.length === 0) return undefined;
  const countries = (areas: readonly string[]) => areas.map(countryOfArea);
  if (meet(countries(subject.areas), countries(known.areas)).length > 0) return 'same-country';
  return subject.areas.some(isWide) || known.areas.some(isWide) ? 'wider-area' : 'other-country';
}

function kindReason(subject: Likeable, known: Known): MatchReason | undefined {
  if (subject.kinds.length === 0 || known.kinds.length === 0) return undefined;
  return meet(subject.kinds, known.kinds).length > 0 ? 'same-kind' : 'other-kind';
}

/** Reasons that forbid a match without a person, however much speaks for it. */
export const FORBIDDING: ReadonlySet<string> = new Set<MatchReason>(['other-country', 'other-kind', 'wider-area']);

/**
 * Compares two records. Shared things weigh little: a short number without name, address or mail is never enough, nor a host of many.
 * @returns the candidate, or null when too little speaks for it to trouble a person
 */
export function compare(subject: Likeable, known: Known, index: Sharers): Candidate | null {
  const codes = [
    addressReason(subject, known, index),
    phoneReason(subject, known, index),
    emailReason(subject, known, index),
    nameReason(subject, known),
    organisationReason(subject, known),
    areaReason(subject, known),
    kindReason(subject, known),
  ].filter((code) => code !== undefined);
  const score = codes.reduce((sum, code) => sum + MATCH_REASONS[code].weight, 0);
  if (score < MAYBE) return null;
  const mayMatch = codes.includes('same-country') && !codes.some((code) => FORBIDDING.has(code));
  return {
    id: known.id,
    label: known.label,
    score: Math.min(100, score),
    reasons: codes.map((code) => ({ code, message: MATCH_REASONS[code].message })),
    verdict: score >= SAME && mayMatch ? 'same' : 'maybe',
  };
}

/** The best is taken without a person only when it leads the next by this much. */
const LEAD = 12;

/** Candidates, best first; the verdict "same" is left to the first alone, and only when no other one comes near it. */
export function candidatesFor(subject: Likeable, index: MatchIndex, but?: string): Candidate[] {
  const found: Candidate[] = [];
  for (const known of index.near(subject, but)) {
    const candidate = compare(subject, known, index);
    if (candidate) found.push(candidate);
  }
  found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const [first, ...others] = found;
  const rival = others.find(({ reasons }) => !reasons.some(({ code }) => FORBIDDING.has(code)));
  const isClear = first !== undefined && (rival === undefined || first.score - rival.score >= LEAD);
  return found
    .slice(0, 5)
    .map((candidate, at) => (at === 0 && isClear ? candidate : { ...candidate, verdict: 'maybe' as const }));
}
