import { z } from 'zod';
import { ContentHash } from '../identity.ts';
import { signedDigest } from '../signedJson.ts';
import { SigningRequest } from '../signingRequest.ts';
import { Refused, type Findings } from './refusal.ts';

const TufDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** Targets metadata as we write it: a field that nobody here knows is refused, since it would be signed unread. */
export const TargetsPayload = z.strictObject({
  _type: z.literal('targets'),
  spec_version: z.string().regex(/^1\.0\.\d+$/),
  version: z.int().positive(),
  expires: TufDate,
  'x-signed-at': TufDate,
  targets: z.record(
    z.string(),
    z.strictObject({
      length: z.int().min(0),
      hashes: z.strictObject({ sha256: ContentHash }),
      custom: z.record(z.string(), z.union([z.string(), z.int()])),
    }),
  ),
  delegations: z.unknown().optional(),
});
export type TargetsPayload = z.infer<typeof TargetsPayload>;

const HOUR = 3_600_000;
/** SNAPSHOTS §4.1: what `packages/tuf` allows for each role. */
const EXPIRES = { targets: { leastDays: 14, mostDays: 180 }, urgent: { leastDays: 14, mostDays: 60 } };
/** So many days a request may have waited for its signatures, and so much a clock may differ. */
const CLOCK_HOURS = 1;

export type ReadRequest = {
  role: keyof typeof EXPIRES;
  request: SigningRequest;
  payload: TargetsPayload;
  digest: string;
};

/**
 * Reads a request and everything in it that is to be signed; the digest is made here, never taken over.
 * @throws Refused when it cannot be read at all
 */
export function readRequest(input: unknown, role: ReadRequest['role'] = 'targets'): ReadRequest {
  const parsed = SigningRequest.safeParse(input);
  if (!parsed.success) throw new Refused('request-malformed', whereOf(parsed.error));
  const { data: request } = parsed;
  if (request.role !== role) throw new Refused('role-wrong', `The request is for the role ${request.role}`);
  const payload = TargetsPayload.safeParse(request.signed);
  if (!payload.success) throw new Refused('payload-malformed', whereOf(payload.error));
  try {
    return { role, request, payload: payload.data, digest: signedDigest(request.signed) };
  } catch (error) {
    throw new Refused('payload-malformed', error instanceof Error ? error.message : String(error));
  }
}

function whereOf({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.map(String).join('/') || 'The whole'}: ${issue.message}` : 'It is malformed';
}

/** What the request says of itself, and how long the signature would live. */
export function checkRequest({ role, request, payload, digest }: ReadRequest, now: Date, findings: Findings): void {
  if (request.digest !== digest)
    findings.refuse('digest-wrong', `The request says ${request.digest}, its payload has ${digest}`);
  if (request.version !== payload.version)
    findings.refuse(
      'payload-malformed',
      `The request is for version ${request.version}, its payload is ${payload.version}`,
    );
  const created = Date.parse(request.createdAt);
  if (Math.max(created, Date.parse(payload['x-signed-at'])) > now.getTime() + CLOCK_HOURS * HOUR)
    findings.refuse('created-in-future', `It was made at ${request.createdAt}, and it is ${now.toISOString()}`);
  const expires = Date.parse(payload.expires);
  const { leastDays, mostDays } = EXPIRES[role];
  // A request waits for its signatures: what is left of its time may be less than a fresh one has, but not nothing.
  const isTooLong = expires > created + (mostDays * 24 + CLOCK_HOURS) * HOUR;
  const isTooLongFromNow = expires > now.getTime() + (mostDays * 24 + CLOCK_HOURS) * HOUR;
  const isTooShort = expires < now.getTime() + leastDays * 24 * HOUR;
  if (Number.isNaN(expires) || isTooLong || isTooLongFromNow || isTooShort)
    findings.refuse('expiry-out-of-range', `It would be valid until ${payload.expires}`);
}

/** Days until what would be signed ends; whole ones. */
export function daysUntil(expires: string, now: Date): number {
  return Math.floor((Date.parse(expires) - now.getTime()) / (24 * HOUR));
}
