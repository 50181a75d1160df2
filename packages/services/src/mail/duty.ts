import type { Role } from '@waymark/domain';
import { listActiveUsers, type Change, type Context, type Post } from '@waymark/store';
import { enqueueMail } from './enqueue.ts';

const ON_DUTY: readonly Role[] = ['reviewer', 'publisher', 'admin'];

/**
 * Tells everybody on duty that an entry was taken out of sight as unsafe: somebody else has to confirm it within a day. In the
 * transaction of the suspension, so that it is told exactly when it happened. Nothing while mail is off; their queues show it.
 * @returns how many letters wait
 */
export async function enqueueDutyNotice(
  { post }: Pick<Context, 'post'>,
  door: Pick<Change, 'tx' | 'actor' | 'now' | 'newId'>,
  suspension: { id: string; recordId: string; name: string; confirmBy: string },
): Promise<number> {
  if (!post) return 0;
  return tellDuty(post, door, {
    subjectId: suspension.id,
    subject: `Unsafe: ${suspension.name} was taken out of sight`,
    body: dutyText(post.origin, door.actor.name, suspension),
  });
}

/**
 * Tells everybody on duty that the urgent list waits for a duty key: until one signs it, apps do not know. In the transaction
 * that asks for it.
 * @param list.withdrawn how many entries it names
 * @returns how many letters wait
 */
export async function enqueueSigningNotice(
  { post }: Pick<Context, 'post'>,
  door: Pick<Change, 'tx' | 'actor' | 'now' | 'newId'>,
  list: { sequence: number; withdrawn: number },
): Promise<number> {
  if (!post) return 0;
  return tellDuty(post, door, {
    subjectId: `urgent:${list.sequence}`,
    subject: 'The urgent list waits for a duty key',
    body: signingText(post.origin, list),
  });
}

async function tellDuty(
  post: Post,
  door: Pick<Change, 'tx' | 'actor' | 'now' | 'newId'>,
  letter: { subjectId: string; subject: string; body: string },
): Promise<number> {
  let letters = 0;
  for (const { id, email, roles } of await listActiveUsers(door.tx)) {
    if (id === door.actor.id || !roles.some((role) => ON_DUTY.includes(role))) continue;
    if (await enqueueMail(post, door, { kind: 'duty', to: email, ...letter })) letters += 1;
  }
  return letters;
}

function signingText(origin: string, { sequence, withdrawn }: { sequence: number; withdrawn: number }) {
  return [
    `List ${sequence} of what is withdrawn names ${withdrawn} ${withdrawn === 1 ? 'entry' : 'entries'}. Apps do not know it yet.`,
    '',
    'It goes out as soon as one person on duty has signed it:',
    '',
    `${origin}/#/urgent`,
    '',
    'You get this letter because you review, publish or administer in Waymark.',
  ].join('\n');
}

/** The reason somebody typed stays inside: it may name what nobody should find in a mailbox. */
function dutyText(
  origin: string,
  by: string,
  { recordId, name, confirmBy }: { recordId: string; name: string; confirmBy: string },
) {
  return [
    `${by} suspended "${name}" as unsafe. People are no longer shown it.`,
    '',
    `Somebody else has to confirm this, or propose to show it again, by ${confirmBy.slice(0, 16).replace('T', ' ')} UTC:`,
    '',
    `${origin}/#/entries/${recordId}/show`,
    '',
    'You get this letter because you review, publish or administer in Waymark.',
  ].join('\n');
}
