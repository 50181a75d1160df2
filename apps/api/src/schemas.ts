import { z } from 'zod';
import {
  BatchKind,
  CHANGE_CLASSES,
  Comment,
  ContentHash,
  ContributorPart,
  DirectoryRecord,
  Id,
  Instant,
  Need,
  ProposalKind,
  ProposalState,
  RecordState,
  RecordType,
  REFUSALS,
  Review,
  Risk,
  Role,
  RouteNeed,
  Slug,
  Tier,
  PERMISSIONS,
  type Permission,
  type RefusalCode,
} from '@waymark/domain';

/** What the API answers beyond the documents of the domain: views made for a screen. */

const permissions = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];
const codes = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]];

/** Any JSON value: documents that may be incomplete, values of a difference. */
export const AnyJson = z.unknown().meta({ id: 'AnyJson', description: 'Any JSON value' });

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(Role),
    permissions: z.array(z.enum(permissions)),
  })
  .meta({ id: 'Me' });

export const RefusalView = z
  .object({
    code: z.enum(codes),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Refusal', description: 'Why something is not allowed' });

export const Change = z
  .object({
    path: z.string(),
    op: z.enum(['added', 'removed', 'changed', 'reordered']),
    class: z.enum(CHANGE_CLASSES),
    label: z.string(),
    before: AnyJson.optional(),
    after: AnyJson.optional(),
  })
  .meta({ id: 'Change', description: 'One labelled difference between two documents' });

export const Conflict = z
  .object({
    path: z.string(),
    label: z.string(),
    base: AnyJson.optional(),
    current: AnyJson.optional(),
    proposed: AnyJson.optional(),
  })
  .meta({ id: 'Conflict', description: 'The same field changed on both sides: a person chooses' });

export const Effect = z
  .object({ area: z.string(), need: Need, before: z.int(), after: z.int(), lost: z.boolean() })
  .meta({ id: 'Effect', description: 'Options people have in a country for a need, before and after' });

const FirstStep = z
  .object({
    id: z.string().meta({ description: 'An entry, or generic:emergency or generic:police, which are words alone' }),
    tier: Tier,
    name: z.string().nullable(),
    slug: z.string().nullable(),
  })
  .meta({ id: 'FirstStep', description: 'Where people turn first' });
export const FirstSteps = z
  .object({
    changes: z
      .array(z.object({ country: z.string(), need: RouteNeed, before: FirstStep, after: FirstStep }))
      .meta({ description: 'The first 200 of them' }),
    total: z.int(),
    assumedVerified: z
      .boolean()
      .meta({ description: 'The policy publishes what nobody verified, so it was compared as if somebody had' }),
  })
  .meta({ id: 'FirstSteps', description: 'Whose first step changes, for somebody of whom nothing else is known' });

export const Impact = z.object({ effects: z.array(Effect), firstSteps: FirstSteps }).meta({ id: 'Impact' });

export const Reference = z
  .object({ name: z.string(), slug: z.string(), type: RecordType, state: RecordState })
  .meta({ id: 'Reference' });
const References = z.record(z.string(), Reference);

export const RecordRow = z
  .object({
    id: Id,
    type: RecordType,
    slug: Slug,
    name: z.string(),
    kind: z.string(),
    state: RecordState,
    revision: z.int(),
    updatedAt: Instant,
    organisationId: z.string().nullable(),
    organisationName: z.string().nullable(),
    countries: z.array(z.string()),
    languages: z.array(z.string()),
    networks: z.array(z.string()),
    address: z.string().nullable(),
    openProposals: z.int(),
  })
  .meta({ id: 'RecordRow' });

export const Facets = z
  .record(z.string(), z.array(z.object({ value: z.string(), count: z.int() })))
  .meta({ id: 'Facets' });

export const ProposalRow = z
  .object({
    id: Id,
    kind: ProposalKind,
    recordType: RecordType,
    recordId: z.string(),
    recordName: z.string(),
    state: ProposalState,
    risk: Risk,
    requiredApprovals: z.int(),
    approvals: z.int(),
    authorId: z.string(),
    authorName: z.string(),
    summary: z.string(),
    version: z.int(),
    contentHash: ContentHash,
    createdAt: Instant,
    updatedAt: Instant,
    submittedAt: Instant.nullable(),
    conflictCount: z.int(),
    openComments: z.int(),
  })
  .meta({ id: 'ProposalRow' });

const Suspension = z
  .object({
    id: z.string(),
    reason: z.string(),
    by: z.string(),
    byName: z.string(),
    at: Instant,
    confirmBy: Instant,
    confirmedBy: z.string().nullable(),
    confirmedByName: z.string().nullable(),
  })
  .meta({ id: 'Suspension' });

export const RecordView = z
  .object({
    ...DirectoryRecord.shape,
    name: z.string(),
    organisationName: z.string().nullable(),
    openProposals: z.array(ProposalRow),
    suspension: Suspension.nullable(),
    references: References,
  })
  .meta({ id: 'RecordView' });

const Person = z.object({ id: z.string(), name: z.string() });

export const RevisionRow = z
  .object({
    revision: z.int(),
    state: RecordState,
    at: Instant,
    contentHash: ContentHash,
    proposalId: z.string(),
    summary: z.string(),
    author: Person,
    approvers: z.array(Person),
  })
  .meta({ id: 'RevisionRow' });

export const OwnRefusal = RefusalView.nullable().meta({ description: 'null: allowed' });

export const Links = z
  .object({
    rows: z
      .array(z.object({ id: Id, type: RecordType, name: z.string(), slug: z.string(), paths: z.array(z.string()) }))
      .meta({ description: 'The first 200 of them' }),
    total: z.int(),
  })
  .meta({ id: 'Links', description: 'Records that name the one that goes, and will name the one that stays' });

export const ProposalView = ProposalRow.extend({
  baseRevision: z.int(),
  policyVersion: z.int(),
  doc: AnyJson,
  base: AnyJson,
  current: AnyJson,
  currentRevision: z.int(),
  changes: z.array(Change),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  unsupportedPaths: z.array(z.string()),
  warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  conflicts: z.array(Conflict),
  contributors: z.array(z.object({ userId: z.string(), name: z.string(), part: ContributorPart, at: Instant })),
  reviews: z.array(Review),
  comments: z.array(Comment),
  effects: z.array(Effect),
  firstSteps: FirstSteps,
  mergedId: z.string().nullable(),
  merged: AnyJson,
  links: Links,
  references: References,
  can: z.object({
    edit: OwnRefusal,
    submit: OwnRefusal,
    withdraw: OwnRefusal,
    approve: OwnRefusal,
    requestChanges: OwnRefusal,
    decline: OwnRefusal,
    comment: OwnRefusal,
  }),
  neighbours: z.object({ previous: z.string().nullable(), next: z.string().nullable() }),
  batch: z
    .object({
      id: z.string(),
      kind: BatchKind,
      title: z.string(),
      row: z.int().nullable(),
      file: z.string().nullable(),
      proposals: z.int(),
    })
    .nullable()
    .meta({ description: 'The batch it belongs to, and the row of the file it was made of' }),
}).meta({ id: 'ProposalView' });
