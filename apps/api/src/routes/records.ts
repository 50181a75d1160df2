import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, type RecordType } from '@waymark/domain';
import {
  compareRevisions,
  confirmSuspension,
  exportList,
  EXPORT_FORMATS,
  firstStepsAfter,
  fixListOfEntries,
  impactOfRecord,
  listRecords,
  LIST_FORMATS,
  listRevisions,
  recordFacets,
  type ListType,
  revertRecord,
  showRecord,
  suspendAndRemove,
  SUSPENSION_REASONS,
} from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { isUnchanged, proposalTag, recordTag } from '../etag.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, NothingMore, route, text } from '../permission.ts';
import { filters } from '../recordFilter.ts';
import {
  AnyJson,
  Change,
  Impact,
  Facets,
  ProposalView,
  RecordRow,
  RecordView,
  RefusalView,
  RevisionRow,
} from '../schemas.ts';
import { sendTable, TABLE_FORMATS } from '../sendTable.ts';
import { MEDIA_TYPES, sendEntries } from '../sendEntries.ts';
import { streamText } from '../stream.ts';

const sorts = ['name', '-name', 'updatedAt', '-updatedAt', 'kind', '-kind'] as const;
const ListQuery = listQuery(sorts, filters);
const FilterQuery = z.strictObject({ sort: z.enum(sorts).default('name'), ...filters });

/** An id, a slug now or formerly, or a country code. */
const handleParam = z.object({ id: z.string().regex(/^[A-Za-z0-9-]{1,80}$/) });
const idParam = z.object({ id: Id });
const revisionNumber = z.coerce.number().int().min(1).max(1_000_000);

const RESOURCES = [
  { path: 'entries', type: 'entry', one: 'entry', many: 'entries' },
  { path: 'organisations', type: 'organisation', one: 'organisation', many: 'organisations' },
  { path: 'countries', type: 'country', one: 'country profile', many: 'country profiles' },
] as const satisfies { path: string; type: RecordType; one: string; many: string }[];
type Resource = (typeof RESOURCES)[number];

export function recordRoutes(api: OpenAPIHono<AppEnv>): void {
  // Exports before what takes any word behind `entries/` for a handle.
  exportRoutes(api);
  for (const resource of RESOURCES) {
    if (resource.type !== 'entry') listExportRoute(api, resource);
    readingRoutes(api, resource);
  }
  entryRoutes(api);
}

function readingRoutes(api: OpenAPIHono<AppEnv>, { path, type, one, many }: Resource): void {
  const tags = [path];

  api.openapi(
    route({
      method: 'get',
      path: `/${path}`,
      permission: 'directory.read',
      tags,
      summary: `A page of ${many}`,
      request: { query: ListQuery },
      responses: { 200: json(pageOf(RecordRow), many) },
    }),
    async (c) => {
      const { page, perPage, ...query } = c.req.valid('query');
      return c.json(
        { ...(await listRecords(contextOf(c), type, query, windowOf({ page, perPage }))), page, perPage },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: `/${path}/facets`,
      permission: 'directory.read',
      tags,
      summary: `How many ${many} there are by kind, country, language, network and state`,
      request: { query: FilterQuery },
      responses: { 200: json(Facets, 'Counts per value under the other filters') },
    }),
    async (c) => c.json(await recordFacets(contextOf(c), type, c.req.valid('query')), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: `/${path}/{id}`,
      permission: 'directory.read',
      tags,
      summary: `One ${one}, by id or handle`,
      request: { params: handleParam },
      responses: { 200: json(RecordView, one), 304: { description: 'Nothing changed since the ETag' } },
    }),
    async (c) => {
      if (isUnchanged(c)) return c.body(null, 304);
      const tag = recordTag(c);
      const record = await showRecord(contextOf(c), type, c.req.valid('param').id);
      c.header('ETag', tag(record.revision));
      return c.json(record, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: `/${path}/{id}/revisions`,
      permission: 'directory.read',
      tags,
      summary: 'Every approved revision, newest first',
      request: { params: idParam },
      responses: { 200: json(z.object({ data: z.array(RevisionRow), total: z.int() }), 'Revisions') },
    }),
    async (c) => {
      const data = await listRevisions(contextOf(c), c.req.valid('param').id);
      return c.json({ data, total: data.length }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: `/${path}/{id}/compare`,
      permission: 'directory.read',
      tags,
      summary: 'Differences between any two revisions',
      request: { params: idParam, query: z.strictObject({ from: revisionNumber, to: revisionNumber }) },
      responses: { 200: json(z.object({ changes: z.array(Change) }), 'Labelled differences') },
    }),
    async (c) => {
      const { from, to } = c.req.valid('query');
      return c.json({ changes: await compareRevisions(contextOf(c), c.req.valid('param').id, from, to) }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: `/${path}/{id}/revert`,
      permission: 'proposal.write',
      tags,
      summary: 'Propose to go back to an earlier revision',
      request: { params: idParam, body: body(z.strictObject({ revision: z.int().min(1) }).meta({ id: 'Revert' })) },
      responses: { 201: json(ProposalView, 'A draft') },
    }),
    async (c) => {
      const proposal = await revertRecord(contextOf(c), c.req.valid('param').id, c.req.valid('json').revision);
      c.header('Location', `/api/v1/proposals/${proposal.id}`);
      c.header('ETag', proposalTag(proposal.version));
      return c.json(proposal, 201);
    },
  );
}

function exportRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/entries/export',
      permission: 'directory.read',
      tags: ['entries'],
      summary:
        'The filtered entries to edit elsewhere: a table, or documents. Sent back as they are, they change nothing',
      request: { query: FilterQuery.extend({ format: z.enum(EXPORT_FORMATS) }) },
      responses: {
        200: text('text/csv', 'Or XLSX, JSON, NDJSON, HSDS 3.1 as a package of tables or a page, as asked for'),
      },
    }),
    async (c) => {
      const { format, ...query } = c.req.valid('query');
      return sendEntries(c, query, format);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/entries/fix-list',
      permission: 'verification.read',
      tags: ['entries'],
      summary:
        'Those of the filtered active entries that are broken or stale, to mend elsewhere: the table of the export, and what is wrong since when',
      request: { query: FilterQuery.omit({ state: true }).extend({ format: z.enum(TABLE_FORMATS) }) },
      responses: { 200: text('text/csv', 'Or XLSX, as asked for') },
    }),
    (c) => {
      const { format, ...query } = c.req.valid('query');
      return sendTable(c, 'fix-list', fixListOfEntries(contextOf(c), query), format);
    },
  );
}

/** Lists that are an overview, or documents; they do not come back as an import. */
function listExportRoute(api: OpenAPIHono<AppEnv>, { path, type, many }: Extract<Resource, { type: ListType }>): void {
  api.openapi(
    route({
      method: 'get',
      path: `/${path}/export`,
      permission: 'directory.read',
      tags: [path],
      summary: `The filtered ${many}: an overview for a spreadsheet, or documents`,
      request: { query: FilterQuery.extend({ format: z.enum(LIST_FORMATS) }) },
      responses: { 200: text('text/csv', 'Or JSON, NDJSON, as asked for') },
    }),
    (c) => {
      const { format, ...query } = c.req.valid('query');
      c.header('Content-Type', MEDIA_TYPES[format]);
      c.header('Content-Disposition', `attachment; filename="${path}.${format}"`);
      return streamText(c, exportList(contextOf(c), type, query, format));
    },
  );
}

/** What only entries can: leave at once, and be missed. */
function entryRoutes(api: OpenAPIHono<AppEnv>): void {
  const tags = ['entries'];
  const Suspend = z
    .strictObject({ reason: z.enum(SUSPENSION_REASONS), note: z.string().max(2000).default('') })
    .meta({ id: 'Suspend' });
  const WhatClientsSee = z
    .discriminatedUnion('state', [
      z.object({ state: z.literal('removed'), sequence: z.int() }),
      z.object({ state: z.literal('never-published') }),
      z.object({ state: z.literal('still-shown'), why: RefusalView }),
    ])
    .meta({ description: 'Whether the public tree still shows the entry' });
  const ImpactQuestion = z
    .union([z.strictObject({ retire: z.literal(true) }), z.strictObject({ doc: AnyJson })])
    .meta({ id: 'ImpactQuestion' });

  api.openapi(
    route({
      method: 'post',
      path: '/entries/{id}/suspend',
      permission: 'entry.suspend',
      tags,
      summary: 'Take an entry out of sight at once; a second person confirms within 24 hours',
      request: { params: idParam, body: body(Suspend) },
      responses: {
        200: json(RecordView.extend({ clients: WhatClientsSee }).meta({ id: 'SuspendedRecord' }), 'Suspended'),
      },
    }),
    async (c) => {
      const { record, clients } = await suspendAndRemove(
        contextOf(c),
        c.var.deps.publishing,
        c.req.valid('param').id,
        c.req.valid('json'),
      );
      return c.json({ ...record, clients }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/entries/{id}/confirm-suspension',
      permission: 'entry.suspend',
      tags,
      summary: 'The second person says the suspension was right',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(RecordView, 'Confirmed') },
    }),
    async (c) => c.json(await confirmSuspension(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/entries/{id}/impact',
      permission: 'directory.read',
      tags,
      summary: 'What people in which country would lose or gain; nothing is written',
      request: { params: idParam, body: body(ImpactQuestion) },
      responses: { 200: json(Impact, 'Effects, losses first, and whose first step changes') },
    }),
    async (c) => {
      const [ctx, { id }, change] = [contextOf(c), c.req.valid('param'), c.req.valid('json')];
      const effects = await impactOfRecord(ctx, id, change);
      return c.json({ effects, firstSteps: await firstStepsAfter(ctx, id, change) }, 200);
    },
  );
}
