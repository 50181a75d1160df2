import type { RouteNeed, RouteRequest } from '../routeRequest.ts';
import type { Tier } from './answer.ts';

type Row = { calm: readonly Tier[]; urgent: readonly Tier[] };

/** The platform first while nothing presses; last when it does, since what it removes is no evidence any more. */
const ONLINE: Row = { calm: ['P', 'N', 'L', 'G'], urgent: ['L', 'N', 'P', 'G'] };

const always = (...tiers: Tier[]): Row => ({ calm: tiers, urgent: tiers });

/**
 * Tiers in order, by need (DOMAIN §4.2 step 3). E stands before all of them in danger, F behind when there is nothing else.
 * The last three are not in that table: a missing child is a matter of the police, what is seen online is reported like the rest.
 */
const ROWS: Partial<Record<RouteNeed, Row>> = {
  grooming: ONLINE,
  sextortion: { calm: ['P', 'N', 'L', 'R', 'G'], urgent: ['L', 'N', 'P', 'R', 'G'] },
  'own-image-removal': { calm: ['R', 'P', 'N', 'G'], urgent: ['L', 'R', 'N', 'P', 'G'] },
  trafficking: always('L', 'N', 'G'),
  'travel-exploitation': always('L', 'V', 'N', 'G'),
  'contact-abuse': always('L', 'N', 'G'),
  'child-help': always('H'),
  'worried-about-behaviour': always('W'),
  'provider-report': { calm: ['N'], urgent: ['N', 'L'] },
  'missing-child': always('L', 'H', 'N', 'G'),
  'misleading-domain': ONLINE,
  'other-illegal': ONLINE,
};

/** Needs that go on until somebody steps in, unless the person says otherwise. */
const ONGOING: ReadonlySet<RouteNeed> = new Set([
  'grooming',
  'sextortion',
  'trafficking',
  'contact-abuse',
  'travel-exploitation',
]);

export type Situation = {
  danger: boolean;
  urgent: boolean;
  /** The tiers of this need, in their usual order. */
  tiers: readonly Tier[];
  /** Where no tip line of the police is known, the police is named all the same. */
  isForPolice: boolean;
  /** Anonymity is asked for. */
  anonymity: boolean;
};

/** What follows from a request alone. */
export function situationOf({ need, danger, identifiable, ongoing, anonymity }: RouteRequest): Situation {
  const row = ROWS[need] ?? ONLINE;
  const presses = identifiable || (ongoing ?? ONGOING.has(need));
  const urgent = danger === 'yes' || presses;
  const tiers = urgent ? row.urgent : row.calm;
  return {
    danger: danger === 'yes',
    urgent,
    tiers,
    isForPolice: tiers.includes('L') && (presses || row.calm[0] === 'L'),
    anonymity: anonymity !== 'indifferent',
  };
}
