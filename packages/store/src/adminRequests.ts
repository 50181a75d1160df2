import { aliasedTable, and, asc, count, desc, eq, ne } from 'drizzle-orm';
import { adminRequest, user } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type AdminRequestRow = typeof adminRequest.$inferSelect;
export type AdminRequestKind = AdminRequestRow['kind'];
/** With the names people know. A subject without a name is not there yet, or is the policy. */
export type NamedAdminRequest = AdminRequestRow & { subjectName: string | null; requestedByName: string };

export async function insertAdminRequest(
  tx: Writer,
  request: Omit<AdminRequestRow, 'state' | 'decidedBy' | 'decidedAt'>,
): Promise<AdminRequestRow> {
  const [row] = await tx
    .insert(adminRequest)
    .values({ ...request, state: 'open' })
    .returning();
  if (!row) throw new Error('An insert returned no row');
  return row;
}

/**
 * Decides an open request. Both rules stand in the UPDATE: decided once, and never confirmed by who asked.
 * @returns undefined when it was not open, or asked for by the person who would confirm it
 */
export async function decideAdminRequest(
  tx: Writer,
  id: string,
  decision: { state: 'confirmed' | 'refused'; decidedBy: string; decidedAt: string },
): Promise<AdminRequestRow | undefined> {
  const [row] = await tx
    .update(adminRequest)
    .set(decision)
    .where(
      and(
        eq(adminRequest.id, id),
        eq(adminRequest.state, 'open'),
        decision.state === 'confirmed' ? ne(adminRequest.requestedBy, decision.decidedBy) : undefined,
      ),
    )
    .returning();
  return row;
}

/**
 * Puts the pseudonym of somebody who was erased where requests named them: after `eraseUser`, which the guards look for.
 * @param pseudonymous what of a request's payload stays; undefined where it names nobody
 */
export async function eraseFromRequests(
  tx: Writer,
  userId: string,
  pseudonymous: (payload: unknown) => unknown,
): Promise<void> {
  const rows = await tx.select().from(adminRequest).where(eq(adminRequest.subject, userId));
  for (const { id, payload: named } of rows) {
    const payload = pseudonymous(named);
    if (payload === undefined) continue;
    await tx.update(adminRequest).set({ payload }).where(eq(adminRequest.id, id)).returning({ id: adminRequest.id });
  }
}

const subjectUser = aliasedTable(user, 'subject_user');
const requestedByUser = aliasedTable(user, 'requested_by_user');

function selectNamed(read: Reader) {
  return read
    .select({ request: adminRequest, subjectName: subjectUser.name, requestedByName: requestedByUser.name })
    .from(adminRequest)
    .leftJoin(subjectUser, eq(subjectUser.id, adminRequest.subject))
    .leftJoin(requestedByUser, eq(requestedByUser.id, adminRequest.requestedBy));
}

type Selected = Awaited<ReturnType<typeof selectNamed>>[number];
const toNamed = ({ request, subjectName, requestedByName }: Selected): NamedAdminRequest => ({
  ...request,
  subjectName,
  requestedByName: requestedByName ?? request.requestedBy,
});

export async function findAdminRequest(read: Reader, id: string): Promise<NamedAdminRequest | undefined> {
  const [row] = await selectNamed(read).where(eq(adminRequest.id, id));
  return row && toNamed(row);
}

export type AdminRequestQuery = {
  state?: AdminRequestRow['state'] | undefined;
  kind?: AdminRequestKind | undefined;
  subject?: string | undefined;
  sort: 'requestedAt' | '-requestedAt';
  limit: number;
  offset: number;
};

export async function listAdminRequests(
  read: Reader,
  query: AdminRequestQuery,
): Promise<{ data: NamedAdminRequest[]; total: number }> {
  const where = and(
    query.state === undefined ? undefined : eq(adminRequest.state, query.state),
    query.kind === undefined ? undefined : eq(adminRequest.kind, query.kind),
    query.subject === undefined ? undefined : eq(adminRequest.subject, query.subject),
  );
  const order = query.sort === 'requestedAt' ? asc(adminRequest.requestedAt) : desc(adminRequest.requestedAt);
  const rows = await selectNamed(read)
    .where(where)
    .orderBy(order, asc(adminRequest.id))
    .limit(query.limit)
    .offset(query.offset);
  const [total] = await read.select({ n: count() }).from(adminRequest).where(where);
  return { data: rows.map(toNamed), total: total?.n ?? 0 };
}

/** An open request of the same kind about the same subject. */
export async function findOpenAdminRequest(
  read: Reader,
  kind: AdminRequestKind,
  subject: string,
): Promise<AdminRequestRow | undefined> {
  const [row] = await read
    .select()
    .from(adminRequest)
    .where(and(eq(adminRequest.kind, kind), eq(adminRequest.subject, subject), eq(adminRequest.state, 'open')));
  return row;
}
