import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { channelAddress, type Channel } from './channel.ts';
import { Country } from './country.ts';
import type { Entry } from './entry.ts';
import { CalendarDate, ContentHash, Id, Instant, LocalId, Slug } from './identity.ts';
import { LocalText } from './localText.ts';
import type { Organisation } from './organisation.ts';
import { phoneKey } from './phoneValue.ts';
import type { DirectoryRecord } from './record.ts';
import { Retirement } from './retirement.ts';
import { ChannelType, RetireReason } from './vocabulary.ts';

/**
 * An address or number that no longer leads where it led. Published so that apps can purge and block it; of an unsafe
 * one only the hash, so that we do not advertise a squatted domain (DOMAIN §3.7).
 */
export const DeadValue = z
  .strictObject({
    type: ChannelType,
    value: z
      .string()
      .optional()
      .meta({ description: 'Normalised: +49… for a number, country:digits for a short one, else the address' }),
    sha256: ContentHash.optional().meta({
      description: 'SHA-256 of the normalised value in UTF-8, instead of it, when it is unsafe',
    }),
    country: Country.optional(),
  })
  .meta({ id: 'DeadValue' });
export type DeadValue = z.infer<typeof DeadValue>;

const left = {
  reason: RetireReason,
  overlapUntil: CalendarDate.optional().meta({ description: 'Still works until then' }),
  deadValues: z.array(DeadValue),
};

/** What stays of a retired record or channel, for ever: ids and slugs are never reused (DOMAIN §3.7). */
export const Tombstone = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.enum(['entry', 'organisation']),
      id: Id,
      slugs: z.array(Slug),
      names: LocalText,
      retiredAt: Instant,
      effectiveFrom: CalendarDate.optional(),
      successors: z.array(Id),
      redirect: Retirement.shape.redirect,
      publicNote: LocalText.optional(),
      ...left,
    }),
    z.strictObject({
      type: z.literal('channel'),
      id: Id.meta({ description: 'The entry it was a channel of' }),
      channel: LocalId,
      retiredAt: CalendarDate,
      successorChannel: LocalId.optional(),
      ...left,
    }),
  ])
  .meta({ id: 'Tombstone', description: 'What stays of a retired record or channel' });
export type Tombstone = z.infer<typeof Tombstone>;

/** What a retired address is known by: two writings of one number or address are one value. */
export function normalisedValue(channel: Channel): string {
  switch (channel.type) {
    case 'phone':
    case 'sms':
    case 'textphone':
    case 'relay':
      return phoneKey(channel.value.number);
    case 'email':
      return channel.value.address.toLowerCase();
    case 'messaging':
      return `${channel.value.service}:${channel.value.handle}`.toLowerCase();
    default:
      return channelAddress(channel);
  }
}

/** The addresses under which people reach an active or suspended record: none of them is dead, whoever else retired it. */
export function livingValues({ type, doc }: Pick<DirectoryRecord, 'type' | 'doc'>): string[] {
  if (type === 'organisation') return [(doc as Organisation).website ?? []].flat();
  if (type === 'country') return [];
  return (doc as Entry).channels.filter((channel) => !channel.retired).map(normalisedValue);
}

/** A dead value before it is known whether somebody else still answers it. */
type Ending = { type: ChannelType; value: string; unsafe: boolean; country?: Country };

/** A tombstone whose dead values are not decided yet: see `sealTombstone`. */
export type OpenTombstone = { stone: Tombstone; endings: Ending[] };

/** The tombstones a record leaves: its own when it is retired, and one for each channel retired in it. */
export function tombstonesOf(record: DirectoryRecord): OpenTombstone[] {
  const { type, doc, state } = record;
  if (type === 'country') return [];
  const named = doc as Entry | Organisation;
  const retirement = state === 'retired' ? named.retirement : undefined;
  const channels = type === 'entry' ? (doc as Entry).channels : [];
  // A domain or number taken over is unsafe as a whole: its older addresses are not advertised either.
  const unsafe = retirement?.reason === 'unsafe';
  return [
    ...(state === 'retired' ? [recordTombstone(record, named, retirement)] : []),
    ...channels.flatMap((channel) =>
      channel.retired ? [channelTombstone(record.id, channel, channel.retired, unsafe)] : [],
    ),
  ];
}

/**
 * Decides the dead values of a tombstone: what somebody still answers is not dead (after a merge the winner keeps the
 * number), and an unsafe value leaves as its hash.
 */
export function sealTombstone({ stone, endings }: OpenTombstone, living: ReadonlySet<string>): Tombstone {
  const dead = endings.filter(({ value }) => !living.has(value));
  return {
    ...stone,
    deadValues: dead.map(({ type, value, unsafe, country }) => ({
      type,
      ...(unsafe ? { sha256: hashOfValue(value) } : { value }),
      ...given('country', country),
    })),
  };
}

/** How an unsafe value is published: a reader hashes what it holds and compares. */
export function hashOfValue(value: string): string {
  return bytesToHex(sha256(utf8ToBytes(value)));
}

function recordTombstone(
  record: DirectoryRecord,
  doc: Entry | Organisation,
  retirement: Retirement | undefined,
): OpenTombstone {
  const unsafe = retirement?.reason === 'unsafe';
  const website: Ending[] =
    'website' in doc && doc.website !== undefined ? [{ type: 'url', value: doc.website, unsafe }] : [];
  const channels = 'channels' in doc ? doc.channels.filter((channel) => !channel.retired) : [];
  return {
    stone: {
      type: record.type === 'entry' ? 'entry' : 'organisation',
      id: record.id,
      slugs: [...new Set([doc.slug, ...(doc.slugHistory ?? [])])].sort(),
      names: doc.names,
      retiredAt: record.updatedAt,
      // A record cannot be retired without a reason; the fallback says what is certain.
      reason: retirement?.reason ?? 'closed',
      successors: [...(retirement?.successors ?? [])].sort(),
      redirect: retirement?.redirect ?? 'none',
      ...given('effectiveFrom', retirement?.effectiveFrom),
      ...given('overlapUntil', retirement?.overlapUntil),
      ...given('publicNote', retirement?.publicNote),
      deadValues: [],
    },
    endings: [...website, ...channels.map((channel) => endingOf(channel, unsafe))],
  };
}

function channelTombstone(
  id: string,
  channel: Channel,
  retired: NonNullable<Channel['retired']>,
  unsafe: boolean,
): OpenTombstone {
  return {
    stone: {
      type: 'channel',
      id,
      channel: channel.id,
      retiredAt: retired.at,
      reason: retired.reason,
      ...given('overlapUntil', retired.overlapUntil),
      ...given('successorChannel', retired.successorChannel),
      deadValues: [],
    },
    endings: [endingOf(channel, unsafe || retired.reason === 'unsafe')],
  };
}

function endingOf(channel: Channel, unsafe: boolean): Ending {
  const country = 'number' in channel.value ? channel.value.number.country : undefined;
  return { type: channel.type, value: normalisedValue(channel), unsafe, ...given('country', country) };
}

// An absent member, not an undefined one: canonical JSON and exact schemas tell them apart.
function given<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V }); // One member, of that key.
}
