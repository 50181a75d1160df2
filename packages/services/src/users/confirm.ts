import { refuse, type Role } from '@waymark/domain';
import {
  changeStatus,
  deletePasswordHash,
  deleteSessionsOf,
  dropLinks,
  findPasswordHash,
  findUser,
  insertLink,
  insertUser,
  Problem,
  replaceRoles,
  revokeAdmin,
  type UserRow,
  type Writer,
} from '@waymark/store';
import type { UserRequestInput } from '../adminRequests/input.ts';
import { refuseImpossible } from './request.ts';

const INVITE_DAYS = 7;
const RESET_HOURS = 24;

export type LinkToGive = { tokenHash: string; now: string };

/**
 * Does what two admins agreed on, inside the confirming transaction. Whatever it changes, the person's sessions end.
 * @param link hash of the one-time token that the person will get, for a new person or a reset
 * @returns whether the link is to be handed over
 * @throws Problem when the person changed meanwhile so that it makes no sense any more; `last-admin`
 */
export async function applyUserChange(
  tx: Writer,
  input: UserRequestInput,
  subject: string,
  link: LinkToGive,
): Promise<boolean> {
  const person = await findUser(tx, subject);
  await refuseImpossible(tx, input, person);
  switch (input.kind) {
    case 'user.create':
      await insertUser(tx, { id: subject, ...input.payload, status: 'invited', createdAt: link.now });
      await giveLink(tx, 'invite', subject, link);
      return true;
    case 'user.roles':
      await changeRoles(tx, found(person), input.payload.roles, link.now);
      return false;
    case 'user.reset':
      await deletePasswordHash(tx, subject);
      await deleteSessionsOf(tx, subject);
      await giveLink(tx, found(person).status === 'invited' ? 'invite' : 'reset', subject, link);
      return true;
    case 'user.enable':
      // Somebody disabled before they ever set a password is where they were: invited.
      await changeStatus(tx, subject, ['disabled'], (await findPasswordHash(tx, subject)) ? 'active' : 'invited');
      return false;
    case 'user.erase':
      // Done by `erasePerson`, after the event of the confirmation: it erases events and writes one of its own.
      return false;
  }
}

function found(person: UserRow | undefined): UserRow {
  if (!person) throw new Problem(refuse('not-found'));
  return person;
}

async function changeRoles(tx: Writer, person: UserRow, roles: readonly Role[], now: string): Promise<void> {
  const losesAdmin = person.roles.includes('admin') && !roles.includes('admin');
  if (losesAdmin && !(await revokeAdmin(tx, person.id))) throw new Problem(refuse('last-admin'));
  await replaceRoles(tx, person.id, roles, now);
  await deleteSessionsOf(tx, person.id);
}

async function giveLink(
  tx: Writer,
  purpose: 'invite' | 'reset',
  userId: string,
  { tokenHash, now }: LinkToGive,
): Promise<void> {
  await dropLinks(tx, userId);
  const hours = purpose === 'invite' ? INVITE_DAYS * 24 : RESET_HOURS;
  const expiresAt = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
  await insertLink(tx, { tokenHash, purpose, userId, expiresAt });
}
