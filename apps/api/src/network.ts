import { isIP, type BlockList } from 'node:net';
import type { AppContext } from './deps.ts';

/**
 * Where a request comes from, as coarse as throttling wants it: an IPv4 address or an IPv6 /64 (SECURITY S-03).
 * Forwarded headers count only as far as trusted proxies wrote them: the chain is read from our side, and the first
 * address that is no trusted proxy is the client.
 */
export function networkOf(c: AppContext): string {
  const { trustedProxies } = c.var.deps;
  const socket = plain(c.env?.incoming?.socket?.remoteAddress ?? '');
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => plain(part.trim()));
  let client = socket;
  for (const hop of forwarded.reverse()) {
    if (!isTrusted(trustedProxies, client)) break;
    if (isIP(hop) === 0) break;
    client = hop;
  }
  return isIP(client) === 6 ? prefix64(client) : client || 'unknown';
}

function isTrusted(proxies: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:192.0.2.1` is IPv4 in disguise: a dual-stack socket says it that way. */
function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

function prefix64(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
