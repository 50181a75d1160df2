import { z } from 'zod';
import { Instant, LocalId } from '../identity.ts';
import { UrgentReason } from '../urgent.ts';
import { TIERS } from './tier.ts';

export { GENERIC_EMERGENCY, GENERIC_POLICE } from './tier.ts';

/**
 * Classes of steps (DOMAIN §3.3): E emergency, L law enforcement, N national, G global or abroad, P platform, R removal,
 * H help line, V traveller, W prevention, F a directory to look further in.
 */
export const Tier = z.enum(TIERS).meta({ id: 'Tier' });
export type Tier = z.infer<typeof Tier>;

export const StepReason = z
  .enum([
    'danger-now',
    'urgent',
    'number-unknown',
    'police-is-the-point',
    'last-resort',
    'platform',
    'national',
    'no-national-option',
    'takes-reports-from-anywhere',
    'anonymous',
    'statutory',
    'voluntary',
    'removal',
    'help-line',
    'traveller',
    'prevention',
    'finder',
    'your-area',
    'open-now',
    'your-language',
  ])
  .meta({ id: 'StepReason', description: 'Why a step is shown, and where it is shown' });
export type StepReason = z.infer<typeof StepReason>;

export const StepCaveat = z
  .enum([
    'closed-now',
    'language',
    'identity-needed',
    'may-ask-who-you-are',
    'conditional',
    'child-is-elsewhere',
    'partner-missing',
    'partly-withdrawn',
  ])
  .meta({ id: 'StepCaveat', description: 'What a person should know before taking a step' });
export type StepCaveat = z.infer<typeof StepCaveat>;

export const RouteStep = z
  .strictObject({
    id: z.string().meta({ description: 'An entry, or generic:emergency or generic:police, which are words alone' }),
    tier: Tier,
    channels: z.array(LocalId).meta({ description: 'Channels of the entry this person can use, best first' }),
    country: z.string().optional().meta({ description: 'Of a generic step: whose emergency number, whose police' }),
    why: z.array(StepReason),
    caveats: z.array(StepCaveat),
  })
  .meta({ id: 'RouteStep' });
export type RouteStep = z.infer<typeof RouteStep>;

export const WithheldReason = z
  .enum(['expired', 'unsafe', 'confidence', 'suspended', 'temporarily-withdrawn'])
  .meta({ id: 'WithheldReason', description: 'Why an entry that fits is not shown' });
export type WithheldReason = z.infer<typeof WithheldReason>;

export const WithheldEntry = z
  .strictObject({
    id: z.string(),
    reason: WithheldReason,
    withdrawn: z
      .strictObject({ reason: UrgentReason, since: Instant })
      .optional()
      .meta({ description: 'The mark of the urgent lane, which is public, where that is the reason' }),
  })
  .meta({
    id: 'WithheldEntry',
    description: 'An entry that fits and is not shown, and never how to get through to it',
  });
export type WithheldEntry = z.infer<typeof WithheldEntry>;

export const RouteNote = z
  .enum([
    'country-unknown',
    'coverage:none-known',
    'coverage:not-researched',
    'platform-unknown',
    'if-danger-call-local-emergency',
    'do-not-save-or-share',
    'report-even-if-unsure',
    'seek-legal-advice',
  ])
  .meta({ id: 'RouteNote' });
export type RouteNote = z.infer<typeof RouteNote>;

/**
 * Where a person can turn, in order. `withheld` stays inside the house: people outside get its length at most, and by name only
 * what is temporarily withdrawn, so that nobody's last entry goes without a word.
 */
export const Route = z
  .strictObject({
    steps: z.array(RouteStep).min(1),
    support: z.array(RouteStep).meta({ description: 'Somebody to talk to, beside the report' }),
    supportFirst: z.boolean(),
    withheld: z.array(WithheldEntry),
    notes: z.array(RouteNote),
  })
  .meta({ id: 'Route', description: 'Where a person can turn, in order, and why' });
export type Route = z.infer<typeof Route>;
