import { formatHours, parseHours, type Channel, type Hours } from '@waymark/domain';
import { isTree, type Tree } from '../read/tree.ts';
import { fromItem, toItem } from './notation.ts';

/** The parts of a value that are its address, by type of channel; the rest of the value stands behind it. */
const ADDRESS: Readonly<Record<string, string>> = {
  url: 'href',
  chat: 'href',
  'video-relay': 'href',
  app: 'href',
  onion: 'href',
  email: 'address',
  messaging: 'handle',
};

/**
 * One channel in one cell: `tel phone +4930123456; languages[]=de, en; hours=Mo-Fr 09:00-17:00; tz=Europe/Berlin`. First its id, its
 * type and its address. A number that is dialled in one country says so: `tel phone 116111 short DE`.
 */
export function toChannelCell(channel: Channel): string {
  const { id, type, value, hours, ...rest } = channel;
  const { address, others } = addressOf(type, value);
  return toItem([id, type, address].filter(Boolean).join(' '), {
    ...(Object.keys(others).length > 0 ? { value: others } : {}),
    ...rest,
    ...hoursParts(hours),
  });
}

/** The inverse of `toChannelCell`, not yet checked, or a sentence that says what cannot be read. */
export function fromChannelCell(cell: string): { value: Tree } | { fix: string } {
  const item = fromItem(cell);
  if ('fix' in item) return item;
  const [, id, type, address = ''] = /^(\S+) (\S+)(?: (.+))?$/s.exec(item.head) ?? [];
  if (id === undefined || type === undefined)
    return { fix: 'Begin with the id, the type and the address: tel phone +4930123456.' };
  const { value, hours, tz, ...rest } = item.parts;
  const said = valueOf(type, address);
  if (said === undefined)
    return { fix: `Write the number "${address}" as +4930123456, or with its kind and country: 116111 short DE.` };
  const known = typeof hours === 'string' ? parseHours(hours, typeof tz === 'string' ? tz : 'UTC') : hours;
  if (known === null) return { fix: `Write the hours "${String(hours)}" as Mo-Fr 09:00-17:00, with tz= behind them.` };
  return {
    value: {
      id,
      type,
      value: merged(said, isTree(value) ? value : {}),
      ...rest,
      ...(known === undefined ? {} : { hours: known }),
    },
  };
}

function addressOf(type: string, value: Tree): { address: string; others: Tree } {
  const { number } = value;
  if (isTree(number)) {
    const { kind, digits, country, ...others } = number;
    const address = kind === 'e164' ? `+${String(digits)}` : `${String(digits)} ${String(kind)}`;
    const more = { ...omit(value, 'number'), ...(Object.keys(others).length > 0 ? { number: others } : {}) };
    return { address: [address, country].filter(Boolean).join(' '), others: more };
  }
  const key = ADDRESS[type];
  const address = key === undefined ? undefined : value[key];
  // Spaces and semicolons belong to an address only where it is the last.
  return key === undefined || typeof address !== 'string' || address.trim() !== address
    ? { address: '', others: value }
    : { address, others: omit(value, key) };
}

function valueOf(type: string, address: string): Tree | undefined {
  const [, plus, digits, kind, country] = /^(\+?)(\d+)(?: (short|national))?(?: ([A-Z]{2}))?$/.exec(address) ?? [];
  if (['phone', 'sms', 'textphone', 'relay'].includes(type)) {
    if (digits === undefined || (plus === '+') === (kind !== undefined)) return undefined;
    return { number: { kind: kind ?? 'e164', digits, ...(country === undefined ? {} : { country }) } };
  }
  const key = ADDRESS[type];
  return key === undefined || address === '' ? {} : { [key]: address };
}

/** The shorthand people type, where it says all there is. */
function hoursParts(hours: Hours | undefined): Tree {
  if (hours === undefined) return {};
  const text = formatHours(hours);
  const read = parseHours(text, hours.tz ?? 'UTC');
  return read !== null && isSame(read, hours)
    ? { hours: text, ...(hours.tz === undefined ? {} : { tz: hours.tz }) }
    : { hours };
}

function merged(base: Tree, more: Tree): Tree {
  const members = Object.entries(more).map(([key, member]) => {
    const inner = base[key];
    return [key, isTree(inner) && isTree(member) ? merged(inner, member) : member] as const;
  });
  return { ...base, ...Object.fromEntries(members) };
}

function omit(tree: Tree, key: string): Tree {
  const { [key]: _, ...rest } = tree;
  return rest;
}

function isSame(a: unknown, b: unknown): boolean {
  if (isTree(a) && isTree(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => isSame(a[key], b[key]));
  }
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
}
