// The directory of the worked cases (DOMAIN §4.4) and builders that default everything. QM to QS are codes that ISO leaves to
// users, so that no test states a fact about a real place; what is said of real countries is invented as well.
import type { Evidence } from '../evidence.ts';
import type { RouteRequest } from '../routeRequest.ts';
import { CSAM_ONLINE } from '../routeRequest.ts';
import type { Need } from '../vocabulary.ts';
import type { RoutableChannel, RoutableCountry, RoutableDirectory, RoutableEntry } from './directory.ts';

/** Friday 5 June 2026, 10:00 UTC. */
export const NOW = '2026-06-05T10:00:00.000Z';
const LATER = '2026-09-30T00:00:00.000Z';

/** What somebody asks who says nothing but the need. */
export function ask(request: Pick<RouteRequest, 'need'> & Partial<RouteRequest>): RouteRequest {
  return {
    country: null,
    danger: 'unknown',
    identifiable: false,
    anonymity: 'indifferent',
    reporter: 'public',
    languages: [],
    ...request,
  };
}

/** An entry everybody is shown: verified, with a web form, for the public, anonymous. */
export function buildRoutable(entry: Pick<RoutableEntry, 'id' | 'kind'> & Partial<RoutableEntry>): RoutableEntry {
  return {
    slug: entry.id.replace(':', '-'),
    organisation: `${entry.id}-operator`,
    serves: [],
    accepts: {},
    audience: ['public'],
    anonymity: { level: 'anonymous' },
    channels: [form()],
    operational: { status: 'operating' },
    verification: { confidence: 'high', expiresAt: LATER },
    state: 'active',
    ...entry,
  };
}

export function form(more: Partial<Extract<RoutableChannel, { type: 'url' }>> = {}): RoutableChannel {
  return { id: 'web', type: 'url', value: { href: 'https://report.example.org/' }, ...more };
}

export function line(
  digits: string,
  country: string,
  more: Partial<Extract<RoutableChannel, { type: 'phone' }>> = {},
): RoutableChannel {
  return {
    id: 'tel',
    type: 'phone',
    value: { number: { kind: 'short', digits, country } },
    reach: { dialableFrom: [country] },
    ...more,
  };
}

/** `accepts` for needs that are all answered alike. */
export function takes(needs: readonly Need[], answer: 'yes' | 'no' | 'conditional' = 'yes'): RoutableEntry['accepts'] {
  return Object.fromEntries(needs.map((need) => [need, { answer }]));
}

export function serving(...areas: string[]): RoutableEntry['serves'] {
  return areas.map((area) => ({ area, basis: 'any', strength: 'primary' }));
}

/** The four sources a "none known" rests on. */
export function fourSources(need: Need, capturedAt = '2026-05-01'): Evidence[] {
  return ['inhope', 'chi', 'iwf', 'government'].map((source) => ({
    id: source,
    kind: 'official-register',
    url: `https://${source}.example.org/list`,
    title: `List of ${source}`,
    capturedAt,
    sensitivity: 'public',
    supports: [`/coverage/${need}`],
  }));
}

const CRIMES_AGAINST_CHILDREN: readonly Need[] = [
  'grooming',
  'sextortion',
  'trafficking',
  'travel-exploitation',
  'contact-abuse',
];
const IWF = 'iwf';

const emergency = (id: string, country: string, digits: string) =>
  buildRoutable({
    id,
    kind: 'emergency',
    serves: serving(country),
    audience: ['public', 'child'],
    anonymity: { level: 'identified' },
    channels: [line(digits, country)],
  });

const national = (id: string, country: string, more: Partial<RoutableEntry> = {}) =>
  buildRoutable({ id, kind: 'hotline.web', serves: serving(country), accepts: takes(CSAM_ONLINE), ...more });

const helpline = (id: string, country: string, more: Partial<RoutableEntry> = {}) =>
  buildRoutable({
    id,
    kind: 'child-helpline',
    serves: serving(country),
    accepts: takes(['child-help']),
    audience: ['child'],
    channels: [line('116111', country, { hours: { kind: 'always' } })],
    ...more,
  });

