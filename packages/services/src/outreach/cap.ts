import { refuse, type Refusal } from '@waymark/domain';

/** Without an agreement nobody is written to more often than this, unless somebody says that they mean it. */
export const USUAL_DAYS_BETWEEN = 30;
const DAY = 86_400_000;

/** Whether an organisation was contacted too recently to be contacted again. */
export function courtesyRefusal(
  { lastContactAt, minDaysBetween }: { lastContactAt: string | null; minDaysBetween: number },
  now: string,
): Refusal | undefined {
  if (lastContactAt === null) return undefined;
  const next = Date.parse(lastContactAt) + minDaysBetween * DAY;
  if (Date.parse(now) >= next) return undefined;
  const [last, from] = [lastContactAt.slice(0, 10), new Date(next).toISOString().slice(0, 10)];
  return refuse(
    'courtesy-cap',
    `Last contact ${last}; ${minDaysBetween} days between two contacts, so from ${from} on`,
  );
}
