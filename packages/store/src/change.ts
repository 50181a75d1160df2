import { and, eq } from 'drizzle-orm';
import { isPermitted, refuse, type Actor, type AuditAction, type Permission } from '@waymark/domain';
import { appendAuditEvent } from './audit.ts';
import type { Post } from './mail.ts';
import { Problem } from './problem.ts';
import { idempotency } from './tables.ts';
import { findActor } from './users.ts';
import type { Reader, Store, Writer } from './store.ts';

/** Who acts, when, and with which store: what every verb is given. Time and ids are arguments (DESIGN §4). */
export type Context = {
  store: Store;
  now: () => Date;
  newId: () => string;
  /** A user id, or `system:<job>`. */
  actorId: string;
  /** Given when the caller wants one effect however often the request arrives. */
  idempotency?: { key: string; requestHash: string } | undefined;
  /** That letters can be asked for; absent while mail is off. */
  post?: Post | undefined;
};

/** What a change is allowed to be: a permission, any active person about themselves, or a step that checks a token of its own. */
export type Gate = Permission | 'self' | 'token' | 'system';

export type Change = {
  tx: Writer;
  /** The person as the database knows them now; for `token` and `system` gates a nameless actor without roles. */
  actor: Actor;
  now: string;
  newId: () => string;
  /** Appends the audit event of what was done; a change without one is rolled back. @returns its place in the log */
  audit: (action: AuditAction, subject: string, payload: unknown) => Promise<number>;
};

/**
 * The one door for every mutation: one transaction, the actor's role and status read inside it, the audit event written
 * with the change or not at all, and one effect per idempotency key.
 * @param gate who may; deny by default
 * @returns what `work` returns; with an idempotency key seen before, what it returned then
 * @throws Problem `not-permitted`, `not-signed-in`, `idempotency-key-reused`, and what `work` throws (nothing is written then)
 */
export function change<T>(ctx: Context, gate: Gate, work: (change: Change) => Promise<T>): Promise<T> {
  return ctx.store.transaction(async (tx) => {
    const now = ctx.now().toISOString();
    const actor = await admit(tx, ctx.actorId, gate);
    const repeated = ctx.idempotency && (await findRepeated(tx, ctx.actorId, ctx.idempotency));
    if (repeated) return repeated.result as T; // The same verb wrote it, for the same request.
    let events = 0;
    const result = await work({
      tx,
      actor,
      now,
      newId: ctx.newId,
      audit: async (action, subject, payload) => {
        events += 1;
        return appendAuditEvent(tx, { id: ctx.newId(), at: now, actor: ctx.actorId, action, subject, payload });
      },
    });
    if (events === 0) throw new Error('A change without an audit event');
    if (ctx.idempotency) {
      await tx
        .insert(idempotency)
        .values({
          userId: ctx.actorId,
          key: ctx.idempotency.key,
          requestHash: ctx.idempotency.requestHash,
          result: result ?? null,
          at: now,
        })
        .returning({ key: idempotency.key });
    }
    return result;
  });
}

/**
 * What a change with this context's idempotency key returned, when there was one: for verbs that work long before they change.
 * @throws Problem `idempotency-key-reused`
 */
export async function repeatedResult<T>({ store, actorId, idempotency: wanted }: Context): Promise<T | undefined> {
  const repeated = wanted && (await findRepeated(store.read, actorId, wanted));
  return repeated?.result as T | undefined; // The same verb wrote it, for the same request.
}

async function admit(tx: Writer, actorId: string, gate: Gate): Promise<Actor> {
  if (gate === 'token' || gate === 'system') {
    if (gate === 'system' && !actorId.startsWith('system:')) throw new Error('Only a job passes the system gate');
    return { id: actorId, name: actorId, roles: [], status: 'active' };
  }
  const actor = await findActor(tx, actorId);
  if (!actor || actor.status !== 'active') throw new Problem(refuse('not-signed-in'));
  if (gate !== 'self' && !isPermitted(actor, gate)) throw new Problem(refuse('not-permitted'));
  return actor;
}

async function findRepeated(tx: Reader, userId: string, wanted: { key: string; requestHash: string }) {
  const [row] = await tx
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.userId, userId), eq(idempotency.key, wanted.key)));
  if (row && row.requestHash !== wanted.requestHash) throw new Problem(refuse('idempotency-key-reused'));
  return row;
}
