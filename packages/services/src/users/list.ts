import { isPermitted, refuse } from '@waymark/domain';
import {
  findActor,
  findUser,
  listUsers as queryUsers,
  Problem,
  type Context,
  type UserQuery,
  type UserRow,
} from '@waymark/store';

/** @throws Problem `not-permitted` */
export async function listUsers(ctx: Context, query: UserQuery): Promise<{ data: UserRow[]; total: number }> {
  await admitReader(ctx);
  return queryUsers(ctx.store.read, query);
}

/** @throws Problem `not-permitted`, `not-found` */
export async function showUser(ctx: Context, id: string): Promise<UserRow> {
  await admitReader(ctx);
  const person = await findUser(ctx.store.read, id);
  if (!person) throw new Problem(refuse('not-found'));
  return person;
}

async function admitReader(ctx: Context): Promise<void> {
  const actor = await findActor(ctx.store.read, ctx.actorId);
  if (!actor || !isPermitted(actor, 'user.read')) throw new Problem(refuse('not-permitted'));
}
