import { and, desc, eq, ne } from 'drizzle-orm';
import { courtesy, outreach } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type CourtesyRow = typeof courtesy.$inferSelect;

/** When and how an organisation was last contacted; a letter that never arrived is no contact. */
export async function lastContact(
  read: Reader,
  organisationId: string,
): Promise<Pick<typeof outreach.$inferSelect, 'at' | 'way'> | undefined> {
  const [row] = await read
    .select({ at: outreach.at, way: outreach.way })
    .from(outreach)
    .where(and(eq(outreach.organisationId, organisationId), ne(outreach.outcome, 'failed')))
    .orderBy(desc(outreach.at), desc(outreach.id))
    .limit(1);
  return row;
}

/**
 * Writes what was agreed with an organisation.
 * @param expected version that was read, 0 while nothing was agreed
 * @returns nothing when somebody wrote another one meanwhile
 */
export async function putCourtesy(
  tx: Writer,
  row: Omit<CourtesyRow, 'version'>,
  expected: number,
): Promise<CourtesyRow | undefined> {
  const { organisationId, ...set } = row;
  const [written] =
    expected === 0
      ? await tx
          .insert(courtesy)
          .values({ ...row, version: 1 })
          .onConflictDoNothing()
          .returning()
      : await tx
          .update(courtesy)
          .set({ ...set, version: expected + 1 })
          .where(and(eq(courtesy.organisationId, organisationId), eq(courtesy.version, expected)))
          .returning();
  return written;
}
