import { planDue, refuse } from '@waymark/domain';
import {
  change,
  duePlanRows,
  findNoticeChoice,
  planWork,
  Problem,
  userNames,
  type Change,
  type Context,
} from '@waymark/store';
import { requireChecker } from './assign.ts';

/** More at once would keep others from writing for too long; the rest is planned when these are done. */
const MOST_PLANNED = 10_000;

export type PlanInput = {
  /** Days of the calendar, from the first on. */
  days: number;
  people: readonly string[];
  perDay?: number | undefined;
  /** First day, `YYYY-MM-DD`; today unless said otherwise. */
  start?: string | undefined;
  holidays?: readonly string[] | undefined;
};

export type PlanResult = {
  planned: number;
  /** What did not fit into so many days: the least pressing. */
  left: number;
  perPerson: { userId: string; name: string; count: number }[];
  /** The last day something is planned for; the first one when nothing is. */
  until: string;
};

/**
 * Spreads what is to be done over working days and people, the most pressing first, in fair shares, by the languages people said
 * they read. What somebody is at, or was given to others, stays as it is; an earlier plan for these people is made anew.
 * @throws Problem not-permitted, input-invalid
 */
export function planChecks(ctx: Context, input: PlanInput): Promise<PlanResult> {
  return change(ctx, 'work.assign', async (door) => {
    const { tx, now, audit } = door;
    const people = [...new Set(input.people)];
    for (const [i, userId] of people.entries()) await requireChecker(tx, userId, `/people/${i}`);
    const start = input.start ?? now.slice(0, 10);
    if (start < now.slice(0, 10))
      throw new Problem(refuse('input-invalid', undefined, [{ path: '/start', message: 'Choose a day to come' }]));
    const { days, perDay, holidays } = input;
    const rows = await duePlanRows(tx, people, now, MOST_PLANNED);
    const plan = planDue(rows, await readersAmong(door, people), { days, perDay, start, holidays });
    const counts = new Map(people.map((userId) => [userId, 0]));
    let until = start;
    for (const check of plan.planned) {
      if (!(await planWork(tx, check, now))) continue;
      counts.set(check.userId, (counts.get(check.userId) ?? 0) + 1);
      until = check.day;
    }
    const planned = [...counts.values()].reduce((a, b) => a + b, 0);
    await audit('work.plan', 'due:plan', {
      days,
      start,
      until,
      perDay: perDay ?? null,
      planned,
      left: plan.left.length,
      perPerson: Object.fromEntries(counts),
    });
    const names = await userNames(tx, people);
    const perPerson = [...counts].map(([userId, count]) => ({ userId, name: names.get(userId) ?? userId, count }));
    return { planned, left: plan.left.length, perPerson, until };
  });
}

/** People with the languages they want mail about, which are those they read. */
async function readersAmong({ tx }: Change, people: readonly string[]) {
  const readers = [];
  for (const userId of people) {
    const languages = (await findNoticeChoice(tx, userId))?.languages ?? [];
    readers.push({ userId, languages: languages.length > 0 ? languages : undefined });
  }
  return readers;
}
