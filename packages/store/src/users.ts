import { and, asc, count, desc, eq, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Actor, Role } from '@waymark/domain';
import { prepared } from './prepared.ts';
import { credential, user, userRole } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type UserStatus = Actor['status'];
export type UserRow = {
  id: string;
  name: string;
  email: string;
  status: UserStatus;
  roles: Role[];
  createdAt: string;
  /** When two admins erased who this was; null for everybody else. */
  erasedAt: string | null;
};

const actorById = prepared((read: Reader) =>
  read
    .select({ id: user.id, name: user.name, status: user.status, role: userRole.role })
    .from(user)
    .leftJoin(userRole, eq(userRole.userId, user.id))
    .where(eq(user.id, sql.placeholder('id')))
    .prepare(),
);

/** The person as the rules see them, or undefined. */
export async function findActor(read: Reader, id: string): Promise<Actor | undefined> {
  const rows = await actorById(read).execute({ id });
  const [first] = rows;
  if (!first) return undefined;
  return {
    id: first.id,
    name: first.name,
    status: first.status,
    roles: inOrder(rows.flatMap((row) => row.role ?? [])),
  };
}

export async function findUser(read: Reader, id: string): Promise<UserRow | undefined> {
  const [row] = await read.select().from(user).where(eq(user.id, id));
  return row && (await withRoles(read, [row]))[0];
}

/** @param email normalised, as it is stored */
export async function findUserByEmail(read: Reader, email: string): Promise<UserRow | undefined> {
  const [row] = await read.select().from(user).where(eq(user.email, email));
  return row && (await withRoles(read, [row]))[0];
}

export type UserQuery = {
  q?: string | undefined;
  ids?: readonly string[] | undefined;
  status?: UserStatus | undefined;
  role?: Role | undefined;
  sort: 'name' | '-name' | 'createdAt' | '-createdAt';
  limit: number;
  offset: number;
};

export async function listUsers(read: Reader, query: UserQuery): Promise<{ data: UserRow[]; total: number }> {
  const where = and(
    query.q === undefined ? undefined : or(contains(user.name, query.q), contains(user.email, query.q)),
    query.ids === undefined ? undefined : inArray(user.id, query.ids),
    query.status === undefined ? undefined : eq(user.status, query.status),
    query.role === undefined
      ? undefined
      : inArray(user.id, read.select({ id: userRole.userId }).from(userRole).where(eq(userRole.role, query.role))),
  );
  const column = query.sort.endsWith('name') ? sql`lower(${user.name})` : user.createdAt;
  const rows = await read
    .select()
    .from(user)
    .where(where)
    .orderBy(query.sort.startsWith('-') ? desc(column) : asc(column), asc(user.id))
    .limit(query.limit)
    .offset(query.offset);
  const [total] = await read.select({ n: count() }).from(user).where(where);
  return { data: await withRoles(read, rows), total: total?.n ?? 0 };
}

function contains(column: typeof user.name | typeof user.email, part: string): SQL {
  const escaped = part.toLowerCase().replace(/[\\%_]/g, (c) => `\\${c}`);
  return sql`lower(${column}) like ${`%${escaped}%`} escape '\\'`;
}

/** Active people who hold a role: who can act, in order of birth. */
export async function listActiveUsers(read: Reader): Promise<UserRow[]> {
  const rows = await read
    .select()
    .from(user)
    .where(eq(user.status, 'active'))
    .orderBy(asc(user.createdAt), asc(user.id));
  return withRoles(read, rows);
}

async function withRoles(read: Reader, rows: (typeof user.$inferSelect)[]): Promise<UserRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const roles = await read.select().from(userRole).where(inArray(userRole.userId, ids));
  return rows.map(({ id, name, email, status, createdAt, erasedAt }) => ({
    id,
    name,
    email,
    status,
    roles: inOrder(roles.filter((role) => role.userId === id).map((role) => role.role)),
    createdAt,
    erasedAt,
  }));
}

const ROLE_ORDER: readonly Role[] = ['curator', 'reviewer', 'publisher', 'admin'];
const inOrder = (roles: Role[]): Role[] => ROLE_ORDER.filter((role) => roles.includes(role));

/** False while nobody was ever created: the instance waits to be set up. */
export async function hasUsers(read: Reader): Promise<boolean> {
  return (await read.select({ id: user.id }).from(user).limit(1)).length > 0;
}

/** @throws UNIQUE constraint error when the address is taken; look first with `findUserByEmail` in the same transaction */
export async function insertUser(
  tx: Writer,
  person: Omit<UserRow, 'roles' | 'erasedAt'> & { roles: readonly Role[] },
): Promise<void> {
  const { id, name, email, status, createdAt, roles } = person;
  await tx.insert(user).values({ id, name, email, status, createdAt }).returning({ id: user.id });
  await replaceRoles(tx, id, roles, createdAt);
}

