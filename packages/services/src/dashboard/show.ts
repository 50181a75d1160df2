import { CoverageState, Kind, type Confidence } from '@waymark/domain';
import {
  countConfidence,
  countDueStates,
  countOpenAlarms,
  dayFiguresSince,
  lastPublished,
  medianConfirmation,
  waitingReviews,
  type Context,
} from '@waymark/store';
import { showCoverage } from '../coverage/matrix.ts';
import type { Publishing } from '../snapshots/publishing.ts';
import { snapshotStatus, type ShownRole } from '../snapshots/status.ts';

/** A number and the list of the admin that shows what it counts. */
export type Figure = { value: number; href: string };

export type Dashboard = {
  at: string;
  due: Record<'due' | 'overdue' | 'expired' | 'soon', Figure>;
  /** One point for each day that was recorded, the oldest first, today last. */
  trend: { day: string; due: number; overdue: number; expired: number }[];
  /** Active entries by kind and confidence. */
  verified: { kind: Kind; counts: Record<Confidence, number>; total: number; href: string }[];
  /** Days since the last confirmation of the entry in the middle; null while none was confirmed. */
  confirmationAge: { medianDays: number | null; confirmed: number; href: string };
  alarms: { open: Figure; unsafe: Figure };
  /** Countries by what they have, the least of what each should have. */
  coverage: ({ state: CoverageState } & Figure)[];
  reviews: { waiting: Figure; oldestDays: number | null; medianDays: number | null };
  snapshot: {
    last: { sequence: number; publishedAt: string | null; href: string } | null;
    expiries: { role: ShownRole['role']; expires: string | null; daysLeft: number | null; href: string }[];
  };
};

const DAY = 86_400_000;
const TREND_DAYS = 30;

/**
 * How the directory stands, for a coordinator in ten seconds. Each figure names the list behind it.
 * @throws Problem storage-failed when the public tree is damaged
 */
export async function showDashboard(ctx: Pick<Context, 'store' | 'now'>, publishing: Publishing): Promise<Dashboard> {
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const due = await countDueStates(read, now);
  const alarms = await countOpenAlarms(read);
  const reviews = await waitingReviews(read);
  const age = await medianConfirmation(read);
  return {
    at: now,
    due: {
      due: { value: due.due, href: '/due?state=due' },
      overdue: { value: due.overdue, href: '/due?state=overdue' },
      expired: { value: due.expired, href: '/due?state=expired' },
      soon: { value: due.soon, href: '/due?state=soon' },
    },
    trend: await trendOf(ctx, due, now),
    verified: await verifiedByKind(ctx, now),
    confirmationAge: { medianDays: daysSince(age.at, now), confirmed: age.confirmed, href: '/due?state=all' },
    alarms: {
      open: { value: alarms.open, href: '/alarms' },
      unsafe: { value: alarms.unsafe, href: '/alarms' },
    },
    coverage: await countriesByCoverage(ctx),
    reviews: {
      waiting: { value: reviews.waiting, href: '/proposals' },
      oldestDays: daysSince(reviews.oldest, now),
      medianDays: daysSince(reviews.median, now),
    },
    snapshot: await publishedState(ctx, publishing),
  };
}

function daysSince(at: string | null, now: string): number | null {
  return at === null ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / DAY));
}

/** What the days before were, and what today is so far. */
async function trendOf(
  { store }: Pick<Context, 'store'>,
  today: Record<'due' | 'overdue' | 'expired', number>,
  now: string,
): Promise<Dashboard['trend']> {
  const from = new Date(Date.parse(now) - (TREND_DAYS - 1) * DAY).toISOString().slice(0, 10);
  const day = now.slice(0, 10);
  const before = (await dayFiguresSince(store.read, from)).filter((point) => point.day < day);
  return [...before, { day, figures: today }].map((point) => ({
    day: point.day,
    due: point.figures['due'] ?? 0,
    overdue: point.figures['overdue'] ?? 0,
    expired: point.figures['expired'] ?? 0,
  }));
}

async function verifiedByKind({ store }: Pick<Context, 'store'>, now: string): Promise<Dashboard['verified']> {
  const kinds = new Map<string, Record<Confidence, number>>();
  for (const { kind, confidence, entries } of await countConfidence(store.read, now)) {
    const counts = kinds.get(kind) ?? { high: 0, medium: 0, low: 0, none: 0, contradicted: 0 };
    kinds.set(kind, { ...counts, [confidence]: entries });
  }
  // In the order of the vocabulary, which goes from emergencies to networks.
  return Kind.options.flatMap((kind) => {
    const counts = kinds.get(kind);
    if (!counts) return [];
    const total = Object.values(counts).reduce((a, b) => a + b, 0);
    return [{ kind, counts, total, href: `/due?state=all&kind=${kind}` }];
  });
}

async function countriesByCoverage(ctx: Pick<Context, 'store' | 'now'>): Promise<Dashboard['coverage']> {
  const { countries } = (await showCoverage(ctx)).totals;
  return CoverageState.options.map((state) => ({ state, value: countries[state], href: '/coverage' }));
}

async function publishedState(
  ctx: Pick<Context, 'store' | 'now'>,
  publishing: Publishing,
): Promise<Dashboard['snapshot']> {
  const last = await lastPublished(ctx.store.read);
  const { roles } = await snapshotStatus(ctx, publishing);
  return {
    last: last ? { ...last, href: `/snapshots/${last.sequence}/show` } : null,
    expiries: roles
      // The urgent lane has no date until something was withdrawn; nothing of it can run out before.
      .filter(({ role, expires }) => role !== 'urgent' || expires !== null)
      .map(({ role, expires, daysLeft }) => ({
        role,
        expires,
        // A day that has begun to run out is no day left.
        daysLeft: daysLeft === null ? null : Math.floor(daysLeft),
        href: '/snapshots',
      })),
  };
}
