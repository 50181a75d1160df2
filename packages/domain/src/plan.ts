import { compareDue, type DueOrdered } from './dueOrder.ts';

/** A check to be planned. Languages are those the entry can be read in. */
export type PlanRow = DueOrdered & { languages: readonly string[] };

/** Somebody who checks. Nobody has to say which languages they read; who does gets what they can read first. */
export type PlanPerson = { userId: string; languages?: readonly string[] | undefined };

export type PlanSettings = {
  /** Length of the plan in days of the calendar; checks fall on its working days. */
  days: number;
  /** At most so many a day for each person; without it, what it takes. */
  perDay?: number | undefined;
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** Days nobody works on, beside Saturdays and Sundays. */
  holidays?: readonly string[] | undefined;
};

export type PlannedCheck = { recordId: string; userId: string; day: string };
/** `left` are those that did not fit: the least pressing. */
export type Plan = { planned: PlannedCheck[]; left: string[] };

const DAY = 86_400_000;
const DAYS_IN_WEEK = 7;

/** Monday to Friday, but for holidays, from `start` on within so many days of the calendar. */
export function workingDays({ start, days, holidays = [] }: Omit<PlanSettings, 'perDay'>): string[] {
  const first = Date.parse(`${start}T00:00:00Z`);
  return Array.from({ length: days }, (_, i) => new Date(first + i * DAY))
    .filter((day) => day.getUTCDay() !== 0 && day.getUTCDay() !== 6)
    .map((day) => day.toISOString().slice(0, 10))
    .filter((day) => !holidays.includes(day));
}

/**
 * Spreads checks over working days and people. The most pressing come first: a week takes what the weeks after it do not
 * precede. Shares are fair: what two people have to do, in all and on any day, differs by one at most. Within a week everybody gets
 * what they can read, as far as their share goes. The same input gives the same plan.
 */
export function planDue(rows: readonly PlanRow[], people: readonly PlanPerson[], settings: PlanSettings): Plan {
  const days = workingDays(settings);
  const queue = [...rows].sort(compareDue);
  const room = days.length * people.length * (settings.perDay ?? Infinity);
  // Nothing times infinity is no number.
  const fitting = days.length === 0 || people.length === 0 ? 0 : Math.min(queue.length, room);
  const shares = people.map((_, i) => Math.ceil((fitting - i) / people.length));
  const planned: PlannedCheck[] = [];
  let at = 0;
  for (const week of weeksOf(days)) {
    const loads = shares.map((share) => week.map((day) => loadOn(days.indexOf(day), share, days.length)));
    const size = loads.flat().reduce((a, b) => a + b, 0);
    const shared = shareOut(
      queue.slice(at, at + size),
      people,
      loads.map((load) => load.reduce((a, b) => a + b, 0)),
    );
    at += size;
    shared.forEach((own, i) => planned.push(...spread(own, people[i]?.userId ?? '', week, loads[i] ?? [])));
  }
  return {
    planned: planned.sort((a, b) => Number(a.day > b.day) - Number(a.day < b.day)),
    left: queue.slice(fitting).map(({ recordId }) => recordId),
  };
}

/** How many of a share fall on a day: spread evenly, the first on the first day. */
function loadOn(day: number, share: number, days: number): number {
  return Math.ceil(((day + 1) * share) / days) - Math.ceil((day * share) / days);
}

/** Working days by week, each from Monday on. */
function weeksOf(days: readonly string[]): string[][] {
  const weeks = new Map<number, string[]>();
  for (const day of days) {
    // The epoch was a Thursday.
    const week = Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY + 3) / DAYS_IN_WEEK);
    weeks.set(week, [...(weeks.get(week) ?? []), day]);
  }
  return [...weeks.values()];
}

/**
 * Gives each person so many rows, in their order. What few people can read is given first, to one of them with most room; what
 * nobody can read, or whose readers are full, fills the room that is left.
 */
function shareOut(rows: readonly PlanRow[], people: readonly PlanPerson[], room: readonly number[]): PlanRow[][] {
  const left = [...room];
  const ownerOf = new Map<PlanRow, number>();
  const give = (row: PlanRow, candidates: readonly number[]) => {
    const free = candidates.filter((i) => (left[i] ?? 0) > 0);
    const [owner] = free.sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0) || a - b);
    if (owner === undefined) return;
    left[owner] = (left[owner] ?? 0) - 1;
    ownerOf.set(row, owner);
  };
  const read = rows
    .map((row) => ({ row, readers: readersOf(row, people) }))
    .filter(({ readers }) => readers.length > 0 && readers.length < people.length)
    .sort((a, b) => a.readers.length - b.readers.length);
  for (const { row, readers } of read) give(row, readers);
  const everybody = people.map((_, i) => i);
  for (const row of rows) if (!ownerOf.has(row)) give(row, everybody);
  return people.map((_, i) => rows.filter((row) => ownerOf.get(row) === i));
}

function readersOf({ languages }: PlanRow, people: readonly PlanPerson[]): number[] {
  return people.flatMap((person, i) => (person.languages?.some((tag) => languages.includes(tag)) ? [i] : []));
}

/** One person's checks of a week on its days, in their order. */
function spread(
  rows: readonly PlanRow[],
  userId: string,
  week: readonly string[],
  loads: readonly number[],
): PlannedCheck[] {
  let at = 0;
  return week.flatMap((day, i) => {
    const from = at;
    at += loads[i] ?? 0;
    return rows.slice(from, at).map(({ recordId }) => ({ recordId, userId, day }));
  });
}
