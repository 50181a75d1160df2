import { dialCode, phoneKey, type PhoneNumber } from '@waymark/domain';
import { parse } from 'tldts';
import { sharedDomains } from '../tables/hosts.ts';

/** A web address as it is compared: without scheme, www., a slash at the end and the place inside the page. */
export interface AddressKey {
  href: string;
  key: string;
  host: string;
  /** Registrable domain, or none where very different people have a page each. */
  domain?: string;
  isRoot: boolean;
}

/** The key of an address; nothing for what is no address. */
export function addressKey(href: string): AddressKey | undefined {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return undefined;
  }
  const host = url.hostname.replace(/^www\d?\./, '');
  const path = url.pathname.replace(/\/(?:index\.\w+)?$/, '');
  const fragment = /^#[/!]/.test(url.hash) ? url.hash : '';
  const { domain } = parse(href, { allowPrivateDomains: true });
  const isShared = domain === null || sharedDomains.has(domain);
  return {
    href,
    key: `${host}${path}${url.search}${fragment}`,
    host,
    ...(isShared ? {} : { domain }),
    isRoot: path === '' && url.search === '' && fragment === '',
  };
}

/**
 * Keys under which a number is found again: two numbers that share one are one line. A number that works in its country only has
 * also the key it would have with the country code, with and without a leading 0. A short number is itself in its country, and nothing else.
 */
export function phoneKeys(phone: PhoneNumber): string[] {
  const { kind, digits, country } = phone;
  if (kind !== 'national' || country === undefined) return [phoneKey(phone)];
  const code = dialCode(country);
  if (code === undefined) return [phoneKey(phone)];
  const extension = phone.extension === undefined ? '' : `;${phone.extension}`;
  return [
    ...new Set([phoneKey(phone), `+${code}${digits}${extension}`, `+${code}${digits.replace(/^0/, '')}${extension}`]),
  ];
}
