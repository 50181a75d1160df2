import { fieldOf, isCountry, languageName, patternOf } from '@waymark/domain';
import { factAt } from './path.ts';
import { areaText } from './areaText.ts';
import { needName, networkName, type Words } from './words.ts';

// Key of a field's name below `fields.`: the pattern /channels/*/label/* becomes channels_label.
export function fieldKey(path: string): string {
  return patternKey(fieldOf(path).pattern);
}

export function patternKey(pattern: string): string {
  return pattern
    .split('/')
    .filter((part) => part !== '' && part !== '*')
    .join('_');
}

const NEED_LISTS = new Set(['/accepts/*', '/coverage/*', '/channels/*/anonymityFor/*']);
const TEXTS = new Set(
  ['names', 'description', 'summary', 'howTo', 'whatToHave', 'confidentialityLimits'].map((name) => `/${name}/*`),
);

/**
 * What a person calls the place a path names: `Contact · Phone “tel”`, `Name (German)`, `Serves Germany`.
 * @param docs documents to look up what an id stands for; the first that knows it wins
 */
export function fieldLabel(path: string, words: Words, docs: readonly unknown[] = []): string {
  const { t, locale } = words;
  const { pattern, label } = fieldOf(path);
  const name = t(`fields.${patternKey(pattern)}`, { _: label });
  const parts = path.split('/').slice(1);
  const [first = '', second] = parts;
  if (second === undefined) return name;
  if (first === 'channels') {
    const type = docs.map((doc) => factAt(doc, `/channels/${second}/type`)).find((found) => typeof found === 'string');
    const channel = type === undefined ? second : t(`vocabulary.channelType.${type}`);
    const detail = NEED_LISTS.has(pattern) && parts[3] !== undefined ? `: ${needName(parts[3], t)}` : '';
    return pattern === '/channels/*' ? channel : `${channel} · ${name}${detail}`;
  }
  if (NEED_LISTS.has(pattern)) return `${name}: ${needName(second, t)}`;
  if (first === 'serves') return `${name}: ${areaText(second, words)}`;
  if (first === 'memberships') return `${name}: ${networkName(second)}`;
  if (first === 'domains') return `${name}: ${second}`;
  if (TEXTS.has(pattern) && patternOf(path) === pattern) return `${name} (${languageName(second, locale)})`;
  if (first === 'evidence') {
    const title = docs
      .map((doc) => factAt(doc, `/evidence/${second}/title`))
      .find((found) => typeof found === 'string');
    return typeof title === 'string' ? `${name}: ${title}` : name;
  }
  return name;
}

/** What a value of a facet is called. */
export function facetName(facet: string, value: string, words: Words): string {
  const { t, locale } = words;
  switch (facet) {
    case 'country':
      return value === '001' || value.includes(':') || isCountry(value) ? areaText(value, words) : value;
    case 'language':
      return languageName(value, locale);
    case 'network':
      return networkName(value);
    case 'state':
      return t(`vocabulary.recordState.${value}`, { _: value });
    default:
      return t(`vocabulary.kind.${value}`, { _: t(`vocabulary.organisationType.${value}`, { _: value }) });
  }
}
