import { z } from 'zod';
import { FactPath } from './evidence.ts';
import { Id } from './identity.ts';
import { HostName } from './organisation.ts';
import { PhoneNumber } from './phoneValue.ts';
import type { AlarmKind } from './verification.ts';

/** What is kept of a page: no text of it, only what the next look is compared with. */
export const PageMark = z
  .strictObject({
    words: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .optional()
      .meta({ description: 'Fingerprint of the text in which like texts have like digits' }),
    place: z.int().min(0).max(100).optional().meta({
      description: 'Where the published value was last seen: so many hundredths of the text come before it',
    }),
    issuedTo: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .optional()
      .meta({ description: 'Hash of the organisation that the certificate names' }),
    own: z.literal(true).optional().meta({ description: 'The host was under a domain of the organisation' }),
  })
  .meta({ id: 'PageMark', description: 'What is kept of a page' });
export type PageMark = z.infer<typeof PageMark>;

const page = { mark: PageMark.optional() };
const variant = <O extends string, S extends z.ZodRawShape>(outcome: O, shape: S) =>
  z.strictObject({ outcome: z.literal(outcome), ...shape });
const shortCode = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);
/** An address without what may name a person: no query, no fragment. */
const Destination = z.string().min(1).max(300);

/** What an automatic look at one address found. Closed: whatever happens is one of these. */
export const CheckResult = z
  .discriminatedUnion('outcome', [
    variant('ok', page),
    variant('redirected', {
      ...page,
      to: Destination,
      sameOrganisation: z.boolean(),
      reason: z
        .enum(['insecure', 'port', 'scheme', 'credentials', 'malformed', 'too-many', 'loop'])
        .optional()
        .meta({ description: 'Why it is no good redirect, where it is none' }),
    }),
    variant('domain-changed', { to: Destination }),
    variant('not-found', { status: z.int().min(100).max(999) }),
    variant('server-error', {
      status: z.int().min(100).max(999).optional(),
      reason: z.enum(['connection', 'protocol', 'too-large']).optional(),
    }),
    variant('timeout', {}),
    variant('tls-invalid', { code: shortCode }),
    variant('tls-expiring', { ...page, days: z.int().min(0).max(400) }),
    variant('dns-gone', { reason: z.enum(['no-such-name', 'no-address', 'not-public', 'failing']) }),
    variant('host-foreign', {
      ...page,
      host: z.string().min(1).max(253),
      reason: z.enum(['former-domain', 'outside-domains', 'certificate']),
    }),
    variant('value-missing', page),
    variant('page-changed', page),
    // Neither good nor bad: the site wants no machines, or we could not look at all.
    variant('refused', { status: z.int().min(100).max(999) }),
    variant('not-checked', { reason: z.enum(['resolver', 'address']) }),
  ])
  .meta({ id: 'CheckResult', description: 'What an automatic look at one address found' });
export type CheckResult = z.infer<typeof CheckResult>;
export type CheckOutcome = CheckResult['outcome'];

/** What the watcher is asked to look at: public data only. */
export const DueCheck = z
  .strictObject({
    recordId: Id,
    path: FactPath,
    url: z.string().max(2048),
    domains: z.array(HostName).max(30).meta({ description: 'Domains of the organisation' }),
    formerDomains: z.array(HostName).max(30),
    look: z
      .discriminatedUnion('for', [
        z.strictObject({ for: z.literal('phone'), phone: PhoneNumber }),
        z.strictObject({ for: z.literal('address'), address: z.string().min(3).max(254) }),
      ])
      .optional()
      .meta({ description: 'What must still stand on the page' }),
    mark: PageMark.optional(),
  })
  .meta({ id: 'DueCheck' });
export type DueCheck = z.infer<typeof DueCheck>;

export const CheckReport = z
  .strictObject({ recordId: Id, path: FactPath, url: z.string().max(2048), result: CheckResult })
  .meta({ id: 'CheckReport' });
export type CheckReport = z.infer<typeof CheckReport>;

/** Where the watcher stands with one address. */
export type WatchState = {
  nextAt: string;
  /** When a look last said something. */
  lastAt: string | null;
  lastOutcome: CheckOutcome | null;
  /** Since when, and how often, it failed in one way without a good answer between. */
  failingSince: string | null;
  failures: number;
  mark: PageMark | null;
  /** Where it leads, when that is elsewhere. */
  finalUrl: string | null;
};

export type Raise = { kind: AlarmKind; unsafe: boolean; detail: Record<string, string | number | boolean> };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** So far apart must two failures be before they mean something. */
const APART = DAY;
/** What a person set aside comes back after so long if nothing changed. */
const AGAIN = 30 * DAY;

/** Failures that speak of the same thing; another thing starts its own count. */
const FAMILIES = {
  'not-found': 'unreachable',
  'server-error': 'unreachable',
  timeout: 'unreachable',
  'tls-invalid': 'unreachable',
  'dns-gone': 'unreachable',
  redirected: 'moved',
  'domain-changed': 'taken',
  'host-foreign': 'foreign',
  'value-missing': 'value',
  'page-changed': 'page',
  'tls-expiring': 'certificate',
} as const satisfies Partial<Record<CheckOutcome & AlarmKind, string>>;

type Failing = keyof typeof FAMILIES;

