import type { Role } from '@waymark/domain';
import { auditPayloadsOf, erasedActionAt, type Reader, type UserStatus } from '@waymark/store';
import { erasedEvents } from './erasedEvents.ts';

/** Somebody as the log's `user.*` events leave them. */
export type LoggedPerson = { status: UserStatus; roles: readonly Role[]; hasPassword: boolean };

/** The events that say who may do what; sign-ins and passwords change neither roles nor status. */
const ACTIONS = ['user.setup', 'user.confirm', 'user.accept-invite', 'user.disable'] as const;

const isStep = (action: string | undefined): action is (typeof ACTIONS)[number] =>
  ACTIONS.some((known) => known === action);

type Step = { action: (typeof ACTIONS)[number]; payload: unknown };

/**
 * Roles and status of everybody, by user id, as the log alone tells them. Whom it does not know came in past it.
 * Verification compares the tables with this, so it must not look at them.
 */
export async function loggedPeople(read: Reader): Promise<Map<string, LoggedPerson>> {
  const events = [];
  for (const action of ACTIONS) {
    for (const event of await auditPayloadsOf(read, action)) events.push({ ...event, action });
  }
  for (const { seq, subject, rest } of await erasedEvents(read)) {
    const action = await erasedActionAt(read, seq);
    if (isStep(action)) events.push({ seq, subject, action, payload: rest });
  }
  const people = new Map<string, LoggedPerson>();
  for (const { subject, ...step } of events.sort((a, b) => a.seq - b.seq)) {
    const id = subject.slice('user:'.length);
    const after = personAfter(people.get(id), step);
    if (after) people.set(id, after);
  }
  return people;
}

function personAfter(person: LoggedPerson | undefined, { action, payload }: Step): LoggedPerson | undefined {
  if (action === 'user.setup') return { status: 'active', roles: rolesIn(payload), hasPassword: true };
  if (action === 'user.confirm') return personConfirmed(person, payload as Confirmed); // Written by `confirmAdminRequest` alone.
  if (!person) return undefined;
  if (action === 'user.disable') return { ...person, status: 'disabled' };
  return { ...person, status: person.status === 'invited' ? 'active' : person.status, hasPassword: true };
}

type Confirmed = { kind?: string; payload?: unknown };

/** What `applyUserChange` does to a person, said once more from the log. */
function personConfirmed(person: LoggedPerson | undefined, { kind, payload }: Confirmed): LoggedPerson | undefined {
  if (kind === 'user.create') return { status: 'invited', roles: rolesIn(payload), hasPassword: false };
  if (!person) return undefined;
  if (kind === 'user.roles') return { ...person, roles: rolesIn(payload) };
  if (kind === 'user.reset') return { ...person, hasPassword: false };
  if (kind === 'user.enable') return { ...person, status: person.hasPassword ? 'active' : 'invited' };
  return person;
}

function rolesIn(payload: unknown): readonly Role[] {
  return (payload as { roles?: readonly Role[] }).roles ?? []; // Written by the verbs named above and committed to.
}
