import { z } from 'zod';
import { PublicKeyHex } from './publicKey.ts';
import { PublicKeyFile } from './publicKeyFile.ts';

/** A key in the policy: as hex, or the whole content of somebody's public key file. Hex once it is read. */
const PolicyKey = z.unknown().transform((value, context): PublicKeyHex => {
  // Not a union: its one message would hide which of the two rules was broken.
  const read = typeof value === 'string' ? PublicKeyHex.safeParse(value) : PublicKeyFile.safeParse(value);
  if (read.success) return typeof read.data === 'string' ? read.data : read.data.publicKey.keyval.public;
  for (const { path, message } of read.error.issues)
    context.issues.push({ code: 'custom', path, message, input: value });
  return z.NEVER;
});

const Holder = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .meta({ description: 'One person; stands in the public root, so it may be a pseudonym' }),
  organisation: z.string().trim().min(1).max(120).optional(),
  key: PolicyKey,
});

const Holders = z.strictObject({ threshold: z.int().positive(), holders: z.array(Holder).min(1).max(20) });

/** Three deadlines of a role, in days or hours before it expires; SNAPSHOTS §4.11 wants them in this order. */
const Deadlines = z.strictObject({
  valid: z.int().positive().meta({ description: 'From signing to expiry' }),
  windowOpens: z.int().positive().meta({ description: 'So long before expiry it may be signed anew' }),
  alarm: z.int().positive().meta({ description: 'So long before expiry somebody is told' }),
});
type Deadlines = z.infer<typeof Deadlines>;

/** SNAPSHOTS §4.1 and §4.11. Days, but for the timestamp: hours. */
export const DEFAULT_DEADLINES = {
  rootDays: { valid: 365, windowOpens: 180, alarm: 90 },
  targetsDays: { valid: 120, windowOpens: 45, alarm: 30 },
  urgentDays: { valid: 30, windowOpens: 15, alarm: 10 },
  snapshotDays: { valid: 30, windowOpens: 15, alarm: 10 },
  timestampHours: { valid: 72, windowOpens: 66, alarm: 48 },
} as const satisfies Record<string, Deadlines>;

/**
 * SNAPSHOTS §4.1, in the units of the policy. Shorter than `least` is an outage waiting for a weekend, longer than `most` a
 * freeze attack waiting for a thief.
 */
export const VALID_RANGE = {
  rootDays: { least: 30, most: 400 },
  targetsDays: { least: 14, most: 180 },
  urgentDays: { least: 14, most: 60 },
  snapshotDays: { least: 7, most: 60 },
  timestampHours: { least: 24, most: 168 },
} as const;

/**
 * The signing policy: who holds which key, how many must sign, for how long. A file that people write and read; from it
 * `waymark root propose` makes the next root, and the server the delegation of the urgent lane.
 */
export const SigningPolicy = z
  .strictObject({
    kind: z.literal('waymark-signing-policy'),
    format: z.literal(1),
    root: Holders,
    targets: Holders,
    urgent: Holders.optional().meta({ description: 'Duty keys: they can only withdraw. Left out: no urgent lane' }),
    online: z
      .strictObject({ snapshot: PolicyKey, timestamp: PolicyKey, log: PolicyKey.optional() })
      .meta({ description: 'Keys of the server, from `waymark keys online`' }),
    lifetimes: z
      .strictObject({
        rootDays: Deadlines.default(DEFAULT_DEADLINES.rootDays),
        targetsDays: Deadlines.default(DEFAULT_DEADLINES.targetsDays),
        urgentDays: Deadlines.default(DEFAULT_DEADLINES.urgentDays),
        snapshotDays: Deadlines.default(DEFAULT_DEADLINES.snapshotDays),
        timestampHours: Deadlines.default(DEFAULT_DEADLINES.timestampHours),
      })
      .default(DEFAULT_DEADLINES),
  })
  .meta({ id: 'SigningPolicy' });
export type SigningPolicy = z.infer<typeof SigningPolicy>;

export const SIGNING_POLICY_FILE = 'signing-policy.json';

/**
 * What is wrong with a policy, each a sentence that names the fix; an empty list means sound (SNAPSHOTS §4.1, §4.11). No
 * TUF client checks these: one key listed twice would let one person sign as two.
 */
export function signingPolicyRefusals(policy: SigningPolicy): string[] {
  return [
    ...thresholdRefusals(policy),
    ...personRefusals(policy),
    ...reuseRefusals(policy),
    ...organisationRefusals(policy),
    ...deadlineRefusals(policy),
  ];
}

const roles = ['root', 'targets', 'urgent'] as const;

function holdersOf(policy: SigningPolicy, role: (typeof roles)[number]) {
  return policy[role] ?? { threshold: 0, holders: [] };
}

function thresholdRefusals(policy: SigningPolicy): string[] {
  return roles.flatMap((role) => {
    const { threshold, holders } = holdersOf(policy, role);
    // A duty key can only withdraw, so one person may use it at night; root and targets can lie to people.
    const isOneEnough = role === 'urgent';
    return [
      ...(threshold === 1 && !isOneEnough ? [`${role}: threshold 1 lets one key decide; ask for 2 or more`] : []),
      ...(policy[role] && holders.length <= threshold
        ? [
            `${role}: ${holders.length} keys and ${threshold} must sign; name one more person, or one lost key stops you`,
          ]
        : []),
    ];
  });
}

function personRefusals(policy: SigningPolicy): string[] {
  return roles.flatMap((role) => {
    const names = holdersOf(policy, role).holders.map(({ name }) => name.normalize('NFKC').toLowerCase());
    return twice(names).map((name) => `${role}: ${name} stands there twice; one person, one key`);
  });
}

function reuseRefusals(policy: SigningPolicy): string[] {
  const places = roles.flatMap((role) =>
    holdersOf(policy, role).holders.map(({ name, key }) => ({ key, place: `${name} (${role})` })),
  );
  for (const [place, key] of Object.entries(policy.online)) places.push({ key, place: `online ${place}` });
  return twice(places.map(({ key }) => key)).map((key) => {
    const where = places.filter((place) => place.key === key).map(({ place }) => place);
    return `${where.join(' and ')} have the same key; every key serves once, make another with \`waymark keys new\``;
  });
}

// Who falls with one organisation should not be enough to sign a root.
function organisationRefusals({ root }: SigningPolicy): string[] {
  const named = root.holders.flatMap(({ organisation }) => (organisation === undefined ? [] : [organisation]));
  if (named.length === 0) return [];
  if (named.length < root.holders.length) return ['root: name the organisation of every holder, or of none'];
  return new Set(named.map((name) => name.toLowerCase())).size > 1
    ? []
    : ['root: all holders belong to one organisation; give at least one key to another'];
}

function deadlineRefusals({ lifetimes }: SigningPolicy): string[] {
  return Object.entries(lifetimes).flatMap(([role, { valid, windowOpens, alarm }]) => {
    const { least, most } = VALID_RANGE[role as keyof typeof VALID_RANGE]; // The schema names no other.
    return [
      ...(valid > windowOpens && windowOpens > alarm
        ? []
        : [`lifetimes.${role}: valid (${valid}) > windowOpens (${windowOpens}) > alarm (${alarm}) must hold`]),
      ...(valid >= least && valid <= most
        ? []
        : [`lifetimes.${role}: valid (${valid}) must lie between ${least} and ${most}`]),
    ];
  });
}

function twice(items: string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
