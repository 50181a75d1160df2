import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AuditEvent, AuditLeaf, ContentHash, Instant } from '@waymark/domain';
import {
  exportAudit,
  keptHeads,
  listAudit,
  logStatus,
  proveAuditEvent,
  proveConsistency,
  showAuditHead,
  verifyAudit,
} from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, NothingMore, route, text } from '../permission.ts';
import { streamText } from '../stream.ts';

const tags = ['audit'];
const filters = {
  actor: z.string().max(100).optional(),
  action: z
    .string()
    .regex(/^[a-z-]{1,30}(\.[a-z-]{1,40})?$/)
    .optional()
    .meta({ description: 'An action such as proposal.approve, or its noun for all of them' }),
  subject: z.string().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
};
const orderOf = (sort: 'seq' | '-seq') => (sort === 'seq' ? 'asc' : 'desc');

const Head = z.object({ size: z.int(), root: ContentHash, at: Instant.nullable() }).meta({ id: 'AuditHead' });
const Verification = z
  .object({ ok: z.boolean(), checked: z.record(z.string(), z.int()), firstProblem: z.string().optional() })
  .meta({ id: 'AuditVerification' });
const Proof = z
  .object({
    leaf: AuditLeaf,
    leafHash: ContentHash,
    index: z.int(),
    size: z.int(),
    proof: z.array(ContentHash),
    root: ContentHash,
  })
  .meta({ id: 'AuditProof', description: 'Inclusion proof, RFC 9162 §2.1.3' });

const Consistency = z
  .object({
    first: z.int(),
    second: z.int(),
    firstRoot: ContentHash,
    secondRoot: ContentHash,
    proof: z.array(ContentHash),
  })
  .meta({ id: 'AuditConsistency', description: 'Consistency proof, RFC 9162 §2.1.4' });
const Log = z
  .object({
    off: z.string().nullable().meta({ description: 'Why heads are not published; null while they are' }),
    key: z.string().nullable().meta({ description: 'Verifier key of the log, c2sp.org/signed-note' }),
    url: z.string().meta({ description: 'Where the public log is: checkpoint, tiles and entries' }),
    published: z
      .object({
        size: z.int(),
        root: ContentHash,
        checkpoint: z.string().meta({ description: 'Signed note, c2sp.org/tlog-checkpoint' }),
      })
      .nullable(),
    waiting: z.int().meta({ description: 'Events that no published head holds yet' }),
    witnesses: z
      .array(
        z.object({
          name: z.string(),
          key: z.string().meta({ description: 'Its cosigning key, c2sp.org/tlog-cosignature' }),
          cosigned: z
            .object({ size: z.int(), at: z.int().meta({ description: 'POSIX seconds' }) })
            .nullable()
            .meta({ description: 'The newest head it cosigned' }),
        }),
      )
      .meta({ description: 'Outsiders whose cosignatures are taken and served' }),
  })
  .meta({ id: 'PublicLog' });
const Size = z.coerce.number().int().min(1);

export function auditRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/audit',
      permission: 'audit.read',
      tags,
      summary: 'A page of the audit log',
      request: { query: listQuery(['-seq', 'seq'], filters) },
      responses: { 200: json(pageOf(AuditEvent), 'Events') },
    }),
    async (c) => {
      const { page, perPage, sort, ...filter } = c.req.valid('query');
      return c.json(
        {
          ...(await listAudit(contextOf(c), { ...filter, order: orderOf(sort) }, windowOf({ page, perPage }))),
          page,
          perPage,
        },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/audit.ndjson',
      permission: 'audit.read',
      tags,
      summary: 'The filtered log, an event per line, oldest first',
      request: { query: z.strictObject(filters) },
      responses: { 200: text('application/x-ndjson', 'Events') },
    }),
    (c) => {
      c.header('Content-Type', 'application/x-ndjson; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="audit.ndjson"');
      return streamText(c, exportAudit(contextOf(c), c.req.valid('query')));
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/audit/head',
      permission: 'audit.read',
      tags,
      summary: 'Size and root of the log now',
      responses: { 200: json(Head, 'The head') },
    }),
    async (c) => c.json(await showAuditHead(contextOf(c)), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/audit/log',
      permission: 'audit.read',
      tags,
      summary: 'The public log: its key and the newest head it signed',
      responses: { 200: json(Log, 'The public log') },
    }),
    async (c) => c.json(await logStatus(contextOf(c), c.var.deps.publicLog), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/audit/consistency',
      permission: 'audit.read',
      tags,
      summary: 'Proof that the log of one size begins with the log of a smaller one',
      request: { query: z.strictObject({ first: Size, second: Size.optional() }) },
      responses: { 200: json(Consistency, 'The proof') },
    }),
    async (c) => {
      const { first, second } = c.req.valid('query');
      return c.json(await proveConsistency(contextOf(c), first, second), 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/audit/verify',
      permission: 'audit.read',
      tags,
      summary: 'Re-read everything and name the first thing that is wrong',
      request: { body: body(NothingMore) },
      responses: { 200: json(Verification, 'The finding') },
    }),
    async (c) => {
      const { store, publishing } = c.var.deps;
      const kept = await keptHeads(publishing.repoDir);
      // One state of the directory, so that what is approved meanwhile does not look like damage.
      return c.json(await store.frozen((read) => verifyAudit(read, kept)), 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/audit/{seq}/proof',
      permission: 'audit.read',
      tags,
      summary: 'Proof that one event is in the log, checkable without us',
      request: {
        params: z.object({ seq: z.coerce.number().int().min(0) }),
        query: z.strictObject({
          size: Size.optional().meta({
            description: 'Size of the log to prove it in, such as that of a published head',
          }),
        }),
      },
      responses: { 200: json(Proof, 'The proof') },
    }),
    async (c) => c.json(await proveAuditEvent(contextOf(c), c.req.valid('param').seq, c.req.valid('query').size), 200),
  );
}
