import { refuse } from '@waymark/domain';
import {
  change,
  findPasswordHash,
  findUserByEmail,
  forgiveAttempt,
  Problem,
  reserveAttempt,
  sha256Hex,
  type AttemptLimit,
  type Context,
} from '@waymark/store';
import { normaliseEmail } from './email.ts';
import { isPassword } from './password.ts';

const WINDOW = 15 * 60_000;

/** The account from one network first: success forgives it (SECURITY S-02). Counted by hash, so no address is kept. */
function limitsFor(email: string, network: string): AttemptLimit[] {
  return [
    { key: sha256Hex(`account+network ${email} ${network}`), limit: 10 },
    { key: sha256Hex(`account ${email}`), limit: 100 },
    { key: sha256Hex(`network ${network}`), limit: 100 },
  ];
}

/**
 * Checks who somebody is. Unknown, invited and disabled people get the same answer, after the same work, as a wrong password.
 * @param network where the attempt comes from, as coarse as throttling needs: IPv4 address or IPv6 /64
 * @returns the person's id; no session yet (`startSession`)
 * @throws Problem `wrong-credentials`, `too-many-attempts`
 */
export async function signIn(
  ctx: Omit<Context, 'actorId'>,
  input: { email: string; password: string; network: string },
): Promise<{ userId: string }> {
  const email = normaliseEmail(input.email);
  const limits = limitsFor(email, input.network);
  await countAttempt(ctx, limits);
  const person = await findUserByEmail(ctx.store.read, email);
  const passwordHash = person?.status === 'active' ? await findPasswordHash(ctx.store.read, person.id) : undefined;
  if (!(await isPassword(input.password, passwordHash)) || !person) {
    await change({ ...ctx, idempotency: undefined, actorId: 'system:sign-in' }, 'token', ({ audit }) =>
      audit('user.sign-in-failed', `user:${person?.id ?? 'unknown'}`, {}),
    );
    throw new Problem(refuse('wrong-credentials'));
  }
  await ctx.store.transaction((tx) => forgiveAttempt(tx, limits));
  return { userId: person.id };
}

/**
 * Checks the password of somebody signed in, with the same throttle: a stolen session must not become a password oracle.
 * @throws Problem `wrong-credentials`, `too-many-attempts`
 */
export async function confirmPassword(ctx: Context, password: string): Promise<void> {
  const limits = [{ key: sha256Hex(`confirm ${ctx.actorId}`), limit: 10 }];
  await countAttempt(ctx, limits);
  if (!(await isPassword(password, await findPasswordHash(ctx.store.read, ctx.actorId))))
    throw new Problem(refuse('wrong-credentials'));
  await ctx.store.transaction((tx) => forgiveAttempt(tx, limits));
}

/** Counters are no part of the directory, so they need no audit event. */
async function countAttempt(ctx: Pick<Context, 'store' | 'now'>, limits: AttemptLimit[]): Promise<void> {
  const now = ctx.now();
  const windowStart = new Date(now.getTime() - WINDOW).toISOString();
  const allowed = await ctx.store.transaction((tx) => reserveAttempt(tx, limits, now.toISOString(), windowStart));
  if (!allowed) throw new Problem(refuse('too-many-attempts'));
}
