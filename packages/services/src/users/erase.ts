import { refuse } from '@waymark/domain';
import {
  auditEventsAbout,
  deleteNoticeChoice,
  deletePasswordHash,
  erasePayloads,
  eraseFromRequests,
  eraseUser,
  findUser,
  forgetResultsNaming,
  Problem,
  type Change,
} from '@waymark/store';

/** One erased payload: which, and what of it was not personal. Verification reads roles from here. */
export type ErasedEvent = { seq: number; rest: unknown };

/** What the `user.erase` event says. */
export type Erasure = { pseudonym: string; erased: ErasedEvent[] };

/**
 * Erases who a disabled person was, inside the transaction in which a second admin agreed: name and address become a
 * pseudonym, and events that hold them lose payload and salt. Their leaves and commitments stay, so the log's tree and every
 * published head stay true (SNAPSHOTS §4.10). What the person did stays too, under the id that stands for them everywhere.
 * @throws Problem `not-found`, `input-invalid` when the person is not disabled any more, or erased meanwhile
 */
export async function erasePerson({ tx, audit, now }: Change, userId: string): Promise<void> {
  const person = await findUser(tx, userId);
  if (!person) throw new Problem(refuse('not-found'));
  const pseudonym = { name: `Erased person ${userId.slice(-6)}`, email: `${userId}@erased.invalid` };
  if (!(await eraseUser(tx, userId, pseudonym, now))) throw new Problem(refuse('input-invalid'));
  const erased: ErasedEvent[] = [];
  for (const { seq, payload } of await auditEventsAbout(tx, `user:${userId}`)) {
    if (isPersonal(payload)) erased.push({ seq, rest: withoutPerson(payload) });
  }
  const said: Erasure = { pseudonym: pseudonym.name, erased };
  // Before the payloads go: the database lets none go that no event names.
  await audit('user.erase', `user:${userId}`, said);
  await erasePayloads(
    tx,
    erased.map(({ seq }) => seq),
  );
  await eraseFromRequests(tx, userId, (payload) =>
    isPersonal(payload) ? { ...asObject(payload), ...pseudonym } : undefined,
  );
  await deletePasswordHash(tx, userId);
  await deleteNoticeChoice(tx, userId);
  // Answers kept for requests sent twice name people beside their ids.
  await forgetResultsNaming(tx, userId);
}

const asObject = (payload: unknown): Record<string, unknown> =>
  payload !== null && typeof payload === 'object' && !Array.isArray(payload) ? { ...payload } : {};

/** Of a person the events of their account hold name and address, and a request about them holds both one level down. */
function isPersonal(payload: unknown): boolean {
  const { name, email, payload: inner } = asObject(payload);
  return name !== undefined || email !== undefined || (inner !== undefined && isPersonal(inner));
}

function withoutPerson(payload: unknown): unknown {
  const { name: _name, email: _email, payload: inner, ...rest } = asObject(payload);
  return inner === undefined ? rest : { ...rest, payload: withoutPerson(inner) };
}
