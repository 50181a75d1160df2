import { sha3_256 } from '@noble/hashes/sha3.js';
import { z } from 'zod';
import { isMixedScript, skeleton } from './text.ts';

export type UrlRefusal =
  | 'empty'
  | 'too-long'
  | 'characters'
  | 'no-scheme'
  | 'not-https'
  | 'not-a-url'
  | 'credentials'
  | 'port'
  | 'onion'
  | 'not-onion'
  | 'address'
  | 'not-public'
  | 'host';

export type ParsedUrl = { ok: true; href: string; host: string } | { ok: false; reason: UrlRefusal; fix: string };

const MAX_URL = 2048;

const refuse = (reason: UrlRefusal, fix: string): ParsedUrl => ({ ok: false, reason, fix });

// Names that lead into somebody's own machine or network. What they resolve to is checked again at connect time, by the link checker.
const privateName = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa|svc)$/;

/** Everything a web and an onion address have in common. `schemes` are written with their colon. */
function parseUrl(input: string, schemes: readonly string[]): ParsedUrl {
  const text = input.trim();
  const wanted = schemes.includes('http:') ? 'http:// or https://' : 'https://';
  if (text === '') return refuse('empty', `Write an address that starts with ${wanted}.`);
  if (text.length > MAX_URL) return refuse('too-long', `Use an address of at most ${MAX_URL} characters.`);
  // The URL parser forgives these by dropping or turning them, so that what is read is not what is opened.
  if (/[\s\\\p{C}]/u.test(text))
    return refuse('characters', 'Remove spaces, line breaks, backslashes and invisible characters from the address.');
  const scheme = /^([a-z][a-z0-9+.-]*:)(\/\/(?!\/))?/i.exec(text);
  if (!scheme || /^[^/?#:]+:\d/.test(text)) return refuse('no-scheme', `Start the address with ${wanted}.`);
  if (!schemes.includes(scheme[1]?.toLowerCase() ?? ''))
    return refuse('not-https', `Use an address that starts with ${wanted}.`);
  if (!scheme[2]) return refuse('not-a-url', `Write two slashes after the colon: ${wanted}.`);
  const authority = /^[^/?#]*/.exec(text.slice(scheme[0].length))?.[0] ?? '';
  if (authority.includes('@'))
    return refuse('credentials', 'Remove the user name and password (all up to the @) from the address.');
  if (authority.includes('%')) return refuse('host', 'Write the host name in plain letters, without % signs.');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse('not-a-url', 'Check the address: the host name or port is not valid.');
  }
  if (url.href.length > MAX_URL) return refuse('too-long', `Use an address of at most ${MAX_URL} characters.`);
  if (url.port !== '') return refuse('port', `Remove :${url.port} from the address; only the usual port is accepted.`);
  return { ok: true, href: url.href, host: url.hostname };
}

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A web address as it is stored: https, WHATWG-canonical and ASCII, on a public host name. */
export function parseWebUrl(input: string): ParsedUrl {
  const parsed = parseUrl(input, ['https:']);
  if (!parsed.ok) return parsed;
  const { host } = parsed;
  const labels = host.split('.');
  if (labels.at(-1) === 'onion') return refuse('onion', 'Add an onion address as a channel of type onion.');
  if (host.startsWith('[') || /^\d+$/.test(labels.at(-1) ?? ''))
    return refuse('address', 'Use a host name such as example.org instead of an IP address.');
  if (host.endsWith('.')) return refuse('host', 'Remove the dot at the end of the host name.');
  if (privateName.test(host)) return refuse('not-public', 'Use an address that everybody on the internet can open.');
  if (labels.length < 2 || host.length > 253 || !labels.every((l) => label.test(l)))
    return refuse('host', 'Write the whole host name, such as www.example.org.');
  return parsed;
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Rendezvous spec v3, "Encoding onion addresses": key(32) ‖ checksum(2) ‖ version(1), in base32. One wrong letter fails. */
function isOnionName(name: string): boolean {
  if (!/^[a-z2-7]{56}$/.test(name)) return false;
  const bytes = new Uint8Array(35);
  for (let i = 0; i < 56; i += 1) {
    const value = base32.indexOf(name.charAt(i));
    for (let bit = 0; bit < 5; bit += 1) {
      const at = i * 5 + bit;
      if (value & (16 >> bit)) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (128 >> (at & 7));
    }
  }
  const key = bytes.subarray(0, 32);
  const version = bytes[34] ?? 0;
  const prefix = [...'.onion checksum'].map((c) => c.charCodeAt(0));
  const checksum = sha3_256(Uint8Array.from([...prefix, ...key, version]));
  return version === 3 && bytes[32] === checksum[0] && bytes[33] === checksum[1];
}

/** An onion address, version 3, whose checksum holds. http is fine here: the name itself is the key. */
export function parseOnionUrl(input: string): ParsedUrl {
  const parsed = parseUrl(input, ['http:', 'https:']);
  if (!parsed.ok) return parsed;
  const labels = parsed.host.split('.');
  if (labels.at(-1) !== 'onion')
    return refuse('not-onion', 'Use an address that ends in .onion, or add it as a web address.');
  if (!isOnionName(labels.at(-2) ?? ''))
    return refuse(
      'host',
      'Copy the onion address again: it has a wrong letter, or is not of version 3 (56 letters and digits).',
    );
  if (!labels.every((l) => label.test(l))) return refuse('host', 'Check the part before the onion address.');
  return parsed;
}

const urlSchema = (parse: (input: string) => ParsedUrl) =>
  z
    .string({ error: 'Write an address here.' })
    .overwrite((input) => {
      const parsed = parse(input);
      return parsed.ok ? parsed.href : input;
    })
    .superRefine((input, context) => {
      const parsed = parse(input);
      if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.fix, params: { refusal: parsed.reason } });
    });

export const WebUrl = urlSchema(parseWebUrl).meta({
  id: 'WebUrl',
  description: 'Web address: https, no user name, usual port, in WHATWG-canonical ASCII form.',
  format: 'uri',
  pattern: '^https://',
  maxLength: MAX_URL,
  examples: ['https://www.example.org/report'],
});
export type WebUrl = z.infer<typeof WebUrl>;

export const OnionUrl = urlSchema(parseOnionUrl).meta({
  id: 'OnionUrl',
  description: 'Onion service address, version 3, with a valid checksum.',
  format: 'uri',
  pattern: '^https?://([a-z0-9-]+\\.)*[a-z2-7]{56}\\.onion/',
  maxLength: MAX_URL,
});
export type OnionUrl = z.infer<typeof OnionUrl>;

/** Host of an address, in ASCII, or null if it is none. */
export function hostOf(href: string): string | null {
  try {
    return new URL(href).hostname || null;
  } catch {
    return null;
  }
}

const domainOf = (s: string) => s.toLowerCase().replace(/^\.+|\.+$/g, '');

/** True for the domain and what is below it, at a dot: evil-example.org is not under example.org. */
export function isUnderDomain(host: string, domains: readonly string[]): boolean {
  const name = domainOf(host);
  return domains.map(domainOf).some((domain) => domain !== '' && (name === domain || name.endsWith(`.${domain}`)));
}

/** RFC 3492. Null if the label is not well-formed punycode. */
function decodePunycode(encoded: string): string | null {
  const at = encoded.lastIndexOf('-');
  const output = at > 0 ? Array.from(encoded.slice(0, at), (c) => c.charCodeAt(0)) : [];
  let code = 128;
  let bias = 72;
  let index = 0;
  let position = at > 0 ? at + 1 : 0;
  while (position < encoded.length) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(encoded.charAt(position) || ' ');
      position += 1;
      if (digit < 0) return null;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    let delta = before === 0 ? Math.floor(index / 700) : (index - before) >> 1;
    delta += Math.floor(delta / length);
    let k = 0;
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(index / length);
    if (code > 0x10ffff) return null;
    index %= length;
    output.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

/** The host with its international labels in their own letters. */
export const toUnicodeHost = (host: string): string =>
  host
    .split('.')
    .map((l) => (l.startsWith('xn--') ? (decodePunycode(l.slice(4)) ?? l) : l))
    .join('.');

/** The known domain this host would be taken for, though it is not under it; or null. */
export function looksLike(host: string, knownDomains: readonly string[]): string | null {
  if (isUnderDomain(host, knownDomains)) return null;
  const seen = skeleton(toUnicodeHost(domainOf(host)));
  return (
    knownDomains.find((domain) => {
      const known = skeleton(toUnicodeHost(domainOf(domain)));
      return known !== '' && (seen === known || seen.endsWith(`.${known}`));
    }) ?? null
  );
}

export interface HostDisplay {
  host: string;
  unicode?: string;
  suspicious: 'mixed-script' | 'look-alike' | null;
}

/** A label in another alphabet of which every letter passes for a Latin one, as in `аррӏе`. */
const isDisguise = (l: string): boolean =>
  /[^ -~]/.test(l) && !/\p{Script=Latin}/u.test(l) && /^[a-z0-9-]+$/.test(skeleton(l));

/**
 * How to show a host to a person who decides: always the ASCII form, beside it the letters if it has other ones, and whether they
 * could deceive. A suspicious host is never shown in its own letters alone.
 */
export function displayHost(href: string, knownDomains: readonly string[] = []): HostDisplay {
  const host = hostOf(href) ?? '';
  const unicode = toUnicodeHost(host);
  const labels = unicode.split('.');
  const latinEnding = /^[a-z]+$/.test(labels.at(-1) ?? '');
  const suspicious = labels.some((l) => isMixedScript(l.replaceAll('-', '')))
    ? 'mixed-script'
    : looksLike(host, knownDomains) !== null || (latinEnding && labels.some(isDisguise))
      ? 'look-alike'
      : null;
  return { host, ...(unicode === host ? {} : { unicode }), suspicious };
}

const mailbox = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;

const canonicalEmail = (input: string): string => {
  const text = input.trim().replace(/^mailto:/i, '');
  const at = text.lastIndexOf('@');
  if (at < 1) return text;
  const host = hostOf(`https://${text.slice(at + 1)}`);
  return host && !/[\s/?#:\\]/.test(text.slice(at + 1)) ? `${text.slice(0, at)}@${host}` : text;
};

const isEmail = (address: string): boolean => {
  const [local = '', domain = '', ...rest] = address.split('@');
  const parsed = parseWebUrl(`https://${domain}`);
  return (
    rest.length === 0 &&
    mailbox.test(local) &&
    !/^\.|\.$|\.\./.test(local) &&
    address.length <= 254 &&
    parsed.ok &&
    parsed.host === domain
  );
};

export const EmailAddress = z
  .string({ error: 'Write an e-mail address here.' })
  .overwrite(canonicalEmail)
  .refine(isEmail, { error: 'Write one e-mail address, such as help@example.org.' })
  .meta({
    id: 'EmailAddress',
    description: 'E-mail address; its domain in lower-case ASCII.',
    format: 'email',
    maxLength: 254,
  });
export type EmailAddress = z.infer<typeof EmailAddress>;