/** A role kept keeps its `grantedAt`. */
export async function replaceRoles(tx: Writer, userId: string, roles: readonly Role[], now: string): Promise<void> {
  const held = await tx.select().from(userRole).where(eq(userRole.userId, userId));
  const gone = held.map((row) => row.role).filter((role) => !roles.includes(role));
  if (gone.length > 0) {
    await tx
      .delete(userRole)
      .where(and(eq(userRole.userId, userId), inArray(userRole.role, gone)))
      .returning({ role: userRole.role });
  }
  const added = roles.filter((role) => !held.some((row) => row.role === role));
  if (added.length > 0) {
    await tx
      .insert(userRole)
      .values(added.map((role) => ({ userId, role, grantedAt: now })))
      .returning({ role: userRole.role });
  }
}

/** @returns false when the person is not in one of the states the change starts from */
export async function changeStatus(tx: Writer, userId: string, from: UserStatus[], to: UserStatus): Promise<boolean> {
  const changed = await tx
    .update(user)
    .set({ status: to })
    .where(and(eq(user.id, userId), inArray(user.status, from)))
    .returning({ id: user.id });
  return changed.length > 0;
}

/**
 * Disables a person unless that would leave fewer than two active admins. The condition stands in the UPDATE, so two
 * admins who disable each other at the same moment cannot both succeed.
 * @returns false when nothing was changed
 */
export async function disableUser(tx: Writer, userId: string): Promise<boolean> {
  const changed = await tx
    .update(user)
    .set({ status: 'disabled' })
    .where(and(eq(user.id, userId), ne(user.status, 'disabled'), enoughAdminsWithout(tx, userId)))
    .returning({ id: user.id });
  return changed.length > 0;
}

/**
 * Puts a pseudonym in place of a disabled person's name and address, for good (see the guards in drizzle).
 * @returns false when the person is not disabled, or was erased before
 */
export async function eraseUser(
  tx: Writer,
  userId: string,
  pseudonym: Pick<UserRow, 'name' | 'email'>,
  now: string,
): Promise<boolean> {
  const changed = await tx
    .update(user)
    .set({ ...pseudonym, erasedAt: now })
    .where(and(eq(user.id, userId), eq(user.status, 'disabled'), isNull(user.erasedAt)))
    .returning({ id: user.id });
  return changed.length > 0;
}

/**
 * Takes the admin role away unless that would leave fewer than two active admins.
 * @returns false when nothing was changed
 */
export async function revokeAdmin(tx: Writer, userId: string): Promise<boolean> {
  const changed = await tx
    .delete(userRole)
    .where(and(eq(userRole.userId, userId), eq(userRole.role, 'admin'), enoughAdminsWithout(tx, userId)))
    .returning({ userId: userRole.userId });
  return changed.length > 0;
}

/** True for people who are no active admins, and while two other active admins remain. */
function enoughAdminsWithout(tx: Writer, userId: string): SQL {
  const admins = tx
    .select({ n: count() })
    .from(userRole)
    .innerJoin(user, eq(user.id, userRole.userId))
    .where(and(eq(userRole.role, 'admin'), eq(user.status, 'active'), ne(user.id, userId)));
  const isActiveAdmin = tx
    .select({ n: count() })
    .from(userRole)
    .innerJoin(user, eq(user.id, userRole.userId))
    .where(and(eq(userRole.role, 'admin'), eq(user.status, 'active'), eq(user.id, userId)));
  // In brackets of its own: beside other conditions the `or` would let every row through.
  return sql`((${isActiveAdmin}) = 0 or (${admins}) >= 2)`;
}

/** Secrets are read by nothing but sign-in (SECURITY TH14). */
export async function findPasswordHash(read: Reader, userId: string): Promise<string | undefined> {
  const [row] = await read
    .select({ hash: credential.passwordHash })
    .from(credential)
    .where(eq(credential.userId, userId));
  return row?.hash;
}

export async function setPasswordHash(tx: Writer, userId: string, passwordHash: string, now: string): Promise<void> {
  await tx
    .insert(credential)
    .values({ userId, passwordHash, updatedAt: now })
    .onConflictDoUpdate({ target: credential.userId, set: { passwordHash, updatedAt: now } })
    .returning({ userId: credential.userId });
}

export async function deletePasswordHash(tx: Writer, userId: string): Promise<void> {
  await tx.delete(credential).where(eq(credential.userId, userId)).returning({ userId: credential.userId });
}

/** Names by id, for showing who did what. */
export async function userNames(read: Reader, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await read.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, wanted));
  return new Map(rows.map((row) => [row.id, row.name]));
}
