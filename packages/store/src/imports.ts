import { and, count, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm';
import type { AuditAction } from '@waymark/domain';
import { isInJson, placeholdersOf, prepared } from './prepared.ts';
import { auditEvent, importFile, importProfile, record, rowDecision, slugHistory, user } from './tables.ts';
import type { Reader, Writer } from './store.ts';

const { content: _, ...columnsBesideContent } = getTableColumns(importFile);

export type ImportColumns = typeof importFile.$inferInsert;
/** An import without the bytes of its file. */
export type ImportRecord = Omit<typeof importFile.$inferSelect, 'content'>;
export type ImportProfileRecord = typeof importProfile.$inferSelect;
export type RowDecisionRecord = typeof rowDecision.$inferSelect;
/** With the names a list shows. */
export type NamedImport = ImportRecord & { authorName: string | null; profileName: string | null };

export async function insertImport(tx: Writer, row: ImportColumns): Promise<void> {
  await tx.insert(importFile).values(row).returning({ id: importFile.id });
}

const named = { ...columnsBesideContent, authorName: user.name, profileName: importProfile.name };

export async function findImport(read: Reader, id: string): Promise<NamedImport | undefined> {
  const [row] = await read
    .select(named)
    .from(importFile)
    .leftJoin(user, eq(user.id, importFile.authorId))
    .leftJoin(importProfile, eq(importProfile.id, importFile.profileId))
    .where(eq(importFile.id, id));
  return row;
}

/** The bytes of a file; nothing once they were forgotten. */
export async function importContent(read: Reader, id: string): Promise<Buffer | undefined> {
  const [row] = await read.select({ content: importFile.content }).from(importFile).where(eq(importFile.id, id));
  return row?.content ?? undefined;
}

/** Imports, those that somebody worked on last first. */
export async function pageImports(
  read: Reader,
  page: { limit: number; offset: number },
): Promise<{ rows: NamedImport[]; total: number }> {
  const rows = await read
    .select(named)
    .from(importFile)
    .leftJoin(user, eq(user.id, importFile.authorId))
    .leftJoin(importProfile, eq(importProfile.id, importFile.profileId))
    .orderBy(desc(importFile.updatedAt), desc(importFile.id))
    .limit(page.limit)
    .offset(page.offset);
  const [total] = await read.select({ n: count() }).from(importFile);
  return { rows, total: total?.n ?? 0 };
}

/**
 * Changes an open import that still is at `version`, and counts the version up.
 * @returns undefined when it moved or ended meanwhile
 */
export async function updateImport(
  tx: Writer,
  id: string,
  version: number,
  set: Partial<
    Pick<ImportColumns, 'reading' | 'profileId' | 'mapping' | 'state' | 'content' | 'batchId' | 'closedAt'>
  > & {
    updatedAt: string;
  },
): Promise<ImportRecord | undefined> {
  const [row] = await tx
    .update(importFile)
    .set({ ...set, version: sql`${importFile.version} + 1` })
    .where(and(eq(importFile.id, id), eq(importFile.version, version), eq(importFile.state, 'open')))
    .returning(columnsBesideContent);
  return row;
}

/** Other committed lists of a profile whose bytes are still there. */
export async function olderLists(read: Reader, profileId: string, except: string): Promise<string[]> {
  const rows = await read
    .select({ id: importFile.id })
    .from(importFile)
    .where(
      and(
        eq(importFile.profileId, profileId),
        eq(importFile.state, 'committed'),
        isNotNull(importFile.content),
        ne(importFile.id, except),
      ),
    );
  return rows.map((row) => row.id);
}

/** Committed files of no profile that were closed before `before` and whose bytes are still there. */
export async function filesToForget(read: Reader, before: string): Promise<string[]> {
  const rows = await read
    .select({ id: importFile.id })
    .from(importFile)
    .where(
      and(
        eq(importFile.state, 'committed'),
        isNull(importFile.profileId),
        isNotNull(importFile.content),
        lt(importFile.closedAt, before),
      ),
    );
  return rows.map((row) => row.id);
}

/** Forgets the bytes of files. @returns those that had some */
export async function forgetContent(tx: Writer, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .update(importFile)
    .set({ content: null })
    .where(and(inArray(importFile.id, [...ids]), isNotNull(importFile.content)))
    .returning({ id: importFile.id });
  return rows.map((row) => row.id);
}

export async function listImportProfiles(read: Reader): Promise<ImportProfileRecord[]> {
  return read.select().from(importProfile).orderBy(importProfile.name);
}

export async function findImportProfile(read: Reader, id: string): Promise<ImportProfileRecord | undefined> {
  const [row] = await read.select().from(importProfile).where(eq(importProfile.id, id));
  return row;
}

/** Keeps a mapping under a name: a new profile, or the next version of the one that is called so. */
export async function putImportProfile(tx: Writer, row: ImportProfileRecord): Promise<ImportProfileRecord> {
  const { mapping, updatedBy, updatedAt } = row;
  const [kept] = await tx
    .insert(importProfile)
    .values(row)
    .onConflictDoUpdate({
      target: importProfile.name,
      set: { mapping, updatedBy, updatedAt, version: sql`${importProfile.version} + 1` },
    })
    .returning();
  if (!kept) throw new Error('The profile was not kept');
  return kept;
}

const decisionsFor = prepared((read: Reader) =>
  read.select().from(rowDecision).where(isInJson(rowDecision.fingerprint, 'fingerprints')).prepare(),
);

/** What people decided of rows with these fingerprints. */
export async function rowDecisions(read: Reader, fingerprints: readonly string[]): Promise<RowDecisionRecord[]> {
  return decisionsFor(read).execute({ fingerprints: JSON.stringify(fingerprints) });
}

/** Every decision that is remembered: for whoever does not know yet what the rows of a file say. */
export async function allRowDecisions(read: Reader): Promise<RowDecisionRecord[]> {
  return read.select().from(rowDecision);
}

const putDecision = prepared((tx: Writer) =>
  tx
    .insert(rowDecision)
    .values(placeholdersOf(rowDecision))
    .onConflictDoUpdate({
      target: rowDecision.fingerprint,
      set: {
        decision: sql`excluded.decision`,
        decidedBy: sql`excluded.decided_by`,
        decidedAt: sql`excluded.decided_at`,
      },
    })
    .returning({ fingerprint: rowDecision.fingerprint })
    .prepare(),
);

export async function putRowDecision(tx: Writer, row: RowDecisionRecord): Promise<void> {
  await putDecision(tx).execute(row);
}

export async function deleteRowDecision(tx: Writer, fingerprint: string): Promise<void> {
  await tx
    .delete(rowDecision)
    .where(eq(rowDecision.fingerprint, fingerprint))
    .returning({ of: rowDecision.fingerprint });
}

const lastDecision = prepared((read: Reader) =>
  read
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .where(eq(auditEvent.action, 'import.decide'))
    .orderBy(desc(auditEvent.seq))
    .limit(1)
    .prepare(),
);

/** Says which decisions on rows are remembered: the same until somebody decides on one. */
export async function decisionsVersion(read: Reader): Promise<string> {
  const [last] = await lastDecision(read).execute();
  return String(last?.seq ?? '');
}

/** Who did any of these things to a subject, by the log. */
export async function actorsOn(read: Reader, subject: string, actions: readonly AuditAction[]): Promise<string[]> {
  const rows = await read
    .selectDistinct({ actor: auditEvent.actor })
    .from(auditEvent)
    .where(and(eq(auditEvent.subject, subject), inArray(auditEvent.action, [...actions])));
  return rows.map((row) => row.actor);
}

const revisionsByIds = prepared((read: Reader) =>
  read.select({ id: record.id, revision: record.revision }).from(record).where(isInJson(record.id, 'ids')).prepare(),
);

/** At which revision these records are. */
export async function revisionsOf(read: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await revisionsByIds(read).execute({ ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

const slugsInUse = prepared((read: Reader) =>
  read
    .select({ slug: slugHistory.slug })
    .from(slugHistory)
    .where(and(eq(slugHistory.type, sql.placeholder('type')), isInJson(slugHistory.slug, 'slugs')))
    .prepare(),
);

/** Which of these handles a record of the type uses, or ever did. */
export async function usedSlugs(
  read: Reader,
  type: 'entry' | 'organisation',
  slugs: readonly string[],
): Promise<Set<string>> {
  const rows = await slugsInUse(read).execute({ type, slugs: JSON.stringify(slugs) });
  return new Set(rows.map(({ slug }) => slug));
}
