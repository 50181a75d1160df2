import { z } from 'zod';
import { CalendarDate } from './identity.ts';
import { WEEKDAYS, type Interval } from './openAt.ts';
import { plainText } from './text.ts';
import { isTimeZone, TimeZone } from './timeZone.ts';

export { isOpenAt, WEEKDAYS } from './openAt.ts';

export const Weekday = z
  .enum(WEEKDAYS, { error: 'Use mo, tu, we, th, fr, sa or su.' })
  .meta({ id: 'Weekday', description: 'Day of the week.' });
export type Weekday = z.infer<typeof Weekday>;

const time = z
  .string({ error: 'Write a time such as 09:00.' })
  .regex(
    /^([01][0-9]|2[0-3]):[0-5][0-9]$/,
    'Write the time with 24 hours and two digits each, such as 09:00. Midnight is 00:00.',
  );

const interval = {
  from: time.meta({ description: 'Opening time, local.' }),
  to: time.meta({
    description: 'Closing time, local. Not after `from` means on the next day: 18:00–02:00, 00:00–00:00.',
  }),
};

const Exception = z
  .strictObject({
    from: CalendarDate.meta({ description: 'First day.' }),
    to: CalendarDate.meta({ description: 'Last day, included.' }),
    closed: z.literal(true).optional(),
    intervals: z.array(z.strictObject(interval)).min(1, 'Add a time, or mark the days as closed.').max(6).optional(),
    note: plainText({ max: 200 }).optional(),
  })
  .refine((e) => e.from <= e.to, { path: ['to'], error: 'The last day must not be before the first.' })
  .refine((e) => (e.closed === true) !== (e.intervals !== undefined), {
    path: ['closed'],
    error: 'Say either closed, or which times.',
  });

export const Hours = z
  .strictObject({
    kind: z.enum(['always', 'weekly', 'by-arrangement', 'unknown'], {
      error: 'Choose always, weekly, by-arrangement or unknown.',
    }),
    tz: TimeZone.optional().meta({
      description: 'Time zone of all times here. Required with weekly times or exceptions.',
    }),
    weekly: z
      .array(z.strictObject({ days: z.array(Weekday).min(1, 'Choose at least one day.').max(7), ...interval }))
      .min(1, 'Add at least one time.')
      .max(50)
      .optional()
      .meta({ description: 'When it is open in a usual week.' }),
    holidays: z
      .enum(['open', 'closed', 'reduced', 'unknown'], { error: 'Choose open, closed, reduced or unknown.' })
      .optional()
      .meta({ description: 'What happens on public holidays. Absent means unknown.' }),
    exceptions: z
      .array(Exception)
      .max(100)
      .optional()
      .meta({ description: 'Days that differ; they win over the usual week.' }),
    sourceText: plainText({ max: 500, multiline: true })
      .optional()
      .meta({ description: 'The hours as their source printed them.' }),
  })
  .superRefine((hours, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (hours.kind === 'weekly' && hours.weekly === undefined)
      refuse('weekly', 'Add the times of the week, or choose another kind of hours.');
    if (hours.kind !== 'weekly' && hours.weekly !== undefined)
      refuse('weekly', 'Remove the times of the week, or choose weekly.');
    if (hours.tz === undefined && (hours.kind === 'weekly' || hours.exceptions?.length))
      refuse('tz', 'Choose the time zone of these times.');
  })
  .meta({ id: 'Hours', description: 'When a channel is staffed. Unknown hours are never the same as closed.' });
export type Hours = z.infer<typeof Hours>;

export const HOURS_ALWAYS: Hours = { kind: 'always' };

type Week = Map<Weekday, Interval[]>;

// Mo, Mon, Monday: the place in the week.
const dayWords = new Map(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].flatMap((name, i) =>
    [name, name.slice(0, 3), name.slice(0, 2)].map((word) => [word, i] as const),
  ),
);

function parseDays(text: string): readonly Weekday[] | null {
  if (text === 'daily') return WEEKDAYS;
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last, ...rest] = part.split('-').map((word) => dayWords.get(word) ?? -1);
    if (first === undefined || first < 0 || last === -1 || rest.length > 0) return null;
    // Sa-Mo runs over the end of the week.
    for (let i = first; ; i = (i + 1) % 7) {
      days.add(i);
      if (i === (last ?? first)) break;
    }
  }
  return WEEKDAYS.filter((_, i) => days.has(i));
}

