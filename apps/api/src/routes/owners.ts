import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Entry, Instant, refuse } from '@waymark/domain';
import { answerAsOwner, OwnerAnswer, showOwnEntries } from '@waymark/services';
import { Problem } from '@waymark/store';
import type { AppContext, AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['owners'];

/** The link travels in a header, never in an address: addresses stand in logs, histories and referrers. */
const LINK_HEADER = 'x-waymark-link';
const LINK = {
  in: 'header',
  name: 'X-Waymark-Link',
  required: true,
  description: 'What stands behind the # of the one-time link',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
} as const;

const OwnerEntry = Entry.pick({
  id: true,
  kind: true,
  names: true,
  summary: true,
  audience: true,
  serves: true,
  accepts: true,
  ages: true,
  anonymity: true,
  confidentialityLimits: true,
  mustNot: true,
  afterReport: true,
  dataGoesTo: true,
  memberships: true,
  operational: true,
  channels: true,
})
  .extend({ revision: z.int() })
  .meta({ id: 'OwnerEntry', description: 'An entry as people see it' });

const OwnerPage = z
  .object({ organisation: z.string(), until: Instant, entries: z.array(OwnerEntry) })
  .meta({ id: 'OwnerPage', description: 'What a listed organisation sees through its one-time link' });

const Receipt = z
  .object({ confirmed: z.int(), corrected: z.int() })
  .meta({ id: 'OwnerReceipt', description: 'How many facts were confirmed, how many reported as wrong' });

/** @throws Problem token-invalid for anything that cannot be one, as for one that nobody gave out */
function tokenOf(c: AppContext): string {
  const token = c.req.header(LINK_HEADER) ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) throw new Problem(refuse('token-invalid'));
  return token;
}

export function ownerRoutes(open: OpenAPIHono<AppEnv>): void {
  open.openapi(
    route({
      method: 'get',
      path: '/owners',
      permission: 'public',
      tags,
      summary: 'What a listed organisation sees of its own entries',
      parameters: [LINK],
      responses: { 200: json(OwnerPage, 'Its own entries, and nothing else') },
    }),
    async (c) => c.json(await showOwnEntries(c.var.deps, tokenOf(c)), 200),
  );

  open.openapi(
    route({
      method: 'post',
      path: '/owners',
      permission: 'public',
      tags,
      summary: 'Confirm or correct own entries; the link works once',
      parameters: [LINK],
      request: { body: body(OwnerAnswer) },
      responses: { 200: json(Receipt, 'Thank you') },
    }),
    async (c) => {
      const { store, now, newId } = c.var.deps;
      return c.json(await answerAsOwner({ store, now, newId }, tokenOf(c), c.req.valid('json')), 200);
    },
  );
}
