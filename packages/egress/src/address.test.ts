import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPublicAddress } from './address.ts';

it.each([
  '1.1.1.1',
  '5.5.5.5',
  '93.184.216.34',
  '223.255.255.1',
  '2606:4700::1111',
  '2a05:5555::5',
  '2001:4860:4860::8888',
])('goes to %s', (address) => expect(isPublicAddress(address)).toBe(true));

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '192.88.99.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.175.48.1',
  '::',
  '::1',
  '::7f00:1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:2::1',
  '2001:10::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1111%1',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '2620:4f:8000::1',
  '',
  'localhost',
  '127.1',
  '0x7f.1',
  '017700000001',
  '1.1.1.1/8',
  ' 1.1.1.1',
  'example.org',
])('does not go to %s', (address) => expect(isPublicAddress(address)).toBe(false));

/** Written from the registries of IANA by hand, apart from the code: first byte, second byte, whether anything inside lives there. */
const isSpecial = (a: number, b: number, c: number): boolean =>
  a === 0 ||
  a === 10 ||
  a === 127 ||
  a >= 224 ||
  (a === 100 && b >= 64 && b < 128) ||
  (a === 169 && b === 254) ||
  (a === 172 && b >= 16 && b < 32) ||
  (a === 192 && b === 168) ||
  (a === 198 && (b === 18 || b === 19)) ||
  (a === 192 && b === 0 && (c === 0 || c === 2)) ||
  (a === 198 && b === 51 && c === 100) ||
  (a === 203 && b === 0 && c === 113) ||
  (a === 192 &&
    ((b === 88 && c === 99) || (b === 31 && c === 196) || (b === 52 && c === 193) || (b === 175 && c === 48)));

it('agrees with the registry about every IPv4 network', () => {
  for (let a = 0; a < 256; a += 1)
    for (let b = 0; b < 256; b += 1)
      for (const c of [0, 2, 48, 99, 100, 113, 129, 193, 196, 255])
        if (isPublicAddress(`${a}.${b}.${c}.77`) === isSpecial(a, b, c)) throw new Error(`${a}.${b}.${c}.77`);
});

it('goes to no IPv6 address outside the global range, whatever it carries', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.tuple(group, group, group, group, group, group, group, group), (groups) => {
      const [first] = groups;
      fc.pre(first < 0x2000 || first > 0x3fff);
      expect(isPublicAddress(groups.map((g) => g.toString(16)).join(':'))).toBe(false);
    }),
    { numRuns: 5000 },
  );
});