function parseInterval(text: string): Interval | null {
  const [, fromHour = '', fromMinute, toHour = '', toMinute] =
    /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(text) ?? [];
  if (!fromHour || !toHour) return null;
  const from = `${fromHour.padStart(2, '0')}:${fromMinute ?? '00'}`;
  const until = `${toHour.padStart(2, '0')}:${toMinute ?? '00'}`;
  const to = until === '24:00' ? '00:00' : until;
  if (!time.safeParse(from).success || !time.safeParse(to).success) return null;
  const written = fromHour.length === 2 && toHour.length === 2 && fromMinute !== undefined && toMinute !== undefined;
  // 9-5 and 1-5 may mean the afternoon. Only 09:00-05:00 says for sure that it runs into the night.
  if (!written && (from < '06:00' || (until <= from && from < '12:00'))) return null;
  return { from, to };
}

const endOf = ({ from, to }: Interval) => (to <= from ? 'next day' : to);
const overlap = (a: Interval, b: Interval) => a.from < endOf(b) && b.from < endOf(a);

function toWeekly(week: Week): NonNullable<Hours['weekly']> {
  const groups = new Map<string, { days: Weekday[]; intervals: Interval[] }>();
  for (const weekday of WEEKDAYS) {
    const intervals = [...(week.get(weekday) ?? [])].sort((a, b) => (`${a.from}${a.to}` < `${b.from}${b.to}` ? -1 : 1));
    if (intervals.length === 0) continue;
    const key = intervals.map(({ from, to }) => `${from}-${to}`).join();
    const group = groups.get(key) ?? { days: [], intervals };
    group.days.push(weekday);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ days, intervals }) =>
    intervals.map(({ from, to }) => ({ days: [...days], from, to })),
  );
}

/**
 * Reads the shorthand people type, a small part of OpenStreetMap's opening_hours: `24/7`, `Mo-Fr 9-17`,
 * `Mo-Fr 09:00-12:00,13:00-17:00; Sa 10-14; PH off`. A later rule replaces an earlier one for its days. Null unless certain.
 */
export function parseHours(text: string, tz: string): Hours | null {
  const rules = text
    .toLowerCase()
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s*([-,;])\s*/g, '$1')
    .trim()
    .split(';')
    .filter((rule) => rule !== '');
  if (rules.length === 0 || !isTimeZone(tz)) return null;
  const first = rules.join(';');
  if (first === 'by arrangement') return { kind: 'by-arrangement' };
  if (first === 'unknown') return { kind: 'unknown' };
  const holidays = rules.at(-1) === 'ph off' || rules.at(-1) === 'ph closed' ? ({ holidays: 'closed' } as const) : {};
  if ('holidays' in holidays) rules.pop();
  if (rules.length === 1 && rules[0] === '24/7')
    return 'holidays' in holidays ? { kind: 'always', tz, ...holidays } : { kind: 'always' };
  const week: Week = new Map();
  for (const rule of rules) {
    const [, dayText = '', timeText = ''] = /^([a-z,-]+)\s+(\S+)$/.exec(rule) ?? [];
    const days = parseDays(dayText);
    const off = timeText === 'off' || timeText === 'closed';
    const intervals = off ? [] : timeText.split(',').map(parseInterval);
    if (!days || !intervals.every((i) => i !== null)) return null;
    for (const weekday of days) {
      const before = week.get(weekday) ?? [];
      // Mo-Fr 9-12; Mo-Fr 13-17: by the book the second replaces the first, but the writer may well have meant both.
      if (before.length > 0 && !off && !intervals.some((i) => before.some((j) => overlap(i, j)))) return null;
      week.set(weekday, intervals);
    }
  }
  const weekly = toWeekly(week);
  return weekly.length === 0 ? null : { kind: 'weekly', tz, weekly, ...holidays };
}

const osmDays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

const daysText = (days: readonly Weekday[]): string => {
  const at = days.map((weekday) => WEEKDAYS.indexOf(weekday)).sort((a, b) => a - b);
  const first = days.length > 2 ? at[0] : undefined;
  return first !== undefined && at.every((d, i) => d === first + i)
    ? `${osmDays[first]}-${osmDays[first + at.length - 1]}`
    : at.map((d) => osmDays[d]).join(',');
};

/** Back to the shorthand. Exceptions and holidays other than "closed" have no place in it: show them beside. */
export function formatHours(hours: Hours): string {
  const holidays = hours.holidays === 'closed' ? '; PH off' : '';
  if (hours.kind === 'always') return `24/7${holidays}`;
  if (hours.kind !== 'weekly') return hours.kind === 'unknown' ? 'unknown' : 'by arrangement';
  const week: Week = new Map(
    WEEKDAYS.map((weekday) => [weekday, (hours.weekly ?? []).filter(({ days }) => days.includes(weekday))] as const),
  );
  const rules = new Map<string, string[]>();
  for (const { days, from, to } of toWeekly(week)) {
    const key = daysText(days);
    rules.set(key, [...(rules.get(key) ?? []), `${from}-${to === '00:00' ? '24:00' : to}`]);
  }
  return [...rules].map(([days, times]) => `${days} ${times.join(',')}`).join('; ') + holidays;
}
