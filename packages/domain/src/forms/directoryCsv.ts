import { areaCountries } from '../areas.ts';
import type { Channel } from '../channel.ts';
import { channelAddress } from '../channelAddress.ts';
import { dialCode } from '../country.ts';
import { formatHours } from '../hours.ts';
import { pickText } from '../localText.ts';
import type { PhoneNumber } from '../phoneValue.ts';
import type { PublishedChannel, PublishedEntry } from '../published.ts';
import type { Confidence } from '../verification.ts';
import { csvCells, csvLine } from './csv.ts';

const COLUMNS = [
  'entryId',
  'entrySlug',
  'kind',
  'name',
  'organisationId',
  'organisation',
  'serves',
  'countries',
  'accepts',
  'audience',
  'operational',
  'revision',
  'updatedAt',
  'channelId',
  'channelType',
  'address',
  'dialableFrom',
  'languages',
  'hours',
  'cost',
  'anonymity',
  'requires',
  'confidence',
  'expires',
] as const;

export const CSV_HEADER = csvLine([...COLUMNS]);

/** Lines of `directory.csv` for one entry: one per channel, or one without a channel. */
export function csvLinesOf(entry: PublishedEntry, organisation: string): string {
  const shared = csvCells(entryCells(entry, organisation));
  const channels: (PublishedChannel | undefined)[] = entry.channels.length === 0 ? [undefined] : entry.channels;
  return channels
    .map((channel) => {
      const own = [...channelCells(channel, entry.anonymity.level), ...verificationCells(entry, channel)];
      return `${shared},${csvCells(own)}\r\n`;
    })
    .join('');
}

function entryCells(entry: PublishedEntry, organisation: string): string[] {
  const areas = entry.serves.map((serves) => serves.area);
  return [
    entry.id,
    entry.slug,
    entry.kind,
    pickText(entry.names),
    entry.organisation,
    organisation,
    areas.join(' '),
    [...new Set(areas.flatMap(countriesOf))].join(' '),
    // Explicit noes are facts too, so each need says its answer.
    Object.entries(entry.accepts)
      .map(([need, acceptance]) => `${need}:${acceptance?.answer}`)
      .sort()
      .join(' '),
    entry.audience.join(' '),
    entry.operational.status,
    String(entry.revision),
    entry.updatedAt,
  ];
}

function channelCells(channel: Channel | undefined, anonymity: string): string[] {
  const { id = '', type = '', reach, languages = [], hours, cost, requires = [] } = channel ?? {};
  return [
    id,
    type,
    channel ? addressOf(channel) : '',
    reach?.worldwide ? '001' : (reach?.dialableFrom ?? []).join(' '),
    languages.map((language) => language.tag).join(' '),
    hours ? formatHours(hours) : '',
    cost?.level ?? '',
    channel?.anonymity ?? anonymity,
    requires.join(' '),
  ];
}

const LOWEST_FIRST: readonly Confidence[] = ['contradicted', 'none', 'low', 'medium', 'high'];

/** A row stands alone: it is as sure, and as long valid, as the lower of the entry and its channel. */
function verificationCells(entry: PublishedEntry, channel: PublishedChannel | undefined): string[] {
  const both = [entry.verification, ...(channel ? [channel.verification] : [])];
  const confidence =
    LOWEST_FIRST.find((word) => both.some((verification) => verification.confidence === word)) ?? 'none';
  const [expires = ''] = both.flatMap(({ expiresAt }) => expiresAt ?? []).sort();
  return [confidence, expires];
}

function countriesOf(area: string): readonly string[] {
  const countries = areaCountries(area);
  return countries === 'world' ? ['001'] : countries;
}

function addressOf(channel: Channel): string {
  return 'number' in channel.value ? telephoneUri(channel.value.number) : channelAddress(channel);
}

/**
 * A number as RFC 3966 writes it. A spreadsheet takes neither form for a figure, so no leading zero is lost, and a plus
 * in front is no formula; a short or national number says the country it is dialled in (SECURITY I-03).
 */
function telephoneUri({ kind, digits, country, extension }: PhoneNumber): string {
  const ext = extension === undefined ? '' : `;ext=${extension}`;
  if (kind === 'e164') return `tel:+${digits}${ext}`;
  const code = country === undefined ? undefined : dialCode(country);
  return `tel:${digits}${ext}${code === undefined ? '' : `;phone-context=+${code}`}`;
}
