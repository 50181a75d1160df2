import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from './server.ts';
import { newSite, ORIGIN, type Site } from './testing.ts';

/** One request over a real socket, its body in chunks and without a length, as proxies and streams send it. */
async function send(
  site: Site,
  method: string,
  path: string,
  cookie: string,
  chunks: readonly string[],
): Promise<number> {
  const { port, close } = await listen({ host: '127.0.0.1', port: 0 }, () => site.app);
  onTestFinished(close);
  const headers = { cookie, origin: ORIGIN, 'content-type': 'application/json', 'x-requested-by': 'waymark' };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path: `/api/v1${path}`, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

it('takes a body that comes in pieces and says no length', async () => {
  const site = await newSite();
  const cookie = (await site.browser('curator')).cookie();
  const status = await send(site, 'POST', '/proposals', cookie, [
    '{"kind":"create",',
    '"recordType":"organisation",',
    '"doc":{}}',
  ]);
  expect(status).toBe(201);
});

it('signs out by a DELETE without any body', async () => {
  const site = await newSite();
  const curator = await site.browser('curator');
  expect(await send(site, 'DELETE', '/session', curator.cookie(), [])).toBe(204);
  expect((await curator.get('/api/v1/queue')).status).toBe(401);
});

it('gives a body up once it is too large, though it never said how large', async () => {
  const site = await newSite();
  const cookie = (await site.browser('curator')).cookie();
  const pieces = Array.from({ length: 27 }, () => ' '.repeat(10_000));
  expect(await send(site, 'POST', '/proposals', cookie, pieces)).toBe(413);
});
