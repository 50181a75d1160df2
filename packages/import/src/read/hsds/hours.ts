import { isTimeZone, timeZonesOf, WEEKDAYS, type Weekday } from '@waymark/domain';
import { given, textOf, treesOf, type Tree } from '../tree.ts';
import { changesWith, hasOffset, isSameAllYear } from './zones.ts';

/** By the guidance of HSDS a whole day ends at 23:59. */
const DAY_END = '23:59';
const TIME = /^(\d{2}:\d{2})/;

type Times = { days: Weekday[]; from: string; to: string };
type Exception = { from: string; to: string; closed?: true; intervals?: { from: string; to: string }[] };

/** Hours, and the channel they are for: HSDS has hours of a service only, so our export names the channel in the notes. */
export type ScheduledHours = { type?: string; id?: string; hours: Tree };

/**
 * The hours of a service. HSDS knows distances from UTC and no zones: a zone is given where one of the countries has it at
 * each of these times; otherwise the hours stay text, for a person.
 */
export function hoursOf(service: Tree, countries: readonly string[]): ScheduledHours[] {
  const groups = new Map<string, Tree[]>();
  for (const schedule of treesOf(service, 'schedules')) {
    const [, channel = ''] = /^Applies to: (\S+ \S+?)(\. |$)/.exec(textOf(schedule, 'notes') ?? '') ?? [];
    groups.set(channel, [...(groups.get(channel) ?? []), schedule]);
  }
  return [...groups].map(([channel, schedules]) => {
    const [type, id] = channel.split(' ');
    return { ...given('type', type), ...given('id', id), hours: toHours(schedules, countries) };
  });
}

function toHours(schedules: readonly Tree[], countries: readonly string[]): Tree {
  const [first = {}] = schedules;
  const notes = textOf(first, 'notes') ?? '';
  const sourceText = textOf(first, 'description');
  const [, holidays] = /Public holidays: (\w+)/.exec(notes) ?? [];
  const [, zone = '', other = ''] = /Other hours \(([^)]+)\): (.+)$/.exec(notes) ?? [];
  const exceptions = other === '' ? [] : other.split('; ').flatMap(toException);
  const more = { ...given('holidays', holidays), ...given('exceptions', exceptions) };
  if (schedules.every((schedule) => textOf(schedule, 'opens_at') === undefined))
    return sourceText === 'By arrangement'
      ? { kind: 'by-arrangement', ...more }
      : { kind: 'unknown', sourceText: sourceText ?? notes };
  const weekly = weekOf(schedules);
  if (weekly === undefined) return { kind: 'unknown', sourceText: sourceText ?? describe(schedules) };
  const tz = isTimeZone(zone) ? zone : zoneOf(schedules, countries);
  const described = { ...more, ...given('sourceText', sourceText) };
  if (isAlways(weekly, schedules))
    return { kind: 'always', ...(exceptions.length > 0 ? given('tz', tz) : {}), ...described };
  if (tz === undefined) return { kind: 'unknown', sourceText: sourceText ?? describe(schedules) };
  return { kind: 'weekly', tz, weekly, ...described };
}

/** One usual week, if all periods of the year have the same by their own clocks. */
function weekOf(schedules: readonly Tree[]): Times[] | undefined {
  const periods = new Map<string, Times[]>();
  for (const schedule of schedules) {
    const times = timesOf(schedule);
    if (times === undefined) return undefined;
    const period = `${textOf(schedule, 'valid_from') ?? ''}/${textOf(schedule, 'valid_to') ?? ''}`;
    periods.set(period, [...(periods.get(period) ?? []), times]);
  }
  const [week, ...others] = [...periods.values()].map((times) => JSON.stringify(times));
  return week !== undefined && others.every((other) => other === week)
    ? joinAtMidnight(JSON.parse(week) as Times[])
    : undefined;
}

function timesOf(schedule: Tree): Times | undefined {
  const [, from] = TIME.exec(textOf(schedule, 'opens_at') ?? '') ?? [];
  const [, to] = TIME.exec(textOf(schedule, 'closes_at') ?? '') ?? [];
  const days = (textOf(schedule, 'byday') ?? '').toLowerCase().split(',');
  const isWeek = days.every((day) => (WEEKDAYS as readonly string[]).includes(day));
  const isPlain = (textOf(schedule, 'freq') ?? 'WEEKLY') === 'WEEKLY' && Number(schedule['interval'] ?? 1) === 1;
  if (from === undefined || to === undefined || !isWeek || !isPlain) return undefined;
  return { days: days as Weekday[], from, to };
}

/** What runs over midnight stands there as two. */
function joinAtMidnight(times: readonly Times[]): Times[] {
  const joined: Times[] = [];
  for (const part of times) {
    const last = joined.at(-1);
    if (last?.to === DAY_END && part.from === '00:00' && part.to !== DAY_END && isDayAfter(last.days, part.days))
      last.to = part.to;
    else joined.push({ ...part });
  }
  return joined.map((part) => (part.to === DAY_END ? { ...part, to: '00:00' } : part));
}

function isDayAfter(days: readonly Weekday[], next: readonly Weekday[]): boolean {
  const after = new Set(days.map((day) => WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % 7]));
  return after.size === next.length && next.every((day) => after.has(day));
}

function isAlways(weekly: readonly Times[], schedules: readonly Tree[]): boolean {
  const [only, ...more] = weekly;
  const isInUtc = schedules.every((schedule) => Number(schedule['timezone'] ?? 0) === 0);
  return more.length === 0 && only?.days.length === 7 && only.from === '00:00' && only.to === '00:00' && isInUtc;
}

/**
 * The zone of the first of these countries whose clocks stand so at all these times, if the others that do are the same by their
 * clocks all year; of several zones in one country, one whose clocks change when the schedules do, or the first.
 */
function zoneOf(schedules: readonly Tree[], countries: readonly string[]): string | undefined {
  const fitting = countries.flatMap((country) => {
    const [zone] = [changesWith, hasOffset].flatMap((fits) =>
      timeZonesOf(country).filter((name) => schedules.every((schedule) => fits(name, schedule))),
    );
    return zone === undefined ? [] : [zone];
  });
  const [first] = fitting;
  if (first !== undefined) return fitting.every((zone) => isSameAllYear(zone, first)) ? first : undefined;
  return schedules.every((schedule) => hasOffset('UTC', schedule)) ? 'UTC' : undefined;
}

function toException(text: string): Exception[] {
  const [, from = '', until, what = ''] =
    /^(\d{4}-\d{2}-\d{2})(?: to (\d{4}-\d{2}-\d{2}))? (closed|\d{2}:\d{2}-.+)$/.exec(text) ?? [];
  if (from === '') return [];
  const days = { from, to: until ?? from };
  if (what === 'closed') return [{ ...days, closed: true }];
  const intervals = what.split(' and ').map((interval) => {
    const [opens = '', closes = ''] = interval.split('-');
    return { from: opens, to: closes };
  });
  return [{ ...days, intervals }];
}

function describe(schedules: readonly Tree[]): string {
  const said = schedules.map((schedule) =>
    ['byday', 'opens_at', 'closes_at', 'valid_from', 'valid_to']
      .map((key) => textOf(schedule, key))
      .filter(Boolean)
      .join(' '),
  );
  return said.join('; ').slice(0, 500);
}
