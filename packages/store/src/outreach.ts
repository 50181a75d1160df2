import { and, asc, count, desc, eq, inArray, isNotNull, lte, type SQL } from 'drizzle-orm';
import type { Entry } from '@waymark/domain';
import { auditEvent, outreach, record, revision } from './tables.ts';
import { toRecord } from './records.ts';
import type { Reader, Writer } from './store.ts';

export type OutreachRow = typeof outreach.$inferSelect;
export type OutreachOutcome = OutreachRow['outcome'];

export async function insertOutreach(tx: Writer, row: typeof outreach.$inferInsert): Promise<OutreachRow> {
  const [inserted] = await tx.insert(outreach).values(row).returning();
  if (!inserted) throw new Error('An insert returned nothing');
  return inserted;
}

/** The letter of an organisation's ladder that waits for an answer; there is one at most. */
export async function openOutreach(read: Reader, organisationId: string): Promise<OutreachRow | undefined> {
  const [row] = await read
    .select()
    .from(outreach)
    .where(and(eq(outreach.organisationId, organisationId), eq(outreach.outcome, 'open')))
    .orderBy(desc(outreach.at))
    .limit(1);
  return row;
}

export async function outreachByLink(read: Reader, linkHash: string): Promise<OutreachRow | undefined> {
  const [row] = await read.select().from(outreach).where(eq(outreach.linkHash, linkHash)).limit(1);
  return row;
}

export async function findOutreach(read: Reader, id: string): Promise<OutreachRow | undefined> {
  const [row] = await read.select().from(outreach).where(eq(outreach.id, id));
  return row;
}

/** Letters of ladders whose next step is due, oldest first. */
export async function dueOutreach(read: Reader, now: string, limit: number): Promise<OutreachRow[]> {
  return read
    .select()
    .from(outreach)
    .where(and(eq(outreach.outcome, 'open'), isNotNull(outreach.nextAt), lte(outreach.nextAt, now)))
    .orderBy(asc(outreach.nextAt), asc(outreach.id))
    .limit(limit);
}

/** Ends a step of a ladder. @returns undefined when it was ended meanwhile */
export async function settleOutreach(
  tx: Writer,
  id: string,
  outcome: Exclude<OutreachOutcome, 'open'>,
  answeredAt: string | null = null,
): Promise<OutreachRow | undefined> {
  const [row] = await tx
    .update(outreach)
    .set({ outcome, nextAt: null, answeredAt })
    .where(and(eq(outreach.id, id), eq(outreach.outcome, 'open')))
    .returning();
  return row;
}

/** Ends whatever still asks for somebody's attention, since the organisation was contacted anew or has answered. */
export async function settleOutreachOf(
  tx: Writer,
  organisationId: string,
  open: Extract<OutreachOutcome, 'superseded' | 'answered'>,
  at: string,
): Promise<void> {
  const of = eq(outreach.organisationId, organisationId);
  await tx
    .update(outreach)
    .set({ outcome: open, nextAt: null, answeredAt: open === 'answered' ? at : null })
    .where(and(of, eq(outreach.outcome, 'open')))
    .returning({ id: outreach.id });
  await tx
    .update(outreach)
    .set({ outcome: 'superseded', nextAt: null })
    .where(and(of, inArray(outreach.outcome, ['no-answer', 'failed'])))
    .returning({ id: outreach.id });
}

/** Notes that the organisation answered a letter, whatever had become of it meanwhile. */
export async function answerOutreach(tx: Writer, id: string, answeredAt: string): Promise<void> {
  await tx
    .update(outreach)
    .set({ outcome: 'answered', nextAt: null, answeredAt })
    .where(eq(outreach.id, id))
    .returning({ id: outreach.id });
}

export type OutreachState = 'due' | 'open' | 'no-answer' | 'answered' | 'failed' | 'all';

/** One page of contacts with organisations; what is due comes first by when, everything else newest first. */
export async function pageOutreach(
  read: Reader,
  query: { state: OutreachState; organisationId?: string | undefined; now: string },
  page: { limit: number; offset: number },
): Promise<{ data: (OutreachRow & { organisationName: string })[]; total: number }> {
  const where = and(
    stateIs(query.state, query.now),
    query.organisationId === undefined ? undefined : eq(outreach.organisationId, query.organisationId),
  );
  const order =
    query.state === 'due' ? [asc(outreach.nextAt), asc(outreach.id)] : [desc(outreach.at), desc(outreach.id)];
  const rows = await read
    .select({ outreach, name: record.name })
    .from(outreach)
    .leftJoin(record, eq(record.id, outreach.organisationId))
    .where(where)
    .orderBy(...order)
    .limit(page.limit)
    .offset(page.offset);
  const [counted] = await read.select({ n: count() }).from(outreach).where(where);
  return {
    data: rows.map((row) => ({ ...row.outreach, organisationName: row.name ?? row.outreach.organisationId })),
    total: counted?.n ?? 0,
  };
}

function stateIs(state: OutreachState, now: string): SQL | undefined {
  if (state === 'all') return undefined;
  if (state === 'due') return and(eq(outreach.outcome, 'open'), lte(outreach.nextAt, now));
  return eq(outreach.outcome, state);
}

/** What people said about contacts: it stands in the log alone, where it can be erased (DESIGN §4 Audit). */
export async function outreachWords(read: Reader, ids: readonly string[]): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await read
    .select({ subject: auditEvent.subject, payload: auditEvent.payload })
    .from(auditEvent)
    .where(
      and(
        inArray(
          auditEvent.subject,
          ids.map((id) => `outreach:${id}`),
        ),
        inArray(auditEvent.action, ['outreach.note', 'outreach.answer']),
      ),
    )
    .orderBy(asc(auditEvent.seq));
  return new Map(
    rows.map(({ subject, payload }) => [
      subject.slice('outreach:'.length),
      payload === null ? null : JSON.parse(payload),
    ]),
  );
}

/** The entries that people see of an organisation, by name. */
export async function activeEntriesOf(read: Reader, organisationId: string) {
  const rows = await read
    .select()
    .from(record)
    .where(and(eq(record.organisationId, organisationId), eq(record.type, 'entry'), eq(record.state, 'active')))
    .orderBy(asc(record.sortName), asc(record.seq));
  // The type column says which document it is; it was parsed before it was approved.
  return rows.map((row) => ({ ...toRecord(row), type: 'entry' as const, doc: row.doc as Entry, name: row.name }));
}

/** The revision of a record that stood at a moment. */
export async function revisionAt(
  read: Reader,
  recordId: string,
  at: string,
): Promise<typeof revision.$inferSelect | undefined> {
  const [row] = await read
    .select()
    .from(revision)
    .where(and(eq(revision.recordId, recordId), lte(revision.at, at)))
    .orderBy(desc(revision.revision))
    .limit(1);
  return row;
}