export const ENTRIES: readonly RoutableEntry[] = [
  buildRoutable({
    id: 'platform:ex-social',
    kind: 'platform-tool',
    serves: serving('001'),
    accepts: takes(['csam-app', 'grooming', 'sextortion', 'own-image-removal']),
    audience: ['public', 'child'],
    anonymity: { level: 'pseudonymous' },
    channels: [{ id: 'menu', type: 'in-app', value: { platform: 'ex-social' }, requires: ['account'] }],
  }),
  buildRoutable({
    id: 'portal-icmec-iwf',
    kind: 'portal.global',
    analystsBy: IWF,
    serves: serving('001'),
    accepts: { ...takes(CRIMES_AGAINST_CHILDREN, 'no'), ...takes(['csam-url']) },
  }),
  emergency('us-911', 'US', '911'),
  emergency('gb-999', 'GB', '999'),
  emergency('de-112', 'DE', '112'),
  buildRoutable({
    id: 'us-cybertipline',
    kind: 'clearinghouse',
    serves: [
      { area: 'US', basis: 'any', strength: 'primary' },
      {
        area: '001',
        basis: 'any',
        strength: 'accepts',
        needs: ['grooming', 'sextortion', 'trafficking', 'travel-exploitation'],
      },
    ],
    accepts: takes([...CSAM_ONLINE, ...CRIMES_AGAINST_CHILDREN, 'provider-report']),
    audience: ['public', 'professional', 'provider'],
    anonymity: { level: 'confidential' },
    mandate: { kind: 'statutory', statutoryForProviders: true },
    channels: [form({ id: 'c1' }), line('18005550100', 'US', { id: 'c2' })],
  }),
  buildRoutable({
    id: 'us-hsi-know2protect',
    kind: 'law-enforcement.report',
    serves: serving('US'),
    accepts: takes([...CSAM_ONLINE, ...CRIMES_AGAINST_CHILDREN]),
    anonymity: { level: 'confidential' },
    channels: [line('8335550100', 'US')],
  }),
  national('gb-iwf', 'GB', { organisation: IWF }),
  buildRoutable({
    id: 'gb-report-remove',
    kind: 'removal-service',
    organisation: IWF,
    serves: serving('GB'),
    accepts: takes(['own-image-removal']),
    audience: ['child'],
  }),
  helpline('gb-childline', 'GB', { channels: [line('08001111', 'GB', { hours: { kind: 'always' } })] }),
  buildRoutable({
    id: 'takeitdown',
    kind: 'removal-service',
    serves: serving('001'),
    accepts: takes(['own-image-removal']),
    audience: ['child', 'public'],
  }),
  national('de-eco', 'DE'),
  national('de-fsm', 'DE', {
    accepts: takes([...CSAM_ONLINE, 'grooming']),
    anonymity: { level: 'confidential' },
    channels: [form({ anonymityFor: Object.fromEntries(CSAM_ONLINE.map((need) => [need, 'anonymous'])) })],
  }),
  national('de-jugendschutz', 'DE', { accepts: takes([...CSAM_ONLINE, 'grooming']) }),
  buildRoutable({
    id: 'de-police-online',
    kind: 'law-enforcement.report',
    serves: serving('DE'),
    accepts: takes([...CSAM_ONLINE, ...CRIMES_AGAINST_CHILDREN]),
    anonymity: { level: 'identified' },
  }),
  helpline('de-116111', 'DE', {
    channels: [
      line('116111', 'DE', {
        hours: {
          kind: 'weekly',
          tz: 'Europe/Berlin',
          weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa'], from: '14:00', to: '20:00' }],
        },
      }),
    ],
  }),
  buildRoutable({
    id: 'sn-iwf-portal',
    kind: 'portal.national',
    analystsBy: IWF,
    serves: serving('SN'),
    accepts: takes(['csam-url']),
  }),
  national('qn-hotline', 'QN', { anonymity: { level: 'identified' } }),
  national('qo-hotline', 'QO', { verification: { confidence: 'high', expiresAt: '2026-06-01T00:00:00.000Z' } }),
  national('qr-hotline', 'QR', { state: 'suspended', unsafe: true }),
  helpline('qp-help-a', 'QP', { priority: 10, pairedWith: ['qp-help-b'] }),
  helpline('qp-help-b', 'QP', { priority: 30, pairedWith: ['qp-help-a'] }),
  helpline('qp-help-z', 'QP', { priority: 20 }),
  buildRoutable({
    id: 'chi-finder',
    kind: 'directory',
    serves: serving('001'),
    accepts: takes(['child-help']),
    audience: ['public', 'child'],
  }),
  buildRoutable({
    id: 'traveller-report',
    kind: 'traveller-report',
    serves: serving('001'),
    accepts: takes(['travel-exploitation']),
    audience: ['traveller'],
  }),
  buildRoutable({
    id: 'gb-prevention-line',
    kind: 'prevention-helpline',
    serves: serving('GB'),
    accepts: takes(['worried-about-behaviour']),
    audience: ['worried-about-own-behaviour'],
    channels: [line('08085550100', 'GB')],
  }),
  buildRoutable({ id: 'inhope', kind: 'network', serves: serving('001'), accepts: takes(CSAM_ONLINE) }),
  buildRoutable({ id: 'interpol', kind: 'coordination', serves: serving('001'), accepts: takes(CSAM_ONLINE) }),
];

export const COUNTRIES: readonly RoutableCountry[] = [
  {
    country: 'QM',
    coverage: [{ need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' }],
    evidence: fourSources('csam-url'),
  },
];

export const DIRECTORY: RoutableDirectory = { entries: ENTRIES, countries: COUNTRIES };
