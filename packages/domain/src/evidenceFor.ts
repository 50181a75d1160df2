import type { Evidence } from './evidence.ts';
import { EVIDENCE_KINDS } from './kinds.ts';
import type { Reliability } from './vocabulary.ts';

/** @returns primary, secondary or tertiary (DOMAIN §3.5). */
export function reliabilityOf(evidence: Pick<Evidence, 'kind'>): Reliability {
  return EVIDENCE_KINDS[evidence.kind];
}

/** True when one path is the other or lies below it. */
export function coversPath(supported: string, path: string): boolean {
  return path === supported || path.startsWith(`${supported}/`) || supported.startsWith(`${path}/`);
}

/** The evidence of a record that speaks for `path` and was not superseded. */
export function evidenceFor(evidence: readonly Evidence[], path: string): Evidence[] {
  return evidence.filter((e) => e.supersededBy === undefined && e.supports.some((s) => coversPath(s, path)));
}
