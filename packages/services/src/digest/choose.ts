import { z } from 'zod';
import { Country, Kind, LanguageTag } from '@waymark/domain';
import { change, findNoticeChoice, putNoticeChoice, type Context, type NoticeChoiceRow } from '@waymark/store';

/** Which letters a person wants. Empty lists leave nothing out. */
export const NoticeChoice = z
  .strictObject({
    weekly: z.boolean().meta({ description: 'A digest each Monday; never an empty one' }),
    countries: z.array(Country.or(z.literal('001'))).max(260),
    kinds: z.array(Kind).max(20),
    languages: z.array(LanguageTag).max(50),
  })
  .meta({ id: 'NoticeChoice', description: 'Which letters a person wants' });
export type NoticeChoice = z.infer<typeof NoticeChoice>;

/** Whoever chose nothing gets the digest: it can be stopped from every letter. */
const UNCHOSEN: NoticeChoice = { weekly: true, countries: [], kinds: [], languages: [] };

/** What the asking person chose; `mail` says whether letters leave here at all. */
export async function showNoticeChoice(ctx: Context): Promise<NoticeChoice & { mail: boolean }> {
  return { ...choiceOf(await findNoticeChoice(ctx.store.read, ctx.actorId)), mail: ctx.post !== undefined };
}

/** Changes what the asking person gets. @throws Problem not-signed-in */
export async function chooseNotices(ctx: Context, choice: NoticeChoice): Promise<NoticeChoice & { mail: boolean }> {
  await change(ctx, 'self', async ({ tx, actor, now, audit }) => {
    const before = await findNoticeChoice(tx, actor.id);
    // Who asks for it in the middle of a week waits for the next Monday.
    const isNewlyAsked = choice.weekly && before?.weekly === false;
    await putNoticeChoice(tx, {
      userId: actor.id,
      ...choice,
      lastSentAt: isNewlyAsked ? now : (before?.lastSentAt ?? null),
    });
    await audit('notice.choose', `user:${actor.id}`, choice);
  });
  return showNoticeChoice(ctx);
}

export function choiceOf(row: NoticeChoiceRow | undefined): NoticeChoice {
  if (!row) return UNCHOSEN;
  const { weekly, countries, kinds, languages } = row;
  // Written by `chooseNotices` alone.
  return { weekly, countries, kinds: kinds as NoticeChoice['kinds'], languages };
}
