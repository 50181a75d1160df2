import { refuse } from '@waymark/domain';
import {
  change,
  changeStatus,
  deleteSessionsOf,
  dropLinks,
  findLink,
  findUser,
  orThrow,
  Problem,
  setPasswordHash,
  sha256Hex,
  useLink,
  type Context,
} from '@waymark/store';
import { hashPassword, passwordRefusal } from './password.ts';

export type OpenLink = { purpose: 'invite' | 'reset'; userId: string; name: string; email: string };

/** For whom a one-time link is. @throws Problem `token-invalid` */
export async function showLink(ctx: Pick<Context, 'store' | 'now'>, token: string): Promise<OpenLink> {
  const link = await findLink(ctx.store.read, sha256Hex(token), ctx.now().toISOString());
  const person = link?.userId ? await findUser(ctx.store.read, link.userId) : undefined;
  if (!link || link.purpose === 'setup' || !person || person.status === 'disabled')
    throw new Problem(refuse('token-invalid'));
  return { purpose: link.purpose, userId: person.id, name: person.name, email: person.email };
}

/**
 * Sets the person's own password, which nobody else ever sees, and makes an invited person active. Works once.
 * @throws Problem `token-invalid`, `password-weak`
 */
export async function acceptLink(ctx: Omit<Context, 'actorId'>, token: string, password: string): Promise<void> {
  const { userId, name, email } = await showLink(ctx, token);
  orThrow(passwordRefusal(password, [name, email]));
  const passwordHash = await hashPassword(password);
  await change({ ...ctx, actorId: userId, idempotency: undefined }, 'token', async ({ tx, audit, now }) => {
    const used = await useLink(tx, sha256Hex(token), now);
    const person = await findUser(tx, userId);
    if (!used || !person || person.status === 'disabled') throw new Problem(refuse('token-invalid'));
    await dropLinks(tx, userId);
    await setPasswordHash(tx, userId, passwordHash, now);
    await changeStatus(tx, userId, ['invited'], 'active');
    await deleteSessionsOf(tx, userId);
    await audit('user.accept-invite', `user:${userId}`, { purpose: used.purpose });
  });
}
