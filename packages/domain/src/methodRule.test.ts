import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { methodRefusal } from './methodRule.ts';
import { METHODS, type Method } from './verification.ts';
import type { Kind } from './vocabulary.ts';

const channels = [
  { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } },
  { id: 'sms', type: 'sms', value: { number: { kind: 'e164', digits: '4930123457' } } },
  { id: 'web', type: 'url', value: { href: 'https://help.example.org/' } },
  { id: 'mail', type: 'email', value: { address: 'help@example.org' } },
  {
    id: 'old',
    type: 'phone',
    value: { number: { kind: 'e164', digits: '4930123458' } },
    retired: { at: '2026-01-01', reason: 'closed' },
  },
] as Entry['channels'];

const asked = (kind: Kind, method: Method, paths: string[], testsArranged = false) =>
  methodRefusal({ entry: { kind, channels }, paths, method, testsArranged })?.code;

describe('a way of looking', () => {
  it('never is a test of an emergency number, whatever was agreed', () => {
    expect(asked('emergency', 'test-call', ['/channels/tel'], true)).toBe('method-not-allowed-here');
    expect(asked('emergency', 'test-message', ['/channels/sms'], true)).toBe('method-not-allowed-here');
  });

  it('is a test of a child helpline only by arrangement', () => {
    expect(asked('child-helpline', 'test-call', ['/channels/tel'])).toBe('arrangement-needed');
    expect(asked('child-helpline', 'test-message', ['/channels/sms'])).toBe('arrangement-needed');
    expect(asked('child-helpline', 'test-call', ['/channels/tel'], true)).toBeUndefined();
    expect(asked('hotline.web', 'test-call', ['/channels/tel'])).toBeUndefined();
  });

  it.each<[Method, string[], string[]]>([
    ['test-call', ['/channels/tel', '/channels/tel/hours'], ['/channels/web', '/names', '/channels', '/channels/old']],
    ['test-message', ['/channels/sms/value', '/channels/mail'], ['/channels/tel', '/accepts']],
    ['form-reachability', ['/channels/web/value'], ['/channels/tel', '/channels/mail', '/serves/DE']],
    [
      'official-register-check',
      ['/memberships/inhope', '/memberships', '/mandate'],
      ['/names', '/channels/tel', '/mandates'],
    ],
  ])('by %s looks at what that can show', (method, fit, unfit) => {
    for (const path of fit) expect(asked('hotline.web', method, [path]), path).toBeUndefined();
    for (const path of unfit) expect(asked('hotline.web', method, [path]), path).toBe('method-not-allowed-here');
  });

  it('names each path at fault', () => {
    const refusal = methodRefusal({
      entry: { kind: 'hotline.web', channels },
      paths: ['/channels/tel', '/names'],
      method: 'test-call',
      testsArranged: true,
    });
    expect(refusal?.errors?.map(({ path }) => path)).toEqual(['/names']);
  });

  it('finds an emergency number in a register', () => {
    expect(asked('emergency', 'official-register-check', ['/channels/tel', '/serves/DE'])).toBeUndefined();
  });

  it('may be the official page, the organisation or a partner for everything', () => {
    for (const method of Object.keys(METHODS) as Method[]) {
      if (!['official-site-check', 'organisation-confirmation', 'partner-attestation'].includes(method)) continue;
      expect(asked('emergency', method, ['/names', '/channels/tel', '/serves/DE']), method).toBeUndefined();
    }
  });
});
