import {
  change,
  dueRows,
  expiringEntries,
  findNoticeChoice,
  listActiveUsers,
  pageDue,
  putNoticeChoice,
  type Context,
  type Post,
  type UserRow,
} from '@waymark/store';
import { enqueueMail, oneLine } from '../mail/enqueue.ts';
import { fillIn, letterLanguage, type LetterLanguage } from '../mail/words.ts';
import { showQueue } from '../queue/show.ts';
import { choiceOf, type NoticeChoice } from './choose.ts';
import { DIGEST_TEXTS } from './texts.ts';

/** One thing in a digest: what it is called and where in the admin it is. */
export type DigestLine = { name: string; href: string; expiresAt?: string };
/** The first lines of each part, and how many there are. */
export type Digest = Record<'mine' | 'review' | 'expiring', { lines: DigestLine[]; total: number }>;

/** More than anybody reads in a letter; the lists show the rest. */
const LINES = 10;
const EXPIRING_DAYS = 14;
const DAY = 86_400_000;

/** The last Monday, 06:00 UTC, that is not after now: whoever got their digest before it is owed one. */
export function lastMonday(now: Date): string {
  const SIX = 6 * 3_600_000;
  const shifted = new Date(now.getTime() - SIX);
  const sinceMonday = (shifted.getUTCDay() + 6) % 7;
  const day = Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth(), shifted.getUTCDate() - sinceMonday);
  return new Date(day + SIX).toISOString();
}

/**
 * Writes everybody who wants one the digest of this week, once: the row that says so changes with the letter, and a process that
 * was down on Monday catches up. Nobody gets an empty one.
 * @returns how many letters wait
 */
export async function sendDigests(ctx: Omit<Context, 'actorId'> & { post: Post }): Promise<number> {
  const monday = lastMonday(ctx.now());
  let letters = 0;
  for (const person of await listActiveUsers(ctx.store.read)) {
    const before = await findNoticeChoice(ctx.store.read, person.id);
    const choice = choiceOf(before);
    if (!choice.weekly || (before?.lastSentAt ?? person.createdAt) >= monday) continue;
    const digest = await digestFor({ ...ctx, actorId: person.id }, choice);
    if (await sendTo(ctx, person, monday, digest)) letters += 1;
  }
  return letters;
}

/** What waits for a person: from the same queries as the lists on the screen, in the scope they chose. */
export async function digestFor(ctx: Context, choice: NoticeChoice): Promise<Digest> {
  const { read } = ctx.store;
  const now = ctx.now();
  const at = now.toISOString();
  const some = (codes: readonly string[]) => (codes.length === 0 ? undefined : codes.join(','));
  const scope = { country: some(choice.countries), kind: some(choice.kinds), language: some(choice.languages) };
  const mine = await pageDue(read, { ...scope, mine: ctx.actorId }, at, { limit: LINES, offset: 0 });
  const named = await dueRows(read, mine.ids);
  const waiting = (await showQueue(ctx)).filter(({ kind }) => kind === 'review' || kind === 'suspension');
  const until = new Date(now.getTime() + EXPIRING_DAYS * DAY).toISOString();
  const expiring = await expiringEntries(read, { ...choice, now: at, until }, LINES);
  return {
    mine: {
      lines: named.map(({ state, record }) => ({ name: record.name, href: `/due/${state.recordId}` })),
      total: mine.total,
    },
    review: { lines: waiting.slice(0, LINES).map(({ title, href }) => ({ name: title, href })), total: waiting.length },
    expiring: {
      lines: expiring.data.map(({ id, name, expiresAt }) => ({ name, href: `/due/${id}`, expiresAt })),
      total: expiring.total,
    },
  };
}

async function sendTo(
  ctx: Omit<Context, 'actorId'> & { post: Post },
  person: UserRow,
  monday: string,
  digest: Digest,
): Promise<boolean> {
  const things = digest.mine.total + digest.review.total + digest.expiring.total;
  const job = { ...ctx, actorId: 'system:digest', idempotency: undefined };
  return change(job, 'system', async (door) => {
    // Read again: another process may have been faster, or the person may have stopped it.
    const before = await findNoticeChoice(door.tx, person.id);
    const choice = choiceOf(before);
    const isOwed = choice.weekly && (before?.lastSentAt ?? person.createdAt) < monday;
    const letter = writeDigest(letterLanguage(choice.languages), person.name, digest, ctx.post.origin);
    const isWritten =
      isOwed &&
      things > 0 &&
      (await enqueueMail(ctx.post, door, { kind: 'digest', subjectId: person.id, to: person.email, ...letter }));
    if (isOwed) await putNoticeChoice(door.tx, { userId: person.id, ...choice, lastSentAt: door.now });
    await door.audit('notice.send', `user:${person.id}`, { things, sent: isWritten });
    return isWritten;
  });
}

/** The digest as a letter. Parts in which nothing is, are left out. */
export function writeDigest(
  language: LetterLanguage,
  name: string,
  digest: Digest,
  origin: string,
): { subject: string; body: string } {
  const texts = DIGEST_TEXTS[language];
  const number = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const n = (count: number) => ({ n: number.format(count) });
  const parts = (['mine', 'review', 'expiring'] as const)
    .filter((part) => digest[part].total > 0)
    .map((part) => {
      const { lines, total } = digest[part];
      const shown = lines.map((line) => {
        const expires =
          line.expiresAt === undefined
            ? ''
            : ` (${fillIn(texts.expires, { date: date.format(new Date(line.expiresAt)) })})`;
        return `- ${oneLine(line.name)}${expires}\n  ${origin}/#${line.href}`;
      });
      const left = total > lines.length ? [fillIn(texts.more, n(total - lines.length))] : [];
      return [fillIn(texts[part], n(total)), ...shown, ...left].join('\n');
    });
  const things = digest.mine.total + digest.review.total + digest.expiring.total;
  return {
    subject: fillIn(texts.subject, n(things)),
    body: [fillIn(texts.hello, { name: oneLine(name) }), ...parts, `${texts.stop}\n${origin}/#/account`].join('\n\n'),
  };
}
