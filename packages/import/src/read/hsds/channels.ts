import type { Country } from '@waymark/domain';
import { parsePhone } from '@waymark/domain/phone';
import { given, isTree, textOf, treesOf, type Tree } from '../tree.ts';
import { attributesOf, textUnd } from './attributes.ts';
import { languagesOf } from './languages.ts';

/** Types of HSDS telephones that are a channel of ours; a fax or a pager is none. */
const PHONE_TYPES: Record<string, string> = {
  voice: 'phone',
  cell: 'phone',
  text: 'sms',
  sms: 'sms',
  textphone: 'textphone',
};
/** Labels that our export gives to further addresses, which are types of channels. */
const URL_TYPES = ['url', 'chat', 'video-relay', 'onion', 'app', 'messaging', 'in-app'];
const SERVICES = ['whatsapp', 'signal', 'telegram', 'viber', 'line', 'kakao', 'messenger', 'other'];

export type Ways = {
  channels: Tree[];
  /** What of the text about access is no address. */ howTo: string;
  /** Ways we have no channel for. */ others: string[];
};

/** Every way into a service, without ids: HSDS has none that would lead back to ours. */
export function waysOf(service: Tree, country: string | undefined): Ways {
  const { told, howTo } = waysInText(textOf(service, 'application_process') ?? '');
  const phones = treesOf(service, 'phones');
  const email = textOf(service, 'email');
  const isPhone = (phone: Tree) => PHONE_TYPES[textOf(phone, 'type') ?? 'voice'] !== undefined;
  return {
    channels: [
      ...phones.filter(isPhone).map((phone) => toPhone(phone, country)),
      ...urlsOf(service, told),
      ...(email === undefined ? [] : [{ type: 'email', value: { address: email } }]),
      ...told,
      ...placesOf(service),
    ],
    howTo,
    others: phones
      .filter((phone) => !isPhone(phone))
      .map((phone) => `${textOf(phone, 'type')}: ${textOf(phone, 'number') ?? ''}`),
  };
}

/** Addresses of the service and of its messengers and apps: those belong to a way that stands in the text. */
function urlsOf(service: Tree, told: Tree[]): Tree[] {
  const first = textOf(service, 'url');
  const channels: Tree[] = first === undefined ? [] : [{ type: 'url', value: { href: first } }];
  const untold = [...told];
  for (const item of treesOf(service, 'additional_urls')) {
    const [href, label = ''] = [textOf(item, 'url'), textOf(item, 'label')];
    if (href === undefined) continue;
    const type = URL_TYPES.includes(label) ? label : 'url';
    const at = untold.findIndex((way) => way['type'] === type);
    const way = at < 0 ? undefined : untold.splice(at, 1)[0];
    const address = type === 'in-app' ? { helpUrl: href } : { href };
    if (way !== undefined) Object.assign(way['value'] as Tree, address);
    else
      channels.push({
        type,
        ...(type === label ? {} : given('label', textUnd(textOf(item, 'label')))),
        value: address,
      });
  }
  return channels;
}

/** Lines of our export for what HSDS has no field for; all others say how to get in touch. */
function waysInText(text: string): { told: Tree[]; howTo: string } {
  const [told, kept]: [Tree[], string[]] = [[], []];
  for (const line of text.split('\n')) {
    const [, name = '', rest = ''] = /^([^:]{1,80}): (.+)$/.exec(line) ?? [];
    if (SERVICES.includes(name)) told.push({ type: 'messaging', value: { service: name, handle: rest } });
    else if (name === 'E-mail') told.push({ type: 'email', value: { address: rest } });
    else if (name.startsWith('In '))
      told.push({
        type: 'in-app',
        value: { platform: name.slice(3), ...(rest === 'in the app' ? {} : { path: { und: { text: rest } } }) },
      });
    else kept.push(line);
  }
  return { told, howTo: kept.join('\n').trim() };
}

/** What our export says of a telephone in words: its label, and what HSDS has no field for. */
const DESCRIPTION =
  /^(?<label>.*?)(?:(?:^|\. )(?<relay>Relay service))?(?:(?:^|\. )Can be dialled from: (?<from>.*?))?(?:(?:^|\. )Extension (?<extension>\d+))?$/s;

function toPhone(phone: Tree, country: string | undefined): Tree {
  const { label, relay, from, extension } = DESCRIPTION.exec(textOf(phone, 'description') ?? '')?.groups ?? {};
  const dialableFrom = attributesOf(phone, 'dialable-from').map(({ code }) => code);
  const number = numberOf(phone, dialableFrom[0] ?? country);
  const figure = phone['extension'];
  const shown = typeof figure === 'number' || typeof figure === 'string' ? String(figure) : undefined;
  const reach = from === 'everywhere' ? { worldwide: true } : given('dialableFrom', dialableFrom);
  return {
    type: relay === undefined ? PHONE_TYPES[textOf(phone, 'type') ?? 'voice'] : 'relay',
    ...given('label', textUnd(label || undefined)),
    value: { number: { ...number, ...given('extension', extension ?? shown) } },
    ...given('languages', languagesOf(phone)),
    ...(Object.keys(reach).length > 0 ? { reach } : {}),
  };
}

/** As a document has it where the numbering plan is certain; otherwise as it stands there, for a person. */
function numberOf(phone: Tree, country: string | undefined): Tree {
  const written = textOf(phone, 'number') ?? '';
  const read = parsePhone(written, country === undefined ? {} : { country: country as Country });
  return read.ok ? { ...read.phone } : { source: written };
}

function placesOf(service: Tree): Tree[] {
  return treesOf(service, 'service_at_locations').flatMap((at) => {
    const location = isTree(at['location']) ? at['location'] : {};
    return treesOf(location, 'addresses').map((address) => {
      const type = textOf(address, 'address_type') ?? textOf(location, 'location_type');
      const lines = [textOf(address, 'address_1'), ...(textOf(address, 'address_2') ?? '').split(', ')];
      return {
        type: type === 'postal' ? 'postal' : 'in-person',
        ...given('label', textUnd(textOf(at, 'description'))),
        value: {
          lines: lines.filter((line) => line !== undefined && line !== ''),
          ...given('city', textOf(address, 'city')),
          ...given('region', textOf(address, 'region') ?? textOf(address, 'state_province')),
          ...given('postalCode', textOf(address, 'postal_code')),
          ...given('country', textOf(address, 'country')),
          ...given('access', textOf(location, 'description')),
        },
      };
    });
  });
}
