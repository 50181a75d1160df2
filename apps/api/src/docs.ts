import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { AppEnv } from './deps.ts';
import { createFileServer, matches } from './files.ts';
import { asPage } from './headers.ts';
import { route, text } from './permission.ts';

/** Everything comes from here, nothing from outside; the validator badge would ask a server of others. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Waymark API</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/init.js"></script></body></html>
`;
const INIT = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#docs', validatorUrl: null, deepLinking: true, tryItOutEnabled: false,
  requestInterceptor(request) { request.headers['X-Requested-By'] = 'waymark'; return request; } });
`;

const tags = ['documentation'];

/** The OpenAPI document and a page to read it. @param document text of the document, known once all routes are declared */
export function docsRoutes(api: OpenAPIHono<AppEnv>, document: () => { text: string; etag: string }): void {
  const dist = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const files = createFileServer(
    new Map([
      [
        'swagger-ui.css',
        { path: join(dist, 'swagger-ui.css'), type: 'text/css; charset=utf-8', cacheControl: 'no-cache' },
      ],
      [
        'swagger-ui-bundle.js',
        { path: join(dist, 'swagger-ui-bundle.js'), type: 'text/javascript; charset=utf-8', cacheControl: 'no-cache' },
      ],
    ]),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/openapi.json',
      permission: 'public',
      tags,
      summary: 'This document',
      responses: { 200: text('application/json', 'OpenAPI 3.1'), 304: { description: 'The same as before' } },
    }),
    (c) => {
      const { text: written, etag } = document();
      c.header('Cache-Control', 'no-cache');
      c.header('ETag', etag);
      if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304);
      c.header('Content-Type', 'application/json');
      return c.body(written);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/docs',
      permission: 'public',
      tags,
      summary: 'A page to read this document',
      responses: { 200: text('text/html', 'A page') },
    }),
    (c) => {
      asPage(c);
      c.header('Cache-Control', 'no-cache');
      return c.html(PAGE);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/docs/{file}',
      permission: 'public',
      tags,
      summary: 'What that page loads',
      request: { params: z.object({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'init.js']) }) },
      responses: { 200: text('text/javascript', 'Script, or style as text/css') },
    }),
    (c) => {
      const { file } = c.req.valid('param');
      if (file !== 'init.js') return files.send(c, file);
      c.header('Cache-Control', 'no-cache');
      c.header('Content-Type', 'text/javascript; charset=utf-8');
      return c.body(INIT);
    },
  );
}
