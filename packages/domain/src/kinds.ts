import type { RiskClass } from './vocabulary.ts';

/** Routing tier of a kind (DOMAIN §4.2); `none` is never a step for a person in need. */
export const KINDS = {
  emergency: { tier: 'E', risk: 'A' },
  'law-enforcement.report': { tier: 'L', risk: 'B' },
  clearinghouse: { tier: 'N', risk: 'A' },
  'hotline.web': { tier: 'N', risk: 'B' },
  'portal.national': { tier: 'N', risk: 'B' },
  'portal.global': { tier: 'G', risk: 'G' },
  'platform-tool': { tier: 'P', risk: 'B' },
  'removal-service': { tier: 'R', risk: 'A' },
  'child-helpline': { tier: 'H', risk: 'A' },
  'trafficking-hotline': { tier: 'L', risk: 'B' },
  'missing-child': { tier: 'H', risk: 'B' },
  'traveller-report': { tier: 'V', risk: 'C' },
  'prevention-helpline': { tier: 'W', risk: 'B' },
  directory: { tier: 'F', risk: 'C' },
  network: { tier: 'none', risk: 'D' },
  coordination: { tier: 'none', risk: 'D' },
} as const satisfies Record<string, { tier: string; risk: RiskClass }>;

/** Reliability of evidence by kind (DOMAIN §3.5). Tertiary sources may open a task; they satisfy no gate. */
export const EVIDENCE_KINDS = {
  'official-page': 'primary',
  'official-register': 'primary',
  law: 'primary',
  'organisation-confirmation': 'primary',
  'partner-attestation': 'primary',
  'test-call-note': 'primary',
  'test-message-note': 'primary',
  'government-publication': 'secondary',
  'un-publication': 'secondary',
  news: 'tertiary',
  'other-directory': 'tertiary',
  'ai-answer': 'tertiary',
  'user-correction': 'tertiary',
} as const;
