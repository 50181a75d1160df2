import { BlockList } from 'node:net';
import { expect, it } from 'vitest';
import type { AppContext } from './deps.ts';
import { networkOf } from './network.ts';

function seen(socket: string, forwarded?: string, proxies: string[] = []): string {
  const trustedProxies = new BlockList();
  for (const proxy of proxies) trustedProxies.addAddress(proxy, proxy.includes(':') ? 'ipv6' : 'ipv4');
  const context = {
    env: { incoming: { socket: { remoteAddress: socket } } },
    var: { deps: { trustedProxies } },
    req: { header: (name: string) => (name === 'x-forwarded-for' ? forwarded : undefined) },
  };
  return networkOf(context as unknown as AppContext); // Only what is asked of it is there.
}

it('knows a client by its own address', () => {
  expect(seen('192.0.2.7')).toBe('192.0.2.7');
  expect(seen('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(seen('')).toBe('unknown');
});

it('takes the first 64 bits of IPv6, however it is written', () => {
  for (const address of [
    '2001:db8:0:1::1',
    '2001:0db8:0000:0001:ffff:ffff:ffff:ffff',
    '2001:db8:0:1::',
    '2001:DB8:0:1:0:0:0:9',
    '2001:db8:0:1::1%eth0',
  ]) {
    expect(seen(address)).toBe('2001:db8:0:1::/64');
  }
  expect(seen('::1')).toBe('0:0:0:0::/64');
  expect(seen('2001:db8::5')).toBe('2001:db8:0:0::/64');
});

it('believes nobody who is no trusted proxy', () => {
  expect(seen('192.0.2.7', '198.51.100.1')).toBe('192.0.2.7');
  expect(seen('192.0.2.7', '198.51.100.1', ['10.0.0.1'])).toBe('192.0.2.7');
});

it('reads the chain from our side, up to the first address that is no trusted proxy', () => {
  expect(seen('10.0.0.1', '198.51.100.1', ['10.0.0.1'])).toBe('198.51.100.1');
  expect(seen('10.0.0.1', 'forged, 203.0.113.5, 198.51.100.1', ['10.0.0.1'])).toBe('198.51.100.1');
  expect(seen('10.0.0.1', '203.0.113.5, 10.0.0.2', ['10.0.0.1', '10.0.0.2'])).toBe('203.0.113.5');
  expect(seen('10.0.0.1', 'unknown', ['10.0.0.1'])).toBe('10.0.0.1');
  expect(seen('::ffff:10.0.0.1', '2001:db8::5', ['10.0.0.1'])).toBe('2001:db8:0:0::/64');
});
