import { and, eq, gt, isNull } from 'drizzle-orm';
import { oneTimeLink } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type LinkRow = typeof oneTimeLink.$inferSelect;

/** A link that can still be used, by the hash of its token. */
export async function findLink(read: Reader, tokenHash: string, now: string): Promise<LinkRow | undefined> {
  const [row] = await read.select().from(oneTimeLink).where(usable(tokenHash, now));
  return row;
}

export async function insertLink(tx: Writer, link: Omit<LinkRow, 'usedAt'>): Promise<void> {
  await tx.insert(oneTimeLink).values(link).returning({ purpose: oneTimeLink.purpose });
}

/** Uses a link up. The condition stands in the UPDATE: of two who come at once one gets nothing. */
export async function useLink(tx: Writer, tokenHash: string, now: string): Promise<LinkRow | undefined> {
  const [row] = await tx.update(oneTimeLink).set({ usedAt: now }).where(usable(tokenHash, now)).returning();
  return row;
}

/** Makes every open link of a person (or, for null, of the set-up) worthless. */
export async function dropLinks(tx: Writer, userId: string | null): Promise<void> {
  const whose = userId === null ? isNull(oneTimeLink.userId) : eq(oneTimeLink.userId, userId);
  await tx
    .delete(oneTimeLink)
    .where(and(whose, isNull(oneTimeLink.usedAt)))
    .returning({ purpose: oneTimeLink.purpose });
}

const usable = (tokenHash: string, now: string) =>
  and(eq(oneTimeLink.tokenHash, tokenHash), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now));
