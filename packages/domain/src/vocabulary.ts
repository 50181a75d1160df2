import { z } from 'zod';
import { EVIDENCE_KINDS, KINDS } from './kinds.ts';

export { EVIDENCE_KINDS, KINDS } from './kinds.ts';

/**
 * The closed word lists of the domain (DOMAIN §3.2–3.7). A code never changes its meaning once published;
 * readers treat a code they do not know as `unknown`.
 */

/** Risk class of a kind: how short its cadence is and how strict its gate (DOMAIN §3.6). */
export const RiskClass = z.enum(['G', 'A', 'B', 'C', 'D']).meta({ id: 'RiskClass' });
export type RiskClass = z.infer<typeof RiskClass>;

const keys = <T extends Record<string, unknown>>(table: T) => Object.keys(table) as [keyof T & string];

export const Kind = z
  .enum(keys(KINDS))
  .meta({ id: 'Kind', description: 'What sort of contact point this is; decides tier, cadence and gate' });
export type Kind = z.infer<typeof Kind>;

export const Need = z
  .enum([
    'csam-url',
    'csam-app',
    'csam-p2p',
    'csam-darkweb',
    'livestream',
    'ai-generated',
    'non-photographic',
    'grooming',
    'sextortion',
    'own-image-removal',
    'trafficking',
    'travel-exploitation',
    'contact-abuse',
    'missing-child',
    'child-help',
    'worried-about-behaviour',
    'provider-report',
    'misleading-domain',
    'other-illegal',
  ])
  .meta({ id: 'Need', description: 'What a person wants to report or get help with' });
export type Need = z.infer<typeof Need>;

export const Answer = z
  .enum(['yes', 'no', 'conditional', 'unknown'])
  .meta({ id: 'Answer', description: 'Four values; unknown is never shown as no' });
export type Answer = z.infer<typeof Answer>;

export const Audience = z
  .enum([
    'public',
    'child',
    'parent',
    'professional',
    'provider',
    'traveller',
    'survivor-adult',
    'worried-about-own-behaviour',
    'law-enforcement',
  ])
  .meta({ id: 'Audience' });
export type Audience = z.infer<typeof Audience>;

export const AnonymityLevel = z.enum(['anonymous', 'pseudonymous', 'confidential', 'identified', 'unknown']).meta({
  id: 'AnonymityLevel',
  description: 'anonymous: no identity asked or needed; pseudonymous: an account without a name',
});
export type AnonymityLevel = z.infer<typeof AnonymityLevel>;

export const MustNot = z
  .enum(['do-not-send-files', 'do-not-screenshot', 'do-not-download', 'url-only'])
  .meta({ id: 'MustNot' });
export type MustNot = z.infer<typeof MustNot>;

/** What a channel asks of the person; each lowers the anonymity that can be claimed. `otp:XX` = one-time password to a phone of that country. */
export const Requirement = z
  .string()
  .regex(/^(account|app|javascript|national-id|email|otp:[A-Z]{2})$/, {
    error: 'One of account, app, javascript, national-id, email, or otp:XX with a country code',
  })
  .meta({ id: 'Requirement' });
export type Requirement = z.infer<typeof Requirement>;

export const ServesBasis = z
  .enum([
    'any',
    'reporter-located',
    'reporter-resident',
    'incident-located',
    'child-located',
    'content-hosted',
    'suspect-national',
  ])
  .meta({ id: 'ServesBasis', description: 'What must lie in the area for the entry to be responsible' });
export type ServesBasis = z.infer<typeof ServesBasis>;

export const Strength = z.enum(['primary', 'accepts']).meta({ id: 'Strength' });

export const OperationalStatus = z
  .enum(['operating', 'degraded', 'temporarily-closed', 'planned', 'closed', 'unknown'])
  .meta({ id: 'OperationalStatus', description: 'The state of the service in the world' });
export type OperationalStatus = z.infer<typeof OperationalStatus>;

export const RetireReason = z
  .enum([
    'closed',
    'merged-into',
    'replaced-by',
    'number-changed',
    'out-of-scope',
    'duplicate-of',
    'unverifiable',
    'at-organisation-request',
    'legal',
    'unsafe',
  ])
  .meta({ id: 'RetireReason' });
export type RetireReason = z.infer<typeof RetireReason>;

/** Reasons that only make sense with a successor to send people to. */
export const REASONS_WITH_SUCCESSOR: readonly RetireReason[] = ['merged-into', 'replaced-by', 'duplicate-of'];

export const EvidenceKind = z.enum(keys(EVIDENCE_KINDS)).meta({ id: 'EvidenceKind' });
export type EvidenceKind = z.infer<typeof EvidenceKind>;
export type Reliability = (typeof EVIDENCE_KINDS)[EvidenceKind];

export const Sensitivity = z.enum(['public', 'internal', 'restricted']).meta({ id: 'Sensitivity' });

export const OrganisationType = z
  .enum(['state', 'intergovernmental', 'ngo', 'company', 'network', 'police', 'regulator'])
  .meta({ id: 'OrganisationType' });
export type OrganisationType = z.infer<typeof OrganisationType>;

export const LanguageMode = z.enum(['spoken', 'written', 'signed']).meta({ id: 'LanguageMode' });

export const Cost = z.enum(['free', 'standard', 'premium', 'unknown']).meta({ id: 'Cost' });

export const YesNoUnknown = z.enum(['yes', 'no', 'unknown']).meta({ id: 'YesNoUnknown' });

export const ChannelType = z
  .enum([
    'url',
    'phone',
    'sms',
    'textphone',
    'relay',
    'video-relay',
    'chat',
    'messaging',
    'email',
    'app',
    'in-app',
    'postal',
    'in-person',
    'onion',
  ])
  .meta({ id: 'ChannelType' });
export type ChannelType = z.infer<typeof ChannelType>;

export const CoverageStatus = z
  .enum(['covered', 'none-known', 'partial', 'not-researched'])
  .meta({ id: 'CoverageStatus', description: 'Absence is a fact: dated, evidenced, apart from "nobody looked"' });
export type CoverageStatus = z.infer<typeof CoverageStatus>;
