import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  BatchKind,
  BatchRowResult,
  ContentHash,
  Evidence,
  Id,
  Instant,
  ProposalKind,
  ProposalState,
  RecordType,
  RetireReason,
  plainText,
  Risk,
} from '@waymark/domain';
import { listBatches, listBatchRows, selectRows, showBatch, undoBatch, withdrawBatch } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listOf, listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { body, json, NothingMore, route } from '../permission.ts';
import { AnyJson, Change, OwnRefusal, Reference, RefusalView } from '../schemas.ts';

const tags = ['batches'];
const idParam = z.object({ id: Id });

const ROW_FILTERS = {
  result: listOf(BatchRowResult, 6).optional(),
  state: listOf(ProposalState, 6).optional(),
  risk: listOf(Risk, 4).optional(),
  q: SearchText.optional(),
};
const RowQuery = listQuery(['position'], ROW_FILTERS);
const SelectionQuery = z.strictObject({ action: z.enum(['approve', 'submit']), ...ROW_FILTERS });

const Counted = z.record(z.string(), z.int());
const BatchListed = z
  .object({
    id: Id,
    kind: BatchKind,
    title: z.string(),
    authorId: z.string(),
    authorName: z.string(),
    createdAt: Instant,
    undoes: z.string().nullable().meta({ description: 'The batch it takes back' }),
    results: Counted.meta({ description: 'Rows by what became of them when the batch was made' }),
    states: Counted.meta({ description: 'Proposals by the state they are in now' }),
  })
  .meta({ id: 'Batch' });
const RelatedBatch = z.object({ id: z.string(), title: z.string(), states: Counted }).meta({ id: 'RelatedBatch' });
const BatchView = BatchListed.extend({
  request: AnyJson,
  source: z.object({ importId: z.string(), name: z.string(), sha256: z.string() }).nullable(),
  undone: RelatedBatch.nullable(),
  undoneBy: z.array(RelatedBatch),
  brought: z.int().meta({ description: 'How many records came into the directory with it' }),
  can: z.object({ withdraw: OwnRefusal, undo: OwnRefusal }),
}).meta({ id: 'BatchView' });

const RowProposal = z
  .object({
    id: Id,
    kind: ProposalKind,
    recordType: RecordType,
    recordName: z.string(),
    state: ProposalState,
    risk: Risk,
    contentHash: ContentHash,
    version: z.int(),
    requiredApprovals: z.int(),
    approvals: z.int(),
    conflictCount: z.int(),
    changes: z.array(Change),
    outline: AnyJson,
    references: z.record(z.string(), Reference),
    can: z.object({ approve: OwnRefusal, requestChanges: OwnRefusal, decline: OwnRefusal }),
  })
  .meta({ id: 'BatchRowProposal' });
const BatchRow = z
  .object({
    position: z.int(),
    row: z.int().nullable().meta({ description: 'Number of the row in the file' }),
    recordId: z.string().nullable(),
    record: Reference.nullable().meta({ description: 'The record it is about, where it is in the directory' }),
    result: BatchRowResult,
    refusal: RefusalView.nullable().meta({ description: 'Why it was no proposal in review when the batch was made' }),
    detail: AnyJson,
    proposal: RowProposal.nullable(),
  })
  .meta({ id: 'BatchRow' });
const Selected = z
  .object({ id: Id, kind: ProposalKind, recordType: RecordType, recordName: z.string(), contentHash: ContentHash })
  .meta({ id: 'SelectedProposal' });

const Undo = z
  .strictObject({
    title: plainText({ max: 200 }).optional(),
    reason: RetireReason.optional().meta({ description: 'Why what the batch brought leaves again' }),
    source: Evidence.omit({ id: true, supports: true, supersededBy: true })
      .optional()
      .meta({ description: 'Who says that the old values are right' }),
  })
  .meta({ id: 'UndoBatch' });

/** What the filters of the address are called in the store. */
function rowsAsked({
  result,
  state,
  risk,
  q,
}: Pick<z.infer<typeof SelectionQuery>, 'result' | 'state' | 'risk' | 'q'>) {
  return { results: result, states: state, risks: risk, q };
}

export function batchRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/batches',
      permission: 'proposal.read',
      tags,
      summary: 'A page of batches, the newest first',
      request: { query: listQuery(['-createdAt'], {}) },
      responses: { 200: json(pageOf(BatchListed), 'Batches') },
    }),
    async (c) => {
      const { page, perPage } = c.req.valid('query');
      return c.json({ ...(await listBatches(contextOf(c), windowOf({ page, perPage }))), page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/batches/{id}',
      permission: 'proposal.read',
      tags,
      summary: 'Proposals that belong together, and what may be done with all of them',
      request: { params: idParam },
      responses: { 200: json(BatchView, 'The batch') },
    }),
    async (c) => c.json(await showBatch(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/batches/{id}/rows',
      permission: 'proposal.read',
      tags,
      summary: 'A page of its rows in their order, each with its proposal',
      request: { params: idParam, query: RowQuery },
      responses: { 200: json(pageOf(BatchRow), 'Rows') },
    }),
    async (c) => {
      const { page, perPage, sort: _, ...filters } = c.req.valid('query');
      const rows = await listBatchRows(
        contextOf(c),
        c.req.valid('param').id,
        rowsAsked(filters),
        windowOf({ page, perPage }),
      );
      return c.json({ ...rows, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/batches/{id}/selection',
      permission: 'proposal.read',
      tags,
      summary: 'Its proposals that I may approve, or that wait to be sent, across all pages',
      request: { params: idParam, query: SelectionQuery },
      responses: { 200: json(z.object({ data: z.array(Selected), total: z.int() }), 'In the order in which they go') },
    }),
    async (c) => {
      const { action, ...filters } = c.req.valid('query');
      const data = await selectRows(contextOf(c), c.req.valid('param').id, action, rowsAsked(filters));
      return c.json({ data, total: data.length }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/batches/{id}/withdraw',
      permission: 'proposal.write',
      tags,
      summary: 'Take back all of it that is open; all or nothing',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(BatchView, 'Withdrawn') },
    }),
    async (c) => c.json(await withdrawBatch(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/batches/{id}/undo',
      permission: 'proposal.write',
      tags,
      summary: 'Propose to take back what was applied of it, as a batch of its own',
      request: { params: idParam, body: body(Undo) },
      responses: { 201: json(BatchView, 'The new batch') },
    }),
    async (c) => {
      const batch = await undoBatch(contextOf(c), c.req.valid('param').id, c.req.valid('json'));
      c.header('Location', `/api/v1/batches/${batch.id}`);
      return c.json(batch, 201);
    },
  );
}
