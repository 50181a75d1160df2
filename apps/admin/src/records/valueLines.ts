import {
  countryName,
  fieldOf,
  formatPhone,
  languageName,
  type Hours,
  type Json,
  type PhoneNumber,
} from '@waymark/domain';
import { formatWhen } from '../common/When.tsx';
import { fieldLabel } from './fieldLabel.ts';
import { areaText } from './areaText.ts';
import { needName, networkName, type Words } from './words.ts';
import { hoursText } from './hoursText.ts';
import { LEAVES } from './leaves.ts';
import type { References } from '../contract.ts';

/** One line of a value as people read it. `lang` when the text is in a language of its own, `code` when letters and digits count. */
export type Line = { label?: string; text: string; lang?: string; code?: true };

export type LineContext = Words & { references: References };

/** A value at a fact path as labelled lines. Nothing is left out but inner ids: what a reviewer approves must be on the screen. */
export function valueLines(path: string, value: unknown, context: LineContext): Line[] {
  const { pattern } = fieldOf(path);
  // Below a unit the path names members; positions of lists play no part in what a code means.
  const rest = path.split('/').slice(pattern.split('/').length);
  const at = [pattern, ...rest.filter((part) => !/^\d+$/.test(part))].join('/');
  const lines: Line[] = [];
  walk(value as Json | undefined, at, undefined, path.split('/').at(-1) ?? '', lines, context);
  return lines;
}

function walk(
  value: Json | undefined,
  at: string,
  label: string | undefined,
  key: string,
  out: Line[],
  context: LineContext,
): void {
  const { t, locale } = context;
  const add = (line: Line) => out.push(label === undefined ? line : { label, ...line });
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) {
      const texts = value.map((item) => leafText(item as string | number | boolean, at, context));
      if (texts.length > 0) add({ text: listText(texts, locale), ...(LEAVES[at] === 'code' ? { code: true } : {}) });
      return;
    }
    if (at.endsWith('/languages')) {
      add({
        text: listText(
          value.map((item) => offeredLanguage(item, context)),
          locale,
        ),
      });
      return;
    }
    value.forEach((item, i) =>
      walk(item, at, label === undefined ? `${i + 1}.` : `${label} ${i + 1}`, key, out, context),
    );
    return;
  }
  if (typeof value !== 'object') {
    add({ text: leafText(value, at, context), ...(LEAVES[at] === 'code' ? { code: true } : {}) });
    return;
  }
  if ('digits' in value && 'kind' in value) {
    // Only numbers have both.
    phoneLines(value as unknown as PhoneNumber, context, out, label);
    return;
  }
  if (at === '/channels/*/hours') {
    // A draft may hold hours that are not whole yet; what is there is shown.
    hoursLines(value as unknown as Hours, context, out, label);
    return;
  }
  if (typeof value['text'] === 'string' && isTranslation(value)) {
    add({ text: value['text'], lang: key });
    if (value['origin'] === 'machine') out.push({ text: t('records.machineTranslated') });
    return;
  }
  const members = Object.entries(value);
  if (members.length > 0 && members.every(([, member]) => isTranslation(member))) {
    for (const [tag, member] of members) {
      const text = (member as { text: string }).text;
      out.push({ label: [label, languageName(tag, locale)].filter(Boolean).join(' · '), text, lang: tag });
    }
    return;
  }
  for (const [name, member] of at === '/channels/*' ? inOrder(members) : members) {
    if (name === 'id' || SAID_BY_LABEL.has(`${at}/${name}`)) continue;
    walk(member, memberPattern(at, name), partLabel(name, at, label, context), name, out, context);
  }
}

/** Members that the label of the whole says already: `Serves Germany`, `Phone`. */
const SAID_BY_LABEL = new Set(['/serves/*/area', '/memberships/*/network', '/coverage/*/need', '/channels/*/type']);
/** Members that are the value itself, beside remarks on it. */
const THE_VALUE = ['level', 'answer', 'status', 'host'];
/** What people dial or open. */
const THE_CONTACT = ['number', 'href', 'address', 'handle'];
const CHANNEL_ORDER = ['type', 'value', 'label', 'hours', 'languages', 'cost', 'reach'];

function inOrder(members: [string, Json][]): [string, Json][] {
  const rank = (name: string) => (CHANNEL_ORDER.includes(name) ? CHANNEL_ORDER.indexOf(name) : CHANNEL_ORDER.length);
  return [...members].sort(([a], [b]) => rank(a) - rank(b));
}

