import { Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { CheckResult } from '@waymark/domain';
import { isPublicAddress } from './address.ts';

/** Why a name leads nowhere we go. Carries the result, since errors are how a socket says so. */
export class NameRefused extends Error {
  readonly result: CheckResult;

  constructor(result: CheckResult) {
    super(result.outcome);
    this.name = 'NameRefused';
    this.result = result;
  }
}

export type Resolve = (name: string) => Promise<LookupAddress[]>;

/** More addresses than anybody tries. */
const TRIED = 8;

/**
 * Asks name servers, and nothing of this machine: no hosts file, no search domains. All addresses of a name must be public, or it is
 * refused as a whole: whoever mixes them wants us to choose.
 * @param servers name servers; the system's when empty
 */
export function createResolve(servers: readonly string[], patience = { timeout: 2500, tries: 3 }): Resolve {
  const resolver = new Resolver(patience);
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0) throw new NameRefused(failureOf([four, six]));
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      throw new NameRefused({ outcome: 'dns-gone', reason: 'not-public' });
    return addresses.slice(0, TRIED);
  };
}

function failureOf(answers: readonly PromiseSettledResult<unknown>[]): CheckResult {
  const codes = answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : 'ENODATA'));
  // Our own name server is silent: that says nothing about theirs.
  if (codes.some((code) => code === 'ETIMEOUT' || code === 'ECONNREFUSED' || code === 'ECANCELLED'))
    return { outcome: 'not-checked', reason: 'resolver' };
  if (codes.every((code) => code === 'ENOTFOUND')) return { outcome: 'dns-gone', reason: 'no-such-name' };
  if (codes.every((code) => code === 'ENOTFOUND' || code === 'ENODATA'))
    return { outcome: 'dns-gone', reason: 'no-address' };
  return { outcome: 'dns-gone', reason: 'failing' };
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
