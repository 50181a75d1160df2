import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { signedBytes } from '../signedJson.ts';
import { signingRequest } from '../signingRequest.ts';
import { URGENT_PATH, type UrgentWithdrawals } from '../urgent.ts';
import { reviewUrgent, type UrgentMemory } from './reviewUrgent.ts';

const now = new Date('2026-05-04T09:00:00Z');
const days = (n: number) => new Date(now.getTime() + n * 86_400_000).toISOString().replace('.000', '');
const gone = (n: number) => ({
  id: `01890000-0000-7000-8000-00000000000${n}`,
  reason: 'unsafe' as const,
  since: '2026-05-04T08:59:00.000Z',
});
const list = (sequence: number, ...ns: number[]): UrgentWithdrawals => ({
  schema: '1',
  sequence,
  issuedAt: '2026-05-04T09:00:00.000Z',
  withdrawn: ns.map(gone),
});

/** A sound request for a list; `payload` and `target` replace parts of it. */
function requestFor(withdrawals: UrgentWithdrawals, version: number, payload: object = {}, target: object = {}) {
  const bytes = utf8ToBytes(`${new TextDecoder().decode(signedBytes(withdrawals))}\n`);
  const named = {
    length: bytes.length,
    hashes: { sha256: bytesToHex(sha256(bytes)) },
    custom: { sequence: withdrawals.sequence, schema: '1', mediaType: 'application/json' },
    ...target,
  };
  return signingRequest({
    role: 'urgent',
    version,
    createdAt: now.toISOString(),
    previous: version > 1 ? { version: version - 1, sha256: 'a'.repeat(64) } : null,
    signed: {
      _type: 'targets',
      spec_version: '1.0.31',
      version,
      expires: days(30),
      'x-signed-at': days(0),
      targets: { [URGENT_PATH]: named },
      ...payload,
    },
  });
}

const review = (request: unknown, withdrawals: unknown, last: UrgentMemory | null = null) =>
  reviewUrgent({ request, withdrawals, last, now });

describe('a request of the urgent lane', () => {
  it('is shown whole the first time, and may be signed', () => {
    const first = list(1, 1);
    const request = requestFor(first, 1);
    expect(review(request, first)).toMatchObject({
      refusals: [],
      digest: request.digest,
      daysLeft: 30,
      added: [gone(1)],
      returned: [],
      signed: request.signed,
      memory: { version: 1, list: first },
    });
  });

  it('names what is withdrawn anew and what would be shown again', () => {
    const last = { version: 1, list: list(1, 1, 2) };
    const next = list(2, 2, 3);
    expect(review(requestFor(next, 2), next, last)).toMatchObject({
      refusals: [],
      added: [gone(3)],
      returned: [gone(1)],
    });
  });

  it.each<[string, unknown, unknown, string]>([
    ['is for another role', { ...requestFor(list(1, 1), 1), role: 'targets' }, list(1, 1), 'role-wrong'],
    ['claims another digest', { ...requestFor(list(1, 1), 1), digest: 'f'.repeat(64) }, list(1, 1), 'digest-wrong'],
    ['names another list than is shown', requestFor(list(1, 1), 1), list(1, 2), 'file-wrong'],
    ['holds no list', requestFor(list(1, 1), 1), { withdrawn: [] }, 'file-wrong'],
    ['would live for a year', requestFor(list(1, 1), 1, { expires: days(365) }), list(1, 1), 'expiry-out-of-range'],
    ['would trust further keys', requestFor(list(1, 1), 1, { delegations: {} }), list(1, 1), 'payload-malformed'],
    ['has a field nobody knows', requestFor(list(1, 1), 1, { 'x-more': 1 }), list(1, 1), 'payload-malformed'],
    [
      'would also give a directory',
      requestFor(list(1, 1), 1, {
        targets: { 'v1/directory.json': { length: 1, hashes: { sha256: 'a'.repeat(64) }, custom: {} } },
      }),
      list(1, 1),
      'path-unknown',
    ],
    [
      'says another sequence beside the list',
      requestFor(list(1, 1), 1, {}, { custom: {} }),
      list(1, 1),
      'custom-wrong',
    ],
    [
      'follows a higher version',
      { ...requestFor(list(2, 1), 2), previous: { version: 2, sha256: 'a'.repeat(64) } },
      list(2, 1),
      'version-back',
    ],
  ])('is refused when it %s, and nothing is left to sign', (_, request, withdrawals, code) => {
    const { refusals, signed, memory } = review(request, withdrawals);
    expect(refusals.map((refusal) => refusal.code)).toContain(code);
    expect({ signed, memory }).toEqual({ signed: null, memory: null });
  });

  it('is refused when it goes back behind what was signed here', () => {
    const old = list(3, 1);
    const { refusals } = review(requestFor(old, 2), old, { version: 4, list: list(4, 1, 2) });
    expect(refusals.map(({ code }) => code)).toEqual(['version-back', 'sequence-back']);
  });
});
