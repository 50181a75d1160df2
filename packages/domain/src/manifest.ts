import { z } from 'zod';
import { AuditProof } from './auditProof.ts';
import { ContentHash, Id, Instant, Slug } from './identity.ts';
import { RecordType } from './record.ts';

/** Version of the meaning of codes (kinds, needs, reasons …). Rises when a code is added; no code ever changes its meaning. */
export const VOCABULARY_VERSION = '1';

export const SnapshotKind = z
  .enum(['full', 'patch'])
  .meta({ id: 'SnapshotKind', description: 'patch: the snapshot before it, minus what was suspended since' });
export type SnapshotKind = z.infer<typeof SnapshotKind>;

/** `demo`: one key alone could sign this. `standard`: the root asks for two people at least. */
export const Assurance = z.enum(['demo', 'standard']).meta({ id: 'Assurance' });
export type Assurance = z.infer<typeof Assurance>;

export const SnapshotCounts = z
  .strictObject({
    entries: z.int().min(0),
    organisations: z.int().min(0),
    countries: z.int().min(0).meta({ description: 'Country profiles' }),
    channels: z.int().min(0),
    tombstones: z.int().min(0),
    countriesCovered: z
      .int()
      .min(0)
      .meta({ description: 'Countries that at least one entry names; the world is not counted' }),
    countriesNoneKnown: z
      .int()
      .min(0)
      .meta({ description: 'Countries where it was established that none is known for a need' }),
    withheld: z.int().min(0).meta({
      description:
        'Active entries kept out by their curators, or because they are not verified well enough: a count, never a list',
    }),
  })
  .meta({ id: 'SnapshotCounts' });
export type SnapshotCounts = z.infer<typeof SnapshotCounts>;

/** Ids. `added` is left out of the first snapshot, where everything is new. */
export const SnapshotChanges = z
  .strictObject({
    added: z.array(Id),
    changed: z.array(Id),
    retired: z.array(Id),
    suspended: z
      .array(Id)
      .meta({ description: 'Out of sight now, whenever that began: do not show them from an older copy' }),
    withdrawn: z.array(Id).meta({ description: 'No longer published, neither retired nor suspended' }),
  })
  .meta({ id: 'SnapshotChanges' });
export type SnapshotChanges = z.infer<typeof SnapshotChanges>;

/** What a delta leads from and to. Said beside its file, because the file itself is nothing but lines. */
export const SnapshotDelta = z
  .strictObject({
    fromSequence: z.int().positive(),
    fromContentDigest: ContentHash,
    toSequence: z.int().positive(),
    toContentDigest: ContentHash,
  })
  .meta({ id: 'SnapshotDelta', description: 'The content with the first digest becomes that with the second' });
export type SnapshotDelta = z.infer<typeof SnapshotDelta>;

export const SnapshotFile = z
  .strictObject({
    path: z.string(),
    mediaType: z.string(),
    bytes: z.int().min(0),
    sha256: ContentHash,
    delta: SnapshotDelta.optional(),
  })
  .meta({ id: 'SnapshotFile' });
export type SnapshotFile = z.infer<typeof SnapshotFile>;

/** `v1/manifest.json` (DOMAIN §3.11): what a snapshot is, signed with it. It and the news are the only files with a time of making. */
export const Manifest = z
  .strictObject({
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    minReader: z.string().meta({ description: 'Oldest schema version a reader may know and still read this' }),
    vocabularyVersion: z.string(),
    codeTables: z.strictObject({ iso3166: z.string(), languages: z.string(), tzdata: z.string() }),
    sequence: z.int().positive().meta({ description: 'Only rises; numbers may be left out' }),
    kind: SnapshotKind,
    assurance: Assurance,
    createdAt: Instant,
    validUntil: Instant.meta({ description: 'Then a reader says that the data is old; it never hides them' }),
    previous: z.strictObject({ sequence: z.int().positive(), contentDigest: ContentHash }).nullable(),
    counts: SnapshotCounts,
    contentDigest: ContentHash.meta({ description: 'SHA-256 of v1/directory.ndjson' }),
    audit: z
      .strictObject({ size: z.int().min(0), root: ContentHash })
      .meta({ description: 'Head of the audit log (RFC 9162) that holds the digest of the content' }),
    auditProof: AuditProof,
    policy: z.strictObject({ version: z.int().positive() }),
    changes: SnapshotChanges,
    files: z.array(SnapshotFile),
    licence: z.string().optional(),
    attribution: z.string().optional(),
  })
  .meta({ id: 'Manifest', description: 'What a snapshot is' });
export type Manifest = z.infer<typeof Manifest>;

/** A record by the names people know it by. */
export const RecordRef = z
  .strictObject({ id: Id, type: RecordType, slug: Slug, name: z.string() })
  .meta({ id: 'RecordRef' });
export type RecordRef = z.infer<typeof RecordRef>;

/** Longer lists are left out of the changelog and only counted: the first snapshot of a large directory, a mass import. */
export const LONGEST_CHANGELOG_LIST = 2000;
/** So many snapshots the changelog goes back. Tombstones go back for ever. */
export const CHANGELOG_SNAPSHOTS = 365;

/** `v1/changelog.json`: what each snapshot changed, newest first. Fields by name, never by value: values may be dead or unsafe. */
export const Changelog = z
  .strictObject({
    schema: z.string(),
    snapshots: z.array(
      z
        .strictObject({
          sequence: z.int().positive(),
          kind: SnapshotKind,
          createdAt: Instant.optional().meta({ description: 'Since version 1.2' }),
          counts: z.strictObject({
            added: z.int().min(0),
            changed: z.int().min(0),
            retired: z.int().min(0),
            suspended: z.int().min(0),
            withdrawn: z.int().min(0),
          }),
          added: z.array(RecordRef),
          changed: z.array(RecordRef.extend({ fields: z.array(z.string()) })),
          retired: z.array(RecordRef),
          suspended: z.array(RecordRef),
          withdrawn: z.array(RecordRef),
        })
        .meta({
          id: 'ChangelogSnapshot',
          description: `A list of more than ${LONGEST_CHANGELOG_LIST} is empty here: see its count`,
        }),
    ),
  })
  .meta({ id: 'Changelog' });
export type Changelog = z.infer<typeof Changelog>;
export type ChangelogSnapshot = Changelog['snapshots'][number];
