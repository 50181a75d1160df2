import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { BulkAction, ContentHash, Id, plainText, RecordState, SharedEvidence } from '@waymark/domain';
import { BULK_OUTCOMES, countSelected, EXPORT_FORMATS, previewBulk, queryOf, runBulk } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { windowOf } from '../list.ts';
import { body, json, route, text } from '../permission.ts';
import { filters } from '../recordFilter.ts';
import { AnyJson, Change, Effect, RefusalView } from '../schemas.ts';
import { sendEntries } from '../sendEntries.ts';

const tags = ['bulk'];

const Selection = z
  .union([z.strictObject({ ids: z.array(Id).min(1).max(10_000) }), z.strictObject({ filter: z.strictObject(filters) })])
  .meta({
    id: 'Selection',
    description: 'These entries, or all that a filter of the list of entries finds; 5,000 at most',
  });
const BulkRequest = z.strictObject({ selection: Selection, action: BulkAction, evidence: SharedEvidence.optional() });

const BulkOutcome = z.enum(BULK_OUTCOMES).meta({
  description:
    'review: a proposal to review; draft: one that lacks what its reason says; done: holds at once; unchanged: it is so already; refused: nothing is done',
});
const BulkQuestion = BulkRequest.extend({
  outcomes: z.array(BulkOutcome).max(BULK_OUTCOMES.length).optional(),
  page: z.int().min(1).max(10_000).default(1),
  perPage: z.int().min(1).max(200).default(25),
}).meta({ id: 'BulkQuestion' });
const BulkOrder = BulkRequest.extend({
  digest: ContentHash.meta({ description: 'Of the preview that was seen' }),
  title: plainText({ max: 200 }).optional().meta({ description: 'What the batch is called, where there is one' }),
}).meta({ id: 'BulkOrder' });

const BulkRow = z
  .object({
    recordId: z.string(),
    name: z.string(),
    slug: z.string().nullable(),
    state: RecordState.nullable(),
    revision: z.int(),
    outcome: BulkOutcome,
    refusal: RefusalView.nullable(),
    changes: z.array(Change),
    outline: AnyJson.meta({ description: 'The channels with their types' }),
    paths: z.array(z.string()).meta({ description: 'Facts that are confirmed' }),
    proposalId: z.string().nullable().meta({ description: 'The draft that is submitted' }),
  })
  .meta({ id: 'BulkRow' });
const BulkPreview = z
  .object({
    digest: ContentHash,
    counts: z.record(BulkOutcome, z.int()),
    reasons: z.array(z.object({ code: RefusalView.shape.code, count: z.int() })),
    effects: z.array(Effect).meta({ description: 'By all of it together, last options first; the first 500' }),
    effectCount: z.int(),
    rows: z.array(BulkRow),
    total: z.int(),
    page: z.int(),
    perPage: z.int(),
  })
  .meta({ id: 'BulkPreview' });
const BulkReceipt = z
  .object({
    batchId: z.string().nullable(),
    results: z.record(z.string(), z.int()),
    refused: z.array(z.object({ recordId: z.string(), name: z.string(), refusal: RefusalView })),
  })
  .meta({ id: 'BulkReceipt' });

/** One action on many entries: looked at first, then done as it was seen. Each action asks for its own permission. */
export function bulkRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'post',
      path: '/bulk/preview',
      permission: 'proposal.read',
      tags,
      summary: 'What an action would do to each of many entries, and to whom; nothing is written',
      request: { body: body(BulkQuestion) },
      responses: { 200: json(BulkPreview, 'Counts, a page of rows, losses by country') },
    }),
    async (c) => {
      const { outcomes, page, perPage, ...request } = c.req.valid('json');
      const preview = await previewBulk(contextOf(c), request, { outcomes, ...windowOf({ page, perPage }) });
      return c.json({ ...preview, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/bulk',
      permission: 'proposal.read',
      tags,
      summary: 'Do what was previewed: one batch of proposals, or row by row; each row obeys every rule',
      request: { body: body(BulkOrder) },
      responses: { 200: json(BulkReceipt, 'The batch, or what became of the rows') },
    }),
    async (c) => c.json(await runBulk(contextOf(c), c.req.valid('json')), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/bulk/export',
      permission: 'directory.read',
      tags,
      summary:
        'The selected entries to edit elsewhere, as `/entries/export` sends what is filtered; nothing is written',
      request: { body: body(z.strictObject({ selection: Selection, format: z.enum(EXPORT_FORMATS) })) },
      responses: {
        200: text('text/csv', 'Or XLSX, JSON, NDJSON, HSDS 3.1 as a package of tables or a page, as asked for'),
      },
    }),
    async (c) => {
      const { selection, format } = c.req.valid('json');
      await countSelected(c.var.deps.store.read, selection);
      return sendEntries(c, queryOf(selection), format);
    },
  );
}
