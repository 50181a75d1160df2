import { randomBytes } from 'node:crypto';
import type { Role } from '@waymark/domain';
import { findUserByEmail, type Context } from '@waymark/store';
import { confirmAdminRequest } from '../adminRequests/confirm.ts';
import { createAdminRequest } from '../adminRequests/create.ts';
import { acceptLink } from '../users/acceptLink.ts';
import { issueSetUpToken, setUp } from '../users/setUp.ts';

/** The people of the demo, by their part. The sign-in page offers them by one click, in the demo profile alone. */
export const DEMO_PEOPLE = {
  curator: { name: 'Demo Curator', email: 'curator@demo.invalid', roles: ['curator'] },
  reviewer: { name: 'Demo Reviewer', email: 'reviewer@demo.invalid', roles: ['reviewer'] },
  secondReviewer: { name: 'Demo Second Reviewer', email: 'second-reviewer@demo.invalid', roles: ['reviewer'] },
  publisher: { name: 'Demo Publisher', email: 'publisher@demo.invalid', roles: ['publisher'] },
  admin: { name: 'Demo Admin', email: 'admin@demo.invalid', roles: ['admin'] },
  secondAdmin: { name: 'Demo Second Admin', email: 'second-admin@demo.invalid', roles: ['admin'] },
} as const satisfies Record<string, { name: string; email: string; roles: readonly Role[] }>;

export type DemoPart = keyof typeof DEMO_PEOPLE;

/**
 * Creates the demo people the way real people come in: two admins by the set-up token, everybody else asked for by one
 * admin and confirmed by the other. Passwords are random and kept nowhere. Those who exist are left as they are.
 * @returns user id by part
 */
export async function createDemoPeople(ctx: Omit<Context, 'actorId'>): Promise<Record<DemoPart, string>> {
  const { admin, secondAdmin, ...others } = DEMO_PEOPLE;
  const issued = await issueSetUpToken(ctx);
  if (issued) {
    const account = ({ name, email }: { name: string; email: string }) => ({ name, email, password: randomPassword() });
    await setUp(ctx, { token: issued.token, admins: [account(admin), account(secondAdmin)] });
  }
  const asking = { ...ctx, actorId: await idOf(ctx, admin.email) };
  const confirming = { ...ctx, actorId: await idOf(ctx, secondAdmin.email) };
  for (const { name, email, roles } of Object.values(others)) {
    if (await findUserByEmail(ctx.store.read, email)) continue;
    const request = await createAdminRequest(asking, {
      kind: 'user.create',
      payload: { name, email, roles: [...roles] },
    });
    const { token } = await confirmAdminRequest(confirming, request.id);
    if (token !== undefined) await acceptLink(ctx, token, randomPassword());
  }
  const ids = await Promise.all(
    Object.entries(DEMO_PEOPLE).map(async ([part, { email }]) => [part, await idOf(ctx, email)] as const),
  );
  return Object.fromEntries(ids) as Record<DemoPart, string>; // One pair per key of DEMO_PEOPLE.
}

async function idOf(ctx: Pick<Context, 'store'>, email: string): Promise<string> {
  const user = await findUserByEmail(ctx.store.read, email);
  if (!user) throw new Error(`The demo lacks ${email}: delete its data folder and start again`);
  return user.id;
}

function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
