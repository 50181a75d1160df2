import { z } from 'zod';
import { Evidence, FactPath } from './evidence.ts';
import { Id, Instant } from './identity.ts';
import type { RiskClass } from './vocabulary.ts';

/** Families of methods: two of different families make confidence high (DOMAIN §3.6). */
export const MethodFamily = z.enum(['source', 'party', 'live']).meta({
  id: 'MethodFamily',
  description: 'source: a page or register was read; party: those who run or know it said so; live: it was tried',
});
export type MethodFamily = z.infer<typeof MethodFamily>;

export const METHODS = {
  'official-site-check': { family: 'source' },
  'official-register-check': { family: 'source' },
  'organisation-confirmation': { family: 'party' },
  'partner-attestation': { family: 'party' },
  'test-call': { family: 'live' },
  'test-message': { family: 'live' },
  'form-reachability': { family: 'live' },
} as const satisfies Record<string, { family: MethodFamily }>;

/** How a person looked. Automatic checks and reports of users are no methods: they raise alarms, they never confirm. */
export const Method = z
  .enum(Object.keys(METHODS) as [keyof typeof METHODS]) // The keys of METHODS, of which there is one at least.
  .meta({ id: 'Method', description: 'How a person looked (DOMAIN §3.6)' });
export type Method = z.infer<typeof Method>;

export const Outcome = z.enum(['confirmed', 'confirmed-changed', 'not-reached', 'contradicted', 'gone']).meta({
  id: 'Outcome',
  description: 'confirmed-changed: the service is there, but the fact is another one now; opens a proposal',
});
export type Outcome = z.infer<typeof Outcome>;

/** Who looked: one of us, or the listed organisation itself through its own link. */
export const Witness = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), userId: Id }),
    z.strictObject({ kind: z.literal('organisation'), organisationId: Id }),
  ])
  .meta({ id: 'Witness' });
export type Witness = z.infer<typeof Witness>;

/**
 * A person confirmed, or not, named facts of one revision of an entry (DOMAIN §3.6). Append-only: a correction is a new
 * event that supersedes. It never edits, and it counts only for the facts as they stood in `revision`.
 */
export const VerificationEvent = z
  .strictObject({
    id: Id,
    recordId: Id,
    revision: z.int().positive().meta({ description: 'The revision that was looked at' }),
    paths: z.array(FactPath).min(1).max(100).meta({
      description: 'Facts by id: /channels/tel covers all of that channel, /channels/tel/value its number alone',
    }),
    method: Method,
    outcome: Outcome,
    observed: z
      .record(FactPath, z.unknown())
      .optional()
      .meta({ description: 'Values seen, where they differ from what stood there' }),
    performedAt: Instant,
    by: Witness,
    attempt: z.int().min(1).max(20).default(1),
    evidence: z.array(Evidence).max(10).default([]),
    note: z.string().max(1000).optional(),
    supersedes: Id.optional(),
    proposalId: Id.optional().meta({ description: 'The proposal that `confirmed-changed` opened' }),
    underSoleOption: z.boolean().default(false).meta({
      description: "The entry was a country's sole option then: the shorter cadence stays with the event",
    }),
  })
  .meta({ id: 'VerificationEvent', description: 'A person looked at named facts' });
export type VerificationEvent = z.infer<typeof VerificationEvent>;

/**
 * That an approved revision changed a fact: what was confirmed before it no longer counts. Computed from revisions.
 * A path covers what lies below it; the empty path is the whole entry.
 */
export type FactChange = { path: string; revision: number; proposalId: string };

/** What makes an alarm: an automatic check, a report of a user, an organisation's own word. It can only lower. */
export const AlarmKind = z
  .enum([
    'not-found',
    'server-error',
    'timeout',
    'tls-invalid',
    'tls-expiring',
    'dns-gone',
    'redirected',
    'domain-changed',
    'host-foreign',
    'value-missing',
    'page-changed',
    'user-report',
    'organisation-report',
  ])
  .meta({ id: 'AlarmKind' });
export type AlarmKind = z.infer<typeof AlarmKind>;

/** An alarm nobody has dealt with: caps confidence at medium and tops the queue; `unsafe` may be a takeover. */
export type OpenAlarm = { path: string; kind: AlarmKind; unsafe: boolean };

export const Confidence = z
  .enum(['high', 'medium', 'low', 'none', 'contradicted'])
  .meta({ id: 'Confidence', description: 'Computed from events and now; nobody types it (DOMAIN §3.6)' });
export type Confidence = z.infer<typeof Confidence>;

/** Where an entry stands in its round of checks. */
export const DueState = z
  .enum(['fresh', 'soon', 'due', 'overdue', 'expired'])
  .meta({ id: 'DueState', description: 'Computed from events and now; nobody types it' });
export type DueState = z.infer<typeof DueState>;

/**
 * How confidence falls with time if nothing more happens: it is at least `high` until `highUntil`, and so on. With it every
 * question about "now" is a comparison, in a query as well as here.
 */
export type Curve = {
  contradicted: boolean;
  highUntil: string | null;
  mediumUntil: string | null;
  lowUntil: string | null;
};

/** What events say about one fact, channel or entry. Times are UTC; nothing depends on the clock. */
export type Standing = Curve & {
  lastConfirmedAt: string | null;
  /** Families of the methods that confirmed it within the cadence before the last confirmation. */
  families: MethodFamily[];
  remindAt: string;
  dueAt: string;
  /** Readers drop it then; null while it was never confirmed. */
  expiresAt: string | null;
};

export type EntryStanding = Standing & {
  riskClass: RiskClass;
  isSoleOption: boolean;
  openAlarms: number;
  unsafe: boolean;
  /** By channel id. */
  channels: Record<string, Standing>;
  /** By path, for the facts that the publish gate asks for (DOMAIN §3.12). */
  facts: Record<string, Standing>;
};
