// Whose word an answer is: mail to an address at or under the confirmation domain, and nothing that looks like it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOwnAddress } from './party.ts';

it.each([
  'desk@example.org',
  'desk@mail.example.org',
  'a.b+c@deep.mail.example.org',
  'Desk@EXAMPLE.ORG',
  'desk@Mail.Example.Org',
])('%s is an address of example.org', (address) => expect(isOwnAddress(address, 'example.org')).toBe(true));

it.each([
  // Sub-domain tricks.
  'desk@example.org.evil.example',
  'desk@evil-example.org',
  'desk@notexample.org',
  'desk@example.org-evil.example',
  'desk@example.orgx',
  'desk@example.org.',
  'desk@.example.org',
  'desk@evil..example.org',
  'desk@example',
  'desk@org',
  'desk@example.com',
  // Two at signs, quoting, routes.
  'desk@example.org@evil.example',
  'desk%example.org@evil.example',
  '"desk@example.org"@evil.example',
  '@example.org',
  'example.org',
  '',
  // Look-alikes: Cyrillic е and о, full-width, their punycode, a dotless ı.
  'desk@еxample.org',
  'desk@examplе.org',
  'desk@example.оrg',
  'desk@ｅｘａｍｐｌｅ.org',
  'desk@example。org',
  'desk@xn--xample-2of.org',
  'desk@exampIe.org',
  'desk@examp1e.org',
  'desk@example.org\u0000.evil.example',
  'desk@example.org evil.example',
  'desk@example.org\n',
  'desk@example\u00ad.org',
  'desk@example\u200b.org',
])('%j is none', (address) => expect(isOwnAddress(address, 'example.org')).toBe(false));

it('nobody speaks for an organisation without a confirmation domain', () => {
  expect(isOwnAddress('desk@example.org', undefined)).toBe(false);
  expect(isOwnAddress('desk@example.org', '')).toBe(false);
});

it('a domain under which anybody can have a name confirms nobody', () => {
  for (const [address, domain] of [
    ['anybody@example.co.uk', 'co.uk'],
    ['anybody@someone.github.io', 'github.io'],
    ['anybody@example.org', 'org'],
    ['anybody@something.blogspot.com', 'blogspot.com'],
  ] as const)
    expect(isOwnAddress(address, domain), domain).toBe(false);
  expect(isOwnAddress('desk@help.example.co.uk', 'example.co.uk')).toBe(true);
});

it('an address counts exactly when its host is the domain or ends in a dot and the domain', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  fc.assert(
    fc.property(fc.array(label, { maxLength: 3 }), label, label, (below, other, name) => {
      const host = [...below, 'example.org'].join('.');
      expect(isOwnAddress(`${name}@${host}`, 'example.org')).toBe(true);
      expect(isOwnAddress(`${name}@${host}.${other}`, 'example.org')).toBe(false);
      expect(isOwnAddress(`${name}@${other}example.org`, 'example.org')).toBe(false);
    }),
  );
});
