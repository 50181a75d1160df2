import { and, eq, gt, isNull } from 'drizzle-orm';
import { ownerLink } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type OwnerLinkRow = typeof ownerLink.$inferSelect;

export async function insertOwnerLink(tx: Writer, link: Omit<OwnerLinkRow, 'usedAt'>): Promise<void> {
  await tx.insert(ownerLink).values(link).returning({ organisationId: ownerLink.organisationId });
}

/** A link that can still be used, by the hash of its token. */
export async function findOwnerLink(read: Reader, tokenHash: string, now: string): Promise<OwnerLinkRow | undefined> {
  const [row] = await read.select().from(ownerLink).where(usable(tokenHash, now));
  return row;
}

/** Uses a link up. The condition stands in the UPDATE: of two who come at once one gets nothing. */
export async function useOwnerLink(tx: Writer, tokenHash: string, now: string): Promise<OwnerLinkRow | undefined> {
  const [row] = await tx.update(ownerLink).set({ usedAt: now }).where(usable(tokenHash, now)).returning();
  return row;
}

/** Makes every open link of an organisation worthless: it has answered, or was written to another contact. */
export async function dropOwnerLinks(tx: Writer, organisationId: string): Promise<void> {
  await tx
    .delete(ownerLink)
    .where(and(eq(ownerLink.organisationId, organisationId), isNull(ownerLink.usedAt)))
    .returning({ organisationId: ownerLink.organisationId });
}

const usable = (tokenHash: string, now: string) =>
  and(eq(ownerLink.tokenHash, tokenHash), isNull(ownerLink.usedAt), gt(ownerLink.expiresAt, now));
