import type { Channel, Entry } from '@waymark/domain';
import type { Words } from './texts.ts';

/** An entry as the page gets it. */
export type OwnEntry = Pick<
  Entry,
  | 'id'
  | 'kind'
  | 'names'
  | 'summary'
  | 'audience'
  | 'serves'
  | 'accepts'
  | 'ages'
  | 'anonymity'
  | 'confidentialityLimits'
  | 'mustNot'
  | 'afterReport'
  | 'dataGoesTo'
  | 'memberships'
  | 'operational'
> & { revision: number; channels: Channel[] };

type LocalText = Entry['names'];

/** The text in the reader's language, else the official one, else any. */
export function textIn(text: LocalText | undefined, language: string): string {
  if (!text) return '';
  const official = Object.values(text).find(({ origin }) => origin === 'official');
  return (text[language] ?? official ?? text['en'] ?? Object.values(text)[0])?.text ?? '';
}

/** Name of a country or region; the code where the browser knows no name. */
export function areaName(code: string, words: Words): string {
  if (code === '001') return words.texts.everywhere;
  const base = code.replace(/^group:/, '');
  try {
    return new Intl.DisplayNames(words.language, { type: 'region' }).of(base) ?? base;
  } catch {
    return base; // Parts of countries and groups have no name there.
  }
}

function languageName(tag: string, words: Words): string {
  return new Intl.DisplayNames(words.language, { type: 'language' }).of(tag) ?? tag;
}

/** What an entry says beside its channels, label by label: all that "all of this is right" is about. */
export function factLines(entry: OwnEntry, words: Words): [string, string][] {
  const { texts, word, language } = words;
  const list = (items: readonly string[] | undefined) => (items?.length ? items.join(', ') : texts.notStated);
  const { min, max } = entry.ages ?? {};
  return [
    [
      texts.names,
      Object.values(entry.names)
        .map(({ text }) => text)
        .join(' · '),
    ],
    [texts.kind, word('kind', entry.kind)],
    [texts.serves, list(entry.serves.map(({ area }) => areaName(area, words)))],
    [
      texts.accepts,
      list(
        Object.entries(entry.accepts).map(([need, { answer }]) => `${word('need', need)} (${word('answer', answer)})`),
      ),
    ],
    [texts.audience, list(entry.audience.map((code) => word('audience', code)))],
    [texts.ages, min === undefined && max === undefined ? texts.notStated : `${min ?? ''}–${max ?? ''}`],
    [
      texts.anonymity,
      [word('anonymity', entry.anonymity.level), textIn(entry.anonymity.conditions, language)]
        .filter(Boolean)
        .join(': '),
    ],
    [texts.confidentialityLimits, textIn(entry.confidentialityLimits, language) || texts.notStated],
    [texts.mustNot, list(entry.mustNot?.map((code) => word('mustNot', code)))],
    [texts.dataGoesTo, list(entry.dataGoesTo?.map((code) => areaName(code, words)))],
    [
      texts.afterReport,
      list(entry.afterReport?.steps?.map(({ actor, what }) => `${actor}: ${textIn(what, language)}`)),
    ],
    [texts.memberships, list(entry.memberships.map(({ network, status }) => `${network.toUpperCase()} (${status})`))],
    [texts.operational, word('operationalStatus', entry.operational.status)],
  ];
}

/** What a channel says beside its value. */
export function channelLines(channel: Channel, words: Words): [string, string][] {
  const { texts, word } = words;
  const lines: [string, string][] = [];
  if (channel.hours) lines.push([texts.hours, hoursLine(channel.hours, words)]);
  if (channel.languages?.length)
    lines.push([texts.languages, channel.languages.map(({ tag }) => languageName(tag, words)).join(', ')]);
  if (channel.cost) lines.push([texts.cost, word('cost', channel.cost.level)]);
  const { reach } = channel;
  if (reach?.worldwide) lines.push([texts.from, texts.everywhere]);
  else if (reach?.dialableFrom?.length)
    lines.push([texts.from, reach.dialableFrom.map((code) => areaName(code, words)).join(', ')]);
  if (channel.anonymity) lines.push([texts.anonymity, word('anonymity', channel.anonymity)]);
  return lines;
}

const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const MONDAY = Date.UTC(2024, 0, 1);

function hoursLine({ kind, weekly, tz }: NonNullable<Channel['hours']>, { word, language }: Words): string {
  if (kind !== 'weekly') return word('hours', kind);
  const name = (day: string) =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
      MONDAY + DAYS.indexOf(day) * 86_400_000,
    );
  const rows = (weekly ?? []).map(({ days, from, to }) => `${days.map(name).join(', ')} ${from}–${to}`);
  return [rows.join('; '), tz].filter(Boolean).join(' · ');
}
