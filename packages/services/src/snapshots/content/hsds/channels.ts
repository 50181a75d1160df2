import { channelAddress, countryName, pickText, toDialString, type PublishedChannel } from '@waymark/domain';
import { given } from './given.ts';
import { languagesOf } from './languages.ts';
import type { HsdsPhone, HsdsServiceAtLocation, HsdsUrl } from './shapes.ts';
import { attributeOf } from './taxonomies.ts';
import { uuidV5 } from './uuidV5.ts';

type Channels = readonly PublishedChannel[];

export function emailsOf(channels: Channels): string[] {
  return channels.flatMap((channel) => (channel.type === 'email' ? [channel.value.address] : []));
}

/** Every address but the first page, which is the `url` of the service. */
export function moreUrlsOf(id: string, channels: Channels): HsdsUrl[] {
  const first = channels.find(({ type }) => type === 'url');
  return channels.flatMap((channel) => {
    const url = channel === first ? undefined : urlOf(channel);
    return url === undefined ? [] : [{ id: uuidV5(id, `channels/${channel.id}/url`), label: channel.type, url }];
  });
}

function urlOf(channel: PublishedChannel): string | undefined {
  if ('href' in channel.value) return channel.value.href;
  return channel.type === 'in-app' ? channel.value.helpUrl : undefined;
}

/** What has no field: handles of messengers, paths inside an app, further mail addresses. */
export function otherWaysOf(channels: Channels, emails: readonly string[]): string {
  const ways = channels.flatMap((channel) => {
    if (channel.type === 'messaging') return [`${channel.value.service}: ${channel.value.handle}`];
    if (channel.type === 'in-app')
      return [`In ${channel.value.platform}: ${pickText(channel.value.path) || 'in the app'}`];
    return [];
  });
  return [...ways, ...emails.map((address) => `E-mail: ${address}`)].join('\n');
}

const PHONE_TYPES = { phone: 'voice', sms: 'text', textphone: 'textphone', relay: 'voice' } as const;

export function phonesOf(id: string, channels: Channels): HsdsPhone[] {
  return channels.flatMap((channel) => {
    if (!('number' in channel.value)) return [];
    const type = PHONE_TYPES[channel.type as keyof typeof PHONE_TYPES]; // The types that have a number.
    const { number } = channel.value;
    const path = `channels/${channel.id}`;
    const from = channel.reach?.dialableFrom ?? [];
    const { extension } = number;
    // HSDS has extensions as figures, in which a zero in front is lost.
    const isFigure = extension !== undefined && String(Number(extension)) === extension;
    const description = [
      pickText(channel.label),
      channel.type === 'relay' ? 'Relay service' : '',
      dialableText(channel),
      extension === undefined || isFigure ? '' : `Extension ${extension}`,
    ];
    return [
      {
        id: uuidV5(id, path),
        // As it must be dialled: a short number is never written in an international form.
        number: toDialString(number),
        ...given('extension', isFigure ? Number(extension) : undefined),
        type,
        ...given('description', description.filter(Boolean).join('. ')),
        ...given('languages', languagesOf(id, `${path}/languages`, channel.languages ?? [])),
        ...given(
          'attributes',
          from.map((country) => attributeOf({ id, path }, 'dialable-from', country)),
        ),
      },
    ];
  });
}

function dialableText({ reach }: PublishedChannel): string {
  if (reach?.worldwide) return 'Can be dialled from: everywhere';
  const from = reach?.dialableFrom ?? [];
  return from.length === 0
    ? ''
    : `Can be dialled from: ${from.map((country) => countryName(country, 'en')).join(', ')}`;
}

export function placesOf(id: string, channels: Channels): HsdsServiceAtLocation[] {
  return channels.flatMap((channel) => {
    if (channel.type !== 'postal' && channel.type !== 'in-person') return [];
    const { lines, city, region, postalCode, country, access } = channel.value;
    const type = channel.type === 'postal' ? ('postal' as const) : ('physical' as const);
    const path = `channels/${channel.id}`;
    const [first = '', ...rest] = lines;
    return [
      {
        id: uuidV5(id, path),
        ...given('description', pickText(channel.label)),
        location: {
          id: uuidV5(id, `${path}/location`),
          location_type: type,
          name: channelAddress(channel),
          ...given('description', access),
          addresses: [
            {
              id: uuidV5(id, `${path}/address`),
              address_1: first,
              ...given('address_2', rest.join(', ')),
              city,
              ...given('region', region),
              // Required by HSDS; empty where a country has none.
              state_province: region ?? '',
              postal_code: postalCode ?? '',
              country,
              address_type: type,
            },
          ],
        },
      },
    ];
  });
}