function isTranslation(value: Json | undefined): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    typeof value['text'] === 'string' &&
    !('id' in value) &&
    !('topic' in value)
  );
}

function memberPattern(at: string, name: string): string {
  return at.endsWith('/anonymityFor') ? `${at}/*` : `${at}/${name}`;
}

function partLabel(name: string, at: string, label: string | undefined, { t }: Words): string | undefined {
  if (name === 'value' && at === '/channels/*') return undefined;
  if (THE_VALUE.includes(name) || (at === '/channels/*/value' && THE_CONTACT.includes(name))) return label;
  if (at.endsWith('/anonymityFor')) return needName(name, t);
  const own = t(`fields.part.${name}`, { _: name });
  // A numbered item keeps its number, so that the parts of two steps stay apart.
  return label !== undefined && /\d$|\d\.$/.test(label) ? `${label} ${own}` : own;
}

function phoneLines(phone: PhoneNumber, { t, locale }: LineContext, out: Line[], label: string | undefined): void {
  out.push({ ...(label === undefined ? {} : { label }), text: formatPhone(phone), code: true });
  const country = phone.country === undefined ? '' : `, ${countryName(phone.country, locale)}`;
  out.push({ label: t('fields.part.kind'), text: `${t(`vocabulary.phoneKind.${phone.kind}`)}${country}` });
  if (phone.letters !== undefined) out.push({ label: t('fields.part.letters'), text: phone.letters, code: true });
  if (phone.source !== undefined) out.push({ label: t('fields.part.source'), text: phone.source, code: true });
}

function hoursLines(hours: Hours, context: LineContext, out: Line[], label: string | undefined): void {
  const { t, locale } = context;
  out.push({ ...(label === undefined ? {} : { label }), text: hoursText(hours, context) });
  if (hours.tz !== undefined) out.push({ label: t('fields.part.tz'), text: hours.tz, code: true });
  if (hours.holidays !== undefined)
    out.push({ label: t('fields.part.holidays'), text: t(`vocabulary.holidays.${hours.holidays}`) });
  for (const { from, to, closed, intervals, note } of hours.exceptions ?? []) {
    const times = closed ? t('vocabulary.hours.closed') : (intervals ?? []).map((i) => `${i.from}–${i.to}`).join(', ');
    const days =
      from === to
        ? formatWhen(from, 'date', locale)
        : `${formatWhen(from, 'date', locale)} – ${formatWhen(to, 'date', locale)}`;
    out.push({ label: days, text: note === undefined ? times : `${times} (${note})` });
  }
  if (hours.sourceText !== undefined) out.push({ label: t('fields.part.sourceText'), text: hours.sourceText });
}

function offeredLanguage(value: Json, context: LineContext): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return '';
  const detail = ['mode', 'via', 'note']
    .map((name) => value[name])
    .filter((part) => typeof part === 'string')
    .map((part, i) =>
      i < 2
        ? context.t(
            `vocabulary.${part === 'staff' || part === 'interpreter' ? 'languageVia' : 'languageMode'}.${part}`,
            { _: part },
          )
        : part,
    );
  const name = typeof value['tag'] === 'string' ? languageName(value['tag'], context.locale) : '';
  return detail.length > 0 ? `${name} (${detail.join(', ')})` : name;
}

function leafText(value: string | number | boolean, at: string, { t, locale, references }: LineContext): string {
  if (typeof value === 'boolean') return t(value ? 'vocabulary.yesNo.yes' : 'vocabulary.yesNo.no');
  if (typeof value === 'number') return String(value);
  const leaf = LEAVES[at];
  if (leaf === undefined || leaf === 'code') return value;
  if (typeof leaf === 'object') return codeText(leaf.words, value, { t, locale });
  switch (leaf) {
    case 'country':
      return countryName(value, locale);
    case 'area':
      return areaText(value, { t, locale });
    case 'language':
      return languageName(value, locale);
    case 'need':
      return needName(value, t);
    case 'network':
      return networkName(value);
    case 'record':
      return references[value]?.name ?? value;
    case 'date':
      return formatWhen(value, 'date', locale);
    case 'path':
      return fieldLabel(value, { t, locale });
  }
}

/** A code of a closed list in words. `otp:XX` names a country. */
export function codeText(list: string, code: string, { t, locale }: Words): string {
  if (list === 'requirement' && code.startsWith('otp:')) {
    return t('vocabulary.requirement.otp', { country: countryName(code.slice(4), locale) });
  }
  return t(`vocabulary.${list}.${code}`, { _: code });
}

export function listText(texts: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { style: 'short', type: 'unit' }).format(texts);
}
