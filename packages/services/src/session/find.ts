import { findSession as querySession, sha256Hex, type Context, type SessionRow } from '@waymark/store';
import { isLive } from './live.ts';

/**
 * The session a browser names, with the person as they stand now.
 * @returns undefined when it ended, or the person may not act any more
 */
export async function findSession(ctx: Pick<Context, 'store' | 'now'>, token: string): Promise<SessionRow | undefined> {
  const session = await querySession(ctx.store.read, sha256Hex(token));
  return session && session.actor.status === 'active' && isLive(session, ctx.now()) ? session : undefined;
}
