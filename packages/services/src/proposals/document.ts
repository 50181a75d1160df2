import type { RecordType } from '@waymark/domain';
import { findRevision, listedName, type ProposalRecord, type Reader } from '@waymark/store';

/** The document a proposal started from; nothing for a new record. */
export async function baseDocument(
  read: Reader,
  proposal: Pick<ProposalRecord, 'recordId' | 'baseRevision'>,
): Promise<unknown> {
  if (proposal.baseRevision === 0) return undefined;
  return (await findRevision(read, proposal.recordId, proposal.baseRevision))?.doc;
}

/** The name a proposal is listed under; a draft may have none yet. */
export function nameOf(type: RecordType, doc: unknown): string {
  try {
    return listedName(type, doc) || '';
  } catch {
    return '';
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
