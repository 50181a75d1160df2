import {
  areaName,
  channelAddress,
  pickText,
  toDialString,
  type Hours,
  type PublishedChannel,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';

type Tree = Record<string, unknown>;

const ORGANISATION_TYPES: Record<PublishedOrganisation['organisationType'], string> = {
  state: 'GovernmentOrganization',
  police: 'GovernmentOrganization',
  regulator: 'GovernmentOrganization',
  intergovernmental: 'Organization',
  network: 'Organization',
  company: 'Corporation',
  ngo: 'NGO',
};

/**
 * An entry in the words of schema.org, for search engines: a Service (a GovernmentService where the state runs it) with a
 * ServiceChannel for each way in. A view that loses things, like every export but our own.
 */
export function toJsonLd(entry: PublishedEntry, organisation: PublishedOrganisation | undefined): Tree {
  const provider = organisation && ORGANISATION_TYPES[organisation.organisationType];
  return withoutEmpty({
    '@context': 'https://schema.org',
    '@type': provider === 'GovernmentOrganization' ? 'GovernmentService' : 'Service',
    '@id': `urn:uuid:${entry.id}`,
    identifier: entry.slug,
    name: pickText(entry.names),
    description: pickText(entry.summary),
    serviceType: entry.kind,
    areaServed: entry.serves.map(({ area }) => areaOf(area)),
    audience: entry.audience.map((audienceType) => ({ '@type': 'Audience', audienceType })),
    provider: organisation && {
      '@type': provider,
      '@id': `urn:uuid:${organisation.id}`,
      name: pickText(organisation.names),
      url: organisation.website,
    },
    availableChannel: entry.channels.map(channelOf),
  });
}

function areaOf(area: string): Tree {
  const type = /^[A-Z]{2}$/.test(area) ? 'Country' : 'AdministrativeArea';
  return { '@type': type, identifier: area, name: areaName(area, 'en') };
}

function channelOf(channel: PublishedChannel): Tree {
  return withoutEmpty({
    '@type': 'ServiceChannel',
    name: pickText(channel.label) || channel.type,
    availableLanguage: (channel.languages ?? []).map(({ tag }) => tag),
    ...addressOf(channel),
  });
}

function addressOf(channel: PublishedChannel): Tree {
  const hours = channel.hours && hoursOf(channel.hours);
  if ('number' in channel.value) {
    const point = withoutEmpty({
      '@type': 'ContactPoint',
      contactType: channel.type,
      telephone: toDialString(channel.value.number),
      areaServed: (channel.reach?.dialableFrom ?? []).map(areaOf),
      hoursAvailable: hours,
    });
    return channel.type === 'sms' ? { serviceSmsNumber: point } : { servicePhone: point };
  }
  if (channel.type === 'email') return { serviceUrl: `mailto:${channel.value.address}` };
  if (channel.type === 'postal' || channel.type === 'in-person') {
    const { lines, city, region, postalCode, country } = channel.value;
    const address = withoutEmpty({
      '@type': 'PostalAddress',
      streetAddress: lines.join(', '),
      addressLocality: city,
      addressRegion: region,
      postalCode,
      addressCountry: country,
    });
    return channel.type === 'postal'
      ? { servicePostalAddress: address }
      : { serviceLocation: { '@type': 'Place', address } };
  }
  const url = 'href' in channel.value ? channel.value.href : undefined;
  return url === undefined ? { description: channelAddress(channel) } : { serviceUrl: url };
}

const DAYS = {
  mo: 'Monday',
  tu: 'Tuesday',
  we: 'Wednesday',
  th: 'Thursday',
  fr: 'Friday',
  sa: 'Saturday',
  su: 'Sunday',
};

function hoursOf({ kind, weekly = [] }: Hours): Tree[] {
  const all = { days: Object.keys(DAYS) as (keyof typeof DAYS)[], from: '00:00', to: '23:59' };
  return (kind === 'always' ? [all] : weekly).map(({ days, from, to }) => ({
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: days.map((day) => DAYS[day]),
    opens: from,
    closes: to === '00:00' ? '23:59' : to,
  }));
}

function withoutEmpty(tree: Tree): Tree {
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(tree).filter(([, value]) => !isEmpty(value)));
}
