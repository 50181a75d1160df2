import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import type { OpenAlarm, VerificationEvent } from '@waymark/domain';
import { placeholdersOf, prepared } from './prepared.ts';
import { alarm, courtesy, revision, verification } from './tables.ts';
import type { Reader, Writer } from './store.ts';

const insertEvent = prepared((tx: Writer) =>
  tx.insert(verification).values(placeholdersOf(verification)).returning({ id: verification.id }).prepare(),
);

/** Writes an event; nothing ever changes it. */
export async function insertVerification(tx: Writer, event: VerificationEvent, recordedAt: string): Promise<void> {
  const { by, observed, note, supersedes, proposalId, ...columns } = event;
  await insertEvent(tx).execute({
    ...columns,
    observed: observed ?? null,
    note: note ?? null,
    supersedes: supersedes ?? null,
    proposalId: proposalId ?? null,
    userId: by.kind === 'person' ? by.userId : null,
    organisationId: by.kind === 'organisation' ? by.organisationId : null,
    recordedAt,
  });
}

const eventsOfRecord = prepared((read: Reader) =>
  read
    .select()
    .from(verification)
    .where(eq(verification.recordId, sql.placeholder('recordId')))
    .orderBy(desc(verification.performedAt), desc(verification.id))
    .prepare(),
);

/** Every event of a record, newest first. */
export async function verificationsOf(
  read: Reader,
  recordId: string,
): Promise<{ event: VerificationEvent; recordedAt: string }[]> {
  const rows = await eventsOfRecord(read).execute({ recordId });
  return rows.map((row) => ({ event: toVerification(row), recordedAt: row.recordedAt }));
}

/** The event of a row, as it was hashed when it was recorded. */
export function toVerification(row: typeof verification.$inferSelect): VerificationEvent {
  const { userId, organisationId, observed, note, supersedes, proposalId, recordedAt: _recordedAt, ...event } = row;
  return {
    ...event,
    by:
      organisationId === null
        ? // One of the two is there: a check constraint of the table.
          { kind: 'person', userId: userId ?? '' }
        : { kind: 'organisation', organisationId },
    ...(observed === null ? {} : { observed }),
    ...(note === null ? {} : { note }),
    ...(supersedes === null ? {} : { supersedes }),
    ...(proposalId === null ? {} : { proposalId }),
  };
}

const revisionsSince = prepared((read: Reader) =>
  read
    .select({ revision: revision.revision, proposalId: revision.proposalId, doc: revision.doc })
    .from(revision)
    .where(and(eq(revision.recordId, sql.placeholder('recordId')), gte(revision.revision, sql.placeholder('from'))))
    .orderBy(asc(revision.revision))
    .prepare(),
);

/** The documents of a record from one revision on, oldest first: what they changed is found by comparing them. */
export async function revisionsFrom(read: Reader, recordId: string, from: number) {
  return revisionsSince(read).execute({ recordId, from });
}

const openAlarms = prepared((read: Reader) =>
  read
    .select({ path: alarm.path, kind: alarm.kind, unsafe: alarm.unsafe })
    .from(alarm)
    .where(and(eq(alarm.recordId, sql.placeholder('recordId')), isNull(alarm.closedAt)))
    .prepare(),
);

/** What speaks against facts of a record and nobody has dealt with. */
export async function openAlarmsOf(read: Reader, recordId: string): Promise<OpenAlarm[]> {
  return openAlarms(read).execute({ recordId });
}

/** Every event in the order of ids, `batch` at a time: for verification of the log. */
export async function* eachVerification(
  read: Reader,
  batch = 500,
): AsyncGenerator<{ event: VerificationEvent; recordedAt: string }> {
  let after = '';
  for (;;) {
    const rows = await read
      .select()
      .from(verification)
      .where(sql`${verification.id} > ${after}`)
      .orderBy(asc(verification.id))
      .limit(batch);
    for (const row of rows) yield { event: toVerification(row), recordedAt: row.recordedAt };
    if (rows.length < batch) return;
    after = rows.at(-1)?.id ?? '';
  }
}

const agreed = prepared((read: Reader) =>
  read
    .select()
    .from(courtesy)
    .where(eq(courtesy.organisationId, sql.placeholder('organisationId')))
    .prepare(),
);

/** What was agreed with an organisation about being contacted. */
export async function agreementWith(
  read: Reader,
  organisationId: string,
): Promise<typeof courtesy.$inferSelect | undefined> {
  const [row] = await agreed(read).execute({ organisationId });
  return row;
}
