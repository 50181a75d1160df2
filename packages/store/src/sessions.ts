import { eq, lte, or, sql } from 'drizzle-orm';
import type { Actor, Role } from '@waymark/domain';
import { prepared } from './prepared.ts';
import { session, user, userRole } from './tables.ts';
import type { Reader, Writer } from './store.ts';

/** A session and the person as they stand now. `id` is the SHA-256 of what the browser holds. */
export type SessionRow = { id: string; createdAt: string; expiresAt: string; actor: Actor; email: string };

const sessionById = prepared((read: Reader) =>
  read
    .select({
      createdAt: session.createdAt,
      expiresAt: session.expiresAt,
      userId: user.id,
      name: user.name,
      email: user.email,
      status: user.status,
      role: userRole.role,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(userRole, eq(userRole.userId, user.id))
    .where(eq(session.id, sql.placeholder('id')))
    .prepare(),
);

/** One query, since it runs before every request of a person: role and status are never older than the request. */
export async function findSession(read: Reader, id: string): Promise<SessionRow | undefined> {
  const rows = await sessionById(read).execute({ id });
  const [first] = rows;
  if (!first) return undefined;
  const roles: Role[] = rows.flatMap((row) => row.role ?? []);
  return {
    id,
    createdAt: first.createdAt,
    expiresAt: first.expiresAt,
    actor: { id: first.userId, name: first.name, status: first.status, roles },
    email: first.email,
  };
}

export async function listSessionsOf(read: Reader, userId: string) {
  return read.select().from(session).where(eq(session.userId, userId));
}

export async function insertSession(tx: Writer, row: typeof session.$inferInsert): Promise<void> {
  await tx.insert(session).values(row).returning({ id: session.id });
}

/** Never brings a session back: a row that is gone stays gone. */
export async function extendSession(tx: Writer, id: string, expiresAt: string): Promise<void> {
  await tx.update(session).set({ expiresAt }).where(eq(session.id, id)).returning({ id: session.id });
}

export async function deleteSession(tx: Writer, id: string): Promise<void> {
  await tx.delete(session).where(eq(session.id, id)).returning({ id: session.id });
}

/** @returns how many there were */
export async function deleteSessionsOf(tx: Writer, userId: string): Promise<number> {
  return (await tx.delete(session).where(eq(session.userId, userId)).returning({ id: session.id })).length;
}

/** Rows past their idle or absolute end. */
export async function deleteExpiredSessions(tx: Writer, now: string, createdBefore: string): Promise<number> {
  const gone = await tx
    .delete(session)
    .where(or(lte(session.expiresAt, now), lte(session.createdAt, createdBefore)))
    .returning({ id: session.id });
  return gone.length;
}
