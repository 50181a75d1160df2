import { refuse } from '@waymark/domain';
import {
  change,
  deleteSessionsOf,
  disableUser,
  dropLinks,
  findUser,
  Problem,
  type Context,
  type UserRow,
} from '@waymark/store';

/**
 * Shuts a person out at once. One admin is enough, since it only removes; but two active admins must remain.
 * @throws Problem `not-permitted`, `not-found`, `request-closed` when disabled already, `last-admin`
 */
export function disable(ctx: Context, userId: string): Promise<UserRow> {
  return change(ctx, 'user.administer', async ({ tx, audit }) => {
    const person = await findUser(tx, userId);
    if (!person) throw new Problem(refuse('not-found'));
    if (person.status === 'disabled') throw new Problem(refuse('request-closed', 'This person is disabled already'));
    if (!(await disableUser(tx, userId))) throw new Problem(refuse('last-admin'));
    await deleteSessionsOf(tx, userId);
    await dropLinks(tx, userId);
    await audit('user.disable', `user:${userId}`, { name: person.name, roles: person.roles });
    return { ...person, status: 'disabled' };
  });
}
