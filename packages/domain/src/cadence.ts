import type { Entry } from './entry.ts';
import { KINDS, type RiskClass } from './vocabulary.ts';

/** How often an entry is checked, in days after the last confirmation (DOMAIN §3.6). */
export type Cadence = {
  riskClass: RiskClass;
  /** A confirmation counts in full for so long; then the entry is due. */
  confirmDays: number;
  remindDays: number;
  /** Then readers drop it. */
  expireDays: number;
};

type Rhythm = Omit<Cadence, 'riskClass'>;

const MONTHLY: Rhythm = { confirmDays: 30, remindDays: 20, expireDays: 45 };
const QUARTERLY: Rhythm = { confirmDays: 90, remindDays: 68, expireDays: 135 };
const HALF_YEARLY: Rhythm = { confirmDays: 180, remindDays: 135, expireDays: 270 };
const YEARLY: Rhythm = { confirmDays: 365, remindDays: 300, expireDays: 545 };

const OF_CLASS: Record<RiskClass, Rhythm> = {
  G: MONTHLY,
  A: QUARTERLY,
  B: HALF_YEARLY,
  C: HALF_YEARLY,
  D: YEARLY,
};

/**
 * The cadence of an entry by its kind. A country's sole option rises to class A; the global portal stays above it. Emergency
 * numbers are checked yearly though their class is A, and menus of platforms quarterly though theirs is B (DOMAIN §3.6).
 */
export function cadenceOf({ kind }: Pick<Entry, 'kind'>, isSoleOption: boolean): Cadence {
  const { risk } = KINDS[kind];
  const riskClass = isSoleOption && risk !== 'G' ? 'A' : risk;
  if (kind === 'emergency') return { riskClass, ...YEARLY };
  if (kind === 'platform-tool') return { riskClass, ...QUARTERLY };
  return { riskClass, ...OF_CLASS[riskClass] };
}
