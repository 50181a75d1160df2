import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { RecordState, RecordType } from '@waymark/domain';
import { at, json } from './column.ts';
import { proposal } from './proposal.ts';

/** What a list row shows of a document beside its name. */
export type Listing = { countries: string[]; languages: string[]; networks: string[]; address: string | null };

/** The directory: approved documents only, whole, with the columns we filter on beside them. */
export const record = sqliteTable(
  'record',
  {
    // Explicit, since full-text rows are joined by it and an implicit rowid may be renumbered.
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    type: text().$type<RecordType>().notNull(),
    slug: text().notNull(),
    state: text().$type<RecordState>().notNull(),
    revision: integer().notNull(),
    contentHash: text().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    sortName: text().notNull(),
    organisationId: text(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
    /** What a list shows of the document, so that lists need not read it. Before `doc`, which is long. */
    listing: json<Listing>().notNull(),
    doc: json<unknown>().notNull(),
  },
  (t) => [
    uniqueIndex('record_slug').on(t.type, t.slug),
    index('record_by_name').on(t.type, t.sortName, t.seq),
    index('record_by_update').on(t.type, t.updatedAt, t.seq),
    index('record_by_kind_name').on(t.type, t.kind, t.sortName, t.seq),
    index('record_by_kind_update').on(t.type, t.kind, t.updatedAt, t.seq),
    index('record_by_organisation').on(t.organisationId),
    // Sort keys by `seq`: hits of a search or a filter are put in order without reading their documents.
    index('record_sort_keys').on(t.seq, t.type, t.kind, t.sortName, t.updatedAt),
    check('record_type', sql`${t.type} in ('entry','organisation','country')`),
    check('record_state', sql`${t.state} in ('active','suspended','retired')`),
  ],
);

/** Values of a record one can filter by: country, language, network, kind, state. Rewritten with the record. */
export const recordFacet = sqliteTable(
  'record_facet',
  {
    facet: text().notNull(),
    value: text().notNull(),
    type: text().$type<RecordType>().notNull(),
    seq: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.type, t.facet, t.value, t.seq] }),
    index('record_facet_by_record').on(t.seq, t.facet, t.value),
  ],
);

/**
 * Which records name which in another field than their organisation, which has an index of its own. Rewritten with the record; retired
 * records are left out, since what a tombstone says stays.
 */
export const recordLink = sqliteTable('record_link', { target: text().notNull(), seq: integer().notNull() }, (t) => [
  primaryKey({ columns: [t.target, t.seq] }),
  index('record_link_by_record').on(t.seq),
]);

/** Every slug a record ever had: slugs are never reused. */
export const slugHistory = sqliteTable(
  'slug_history',
  { type: text().$type<RecordType>().notNull(), slug: text().notNull(), recordId: text().notNull() },
  (t) => [primaryKey({ columns: [t.type, t.slug] })],
);

/** Every approved revision, whole. Append-only. No foreign key to record: the revision is written first. */
export const revision = sqliteTable(
  'revision',
  {
    recordId: text().notNull(),
    revision: integer().notNull(),
    type: text().$type<RecordType>().notNull(),
    state: text().$type<RecordState>().notNull(),
    contentHash: text().notNull(),
    doc: json<unknown>().notNull(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.revision] }), index('revision_by_proposal').on(t.proposalId)],
);

/** One person took a record out of sight at once; a second confirms, or it is lifted through review (DESIGN §4.6). */
export const suspension = sqliteTable(
  'suspension',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    at: at().notNull(),
    confirmBy: at().notNull(),
    confirmedBy: text(),
    confirmedAt: at(),
    liftedAt: at(),
  },
  (t) => [
    index('suspension_by_record').on(t.recordId),
    check('suspension_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.by}`),
  ],
);

/** How many entries are an option for a need in an area: finds sole options without reading the directory. Rebuildable. */
export const optionCount = sqliteTable(
  'option_count',
  { area: text().notNull(), need: text().notNull(), entries: integer().notNull() },
  (t) => [primaryKey({ columns: [t.area, t.need] })],
);
