import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, Instant } from '@waymark/domain';
import { agreeCourtesy, showCourtesy } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { requireIfMatch } from '../etag.ts';
import { body, IF_MATCH, json, route } from '../permission.ts';

const tags = ['courtesy'];
const params = z.object({ id: Id });

const agreed = {
  agreedWay: z.string().max(200).nullable().meta({ description: 'How they want to be contacted' }),
  agreedHours: z.string().max(200).nullable(),
  testsArranged: z.boolean().meta({ description: 'Test calls and messages were agreed with them' }),
  minDaysBetween: z.int().min(1).max(365).meta({ description: 'Days between two contacts' }),
};
const Agreement = z.strictObject(agreed).meta({ id: 'CourtesyAgreement' });
export const Courtesy = z
  .object({
    organisationId: Id,
    ...agreed,
    lastContactAt: Instant.nullable(),
    lastContactWay: z.enum(['mail', 'call', 'message']).nullable(),
    insideCap: z.boolean().meta({ description: 'Contacting it now would be sooner than agreed' }),
    version: z.int().meta({ description: '0 while nothing was agreed; the ETag' }),
  })
  .meta({ id: 'Courtesy', description: 'What was agreed with an organisation about being contacted, and when it was' });

export function courtesyRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/organisations/{id}/courtesy',
      permission: 'verification.read',
      tags,
      summary: 'How an organisation wants to be contacted, and when it last was',
      request: { params },
      responses: { 200: json(Courtesy, 'The courtesy ledger') },
    }),
    async (c) => {
      const view = await showCourtesy(contextOf(c), c.req.valid('param').id);
      c.header('ETag', `"${view.version}"`);
      return c.json(view, 200);
    },
  );

  api.openapi(
    route({
      method: 'put',
      path: '/organisations/{id}/courtesy',
      permission: 'outreach.write',
      tags,
      summary: 'Write down what was agreed with an organisation about being contacted',
      parameters: [IF_MATCH],
      request: { params, body: body(Agreement) },
      responses: { 200: json(Courtesy, 'Agreed') },
    }),
    async (c) => {
      const version = requireIfMatch(c);
      const view = await agreeCourtesy(contextOf(c), c.req.valid('param').id, c.req.valid('json'), version);
      c.header('ETag', `"${view.version}"`);
      return c.json(view, 200);
    },
  );
}
