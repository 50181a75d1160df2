import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { chooseNotices, NoticeChoice, showNoticeChoice } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['session'];
const ChoiceView = NoticeChoice.extend({
  mail: z.boolean().meta({ description: 'Whether letters leave here at all' }),
}).meta({ id: 'NoticeChoiceView' });

export function noticeRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/session/notices',
      permission: 'signed-in',
      tags,
      summary: 'Which letters I get',
      responses: { 200: json(ChoiceView, 'My choice') },
    }),
    async (c) => c.json(await showNoticeChoice(contextOf(c)), 200),
  );

  api.openapi(
    route({
      method: 'put',
      path: '/session/notices',
      permission: 'signed-in',
      tags,
      summary: 'Choose which letters I get',
      request: { body: body(NoticeChoice) },
      responses: { 200: json(ChoiceView, 'My choice') },
    }),
    async (c) => c.json(await chooseNotices(contextOf(c), c.req.valid('json')), 200),
  );
}
