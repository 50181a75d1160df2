import { z } from 'zod';
import { canonicalJson } from './hash.ts';
import { Channel, channelAddress } from './channel.ts';
import { CountryProfile } from './countryProfile.ts';
import { Entry } from './entry.ts';
import { Evidence } from './evidence.ts';
import { ContentHash, Instant } from './identity.ts';
import { Organisation } from './organisation.ts';
import type { DirectoryRecord, Documents, RecordType } from './record.ts';
import { confidenceAt } from './standing.ts';
import { hostOf } from './url.ts';
import { Confidence, MethodFamily, type Standing } from './verification.ts';
import { KINDS, OrganisationType } from './vocabulary.ts';

/** Version of the published form. The major part rises when an old reader would misread a file; the minor when fields are added. */
export const SCHEMA_VERSION = '1.2';

const published = {
  revision: z.int().positive().meta({ description: 'Rises with every approved change of the record' }),
  updatedAt: Instant,
  sources: z.array(Evidence).meta({ description: 'Where the facts can be seen; each names the paths it supports' }),
};

/** How well an entry or channel is verified, as it stood when the snapshot was made (DOMAIN §3.6). */
export const PublishedVerification = z
  .strictObject({
    confidence: Confidence,
    lastConfirmed: Instant.nullable().meta({ description: 'When a person last confirmed all of it; null: never' }),
    methods: z.array(MethodFamily).meta({ description: 'How' }),
    expiresAt: Instant.nullable().meta({
      description: 'Do not show it from then on, also offline; null: it has no end',
    }),
  })
  .meta({ id: 'PublishedVerification' });
export type PublishedVerification = z.infer<typeof PublishedVerification>;

/** What nobody ever confirmed. */
export const UNVERIFIED: PublishedVerification = {
  confidence: 'none',
  lastConfirmed: null,
  methods: [],
  expiresAt: null,
};

/** A standing as it is published at a moment. */
export function verificationAt(standing: Standing, now: string): PublishedVerification {
  const { lastConfirmedAt, families, expiresAt } = standing;
  return {
    confidence: confidenceAt(standing, now),
    lastConfirmed: lastConfirmedAt,
    methods: [...families].sort(),
    expiresAt,
  };
}

/** A channel as apps get it. */
export type PublishedChannel = Channel & { verification: PublishedVerification };

// Each shape of a channel with one more member. Their list is a tuple, which `map` forgets.
const channelShapes = Channel.options.map((shape) =>
  shape.extend({ verification: PublishedVerification }),
) as unknown as typeof Channel.options;
// Built from those shapes, it parses to what the type above says.
export const PublishedChannel = z
  .discriminatedUnion('type', channelShapes)
  .meta({ id: 'PublishedChannel', description: 'One way into an entry' }) as unknown as z.ZodType<PublishedChannel>;

/** Places that an entry may be kept from while it is in the snapshot (DOMAIN §3.3 `publishTo`). */
const Place = z.enum(['web', 'hsds', 'partners']);
export type Place = z.infer<typeof Place>;

/** An entry as apps get it: without what is for curators alone, and without its retired channels, which are tombstones. */
export const PublishedEntry = Entry.omit({ evidence: true, notesInternal: true, publishTo: true, retirement: true })
  .extend({
    type: z.literal('entry'),
    ...published,
    channels: z.array(PublishedChannel),
    verification: PublishedVerification,
    // Said in the record itself, so that a signer can make the other forms again from the records alone.
    leftOutOf: z
      .array(Place)
      .meta({ description: 'Where it is not shown, and must not be passed on to: web pages, HSDS, partners' })
      .optional(),
  })
  .meta({ id: 'PublishedEntry', description: 'One hotline, helpline, portal, tool or body' });
export type PublishedEntry = z.infer<typeof PublishedEntry>;

