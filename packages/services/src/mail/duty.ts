import type { Role } from '@waymark/domain';
import { listActiveUsers, type Change, type Context } from '@waymark/store';
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
  let letters = 0;
  for (const { id, email, roles } of await listActiveUsers(door.tx)) {
    if (id === door.actor.id || !roles.some((role) => ON_DUTY.includes(role))) continue;
    const isWritten = await enqueueMail(post, door, {
      kind: 'duty',
      subjectId: suspension.id,
      to: email,
      subject: `Unsafe: ${suspension.name} was taken out of sight`,
      body: dutyText(post.origin, door.actor.name, suspension),
    });
    if (isWritten) letters += 1;
  }
  return letters;
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
