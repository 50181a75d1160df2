import { Lucia, TimeSpan, type Adapter } from 'lucia';
import {
  endAllSessions,
  endSession,
  extendSession,
  findSession,
  IDLE_MINUTES,
  startSession,
  type SessionStart,
} from '@waymark/services';
import type { Context, SessionRow } from '@waymark/store';
import type { AppContext, Deps } from './deps.ts';

/** Sessions of people: a cookie on their side, the SHA-256 of what it says on ours. The only file that knows lucia. */
export type Sessions = {
  /** Who asks, with role and status as they are now; undefined when nobody is signed in. Renews the cookie when it is due. */
  find(c: AppContext): Promise<SessionRow | undefined>;
  /** Signs somebody in here: always under a new id, ending the session this browser had (SECURITY S-06). */
  start(c: AppContext, userId: string, by: SessionStart['by']): Promise<void>;
  end(c: AppContext, ctx: Context): Promise<void>;
  endAll(c: AppContext, ctx: Context): Promise<void>;
};

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<object, { session: SessionRow }>;
    DatabaseSessionAttributes: { by: SessionStart['by']; replaces?: string | undefined };
    DatabaseUserAttributes: { session: SessionRow };
  }
}

export function createSessions(deps: Pick<Deps, 'store' | 'now' | 'newId' | 'profile'>): Sessions {
  const isSecure = deps.profile === 'production';
  const lucia = new Lucia<object, { session: SessionRow }>(adapterFor(deps), {
    sessionExpiresIn: new TimeSpan(IDLE_MINUTES, 'm'),
    getUserAttributes: ({ session }) => ({ session }),
    sessionCookie: {
      // A `__Host-` cookie must be Secure, which plain http on this machine cannot set.
      name: isSecure ? '__Host-sid' : 'waymark-sid',
      attributes: { secure: isSecure, sameSite: 'strict', path: '/' },
    },
  });
  const tokenOf = (c: AppContext) => lucia.readSessionCookie(c.req.header('cookie') ?? '') ?? undefined;
  const giveCookie = (c: AppContext, cookie: { serialize(): string }) => c.header('Set-Cookie', cookie.serialize());
  const forget = (c: AppContext) => {
    giveCookie(c, lucia.createBlankSessionCookie());
    c.header('Clear-Site-Data', '"storage"');
  };
  return {
    async find(c) {
      const token = tokenOf(c);
      if (token === undefined) return undefined;
      const { session, user } = await lucia.validateSession(token);
      if (session?.fresh) giveCookie(c, lucia.createSessionCookie(token));
      return user?.session;
    },
    async start(c, userId, by) {
      const session = await lucia.createSession(userId, { by, replaces: tokenOf(c) });
      giveCookie(c, lucia.createSessionCookie(session.id));
    },
    async end(c, ctx) {
      const token = tokenOf(c);
      if (token !== undefined) await endSession(ctx, token);
      forget(c);
    },
    async endAll(c, ctx) {
      await endAllSessions(ctx);
      forget(c);
    },
  };
}

/**
 * Lucia's own adapters store the token itself; this one hashes it on the way in, so that a stolen database opens no door
 * (SECURITY F17). What it hands back carries the token as id, because lucia renews cookie and row by that id.
 */
function adapterFor({ store, now, newId }: Pick<Deps, 'store' | 'now' | 'newId'>): Adapter {
  // Lucia reads the machine's clock; ours is an argument. So times are told as distances from now.
  const toLucia = (expiresAt: string) => new Date(Date.now() + Date.parse(expiresAt) - now().getTime());
  const fromLucia = (expiresAt: Date) => new Date(now().getTime() + expiresAt.getTime() - Date.now());
  const never = (): never => {
    throw new Error('Sessions of a person are ended by the verbs, which write the audit event');
  };
  return {
    async getSessionAndUser(token) {
      const session = await findSession({ store, now }, token);
      if (!session) return [null, null];
      const userId = session.actor.id;
      // The attributes of a start are not stored, and nothing reads them afterwards.
      const found = {
        id: token,
        userId,
        expiresAt: toLucia(session.expiresAt),
        attributes: { by: 'password' as const },
      };
      return [found, { id: userId, attributes: { session } }];
    },
    setSession: ({ id: token, userId, expiresAt, attributes }) =>
      startSession({ store, now, newId, actorId: userId }, { token, expiresAt: fromLucia(expiresAt), ...attributes }),
    updateSessionExpiration: (token, expiresAt) => extendSession({ store }, token, fromLucia(expiresAt)),
    // Lucia asks for this when a row has expired; `findSession` hides such rows and `sweepSessions` removes them.
    deleteSession: async () => undefined,
    getUserSessions: never,
    deleteUserSessions: never,
    deleteExpiredSessions: never,
  };
}