/** An organisation as apps get it. Its own `type` is `organisationType` here, since `type` tells records apart. */
export const PublishedOrganisation = Organisation.omit({
  type: true,
  evidence: true,
  notesInternal: true,
  contactsInternal: true,
  confirmationDomain: true,
  retirement: true,
})
  .extend({ type: z.literal('organisation'), organisationType: OrganisationType, ...published })
  .meta({ id: 'PublishedOrganisation', description: 'Who runs entries' });
export type PublishedOrganisation = z.infer<typeof PublishedOrganisation>;

export const PublishedCountryProfile = CountryProfile.omit({ evidence: true, notesInternal: true })
  .extend({ type: z.literal('country'), ...published })
  .meta({ id: 'PublishedCountryProfile', description: 'What is known about a country' });
export type PublishedCountryProfile = z.infer<typeof PublishedCountryProfile>;

/** One line of `directory.ndjson`. */
export const PublishedRecord = z
  .discriminatedUnion('type', [PublishedEntry, PublishedOrganisation, PublishedCountryProfile])
  .meta({ id: 'PublishedRecord' });
export type PublishedRecord = z.infer<typeof PublishedRecord>;

/** `directory.json`: the same records in one object, sorted by id. */
export const PublishedDirectory = z
  .strictObject({
    schema: z.string().meta({ description: 'Version of the published form, major.minor' }),
    records: z.array(PublishedRecord),
    contentDigest: ContentHash.meta({ description: 'SHA-256 of directory.ndjson, which holds the same records' }),
  })
  .meta({ id: 'PublishedDirectory' });
export type PublishedDirectory = z.infer<typeof PublishedDirectory>;

/** The keys each type publishes: a list of what may leave, so that a field nobody thought of stays inside. */
const OPEN_KEYS: Record<RecordType, readonly string[]> = {
  entry: Object.keys(PublishedEntry.shape),
  organisation: Object.keys(PublishedOrganisation.shape),
  country: Object.keys(PublishedCountryProfile.shape),
};

type Tree = Record<string, unknown>;

/** Whether a record may be in a snapshot at all: a curator can withhold an entry (DOMAIN §3.3 `publishTo`). */
export function isWithheld(record: Pick<DirectoryRecord, 'type' | 'doc'>): boolean {
  return record.type === 'entry' && (record.doc as Entry).publishTo?.snapshot === false;
}

/** Whether an entry that is in the snapshot is kept out of a form of it. */
export function isLeftOutOf({ leftOutOf = [] }: Pick<PublishedEntry, 'leftOutOf'>, place: Place): boolean {
  return leftOutOf.includes(place);
}

/** What is published of an entry's verification, and which of its channels stay inside. */
export type Verified = {
  entry: PublishedVerification;
  /** By channel id. */
  channels: Readonly<Record<string, PublishedVerification>>;
  withheld: ReadonlySet<string>;
};

const NEVER_VERIFIED: Verified = { entry: UNVERIFIED, channels: {}, withheld: new Set() };

/**
 * The public form of an active record. Members that leave as they are, are the document's own objects, so that their
 * canonical text need not be made twice.
 * @param verified for an entry; without it nobody ever confirmed it
 */
export function toPublished(
  { type, doc, revision, updatedAt }: DirectoryRecord,
  verified: Verified = NEVER_VERIFIED,
): PublishedRecord {
  const whole = doc as Tree;
  const open: Tree = {};
  for (const key of OPEN_KEYS[type]) if (whole[key] !== undefined) open[key] = whole[key];
  if (type === 'organisation') open['organisationType'] = (doc as Organisation).type;
  if (type === 'entry') {
    open['channels'] = openChannels(doc as Entry, verified);
    open['verification'] = verified.entry;
    const leftOutOf = Place.options.filter((place) => (doc as Entry).publishTo?.[place] === false);
    if (leftOutOf.length > 0) open['leftOutOf'] = leftOutOf;
  }
  Object.assign(open, { type, revision, updatedAt, sources: openSources(doc) });
  // The keys are the schema's own, and the document was parsed before it was approved.
  return withoutUnreviewed(open, doc) as PublishedRecord;
}

