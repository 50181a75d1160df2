import { change, deleteSession, insertSession, sha256Hex, type Context } from '@waymark/store';

export type SessionStart = {
  token: string;
  expiresAt: Date;
  /** How the person proved who they are. */
  by: 'password' | 'demo' | 'new-password';
  /** The session this browser had before: a new sign-in ends it (SECURITY S-06). */
  replaces?: string | undefined;
};

/**
 * Begins a session of `ctx.actorId`. Only the SHA-256 of the token is kept.
 * @throws Problem `not-signed-in` when the person is not active (any more)
 */
export function startSession(ctx: Context, { token, expiresAt, by, replaces }: SessionStart): Promise<void> {
  return change({ ...ctx, idempotency: undefined }, 'self', async ({ tx, actor, audit, now }) => {
    if (replaces !== undefined) await deleteSession(tx, sha256Hex(replaces));
    await insertSession(tx, {
      id: sha256Hex(token),
      userId: actor.id,
      createdAt: now,
      expiresAt: expiresAt.toISOString(),
    });
    await audit('user.sign-in', `user:${actor.id}`, { by });
  });
}
