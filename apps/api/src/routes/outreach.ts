import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, Instant, LocalId } from '@waymark/domain';
import {
  ContactNote,
  LetterLanguage,
  listOutreach,
  noteOutreach,
  outreachContacts,
  sendOutreach,
} from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, route } from '../permission.ts';

const tags = ['outreach'];
const idParam = z.object({ id: Id });

const OutreachView = z
  .object({
    id: Id,
    organisationId: Id,
    organisationName: z.string(),
    way: z.enum(['mail', 'call', 'message']),
    template: z.string().nullable().meta({ description: 'first, reminder or other-contact' }),
    language: z.string().nullable(),
    contactId: z.string().nullable().meta({ description: 'Id of the internal contact; never its address' }),
    attempt: z.int(),
    by: z.string(),
    byName: z.string(),
    at: Instant,
    nextAt: Instant.nullable(),
    outcome: z.enum(['open', 'answered', 'no-answer', 'failed', 'superseded']),
    answeredAt: Instant.nullable(),
    note: z.string().nullable(),
    answer: z
      .object({
        counts: z.boolean().meta({ description: 'It counts as the organisation itself' }),
        confirmed: z.int(),
        corrected: z.int(),
        proposals: z.array(z.string()),
        alarms: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'Outreach', description: 'One contact with an organisation' });

const Contacts = z
  .object({
    mail: z.boolean().meta({ description: 'Whether letters leave here at all' }),
    data: z.array(
      z.object({
        id: LocalId,
        name: z.string().nullable(),
        role: z.string().nullable(),
        language: LetterLanguage,
        counts: z.boolean().meta({ description: 'An answer through its link counts as the organisation itself' }),
      }),
    ),
  })
  .meta({ id: 'OutreachContacts' });

const ListQuery = listQuery(['-at'] as const, {
  state: z.enum(['due', 'open', 'no-answer', 'answered', 'failed', 'all']).default('all'),
});

const NewLetter = z
  .strictObject({
    way: z.literal('mail'),
    contactId: LocalId.optional(),
    language: LetterLanguage.optional(),
    anyway: z.boolean().optional().meta({ description: 'Although the organisation was contacted recently' }),
  })
  .meta({ id: 'NewLetter', description: 'A letter with a one-time link' });
const NewContact = z.discriminatedUnion('way', [NewLetter, ContactNote]).meta({ id: 'NewContact' });

export function outreachRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/outreach',
      permission: 'verification.read',
      tags,
      summary: 'Contacts with organisations: due, without an answer, or all',
      request: { query: ListQuery },
      responses: { 200: json(pageOf(OutreachView), 'Contacts') },
    }),
    async (c) => {
      const { page, perPage, state } = c.req.valid('query');
      const list = await listOutreach(contextOf(c), { state }, windowOf({ page, perPage }));
      return c.json({ ...list, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/organisations/{id}/outreach',
      permission: 'verification.read',
      tags,
      summary: 'How an organisation was contacted, newest first',
      request: { params: idParam, query: listQuery(['-at'] as const, {}) },
      responses: { 200: json(pageOf(OutreachView), 'Contacts') },
    }),
    async (c) => {
      const { page, perPage } = c.req.valid('query');
      const list = await listOutreach(
        contextOf(c),
        { state: 'all', organisationId: c.req.valid('param').id },
        windowOf({ page, perPage }),
      );
      return c.json({ ...list, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/organisations/{id}/outreach/contacts',
      permission: 'verification.read',
      tags,
      summary: 'Whom a letter can go to, in which language, and whether the answer would count',
      request: { params: idParam },
      responses: { 200: json(Contacts, 'Contacts with an address') },
    }),
    async (c) => c.json(await outreachContacts(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/organisations/{id}/outreach',
      permission: 'outreach.write',
      tags,
      summary: 'Write to an organisation, or note a call or a message made by hand',
      request: { params: idParam, body: body(NewContact) },
      responses: { 201: json(OutreachView, 'The contact') },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const contact = c.req.valid('json');
      if (contact.way !== 'mail') return c.json(await noteOutreach(contextOf(c), id, contact), 201);
      const { way: _, ...letter } = contact;
      return c.json(await sendOutreach(contextOf(c), id, letter), 201);
    },
  );
}
