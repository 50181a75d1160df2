import {
  parseDocument,
  refuse,
  stateAfter,
  type CountryProfile,
  type DirectoryRecord,
  type Entry,
  type RoutableEntry,
} from '@waymark/domain';
import { findRecord, openSuspension, Problem, type ProposalRecord, type Reader } from '@waymark/store';
import { toRoutable, type Look } from './routable.ts';
import { standingAfter } from './standingAfter.ts';

/** What a change would leave in the place of records: nothing, where they go. */
export type Replaced = {
  entries: { id: string; before: Entry | undefined; after: RoutableEntry | undefined }[];
  profile?: { country: string; after: CountryProfile | undefined };
};

/**
 * What an open proposal would leave in the directory, for routing.
 * @throws Problem document-invalid
 */
export async function replacedBy(read: Reader, proposal: ProposalRecord, look: Look): Promise<Replaced> {
  const { recordType, recordId, mergedId } = proposal;
  if (recordType === 'organisation') return { entries: [] };
  const record = await findRecord(read, recordId);
  const state = stateAfter(proposal.kind, record?.state);
  const parsed = parseDocument(recordType, proposal.doc);
  if (!parsed.ok) throw new Problem(refuse('document-invalid', undefined, parsed.problems));
  if (recordType === 'country') {
    const doc = parsed.doc as CountryProfile; // The type says which document it is.
    return { entries: [], profile: { country: doc.country, after: state === 'active' ? doc : undefined } };
  }
  const doc = parsed.doc as Entry; // As above.
  const after = state === 'retired' ? undefined : await entryAfter(read, record, { id: proposal.id, doc }, state, look);
  const before = record?.doc as Entry | undefined; // As above.
  return { entries: [{ id: recordId, before, after }, ...(await merged(read, mergedId))] };
}

/** The loser of a merge becomes a tombstone. */
async function merged(read: Reader, id: string | null): Promise<Replaced['entries']> {
  const record = id === null ? undefined : await findRecord(read, id);
  // What is merged into an entry is one.
  return record ? [{ id: record.id, before: record.doc as Entry, after: undefined }] : [];
}

/** An entry as it would be once a document is approved. */
export async function entryAfter(
  read: Reader,
  record: DirectoryRecord | undefined,
  proposal: { id: string; doc: Entry },
  state: RoutableEntry['state'],
  look: Look,
): Promise<RoutableEntry | undefined> {
  if (proposal.doc.publishTo?.snapshot === false) return undefined;
  const entry = toRoutable(proposal.doc, state, await standingAfter(read, record, proposal), look);
  const suspension = state === 'suspended' && record ? await openSuspension(read, record.id) : undefined;
  return suspension?.reason.startsWith('unsafe') ? { ...entry, unsafe: true } : entry;
}

/** Entries with some of them replaced. */
export function withReplaced(entries: readonly RoutableEntry[], { entries: replaced }: Replaced): RoutableEntry[] {
  const gone = new Set(replaced.map(({ id }) => id));
  return [...entries.filter(({ id }) => !gone.has(id)), ...replaced.flatMap(({ after }) => after ?? [])];
}
