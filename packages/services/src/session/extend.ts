import { extendSession as writeExpiry, sha256Hex, type Context } from '@waymark/store';

/** Moves the idle end of a session. No audit event: nothing but its own expiry changes. */
export function extendSession(ctx: Pick<Context, 'store'>, token: string, expiresAt: Date): Promise<void> {
  return ctx.store.transaction((tx) => writeExpiry(tx, sha256Hex(token), expiresAt.toISOString()));
}
