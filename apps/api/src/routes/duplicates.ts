import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { BatchRowResult, Id, Instant, RecordState } from '@waymark/domain';
import { DUPLICATE_REASONS, type DuplicateReason } from '@waymark/import';
import { dismissDuplicate, listDuplicates, reopenDuplicate, showDuplicate, undoMerge } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { Flag, listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, NothingMore, route } from '../permission.ts';
import { AnyJson, Change, Effect, Links, OwnRefusal, Reference } from '../schemas.ts';

const tags = ['duplicates'];
const Unitable = z.enum(['entry', 'organisation']);
// All of the closed list, of which there is one at least.
const Reason = z.enum(Object.keys(DUPLICATE_REASONS) as [DuplicateReason, ...DuplicateReason[]]);

const Side = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    state: RecordState,
    kind: z.string(),
    updatedAt: Instant,
    organisationName: z.string().nullable(),
    countries: z.array(z.string()),
    address: z.string().nullable(),
  })
  .meta({ id: 'DuplicateSide' });

const Dismissal = z
  .object({ reason: z.string(), by: z.string(), byName: z.string(), at: Instant })
  .meta({ id: 'Dismissal', description: 'That somebody called two records two, and why' });

const DuplicateRow = z
  .object({
    first: Side,
    second: Side,
    score: z.int().nullable().meta({ description: '0 to 100; null where the two are not alike any more' }),
    reasons: z.array(Reason),
    dismissed: Dismissal.nullable(),
  })
  .meta({ id: 'DuplicateRow', description: 'Two records that may be one' });

const DuplicateList = pageOf(DuplicateRow).extend({
  state: z
    .enum(['ready', 'working', 'failed'])
    .meta({ description: 'working: the directory changed since it was looked at last; ask again' }),
  asOf: Instant.nullable(),
});

const PairSide = z.object({ id: Id, slug: z.string(), state: RecordState, revision: z.int(), doc: AnyJson });
const DuplicatePair = z
  .object({
    type: Unitable,
    stays: PairSide,
    goes: PairSide,
    likely: z.object({ score: z.int(), reasons: z.array(Reason) }).nullable(),
    dismissed: Dismissal.nullable(),
    changes: z.array(Change).meta({ description: 'before: what stays says; after: what goes says' }),
    united: AnyJson,
    effects: z.array(Effect),
    links: Links,
    references: z.record(z.string(), Reference),
    proposalId: z.string().nullable(),
    can: z.object({ merge: OwnRefusal, dismiss: OwnRefusal, reopen: OwnRefusal }),
  })
  .meta({ id: 'DuplicatePair', description: 'Two records side by side, and what they would be as one' });

const PairOfIds = z.strictObject({ first: Id, second: Id });
const BatchReceipt = z
  .object({ id: Id, results: z.partialRecord(BatchRowResult, z.int()) })
  .meta({ id: 'UndoReceipt', description: 'The batch that was made' });

export function duplicateRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/duplicates',
      permission: 'directory.read',
      tags,
      summary: 'Likely duplicates in the directory, or what people called two',
      request: {
        query: listQuery(['-score'], {
          type: Unitable.default('entry'),
          dismissed: Flag.optional(),
          record: Id.optional(),
        }),
      },
      responses: { 200: json(DuplicateList, 'Pairs, the likeliest first') },
    }),
    async (c) => {
      const { page, perPage, type, dismissed, record } = c.req.valid('query');
      const list = await listDuplicates(contextOf(c), { type, dismissed, record }, windowOf({ page, perPage }));
      return c.json({ ...list, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/duplicates/{first}/{second}',
      permission: 'directory.read',
      tags,
      summary: 'Two records side by side, and what they would be as one if the first stays',
      request: { params: PairOfIds },
      responses: { 200: json(DuplicatePair, 'The pair') },
    }),
    async (c) => {
      const { first, second } = c.req.valid('param');
      return c.json(await showDuplicate(contextOf(c), first, second), 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/duplicates/dismiss',
      permission: 'proposal.write',
      tags,
      summary: 'Remember that two records are two, and why',
      request: { body: body(PairOfIds.extend({ reason: z.string().max(500) }).meta({ id: 'DismissDuplicate' })) },
      responses: { 204: { description: 'They left the queue' } },
    }),
    async (c) => {
      const { reason, ...pair } = c.req.valid('json');
      await dismissDuplicate(contextOf(c), pair, reason);
      return c.body(null, 204);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/duplicates/reopen',
      permission: 'proposal.write',
      tags,
      summary: 'Take back that two records are two',
      request: { body: body(PairOfIds.meta({ id: 'ReopenDuplicate' })) },
      responses: { 204: { description: 'They may be one again' } },
    }),
    async (c) => {
      await reopenDuplicate(contextOf(c), c.req.valid('json'));
      return c.body(null, 204);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/undo-merge',
      permission: 'proposal.write',
      tags,
      summary: 'Propose to take an applied merge back: a batch of proposals for review',
      request: { params: z.object({ id: Id }), body: body(NothingMore) },
      responses: { 201: json(BatchReceipt, 'The batch') },
    }),
    async (c) => c.json(await undoMerge(contextOf(c), c.req.valid('param').id), 201),
  );
}
