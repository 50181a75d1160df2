import { isCountry, type Channel, type Hours, type PhoneNumber } from '@waymark/domain';
import type { UnderstoodRow } from './understoodRow.ts';

/** The first id of a kind that no channel has yet: tel, tel-2, tel-3. */
export function freeId(base: string, taken: readonly { id: string }[]): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.some((item) => item.id === id)) return id;
  }
}

type Common = Pick<Channel, 'languages'>;

const languagesOf = ({ languages }: UnderstoodRow): Common =>
  languages.length === 0 ? {} : { languages: languages.map((tag) => ({ tag })) };

/** Where a short or national number can be dialled: in its own country, until somebody says more. */
const reachOf = ({ kind, country }: PhoneNumber): Pick<Channel, 'reach'> =>
  kind === 'e164' || country === undefined ? {} : { reach: { dialableFrom: [country] } };

export const phoneChannel = (type: 'phone' | 'sms', id: string, number: PhoneNumber, row: UnderstoodRow): Channel => ({
  type,
  id,
  ...languagesOf(row),
  ...(type === 'phone' && row.hours ? { hours: row.hours } : {}),
  ...(type === 'phone' && row.cost ? { cost: { level: row.cost } } : {}),
  ...reachOf(number),
  value: { number },
});

export const urlChannel = (type: 'url' | 'chat', id: string, href: string, row: UnderstoodRow): Channel => ({
  type,
  id,
  ...languagesOf(row),
  value: { href },
});

export const emailChannel = (id: string, address: string, row: UnderstoodRow): Channel => ({
  type: 'email',
  id,
  ...languagesOf(row),
  value: { address },
});

/** WhatsApp is reached under a whole number; a short one is none of it. */
export const whatsappChannel = (id: string, number: PhoneNumber, row: UnderstoodRow): Channel => ({
  type: 'messaging',
  id,
  ...languagesOf(row),
  value: { service: 'whatsapp', handle: `+${number.digits}`, href: `https://wa.me/${number.digits}` },
});

/** Channels on which people answer at certain hours. */
export const isStaffed = ({ type }: Channel): boolean =>
  type === 'phone' || type === 'sms' || type === 'textphone' || type === 'chat' || type === 'messaging';

/** All channels a row names, for an entry that is not there yet. A report link that is the website is one channel, not two. */
export function channelsOfRow(row: UnderstoodRow): Channel[] {
  const channels: Channel[] = [];
  const add = (base: string, make: (id: string) => Channel) => channels.push(make(freeId(base, channels)));
  for (const number of row.phones) add('tel', (id) => phoneChannel('phone', id, number, row));
  for (const number of row.sms) add('sms', (id) => phoneChannel('sms', id, number, row));
  for (const number of row.whatsapp)
    if (number.kind === 'e164') add('whatsapp', (id) => whatsappChannel(id, number, row));
  if (row.chat !== undefined) {
    const href = row.chat;
    add('chat', (id) => urlChannel('chat', id, href, row));
  }
  for (const address of row.emails) add('email', (id) => emailChannel(id, address, row));
  const report = row.reportLink;
  if (report !== undefined && !row.websites.includes(report)) add('report', (id) => urlChannel('url', id, report, row));
  for (const href of row.websites) add('web', (id) => urlChannel('url', id, href, row));
  return withHours(channels, row.hours);
}

/** Hours belong to what people answer; a row without such a channel keeps them on its first one. */
function withHours(channels: Channel[], hours: Hours | undefined): Channel[] {
  if (!hours) return channels;
  const isAnswered = channels.some(isStaffed);
  return channels.map((channel, at) =>
    (isAnswered ? isStaffed(channel) : at === 0) ? { ...channel, hours } : channel,
  );
}

/** Countries of a row, for what must name countries. */
export const countriesOf = ({ areas }: UnderstoodRow): string[] => areas.filter(isCountry);
