import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { plainText, refuse } from '@waymark/domain';
import {
  change,
  dropLinks,
  findLink,
  hasUsers,
  insertLink,
  insertUser,
  orThrow,
  Problem,
  setPasswordHash,
  sha256Hex,
  useLink,
  type Context,
} from '@waymark/store';
import { AccountEmail } from './email.ts';
import { hashPassword, Password, passwordRefusal } from './password.ts';

const LIFETIME = 30 * 60_000;

const FirstAdmin = z.strictObject({ name: plainText({ max: 120 }), email: AccountEmail, password: Password });
export const SetUp = z
  .strictObject({ token: z.string().max(200), admins: z.tuple([FirstAdmin, FirstAdmin]) })
  .meta({ id: 'SetUp' });
export type SetUp = z.infer<typeof SetUp>;

/**
 * A token for the console, worth 30 minutes and only while nobody was ever created; one given before is worthless then.
 * @returns undefined when the instance is set up already
 */
export async function issueSetUpToken(
  ctx: Pick<Context, 'store' | 'now'>,
): Promise<{ token: string; expiresAt: string } | undefined> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(ctx.now().getTime() + LIFETIME).toISOString();
  return ctx.store.transaction(async (tx) => {
    if (await hasUsers(tx)) return undefined;
    await dropLinks(tx, null);
    await insertLink(tx, { tokenHash: sha256Hex(token), purpose: 'setup', userId: null, expiresAt });
    return { token, expiresAt };
  });
}

/**
 * Creates the first two admins, both or none. Two, because one alone could make the second out of nothing (SECURITY §0.5).
 * @throws Problem `already-set-up`, `token-invalid`, `password-weak`, `input-invalid`
 */
export async function setUp(ctx: Omit<Context, 'actorId'>, input: SetUp): Promise<void> {
  const tokenHash = sha256Hex(input.token);
  if (await hasUsers(ctx.store.read)) throw new Problem(refuse('already-set-up'));
  const link = await findLink(ctx.store.read, tokenHash, ctx.now().toISOString());
  if (link?.purpose !== 'setup') throw new Problem(refuse('token-invalid'));
  const [first, second] = input.admins;
  if (first.email === second.email) {
    throw new Problem(
      refuse('input-invalid', undefined, [{ path: '/admins/1/email', message: 'Two people, two addresses' }]),
    );
  }
  for (const [index, admin] of input.admins.entries()) {
    const refusal = passwordRefusal(admin.password, [admin.name, admin.email]);
    if (refusal) {
      const path = `/admins/${index}/password`;
      orThrow({ ...refusal, errors: refusal.errors?.map((error) => ({ ...error, path })) });
    }
  }
  const hashes = [await hashPassword(first.password), await hashPassword(second.password)];
  await change(
    { ...ctx, actorId: 'system:set-up', idempotency: undefined },
    'token',
    async ({ tx, audit, now, newId }) => {
      if (await hasUsers(tx)) throw new Problem(refuse('already-set-up'));
      if ((await useLink(tx, tokenHash, now))?.purpose !== 'setup') throw new Problem(refuse('token-invalid'));
      for (const [index, { name, email }] of input.admins.entries()) {
        const id = newId();
        await insertUser(tx, { id, name, email, status: 'active', roles: ['admin'], createdAt: now });
        await setPasswordHash(tx, id, hashes[index] ?? '', now);
        await audit('user.setup', `user:${id}`, { name, roles: ['admin'] });
      }
    },
  );
}
