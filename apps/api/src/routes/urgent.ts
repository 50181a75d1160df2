import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ContentHash, SignatureFile, SigningRequest, UrgentWithdrawals } from '@waymark/domain';
import { addUrgentSignature, showUrgent } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['snapshots'];

const Urgent = z
  .object({
    request: SigningRequest.nullable().meta({
      description: 'What waits for a duty key; null while clients have the list',
    }),
    withdrawals: UrgentWithdrawals.nullable().meta({
      description: 'The list as it holds now, and as the request names it',
    }),
    published: z
      .object({ sequence: z.int(), version: z.int(), expires: z.string() })
      .nullable()
      .meta({ description: 'What clients get' }),
    holders: z
      .array(z.object({ keyid: ContentHash, owner: z.string().nullable() }))
      .meta({ description: 'Whose keys may sign; none where there is no urgent lane' }),
  })
  .meta({ id: 'Urgent', description: 'What is withdrawn at once, ahead of the next snapshot' });

/** The urgent lane: what is withdrawn at this moment, and the signature that tells clients. */
export function urgentRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/urgent/request',
      permission: 'snapshot.read',
      tags,
      summary: 'What is withdrawn now, and what somebody on duty has to sign so that clients know',
      responses: { 200: json(Urgent, 'The urgent list') },
    }),
    async (c) => c.json(await showUrgent(contextOf(c), c.var.deps.publishing), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/urgent/signatures',
      permission: 'entry.suspend',
      tags,
      summary: 'Bring the signature of a duty key; it is verified before it is kept, and clients get the list at once',
      request: { body: body(SignatureFile) },
      responses: { 200: json(Urgent, 'Kept, and published when it is enough') },
    }),
    async (c) => c.json(await addUrgentSignature(contextOf(c), c.var.deps.publishing, c.req.valid('json')), 200),
  );
}
