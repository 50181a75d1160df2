import { DEFAULT_WINDOW, windowAt, type OpenWindow } from '@waymark/domain';
import {
  change,
  currentPolicy,
  insertWindowReminder,
  listActiveUsers,
  snapshotsIn,
  wasReminded,
  type Context,
  type Post,
} from '@waymark/store';
import { enqueueMail } from '../mail/enqueue.ts';
import { signsByPeople, type Publishing } from '../snapshots/publishing.ts';
import { signingOf } from './request.ts';

/** So long before a window opens, people hear of it. */
const AHEAD_HOURS = 24;

/**
 * Tells publishers that the next publication window is near: to prepare, or who is missing among the signers. Once per
 * window, however often it runs; a process that was down catches up while the window is open.
 * @returns how many letters wait
 */
export async function remindOfWindow(
  ctx: Omit<Context, 'actorId'> & { post: Post },
  publishing: Publishing,
): Promise<number> {
  if (!signsByPeople(publishing)) return 0;
  const { read } = ctx.store;
  const now = ctx.now();
  const window = windowAt((await currentPolicy(read)).policy.window ?? DEFAULT_WINDOW, now);
  const isNear = Date.parse(window.opensAt) - now.getTime() <= AHEAD_HOURS * 3_600_000;
  if (!isNear || (await wasReminded(read, window.opensAt))) return 0;
  const waiting = await missingOf(ctx, publishing);
  return change({ ...ctx, actorId: 'system:signing', idempotency: undefined }, 'system', async (door) => {
    const isFirst = await insertWindowReminder(door.tx, window.opensAt, door.now);
    let letters = 0;
    for (const { id, email, roles } of isFirst ? await listActiveUsers(door.tx) : []) {
      if (!roles.includes('publisher')) continue;
      const letter = { subject: subjectOf(window), body: bodyOf(ctx.post.origin, window, waiting) };
      if (await enqueueMail(ctx.post, door, { kind: 'window', subjectId: id, to: email, ...letter })) letters += 1;
    }
    await door.audit('snapshot.remind', `window:${window.opensAt}`, { letters });
    return letters;
  });
}

type Waiting = { sequence: number; missing: number; names: string[] } | undefined;

async function missingOf(ctx: Omit<Context, 'actorId'>, publishing: Publishing): Promise<Waiting> {
  const { read } = ctx.store;
  const row = (await snapshotsIn(read, 'prepared')).at(-1);
  const signing = row && (await signingOf(read, publishing, row, ctx.now()));
  if (!signing) return undefined;
  const done = new Set(signing.signed.map(({ keyid }) => keyid));
  const { keyids, owners } = signing.signers;
  const names = keyids.filter((keyid) => !done.has(keyid)).map((keyid) => owners[keyid] ?? keyid.slice(0, 12));
  return { sequence: row.sequence, missing: signing.missing, names };
}

const minutes = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;

function subjectOf({ opensAt }: OpenWindow): string {
  return `The next snapshot: window from ${minutes(opensAt)}`;
}

function bodyOf(origin: string, { opensAt, closesAt }: OpenWindow, waiting: Waiting): string {
  const state = waiting
    ? waiting.missing === 0
      ? `Snapshot ${waiting.sequence} has its signatures and can be published.`
      : `Snapshot ${waiting.sequence} lacks ${waiting.missing} of its signatures. Not signed yet: ${waiting.names.join(', ')}.`
    : 'No snapshot is prepared yet. Signers can only start once it is.';
  return [
    `Snapshots go out between ${minutes(opensAt)} and ${minutes(closesAt)}.`,
    '',
    state,
    '',
    `${origin}/#/snapshots`,
    '',
    'You get this letter because you publish in Waymark.',
  ].join('\n');
}
