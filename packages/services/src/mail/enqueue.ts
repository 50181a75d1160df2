import { EmailAddress } from '@waymark/domain';
import { insertMail, type Change, type MailKind, type Post } from '@waymark/store';

/** Plain text to one person. Nothing else is ever sent: no HTML, no attachment, nothing that would be fetched when it is read. */
export type Letter = {
  kind: MailKind;
  /** What it is about: the row a reader of the log would look for. */
  subjectId: string;
  to: string;
  subject: string;
  body: string;
};

/** More than any of our letters by far. */
const LONGEST = 50_000;

/**
 * Puts a letter into the outbox, in the transaction of what asks for it: it leaves after the commit, or not at all.
 * @param post of the context that acts; absent, mail is off
 * @returns false when nothing was written: mail is off, or the address takes no mail
 */
export async function enqueueMail(
  post: Post | undefined,
  { tx, now, newId }: Pick<Change, 'tx' | 'now' | 'newId'>,
  { kind, subjectId, to, subject, body }: Letter,
): Promise<boolean> {
  const recipient = EmailAddress.safeParse(to).data;
  if (!post || recipient === undefined) return false;
  await insertMail(tx, {
    id: newId(),
    kind,
    subjectId,
    recipient,
    subject: oneLine(subject).slice(0, 200),
    body: manyLines(body).slice(0, LONGEST),
    createdAt: now,
  });
  return true;
}

/** A line for a header: what could end it, begin another one or turn the direction of reading becomes a space. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, (run) => (/^[\u200c\u200d]+$/.test(run) ? run : ' '))
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Lines end in one way, and hold no control characters but tabs. */
function manyLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '');
}
