import { z } from 'zod';
import { Instant } from './identity.ts';
import { PublicationWindow } from './publicationWindow.ts';

export const Risk = z
  .enum(['R0', 'R1', 'R2', 'R3'])
  .meta({ id: 'Risk', description: 'Risk of a change, computed from its diff (DOMAIN §3.9)' });
export type Risk = z.infer<typeof Risk>;

const count = z.int().min(1).max(5);

/** How many approvals each risk takes, and when publishing needs a second publisher. Data, versioned, changed only by two admins; never zero approvals. */
export const Policy = z
  .strictObject({
    approvals: z.strictObject({ R0: count, R1: count, R2: count, R3: count }),
    withhold: z
      .strictObject({
        below: z
          .enum(['none', 'low', 'medium', 'high'])
          .meta({ description: 'Less confidence than this stays inside; none: nothing does' }),
        expired: z.boolean(),
        contradicted: z.boolean(),
        unsafeAlarm: z.boolean().meta({ description: 'While an alarm says that it may be unsafe' }),
      })
      .meta({ description: 'What a snapshot leaves out, by verification' }),
    gate: z.strictObject({
      maxLossPercent: z
        .int()
        .min(1)
        .max(100)
        .meta({ description: 'More entries than this leaving needs a second publisher' }),
      lastOfCountry: z.boolean().meta({ description: "A country's last entry leaving needs a second publisher" }),
    }),
    window: PublicationWindow.optional().meta({ description: 'Left out: Thursdays from 9 to 17 UTC' }),
  })
  .meta({ id: 'Policy' });
export type Policy = z.infer<typeof Policy>;

export const PolicyVersion = z
  .strictObject({ version: z.int().positive(), policy: Policy, since: Instant })
  .meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.infer<typeof PolicyVersion>;

/** DESIGN §4.4: R0–R2 one approval, R3 two. What is not known to be right stays inside. */
export const DEFAULT_POLICY: Policy = {
  approvals: { R0: 1, R1: 1, R2: 1, R3: 2 },
  withhold: { below: 'medium', expired: true, contradicted: true, unsafeAlarm: true },
  gate: { maxLossPercent: 5, lastOfCountry: true },
};

/** A demo shows its directory although nobody verified it: with its confidence as it is. */
export const DEMO_POLICY: Policy = {
  ...DEFAULT_POLICY,
  withhold: { below: 'none', expired: false, contradicted: false, unsafeAlarm: false },
};
