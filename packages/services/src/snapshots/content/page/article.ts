import {
  areaName,
  channelAddress,
  countryName,
  escapeJson,
  escapeText,
  formatHours,
  formatPhone,
  languageName,
  pickText,
  type PublishedChannel,
  type PublishedEntry,
  type PublishedOrganisation,
  type PublishedVerification,
} from '@waymark/domain';
import { toJsonLd } from './jsonLd.ts';

const CONFIDENCE: Record<PublishedVerification['confidence'], string> = {
  high: 'Verified, high confidence',
  medium: 'Verified, medium confidence',
  low: 'Verified long ago or weakly',
  none: 'Not verified by us yet',
  contradicted: 'Somebody found this to be wrong',
};

const CHANNELS: Record<PublishedChannel['type'], string> = {
  url: 'Web',
  phone: 'Phone',
  sms: 'Text message',
  textphone: 'Textphone',
  relay: 'Relay service',
  'video-relay': 'Video relay',
  chat: 'Chat',
  messaging: 'Messenger',
  email: 'E-mail',
  app: 'App',
  'in-app': 'In an app',
  postal: 'Post',
  'in-person': 'In person',
  onion: 'Onion service',
};

/** One entry as a person reads it, and beside it the same for search engines. */
export function articleOf(entry: PublishedEntry, organisation: PublishedOrganisation | undefined): string {
  const { slug, names, summary, howTo, serves, channels, operational, verification } = entry;
  const areas = serves.map(({ area }) => areaName(area, 'en')).join(', ');
  const by = organisation ? pickText(organisation.names) : '';
  const about = [by, areas].filter(Boolean).map(escapeText).join(' · ');
  const notice = pickText(operational.notice);
  return [
    `<article id="${escapeText(slug)}">`,
    `<h3 dir="auto">${escapeText(pickText(names))}</h3>`,
    `<p class="soft" dir="auto">${about}</p>`,
    paragraph(pickText(summary)),
    notice === '' ? '' : `<p class="notice" dir="auto">${escapeText(notice)}</p>`,
    paragraph(pickText(howTo)),
    channels.length === 0 ? '' : `<dl>\n${channels.map(channelRow).join('\n')}\n</dl>`,
    `<p class="state">${stateText(verification)}</p>`,
    `<script type="application/ld+json">${escapeJson(toJsonLd(entry, organisation))}</script>`,
    '</article>',
  ]
    .filter(Boolean)
    .join('\n');
}

function paragraph(text: string): string {
  return text === '' ? '' : `<p dir="auto">${escapeText(text)}</p>`;
}

function channelRow(channel: PublishedChannel): string {
  const { label, hours, languages = [], verification } = channel;
  const facts = [
    hours && hours.kind !== 'unknown' ? `${formatHours(hours)}${hours.tz === undefined ? '' : ` (${hours.tz})`}` : '',
    dialledFrom(channel),
    languages.map(({ tag }) => languageName(tag, 'en')).join(', '),
    verification.confidence === 'contradicted' ? CONFIDENCE.contradicted : '',
  ].filter(Boolean);
  const more = facts.length === 0 ? '' : `<br><span class="soft">${escapeText(facts.join(' · '))}</span>`;
  return `<dt>${escapeText(pickText(label) || CHANNELS[channel.type])}</dt><dd>${addressOf(channel)}${more}</dd>`;
}

function dialledFrom({ value, reach }: PublishedChannel): string {
  if (!('number' in value) || reach?.worldwide) return '';
  const from = reach?.dialableFrom ?? [];
  return from.length === 0 ? '' : `Dial in ${from.map((country) => countryName(country, 'en')).join(', ')}`;
}

/** A number is a link where it works from everywhere; a short one would ring at another place elsewhere. */
function addressOf(channel: PublishedChannel): string {
  const { value } = channel;
  if ('number' in value) {
    const shown = `<strong>${escapeText(formatPhone(value.number))}</strong>`;
    return value.number.kind === 'e164' ? link(`tel:+${value.number.digits}`, shown) : shown;
  }
  const address = escapeText(channelAddress(channel));
  if (channel.type === 'email')
    return link(`mailto:${encodeURIComponent(channel.value.address).replace('%40', '@')}`, address);
  if ('href' in value && value.href !== undefined) return link(value.href, address);
  return channel.type === 'in-app' && channel.value.helpUrl !== undefined
    ? link(channel.value.helpUrl, address)
    : address;
}

function link(href: string, shown: string): string {
  return `<a href="${escapeText(href)}" rel="external noopener noreferrer">${shown}</a>`;
}

function stateText({ confidence, lastConfirmed, expiresAt }: PublishedVerification): string {
  const day = (at: string) => `<time datetime="${escapeText(at)}">${escapeText(at.slice(0, 10))}</time>`;
  const parts = [`<span class="${confidence}">${CONFIDENCE[confidence]}</span>`];
  if (lastConfirmed !== null) parts.push(`last confirmed ${day(lastConfirmed)}`);
  if (expiresAt !== null) parts.push(`do not use after ${day(expiresAt)}`);
  return parts.join(', ');
}
