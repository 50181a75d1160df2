import { refuse } from '@waymark/domain';
import {
  change,
  findAdminRequest,
  findOpenAdminRequest,
  findUser,
  findUserByEmail,
  insertAdminRequest,
  Problem,
  type Context,
  type NamedAdminRequest,
  type UserRow,
  type Writer,
} from '@waymark/store';
import type { UserRequestInput } from '../adminRequests/input.ts';

/**
 * Asks for a new person, other roles, a reset or a return. Nothing happens until a second admin confirms.
 * @throws Problem `not-permitted`, `not-found`, `input-invalid`, `nothing-changed`, `another-open-proposal`
 */
export function requestUserChange(ctx: Context, input: UserRequestInput): Promise<NamedAdminRequest> {
  return change(ctx, 'user.administer', async ({ tx, actor, audit, now, newId }) => {
    const id = newId();
    const subject = input.kind === 'user.create' ? newId() : input.subject;
    const person = await findUser(tx, subject);
    await refuseImpossible(tx, input, person);
    if (await findOpenAdminRequest(tx, input.kind, subject)) {
      throw new Problem(refuse('another-open-proposal', 'An open request asks for this already'));
    }
    const payload = input.payload ?? {};
    await insertAdminRequest(tx, { id, kind: input.kind, subject, payload, requestedBy: actor.id, requestedAt: now });
    await audit('user.request', `user:${subject}`, { request: id, kind: input.kind, payload });
    return (await findAdminRequest(tx, id))!; // Inserted a moment ago, in this transaction.
  });
}

/** What can be seen to fail now is said now, and looked at again when it is confirmed. */
export async function refuseImpossible(
  tx: Writer,
  input: UserRequestInput,
  person: UserRow | undefined,
): Promise<void> {
  if (input.kind === 'user.create') {
    if (await findUserByEmail(tx, input.payload.email)) {
      throw new Problem(
        refuse('input-invalid', undefined, [{ path: '/payload/email', message: 'Somebody has this address already' }]),
      );
    }
    return;
  }
  if (!person) throw new Problem(refuse('not-found'));
  const isDisabled = person.status === 'disabled';
  if (input.kind === 'user.erase' && person.erasedAt !== null)
    throw new Problem(refuse('nothing-changed', 'Who this person was is erased already'));
  if (input.kind === 'user.erase' && !isDisabled)
    throw new Problem(refuse('input-invalid', 'Disable this person first; only who left is erased'));
  if (input.kind !== 'user.erase' && person.erasedAt !== null)
    throw new Problem(refuse('input-invalid', 'Who this person was is erased; invite them anew'));
  if (input.kind === 'user.enable' && !isDisabled)
    throw new Problem(refuse('nothing-changed', 'This person is not disabled'));
  if (input.kind === 'user.reset' && isDisabled)
    throw new Problem(refuse('input-invalid', 'This person is disabled; ask to enable them first'));
  if (input.kind === 'user.roles' && sameRoles(input.payload.roles, person.roles)) {
    throw new Problem(refuse('nothing-changed', 'These are the roles this person has'));
  }
}

function sameRoles(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}
