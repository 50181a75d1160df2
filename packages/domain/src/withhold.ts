import type { Policy } from './policy.ts';
import { confidenceAt, isExpired } from './standing.ts';
import type { Confidence, Curve, EntryStanding, Standing } from './verification.ts';

/** Why an entry or channel stays inside: not in a snapshot, not in a route. */
export type Withheld = 'unsafe-alarm' | 'contradicted' | 'expired' | 'low-confidence' | 'no-channel';

/** What a policy has to look at: an entry, which knows its alarms, or one of its channels. */
type Weighed = Curve & Pick<Standing, 'expiresAt'> & { unsafe?: boolean };

const RANK: Record<Confidence, number> = { contradicted: 0, none: 0, low: 1, medium: 2, high: 3 };

/**
 * Why an entry or one of its channels stays inside at a moment, by the policy (DOMAIN §3.6, issue "verification" §1).
 * @returns undefined when it may leave
 */
export function withholding(
  { withhold }: Pick<Policy, 'withhold'>,
  standing: Weighed,
  now: string,
): Withheld | undefined {
  const confidence = confidenceAt(standing, now);
  if (withhold.unsafeAlarm && standing.unsafe) return 'unsafe-alarm';
  if (withhold.contradicted && confidence === 'contradicted') return 'contradicted';
  if (withhold.expired && isExpired(standing, now)) return 'expired';
  return RANK[confidence] < RANK[withhold.below] ? 'low-confidence' : undefined;
}

/**
 * What of an entry stays inside: the whole, with the reason, or some of its channels. An entry none of whose channels may
 * leave stays inside with them.
 */
export function withheldParts(
  policy: Pick<Policy, 'withhold'>,
  standing: Weighed & Pick<EntryStanding, 'channels'>,
  now: string,
): { whole?: Withheld; channels: Record<string, Withheld> } {
  const channels: Record<string, Withheld> = {};
  for (const [id, channel] of Object.entries(standing.channels)) {
    const why = withholding(policy, channel, now);
    if (why) channels[id] = why;
  }
  const whole = withholding(policy, standing, now);
  if (whole) return { whole, channels };
  const isCutOff =
    Object.keys(channels).length > 0 && Object.keys(channels).length === Object.keys(standing.channels).length;
  return isCutOff ? { whole: 'no-channel', channels } : { channels };
}