/** The kind of alarm a result may make, or nothing when it is no failure. A redirect within the organisation is none. */
function failureOf(result: CheckResult): Failing | undefined {
  if (result.outcome === 'redirected')
    return result.sameOrganisation && result.reason === undefined ? undefined : 'redirected';
  return result.outcome in FAMILIES ? (result.outcome as Failing) : undefined; // Its key was just looked up.
}

const hasFamily = (outcome: CheckOutcome | null): outcome is Failing => outcome !== null && outcome in FAMILIES;

/**
 * What a result means, given where the watcher stood (issue "verification" §3). Two failures of one kind at least a day apart
 * make an alarm; another registrable domain makes one at once, marked unsafe. A good answer ends the count, but it closes no
 * alarm and confirms nothing: those are a person's. What a person closed is raised again only when it changed, or after 30 days.
 * @param state where it stood; undefined for an address never looked at
 * @param now the time of the server, since the watcher's own is not to be relied on
 * @param spread from 0 to 1, anything: spreads the next looks
 */
export function judge(
  result: CheckResult,
  state: WatchState | undefined,
  now: string,
  spread = 0.5,
): { state: WatchState; raise?: Raise } {
  const before = state ?? newState(now);
  // We could not look, or were sent away: that says nothing about the page, so the count stands as it is.
  if (result.outcome === 'not-checked' || result.outcome === 'refused') {
    const lastOutcome = before.failures > 0 ? before.lastOutcome : result.outcome;
    const wait = result.outcome === 'refused' ? 2 * DAY : HOUR;
    return { state: { ...before, lastOutcome, nextAt: later(now, wait, spread) } };
  }
  const failing = failureOf(result);
  const mark = 'mark' in result && result.mark ? { ...before.mark, ...result.mark } : before.mark;
  if (failing === undefined) {
    const finalUrl = result.outcome === 'redirected' ? result.to : null;
    const nextAt = later(now, DAY, spread);
    return {
      state: { nextAt, lastAt: now, lastOutcome: result.outcome, failingSince: null, failures: 0, mark, finalUrl },
    };
  }
  return judgeFailure(result, failing, before, now, spread);
}

function judgeFailure(result: CheckResult, failing: Failing, before: WatchState, now: string, spread: number) {
  const isSame =
    before.failures > 0 && hasFamily(before.lastOutcome) && FAMILIES[before.lastOutcome] === FAMILIES[failing];
  const failingSince = (isSame ? before.failingSince : null) ?? now;
  const failures = (isSame ? before.failures : 0) + 1;
  const finalUrl = 'to' in result ? result.to : before.finalUrl;
  const lasted = Date.parse(now) - Date.parse(failingSince);
  const lastedBefore = isSame && before.lastAt !== null ? Date.parse(before.lastAt) - Date.parse(failingSince) : 0;
  const isTakeover = failing === 'domain-changed';
  const isNews = isTakeover
    ? !isSame || before.finalUrl !== finalUrl
    : failures > 1 && lasted >= APART && lastedBefore < APART;
  const isReminder = Math.floor(lasted / AGAIN) > Math.floor(lastedBefore / AGAIN);
  const raises = isNews || isReminder;
  const next: WatchState = {
    nextAt: later(now, pauseAfter(failures), spread),
    lastAt: now,
    lastOutcome: result.outcome,
    failingSince,
    failures,
    // Told once, another text is the new one; until then the next look is compared with the old.
    mark: failing === 'page-changed' && raises && 'mark' in result ? { ...before.mark, ...result.mark } : before.mark,
    finalUrl,
  };
  if (!raises) return { state: next };
  const detail = { ...detailOf(result, before), failingSince, failures };
  return { state: next, raise: { kind: failing, unsafe: isTakeover, detail } };
}

const newState = (now: string): WatchState => ({
  nextAt: now,
  lastAt: null,
  lastOutcome: null,
  failingSince: null,
  failures: 0,
  mark: null,
  finalUrl: null,
});

/** Facts for a person: a few words and numbers, never anything of the page itself. */
function detailOf(result: CheckResult, before: WatchState): Raise['detail'] {
  switch (result.outcome) {
    case 'redirected':
      return { to: result.to, ...(result.reason === undefined ? {} : { reason: result.reason }) };
    case 'domain-changed':
      return { to: result.to };
    case 'not-found':
      return { status: result.status };
    case 'server-error':
      return {
        ...(result.status === undefined ? {} : { status: result.status }),
        ...(result.reason === undefined ? {} : { reason: result.reason }),
      };
    case 'tls-invalid':
      return { code: result.code };
    case 'tls-expiring':
      return { days: result.days };
    case 'dns-gone':
      return { reason: result.reason };
    case 'host-foreign':
      return { host: result.host, reason: result.reason };
    case 'value-missing':
      return { seenBefore: before.mark?.place !== undefined };
    default:
      return {};
  }
}

/** Six hours after the first failure, then so that a day lies between first and third; from there ever more seldom, up to a week. */
function pauseAfter(failures: number): number {
  if (failures === 1) return 6 * HOUR;
  if (failures === 2) return 19 * HOUR;
  return Math.min(7 * DAY, DAY * 2 ** Math.min(failures - 3, 10));
}

/** Never sooner than said, up to a tenth later, so that looks do not fall together for ever. */
const later = (now: string, wait: number, spread: number): string =>
  new Date(Date.parse(now) + Math.round(wait * (1 + Math.min(1, Math.max(0, spread)) / 10))).toISOString();
