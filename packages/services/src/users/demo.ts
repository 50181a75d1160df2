import { listActiveUsers, type Context, type UserRow } from '@waymark/store';

/** Whom the demo's sign-in page offers: everybody who can act, in order of birth. The caller knows whether this is a demo. */
export async function demoPeople(ctx: Pick<Context, 'store'>): Promise<Pick<UserRow, 'id' | 'name' | 'roles'>[]> {
  const people = await listActiveUsers(ctx.store.read);
  return people.filter(({ roles }) => roles.length > 0).map(({ id, name, roles }) => ({ id, name, roles }));
}
