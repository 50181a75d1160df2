import { and, asc, count, eq, gt, inArray, ne, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { OPEN_STATES, referencesOf, type RecordType } from '@waymark/domain';
import { placeholdersOf, prepared } from './prepared.ts';
import type { ProposalRecord } from './proposals.ts';
import type { Reader, Writer } from './store.ts';
import { proposal, record, recordLink, revision } from './tables.ts';

const deleteLinks = prepared((tx: Writer) =>
  tx
    .delete(recordLink)
    .where(eq(recordLink.seq, sql.placeholder('seq')))
    .returning({ seq: recordLink.seq })
    .prepare(),
);
const insertLink = prepared((tx: Writer) =>
  tx.insert(recordLink).values(placeholdersOf(recordLink)).returning({ seq: recordLink.seq }).prepare(),
);

/** Notes whom a record names, as `putRecord` wrote it. */
export async function writeLinks(
  tx: Writer,
  { seq, type, state, revision, doc }: typeof record.$inferSelect,
): Promise<void> {
  if (revision > 1) await deleteLinks(tx).execute({ seq });
  if (state === 'retired') return;
  const links = referencesOf(type, doc).filter(({ path }) => path !== '/organisation');
  for (const target of new Set(links.map(({ id }) => id))) await insertLink(tx).execute({ target, seq });
}

const naming = (read: Reader) =>
  and(
    ne(record.state, 'retired'),
    or(
      eq(record.organisationId, sql.placeholder('id')),
      inArray(
        record.seq,
        read
          .select({ seq: recordLink.seq })
          .from(recordLink)
          .where(eq(recordLink.target, sql.placeholder('id'))),
      ),
    ),
  );

const idsNaming = prepared((read: Reader) =>
  read.select({ id: record.id, type: record.type }).from(record).where(naming(read)).orderBy(asc(record.id)).prepare(),
);
const firstNaming = prepared((read: Reader) =>
  read
    .select({ id: record.id, type: record.type, name: record.name, slug: record.slug, doc: record.doc })
    .from(record)
    .where(and(naming(read), ne(record.id, sql.placeholder('but'))))
    .orderBy(asc(record.type), asc(record.sortName), asc(record.seq))
    .limit(sql.placeholder('limit'))
    .prepare(),
);
const countNaming = prepared((read: Reader) =>
  read
    .select({ n: count() })
    .from(record)
    .where(and(naming(read), ne(record.id, sql.placeholder('but'))))
    .prepare(),
);

/** Records, but for retired ones, that name a record: all of them, in the order of their ids. */
export async function recordsNaming(read: Reader, id: string): Promise<{ id: string; type: RecordType }[]> {
  return idsNaming(read).execute({ id });
}

/** The first of `recordsNaming` by name, but for one, with how many there are. */
export async function firstRecordsNaming(read: Reader, id: string, but: string, limit: number) {
  const rows = await firstNaming(read).execute({ id, but, limit });
  const [all] = await countNaming(read).execute({ id, but });
  return { rows, total: all?.n ?? 0 };
}

/** Open proposals whose document holds an id, wherever it stands: few, so their text is searched. */
export async function openProposalsHolding(read: Reader, id: string): Promise<ProposalRecord[]> {
  return read
    .select()
    .from(proposal)
    .where(and(inArray(proposal.state, [...OPEN_STATES]), sql`instr(${proposal.doc}, ${id}) > 0`))
    .orderBy(asc(proposal.id));
}

const merges = prepared((read: Reader) => {
  const later = alias(revision, 'later');
  return read
    .select({
      recordId: proposal.recordId,
      revision: revision.revision,
      mergedId: sql<string>`${proposal.mergedId}`,
      mergedRevision: sql<number>`${proposal.mergedRevision}`,
    })
    .from(proposal)
    .innerJoin(revision, and(eq(revision.proposalId, proposal.id), eq(revision.recordId, proposal.recordId)))
    .where(
      and(
        eq(proposal.recordId, sql.placeholder('id')),
        eq(proposal.kind, 'merge'),
        eq(proposal.state, 'applied'),
        notExists(
          read
            .select({ one: later.revision })
            .from(later)
            .where(
              and(
                eq(later.recordId, proposal.mergedId),
                gt(later.revision, proposal.mergedRevision),
                ne(later.state, 'retired'),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(revision.revision))
    .prepare();
});

/** What was merged into a record and did not come back: the revision that the merge made of each, and the last one before of what went. */
export async function mergesInto(read: Reader, id: string) {
  return merges(read).execute({ id });
}
