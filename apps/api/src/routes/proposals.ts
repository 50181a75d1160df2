import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  Comment,
  ContentHash,
  Decision,
  Id,
  ProposalKind,
  ProposalState,
  RecordType,
  REFUSALS,
  refuse,
  Retirement,
  Risk,
} from '@waymark/domain';
import {
  bulkReview,
  bulkSubmit,
  commentProposal,
  createProposal,
  editProposal,
  listProposals,
  resolveComment,
  reviewProposal,
  showProposal,
  submitProposal,
  withdrawProposal,
  type RowResult,
} from '@waymark/services';
import { Problem } from '@waymark/store';
import { contextOf, type AppContext, type AppEnv } from '../deps.ts';
import { proposalTag, requireIfMatch } from '../etag.ts';
import { Flag, listOf, listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { body, IF_MATCH, json, NothingMore, route } from '../permission.ts';
import { AnyJson, ProposalRow, ProposalView } from '../schemas.ts';

const tags = ['proposals'];
const idParam = z.object({ id: Id });
const Summary = z.string().max(500);

const ListQuery = listQuery(['-updatedAt', 'updatedAt', 'submittedAt', '-submittedAt', 'risk', '-risk'], {
  state: listOf(ProposalState, 6).optional(),
  kind: ProposalKind.optional(),
  risk: Risk.optional(),
  recordType: RecordType.optional(),
  record: Id.optional(),
  author: Id.optional(),
  batch: Id.optional(),
  mine: Flag.optional(),
  reviewable: Flag.optional(),
  q: SearchText.optional(),
});

const NewProposal = z
  .strictObject({
    kind: ProposalKind,
    recordType: RecordType,
    recordId: Id.optional(),
    doc: AnyJson.optional(),
    mergedId: Id.optional(),
    retirement: Retirement.optional(),
    summary: Summary.optional(),
  })
  .meta({ id: 'NewProposal' });
const ProposalEdit = z
  .strictObject({ doc: AnyJson.optional(), summary: Summary.optional(), resolvedConflicts: z.literal(true).optional() })
  .meta({ id: 'ProposalEdit' });
const Judgement = z
  .strictObject({ decision: Decision, contentHash: ContentHash, comment: z.string().max(2000).optional() })
  .meta({ id: 'Judgement' });
const NewComment = z
  .strictObject({ text: z.string().max(4000), path: z.string().max(300).optional() })
  .meta({ id: 'NewComment' });
const Bulk = z
  .strictObject({
    action: z.enum(['submit', 'approve', 'decline', 'request-changes']),
    items: z
      .array(z.strictObject({ id: Id, contentHash: ContentHash.optional() }))
      .min(1)
      .max(200),
    comment: z.string().max(2000).optional(),
  })
  .meta({ id: 'BulkAction' });
const BulkResult = z
  .object({
    id: z.string(),
    ok: z.boolean(),
    state: ProposalState.optional(),
    code: z.string().optional(),
    title: z.string().optional(),
  })
  .meta({ id: 'BulkResult' });

/** Answers a proposal with the version an edit must name. */
function answer<S extends 200 | 201>(c: AppContext, proposal: Awaited<ReturnType<typeof showProposal>>, status: S) {
  c.header('ETag', proposalTag(proposal.version));
  return c.json(proposal, status);
}

export function proposalRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/proposals',
      permission: 'proposal.read',
      tags,
      summary: 'A page of proposals',
      request: { query: ListQuery },
      responses: { 200: json(pageOf(ProposalRow), 'Proposals') },
    }),
    async (c) => {
      const { page, perPage, state, record, author, ...query } = c.req.valid('query');
      const wanted = { ...query, states: state, recordId: record, authorId: author };
      return c.json(
        { ...(await listProposals(contextOf(c), wanted, windowOf({ page, perPage }))), page, perPage },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals',
      permission: 'proposal.write',
      tags,
      summary: 'Start a proposal as a draft kept on the server',
      request: { body: body(NewProposal) },
      responses: { 201: json(ProposalView, 'A draft') },
    }),
    async (c) => {
      const proposal = await createProposal(contextOf(c), c.req.valid('json'));
      c.header('Location', `/api/v1/proposals/${proposal.id}`);
      return answer(c, proposal, 201);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/bulk',
      permission: 'proposal.read',
      tags,
      summary: 'Submit or decide many; each row obeys every rule and answers for itself',
      request: { body: body(Bulk) },
      responses: { 200: json(z.object({ results: z.array(BulkResult) }), 'One result per row') },
    }),
    async (c) => {
      const { action, items, comment } = c.req.valid('json');
      const ctx = contextOf(c);
      const results =
        action === 'submit'
          ? await bulkSubmit(
              ctx,
              items.map(({ id }) => id),
            )
          : await bulkReview(ctx, DECISIONS[action], withHashes(items), comment);
      return c.json({ results: results.map(toBulkResult) }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/proposals/{id}',
      permission: 'proposal.read',
      tags,
      summary: 'Everything a person needs to judge one proposal',
      request: { params: idParam },
      responses: { 200: json(ProposalView, 'The proposal; ETag is its version') },
    }),
    async (c) => answer(c, await showProposal(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'patch',
      path: '/proposals/{id}',
      permission: 'proposal.write',
      tags,
      summary: 'Save an edit; new content voids approvals',
      parameters: [IF_MATCH],
      request: { params: idParam, body: body(ProposalEdit) },
      responses: { 200: json(ProposalView, 'Saved') },
    }),
    async (c) =>
      answer(c, await editProposal(contextOf(c), c.req.valid('param').id, c.req.valid('json'), requireIfMatch(c)), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/submit',
      permission: 'proposal.write',
      tags,
      summary: 'Ask for review',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(ProposalView, 'In review') },
    }),
    async (c) => answer(c, await submitProposal(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/withdraw',
      permission: 'proposal.write',
      tags,
      summary: 'Take a proposal back',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(ProposalView, 'Withdrawn') },
    }),
    async (c) => answer(c, await withdrawProposal(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/review',
      permission: 'proposal.review',
      tags,
      summary: 'Approve, request changes or decline, bound to the content seen',
      request: { params: idParam, body: body(Judgement) },
      responses: { 200: json(ProposalView, 'Decided; applied when enough approve') },
    }),
    async (c) => answer(c, await reviewProposal(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/comments',
      permission: 'proposal.comment',
      tags,
      summary: 'Remark on the proposal or on one field',
      request: { params: idParam, body: body(NewComment) },
      responses: { 201: json(Comment, 'The comment') },
    }),
    async (c) => c.json(await commentProposal(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 201),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/proposals/{id}/comments/{commentId}/resolve',
      permission: 'proposal.comment',
      tags,
      summary: 'Mark a comment as settled',
      request: { params: z.object({ id: Id, commentId: Id }), body: body(NothingMore) },
      responses: { 200: json(Comment, 'Settled') },
    }),
    async (c) => {
      const { id, commentId } = c.req.valid('param');
      return c.json(await resolveComment(contextOf(c), id, commentId), 200);
    },
  );
}

const DECISIONS = { approve: 'approve', decline: 'decline', 'request-changes': 'request-changes' } as const;

/** A decision is bound to what was seen: rows that do not say it are refused together. */
function withHashes(
  items: readonly { id: string; contentHash?: string | undefined }[],
): { id: string; contentHash: string }[] {
  const errors = items.flatMap((item, i) =>
    item.contentHash === undefined ? [{ path: `/items/${i}/contentHash`, message: 'Say which content was seen' }] : [],
  );
  if (errors.length > 0) throw new Problem(refuse('input-invalid', undefined, errors));
  return items.map(({ id, contentHash = '' }) => ({ id, contentHash }));
}

function toBulkResult(row: RowResult): z.infer<typeof BulkResult> {
  if (row.ok) return row;
  const { code, detail } = row.refusal;
  return { id: row.id, ok: false, code, title: detail ?? REFUSALS[code].title };
}
