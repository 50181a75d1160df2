import { change, deleteSessionsOf, dropLinks, findUser, orThrow, setPasswordHash, type Context } from '@waymark/store';
import { hashPassword, passwordRefusal } from './password.ts';
import { confirmPassword } from './signIn.ts';

/**
 * Changes the asking person's password and ends all their sessions, this one too: the caller starts a new one.
 * @throws Problem `wrong-credentials`, `too-many-attempts`, `password-weak`
 */
export async function changePassword(ctx: Context, input: { current: string; next: string }): Promise<void> {
  await confirmPassword(ctx, input.current);
  const person = await findUser(ctx.store.read, ctx.actorId);
  const refusal = passwordRefusal(input.next, [person?.name ?? '', person?.email ?? '']);
  orThrow(refusal && { ...refusal, errors: refusal.errors?.map((error) => ({ ...error, path: '/next' })) });
  const passwordHash = await hashPassword(input.next);
  await change({ ...ctx, idempotency: undefined }, 'self', async ({ tx, audit, actor, now }) => {
    await setPasswordHash(tx, actor.id, passwordHash, now);
    await dropLinks(tx, actor.id);
    await deleteSessionsOf(tx, actor.id);
    await audit('user.change-password', `user:${actor.id}`, {});
  });
}