/** Channels people may use: none that is retired or withheld, and none that points to one of those. */
function openChannels({ channels }: Entry, { channels: known, withheld }: Verified): PublishedChannel[] {
  const open = channels.filter(({ id, retired }) => !retired && !withheld.has(id));
  const ids = new Set(open.map(({ id }) => id));
  return open.map((channel) => {
    const { alternativeFromAbroad, ...reach } = channel.reach ?? {};
    const isLost = alternativeFromAbroad !== undefined && !ids.has(alternativeFromAbroad);
    return { ...channel, ...(isLost ? { reach } : {}), verification: known[channel.id] ?? UNVERIFIED };
  });
}

/** A published record as the document it came from, so that two of them can be compared by the names of fields. */
export function toDocument(record: PublishedRecord): Documents[RecordType] {
  const { type, revision: _revision, updatedAt: _updatedAt, sources, ...rest } = record;
  const doc: Tree = { ...rest, evidence: sources };
  if (type === 'entry') {
    delete doc['verification'];
    delete doc['leftOutOf'];
    if (record.leftOutOf) doc['publishTo'] = Object.fromEntries(record.leftOutOf.map((place) => [place, false]));
    doc['channels'] = record.channels.map(({ verification: _verification, ...channel }) => channel);
  }
  if (type === 'organisation') {
    doc['type'] = doc['organisationType'];
    delete doc['organisationType'];
  }
  return doc as Documents[RecordType]; // The inverse of `toPublished`, minus what was never public.
}

/** Public evidence, but for what would advertise an address that was retired as unsafe. */
function openSources(doc: DirectoryRecord['doc']): Evidence[] {
  const unsafe = unsafeAddresses(doc);
  return only(doc.evidence, (evidence) => evidence.sensitivity === 'public' && !mentions(evidence, unsafe));
}

function only<T>(list: T[], keep: (item: T) => boolean): T[] {
  return list.every(keep) ? list : list.filter(keep);
}

function unsafeAddresses(doc: DirectoryRecord['doc']): string[] {
  const channels: Channel[] = 'channels' in doc ? doc.channels : [];
  return channels
    .filter((channel) => channel.retired?.reason === 'unsafe')
    .map((channel) =>
      'number' in channel.value
        ? channel.value.number.digits
        : (hostOf(channelAddress(channel)) ?? channelAddress(channel)),
    );
}

function mentions(evidence: Evidence, addresses: readonly string[]): boolean {
  if (addresses.length === 0) return false;
  const text = canonicalJson(evidence).toLowerCase();
  return addresses.some((address) => text.includes(address.toLowerCase()));
}

/** Machine text that nobody reviewed does not leave for kinds where a wrong word does harm (DOMAIN §3.4). */
function withoutUnreviewed(open: Tree, doc: DirectoryRecord['doc']): Tree {
  const risk = 'kind' in doc ? KINDS[doc.kind].risk : undefined;
  if ((risk !== 'A' && risk !== 'G') || !holdsUnreviewed(open)) return open;
  const { names, ...rest } = open;
  const left = dropUnreviewed(names) as Tree;
  // A record without any name could not be shown at all.
  return { ...(dropUnreviewed(rest) as Tree), names: Object.keys(left).length > 0 ? left : names };
}

function dropUnreviewed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropUnreviewed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isUnreviewed(member))
      .map(([key, member]) => [key, dropUnreviewed(member)]),
  );
}

function holdsUnreviewed(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return isUnreviewed(value) || Object.values(value).some(holdsUnreviewed);
}

function isUnreviewed(value: unknown): boolean {
  const translation = value as { origin?: unknown; reviewedAt?: unknown } | null;
  return typeof value === 'object' && translation?.origin === 'machine' && translation.reviewedAt === undefined;
}
