import ipaddr from 'ipaddr.js';

const cidr = (range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] => ipaddr.parseCIDR(range);

/** IPv6 that is routed at all; everything else, `::127.0.0.1` above all, is somebody's inside whatever a table calls it. */
const GLOBAL_V6 = cidr('2000::/3');

/** Addresses the library counts as public, though they lead inside or to nobody (SECURITY F11). */
const MISSED = [
  '168.63.129.16/32', // Azure's wire server
  '192.0.0.0/24', // IETF, Oracle's metadata
  '2001::/23', // IETF: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // Documentation
  '2002::/16', // 6to4 carries an IPv4 address
  '3fff::/20', // Documentation
].map(cidr);

/**
 * May the watcher connect to this address? Judged is the address in canonical form, as the socket gets it: never a name, never
 * what somebody wrote.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_V6)) return false;
  return !MISSED.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}
