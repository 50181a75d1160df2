import {
  change,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  sha256Hex,
  type Context,
} from '@waymark/store';
import { LONGEST_HOURS } from './live.ts';

/** Signs out of this session. @throws Problem `not-signed-in` */
export function endSession(ctx: Context, token: string): Promise<void> {
  return change({ ...ctx, idempotency: undefined }, 'self', async ({ tx, actor, audit }) => {
    await deleteSession(tx, sha256Hex(token));
    await audit('user.sign-out', `user:${actor.id}`, { everywhere: false });
  });
}

/** Signs the person out everywhere. @throws Problem `not-signed-in` */
export function endAllSessions(ctx: Context): Promise<void> {
  return change({ ...ctx, idempotency: undefined }, 'self', async ({ tx, actor, audit }) => {
    await deleteSessionsOf(tx, actor.id);
    await audit('user.sign-out', `user:${actor.id}`, { everywhere: true });
  });
}

/** Removes rows of sessions that ended by themselves: a job, since nobody does it. @returns how many */
export function sweepSessions(ctx: Pick<Context, 'store' | 'now'>): Promise<number> {
  const now = ctx.now();
  const oldest = new Date(now.getTime() - LONGEST_HOURS * 3_600_000).toISOString();
  return ctx.store.transaction((tx) => deleteExpiredSessions(tx, now.toISOString(), oldest));
}
