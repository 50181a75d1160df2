import {
  change,
  claimMail,
  dueMail,
  finishMail,
  noteMailFailure,
  settleOutreach,
  type Context,
  type WaitingMail,
} from '@waymark/store';
import { MailFailure, type Mailer } from './smtp.ts';

/** Minutes until the next try, by how many there were. The fifth failure is the last. */
const WAITS = [2, 15, 60, 480] as const;
export const MAIL_ATTEMPTS = WAITS.length + 1;

const LONGEST_WAIT = 480;
const BATCH = 50;

export type Delivered = { sent: number; failed: number; waiting: number };

/**
 * Sends what waits in the outbox. A letter is claimed before it leaves and ended after the server took it, so a process that
 * dies in between sends it once more: at least once, always under the same Message-ID. Its words and its recipient are
 * erased as soon as it is ended.
 * @param ctx.post where the pages are, for the way to stop a digest
 * @param leaving aborted when the process stops: the letter at hand is finished, the others wait for the next start
 */
export async function deliverMail(
  ctx: Omit<Context, 'actorId'> & { post: NonNullable<Context['post']> },
  mailer: Pick<Mailer, 'send'>,
  leaving?: AbortSignal,
): Promise<Delivered> {
  const done: Delivered = { sent: 0, failed: 0, waiting: 0 };
  for (;;) {
    const letters = await dueMail(ctx.store.read, ctx.now().toISOString(), BATCH);
    for (const letter of letters) {
      if (leaving?.aborted) return done;
      const outcome = await deliverOne(ctx, mailer, letter);
      if (outcome !== 'taken') done[outcome === 'unreachable' ? 'waiting' : outcome] += 1;
      // The others would only wear out their tries against a server that is not there.
      if (outcome === 'unreachable') return done;
    }
    if (letters.length < BATCH) return done;
  }
}

async function deliverOne(
  ctx: Parameters<typeof deliverMail>[0],
  mailer: Pick<Mailer, 'send'>,
  letter: WaitingMail,
): Promise<'sent' | 'failed' | 'waiting' | 'unreachable' | 'taken'> {
  const tries = letter.attempts + 1;
  const nextAt = new Date(ctx.now().getTime() + (WAITS[tries - 1] ?? LONGEST_WAIT) * 60_000).toISOString();
  // No audit event: nothing but who tries it changes, as with a lease.
  const claimed = await ctx.store.transaction((tx) => claimMail(tx, letter, nextAt));
  if (!claimed) return 'taken';
  try {
    await mailer.send({
      id: letter.id,
      to: letter.recipient,
      subject: letter.subject,
      text: letter.body,
      date: ctx.now(),
      ...(letter.kind === 'digest' ? { stop: `${ctx.post.origin}/#/account` } : {}),
    });
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    if (error.isFinal || tries >= MAIL_ATTEMPTS) {
      await finish(ctx, letter, 'failed', tries, error.code);
      return 'failed';
    }
    await ctx.store.transaction((tx) => noteMailFailure(tx, letter.id, error.code));
    return error.isConnection ? 'unreachable' : 'waiting';
  }
  await finish(ctx, letter, 'sent', tries, null);
  return 'sent';
}

/** The log says that a letter left and of what kind, never to whom or what it said. */
function finish(
  ctx: Omit<Context, 'actorId'>,
  letter: WaitingMail,
  state: 'sent' | 'failed',
  tries: number,
  failure: string | null,
): Promise<void> {
  return change({ ...ctx, actorId: 'system:mail', idempotency: undefined }, 'system', async ({ tx, now, audit }) => {
    await finishMail(tx, letter.id, state, now, failure);
    // Nobody waits for the answer to a letter that never arrived: staff must see that.
    if (state === 'failed' && letter.kind === 'outreach') await settleOutreach(tx, letter.subjectId, 'failed');
    await audit(state === 'sent' ? 'mail.sent' : 'mail.failed', `mail:${letter.id}`, {
      kind: letter.kind,
      about: letter.subjectId,
      tries,
      ...(failure === null ? {} : { failure }),
    });
  });
}
