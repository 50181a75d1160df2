import { formatHours, Hours, isCountry } from '@waymark/domain';
import { given, isTree, textOf, treesOf, type Tree } from '../tree.ts';
import { areasOf } from './areas.ts';
import { attributesOf, membershipsOf, textUnd } from './attributes.ts';
import { waysOf } from './channels.ts';
import { hoursOf, type ScheduledHours } from './hours.ts';
import { languageKey, languagesOf } from './languages.ts';

const STATUS: Record<string, string> = {
  active: 'operating',
  defunct: 'closed',
  'temporarily closed': 'temporarily-closed',
};

/**
 * A service of HSDS as the part of an entry that it says (DOMAIN §1.4, the other way round). What has no place in our schema
 * stands in the internal notes. What HSDS does not say is absent; ids of channels are given anew.
 */
export function toEntryDoc(service: Tree): Tree {
  const { serves, others: areas } = areasOf(service);
  const [country, ...more] = serves.map(({ area }) => String(area)).filter(isCountry);
  const ways = waysOf(service, more.length === 0 ? country : undefined);
  const countries = [...new Set([country, ...more, ...ways.channels.flatMap(countriesOf)])].filter(
    (c) => c !== undefined,
  );
  const hours = placeHours(ways.channels, hoursOf(service, countries));
  const languages = placeLanguages(ways.channels, languagesOf(service));
  const organization = isTree(service['organization']) ? service['organization'] : {};
  const [kind] = attributesOf(service, 'kind');
  const [anonymity] = attributesOf(service, 'anonymity');
  const accepts = attributesOf(service, 'accepts').map(
    ({ code, value }) => [code, { answer: value ?? 'yes' }] as const,
  );
  const program = isTree(service['program']) ? textOf(service['program'], 'name') : undefined;
  const alternateName = textOf(service, 'alternate_name');
  const notes = [...ways.others, ...areas.map((name) => `Service area: ${name}`), ...hours, ...languages].join('\n');
  return {
    ...given('id', textOf(service, 'id')),
    ...given('kind', kind?.code),
    ...given('names', textUnd(textOf(service, 'name'))),
    ...given('otherNames', alternateName === undefined ? [] : [{ id: 'other', name: alternateName }]),
    ...given('summary', textUnd(textOf(service, 'description'))),
    ...given('howTo', textUnd(ways.howTo === '' ? undefined : ways.howTo)),
    ...given('organisation', textOf(organization, 'id') ?? textOf(service, 'organization_id')),
    ...given('programme', program),
    ...given('serves', serves),
    ...(accepts.length > 0 ? { accepts: Object.fromEntries(accepts) } : {}),
    ...given(
      'audience',
      attributesOf(service, 'audience').map(({ code }) => code),
    ),
    ...given('ages', agesOf(service)),
    ...(anonymity === undefined
      ? {}
      : { anonymity: { level: anonymity.code, ...given('conditions', textUnd(anonymity.value)) } }),
    ...given('channels', withIds(ways.channels)),
    ...given('memberships', membershipsOf(service)),
    ...given('operational', operationalOf(service)),
    ...given('notesInternal', notes),
  };
}

/** Members that hold something and have no place here: people to talk to, fees, what a service demands. */
export function unmapped(service: Tree): string[] {
  return [
    'contacts',
    'cost_options',
    'required_documents',
    'eligibility_description',
    'fees_description',
    'funding',
    'accreditations',
    'licenses',
    'capacities',
  ].filter((name) => textOf(service, name) !== undefined || treesOf(service, name).length > 0);
}

function agesOf(service: Tree): Tree | undefined {
  const [min, max] = [service['minimum_age'], service['maximum_age']].map((age) =>
    age === undefined || age === null || age === '' || !Number.isInteger(Number(age)) ? undefined : Number(age),
  );
  return min === undefined && max === undefined ? undefined : { ...given('min', min), ...given('max', max) };
}

/** `inactive` is said of what is planned and of what nobody knows: it says nothing here. */
function operationalOf(service: Tree): Tree | undefined {
  const status = STATUS[textOf(service, 'status') ?? ''];
  const notice = textUnd(textOf(service, 'alert'));
  return status === undefined && notice === undefined
    ? undefined
    : { ...given('status', status), ...given('notice', notice) };
}

function countriesOf({ reach, value }: Tree): string[] {
  const from = isTree(reach) && Array.isArray(reach['dialableFrom']) ? reach['dialableFrom'].map(String) : [];
  const country = isTree(value) ? textOf(value, 'country') : undefined;
  return [...from, ...(country === undefined ? [] : [country])].filter(isCountry);
}

/** Hours to the channel they name, or to the only one there is. @returns what is for none of them, as text */
function placeHours(channels: Tree[], scheduled: readonly ScheduledHours[]): string[] {
  return scheduled.flatMap(({ type, id, hours }) => {
    const open = channels.filter(
      (channel) => (type === undefined || channel['type'] === type) && channel['hours'] === undefined,
    );
    const [channel] = open;
    if (channel === undefined || (type === undefined && open.length > 1)) return [`Hours: ${hoursText(hours)}`];
    channel['hours'] = hours;
    if (id !== undefined) channel['id'] = id;
    return [];
  });
}

function hoursText(hours: Tree): string {
  const { data } = Hours.safeParse(hours);
  const zone = data?.tz === undefined ? '' : ` (${data.tz})`;
  return textOf(hours, 'sourceText') ?? (data === undefined ? JSON.stringify(hours) : `${formatHours(data)}${zone}`);
}

/**
 * Languages that no telephone has: HSDS says them of the whole service, so of every way that says none of its own. Where
 * telephones say theirs, one that says none has none. @returns what no way can have, as text
 */
function placeLanguages(channels: Tree[], languages: readonly Tree[]): string[] {
  const known = new Set(channels.flatMap((channel) => ((channel['languages'] ?? []) as Tree[]).map(languageKey)));
  const left = languages.filter((language) => !known.has(languageKey(language)));
  if (left.length === 0) return [];
  const isOpen = ({ value, languages: own }: Tree) =>
    own === undefined && (known.size === 0 || !isTree(value) || !('number' in value));
  const open = channels.filter(isOpen);
  for (const channel of open) channel['languages'] = left;
  return open.length > 0 ? [] : [`Languages: ${left.map(({ tag }) => String(tag)).join(', ')}`];
}

function withIds(channels: readonly Tree[]): Tree[] {
  const used = new Set(channels.map((channel) => textOf(channel, 'id')));
  return channels.map((channel) => {
    if (channel['id'] !== undefined) return channel;
    const type = String(channel['type']);
    let [id, n] = [type, 1];
    while (used.has(id)) id = `${type}-${(n += 1)}`;
    used.add(id);
    return { id, ...channel };
  });
}
