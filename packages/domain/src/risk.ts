import { isTree, sameValue, type Change } from './diff.ts';
import type { ChangeClass } from './field.ts';
import type { Risk } from './policy.ts';
import type { ProposalKind } from './proposal.ts';
import { evidenceFor, reliabilityOf, type Evidence } from './evidence.ts';

const RISK_OF_CLASS: Record<ChangeClass, Risk> = {
  'contact-value': 'R2',
  reach: 'R2',
  hours: 'R2',
  anonymity: 'R2',
  serves: 'R2',
  accepts: 'R2',
  ages: 'R2',
  status: 'R2',
  identity: 'R2',
  retirement: 'R3',
  coverage: 'R2',
  membership: 'R1',
  relation: 'R1',
  tags: 'R1',
  text: 'R1',
  evidence: 'R1',
  // Published beside a document, never in one.
  verification: 'R2',
  internal: 'R0',
  format: 'R0',
};

/** Kinds where one wrong change reaches a whole country or the world. */
const CRITICAL_KINDS: readonly unknown[] = ['emergency', 'portal.global'];

/**
 * Risk of a proposal, from its diff alone, never typed by a person (DOMAIN §3.9).
 * @param kind what the proposal does; everything but an update is R3
 * @param before the document the proposal started from, undefined for a new one
 */
export function riskOf(kind: ProposalKind, changes: readonly Change[], before: unknown, after: unknown): Risk {
  if (kind !== 'update') return 'R3';
  const critical = [before, after].some((doc) => isTree(doc) && CRITICAL_KINDS.includes(doc['kind']));
  return changes.map((change) => riskOfChange(change, critical)).reduce(higher, 'R0');
}

function riskOfChange(change: Change, critical: boolean): Risk {
  if (change.class === 'coverage' && isTree(change.after) && change.after['status'] === 'none-known') return 'R3';
  if (change.class === 'text' && isSpacingOnly(change)) return 'R0';
  const risk = RISK_OF_CLASS[change.class];
  return critical && risk === 'R2' ? 'R3' : risk;
}

/** Spaces and case only: a typo or format change. */
function isSpacingOnly(change: Change): boolean {
  const text = (value: unknown) => (isTree(value) ? value['text'] : value);
  const [a, b] = [text(change.before), text(change.after)];
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const bare = (s: string) => s.toLowerCase().replace(/[\s\p{P}]+/gu, '');
  return bare(a) === bare(b);
}

function higher(a: Risk, b: Risk): Risk {
  return a > b ? a : b;
}

const NEEDS_PRIMARY: readonly ChangeClass[] = [
  'contact-value',
  'reach',
  'hours',
  'anonymity',
  'serves',
  'accepts',
  'ages',
  'status',
  'coverage',
];

/**
 * Paths of an update whose new value no primary evidence supports that is new, or was looked at again, since the base
 * (DESIGN §4.4, R2 "with primary evidence"). Evidence of the old value says nothing about the new one.
 * What is taken away needs none; a new record passes the publish gate instead.
 */
export function pathsWithoutPrimaryEvidence(
  kind: ProposalKind,
  changes: readonly Change[],
  evidence: readonly Evidence[],
  baseEvidence: readonly Evidence[],
): string[] {
  if (kind !== 'update') return [];
  const fresh = evidence.filter((e) => !baseEvidence.some((old) => old.id === e.id && sameValue(old, e)));
  return changes
    .filter((change) => NEEDS_PRIMARY.includes(change.class) && change.after !== undefined && change.op !== 'reordered')
    .map((change) => change.path)
    .filter((path) => !evidenceFor(fresh, path).some((e) => reliabilityOf(e) === 'primary'));
}
