import type { Channel } from '@waymark/domain';

/** Members of a channel's value that its organisation can write anew, in the order people read them. */
const MEMBERS: Partial<Record<Channel['type'], readonly string[]>> = {
  phone: ['number'],
  sms: ['number'],
  textphone: ['number'],
  relay: ['number'],
  url: ['href'],
  chat: ['href'],
  'video-relay': ['href'],
  onion: ['href'],
  app: ['href'],
  email: ['address'],
  messaging: ['handle'],
};

/** The form of the one thing to write; undefined where a channel is told about in the note (places, paths in apps). */
export function inputTypeOf(channel: Channel): 'tel' | 'url' | 'email' | 'text' | undefined {
  const [member] = MEMBERS[channel.type] ?? [];
  if (member === undefined) return undefined;
  return member === 'number' ? 'tel' : member === 'href' ? 'url' : member === 'address' ? 'email' : 'text';
}

/** The value of a channel as people use it. */
export function shownValue(channel: Channel): string {
  const { value } = channel;
  if ('number' in value) return value.number.kind === 'e164' ? `+${value.number.digits}` : value.number.digits;
  if ('address' in value) return value.address;
  if ('handle' in value) return value.handle;
  if ('lines' in value) return [...value.lines, value.city, value.country].join(', ');
  if ('platform' in value && !('href' in value)) return value.helpUrl ?? value.platform;
  return value.href;
}

/**
 * What somebody wrote, in the form their channel has. Digits of any script count; a plus sign or 00 in front says that the
 * number has a country code. Everything else is the server's to check.
 */
export function typedValue(channel: Channel, text: string): unknown {
  const written = text.trim();
  const { value } = channel;
  if ('number' in value) return { ...value, number: typedNumber(value.number, written) };
  if ('address' in value) return { ...value, address: written };
  if ('handle' in value) return { service: value.service, handle: written };
  // Other languages of a page are not what was written.
  if (channel.type === 'url') return { href: written };
  return { ...value, href: written };
}

function typedNumber(old: { kind: string; country?: string | undefined }, written: string): object {
  const plain = written.replaceAll(/\p{Nd}/gu, digitOf).replaceAll(/[\s().\u2010-\u2015/-]/g, '');
  if (/^(\+|00)/.test(plain)) return { kind: 'e164', digits: plain.replace(/^(\+|00)/, '') };
  const { country } = old;
  // Without a country code it works where the old one did; a number with one cannot become one without by itself.
  const kind = old.kind === 'e164' ? 'e164' : plain.length > 8 ? 'national' : 'short';
  return { kind, digits: plain, ...(country === undefined ? {} : { country }) };
}

/** Blocks of ten begin with their zero (Unicode, chapter 4.6), so the value is the distance to it. */
function digitOf(digit: string): string {
  let zero = digit.codePointAt(0) ?? 0x30;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero -= 1;
  return String((digit.codePointAt(0) ?? 0) - zero);
}
