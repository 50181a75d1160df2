import { isPermitted } from '@waymark/domain';
import {
  countDue,
  countDueStates,
  countOpenAlarms,
  doneByPerson,
  listActiveUsers,
  openByAssignee,
  type Context,
  type Reader,
} from '@waymark/store';

/** How much is to be done, how much was done, and who has how much of it. */
export type DueSummary = Record<'mine' | 'due' | 'overdue' | 'expired' | 'soon', number> & {
  doneToday: number;
  doneTodayByMe: number;
  alarms: number;
  /** Everybody who may check: open checks given to them, and entries they looked at within seven days. */
  fairShare: { userId: string; name: string; open: number; done7: number }[];
};

const DAYS_COUNTED = 7;
const DAY = 86_400_000;

/** Figures above the queue of checks; each is the length of the list behind it. Days are those of UTC. */
export async function dueSummary(ctx: Pick<Context, 'store' | 'now' | 'actorId'>): Promise<DueSummary> {
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const people = await checkers(read);
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  const weekAgo = new Date(Date.parse(now) - DAYS_COUNTED * DAY).toISOString();
  const done = await doneByPerson(
    read,
    people.map(({ id }) => id),
    weekAgo,
    today,
  );
  const open = await openByAssignee(read, now);
  return {
    ...(await countDueStates(read, now)),
    mine: await countDue(read, { mine: ctx.actorId }, now),
    doneToday: [...done.values()].reduce((sum, each) => sum + each.today, 0),
    doneTodayByMe: done.get(ctx.actorId)?.today ?? 0,
    alarms: (await countOpenAlarms(read)).open,
    fairShare: people.map(({ id, name }) => ({
      userId: id,
      name,
      open: open.get(id) ?? 0,
      done7: done.get(id)?.since ?? 0,
    })),
  };
}

/** Active people who may look at entries, in order of birth. */
export async function checkers(read: Reader): Promise<{ id: string; name: string }[]> {
  return (await listActiveUsers(read)).filter((person) => isPermitted(person, 'verification.write'));
}
