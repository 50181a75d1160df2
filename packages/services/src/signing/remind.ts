import { DEFAULT_WINDOW, daysUntil, windowAt, type OpenWindow, type PublicationWindow } from '@waymark/domain';
import {
  change,
  currentPolicy,
  findNoticeChoice,
  insertWindowReminder,
  listActiveUsers,
  snapshotsIn,
  wasReminded,
  type Context,
  type Post,
} from '@waymark/store';
import { choiceOf } from '../digest/choose.ts';
import { enqueueMail } from '../mail/enqueue.ts';
import { fillIn, letterLanguage, type LetterLanguage } from '../mail/words.ts';
import { signsByPeople, type Publishing } from '../snapshots/publishing.ts';
import { REMINDER_TEXTS } from './reminderTexts.ts';
import { signingOf } from './request.ts';

/** So long before a window opens, people hear of it. */
const AHEAD_HOURS = 24;

/**
 * Tells publishers that the next publication window is near, and those of the signers who are missing and have an account: what
 * is missing, and for how many days it can be given. Once per window, however often it runs; a process that was down catches up
 * while the window is open. A signer is known by the name that root gives to their key.
 * @returns how many letters wait
 */
export async function remindOfWindow(
  ctx: Omit<Context, 'actorId'> & { post: Post },
  publishing: Publishing,
): Promise<number> {
  if (!signsByPeople(publishing)) return 0;
  const { read } = ctx.store;
  const now = ctx.now();
  const policy = (await currentPolicy(read)).policy.window ?? DEFAULT_WINDOW;
  const window = { ...policy, ...windowAt(policy, now) };
  const isNear = Date.parse(window.opensAt) - now.getTime() <= AHEAD_HOURS * 3_600_000;
  if (!isNear || (await wasReminded(read, window.opensAt))) return 0;
  const waiting = await waitingOf(ctx, publishing);
  return change({ ...ctx, actorId: 'system:signing', idempotency: undefined }, 'system', async (door) => {
    const isFirst = await insertWindowReminder(door.tx, window.opensAt, door.now);
    let letters = 0;
    for (const { id, name, email, roles } of isFirst ? await listActiveUsers(door.tx) : []) {
      const person = { publishes: roles.includes('publisher'), signs: isMissing(name, waiting) };
      if (!person.publishes && !person.signs) continue;
      const language = letterLanguage(choiceOf(await findNoticeChoice(door.tx, id)).languages);
      const letter = writeReminder(language, { window, waiting, person, origin: ctx.post.origin });
      if (await enqueueMail(ctx.post, door, { kind: 'window', subjectId: id, to: email, ...letter })) letters += 1;
    }
    await door.audit('snapshot.remind', `window:${window.opensAt}`, { letters });
    return letters;
  });
}

/** What a prepared snapshot lacks; `names` of all who have not signed it, while anybody has to. */
export type Waiting = { sequence: number; missing: number; names: string[]; daysLeft: number };

async function waitingOf(ctx: Omit<Context, 'actorId'>, publishing: Publishing): Promise<Waiting | undefined> {
  const { read } = ctx.store;
  const row = (await snapshotsIn(read, 'prepared')).at(-1);
  const signing = row && (await signingOf(read, publishing, row, ctx.now()));
  if (!signing) return undefined;
  const done = new Set(signing.signed.map(({ keyid }) => keyid));
  const { keyids, owners } = signing.signers;
  const left = signing.missing === 0 ? [] : keyids.filter((keyid) => !done.has(keyid));
  return {
    sequence: row.sequence,
    missing: signing.missing,
    names: left.map((keyid) => owners[keyid] ?? keyid.slice(0, 12)),
    daysLeft: daysUntil(String(signing.row.request.signed['expires']), ctx.now()),
  };
}

function isMissing(name: string, waiting: Waiting | undefined): boolean {
  const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  return waiting?.names.some((each) => plain(each) === plain(name)) ?? false;
}

/** The reminder as a letter to one person. */
export function writeReminder(
  language: LetterLanguage,
  {
    window,
    waiting,
    person,
    origin,
  }: {
    window: OpenWindow & Pick<PublicationWindow, 'tz'>;
    waiting: Waiting | undefined;
    person: { publishes: boolean; signs: boolean };
    origin: string;
  },
): { subject: string; body: string } {
  const texts = REMINDER_TEXTS[language];
  const number = new Intl.NumberFormat(language);
  const { tz } = window;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: tz });
  const values = {
    opens: time.format(new Date(window.opensAt)),
    closes: time.format(new Date(window.closesAt)),
    tz,
    ...(waiting && {
      sequence: number.format(waiting.sequence),
      n: number.format(waiting.missing),
      names: new Intl.ListFormat(language).format(waiting.names),
      days: number.format(waiting.daysLeft),
    }),
  };
  const state = waiting ? (waiting.missing === 0 ? texts.complete : texts.lacking) : texts.nothing;
  const paragraphs = [
    texts.window,
    state,
    ...(person.signs ? [texts.yours] : []),
    `${origin}/#/snapshots${person.signs && waiting ? `/${waiting.sequence}/show` : ''}`,
    person.publishes ? texts.publishes : texts.signs,
  ];
  return {
    subject: fillIn(texts.subject, values),
    body: paragraphs.map((text) => fillIn(text, values)).join('\n\n'),
  };
}
