import type { Entry, Organisation } from '@waymark/domain';
import { toKnown, type Known } from './known.ts';
import { MatchIndex } from './matchIndex.ts';
import { organisationsAlike, ORGANISATION_REASONS, type OrganisationReason } from './organisations.ts';
import { compare, FORBIDDING, MATCH_REASONS, type MatchReason, type Sharers } from './score.ts';

/** What can speak for two records being one, or against it: of entries and of organisations. */
export type DuplicateReason = MatchReason | OrganisationReason;

export const DUPLICATE_REASONS = { ...MATCH_REASONS, ...ORGANISATION_REASONS };

/** Two records that may be one. The smaller id stands first. */
export interface LikelyPair {
  firstId: string;
  secondId: string;
  /** 0 to 100. */
  score: number;
  reasons: DuplicateReason[];
}

/** Pairs of which people see the best; the rest would only fill memory. */
const MOST_PAIRS = 5_000;

export interface LikelyPairs {
  /** The likeliest first. */
  pairs: LikelyPair[];
  /** How many there are, also beyond those. */
  total: number;
}

/**
 * Entries that may be one. Another country, kind or a wider area forbids it, shared numbers and hosts never match alone (`compare`), and
 * what its curators paired with each other is two. Each is compared with the few that share something telling with it, not with all.
 */
export async function likelyEntries(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  organisations: ReadonlyMap<string, Organisation>,
): Promise<LikelyPairs> {
  const known: Known[] = [];
  const paired = new Set<string>();
  for await (const entry of entries) {
    known.push(toKnown(entry, organisations));
    for (const other of entry.pairedWith ?? []) paired.add(pairKey(entry.id, other));
  }
  const index = new MatchIndex(known);
  return bestOf(known, function* (subject) {
    for (const other of index.near(subject, subject.id)) {
      if (other.id <= subject.id || paired.has(pairKey(subject.id, other.id))) continue;
      const candidate = compare(subject, other, besides(index));
      if (candidate && !candidate.reasons.some(({ code }) => FORBIDDING.has(code)))
        yield { other, score: candidate.score, reasons: candidate.reasons.map(({ code }) => code) };
    }
  });
}

/** Organisations that may be one: by register numbers, domains and names in any script. Parent and child are two. */
export function likelyOrganisations(organisations: Iterable<Organisation>): LikelyPairs {
  const { known, near } = organisationsAlike(organisations);
  return bestOf(known, near);
}

/** Two ids, whichever comes first. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Both that are compared are in the index, so one less shares what they share. */
function besides(index: MatchIndex): Sharers {
  return {
    sharersOfAddress: (key, but) => index.sharersOfAddress(key, but) - 1,
    sharersOfDomain: (domain, but) => index.sharersOfDomain(domain, but) - 1,
    sharersOfPhone: (key, but) => index.sharersOfPhone(key, but) - 1,
    sharersOfEmail: (email, but) => index.sharersOfEmail(email, but) - 1,
  };
}

interface Found {
  other: { id: string };
  score: number;
  reasons: DuplicateReason[];
}

function bestOf<T extends { id: string }>(known: Iterable<T>, near: (subject: T) => Iterable<Found>): LikelyPairs {
  let pairs: LikelyPair[] = [];
  let total = 0;
  for (const subject of known) {
    for (const { other, score, reasons } of near(subject)) {
      total += 1;
      pairs.push({ firstId: subject.id, secondId: other.id, score, reasons });
    }
    if (pairs.length > 2 * MOST_PAIRS) pairs = sorted(pairs).slice(0, MOST_PAIRS);
  }
  return { pairs: sorted(pairs).slice(0, MOST_PAIRS), total };
}

const sorted = (pairs: readonly LikelyPair[]): LikelyPair[] =>
  [...pairs].sort(
    (a, b) => b.score - a.score || (pairKey(a.firstId, a.secondId) < pairKey(b.firstId, b.secondId) ? -1 : 1),
  );
