import { expect, it } from 'vitest';
import { openPublicLog, publishLog } from '@waymark/services';
import { listAuditEvents } from '@waymark/store';
import { filesIn } from '../../../tests/support/tree.ts';
import { newSite, OWN_PAGE } from './testing.ts';

/** Where a secret may come in: each way takes one and sends it. */
const WAYS: readonly [string, (canary: string) => [path: string, init: RequestInit]][] = [
  ['cookie', (c) => ['/api/v1/session', { headers: { cookie: `waymark-sid=${c}` } }]],
  ['bearer token', (c) => ['/watch/v1/due', { headers: { authorization: `Bearer ${c}` } }]],
  ['query', (c) => [`/api/v1/entries?token=${c}`, {}]],
  ['path', (c) => [`/api/v1/links/${c}`, {}]],
  ['unknown path', (c) => [`/api/v1/${c}/${c}`, {}]],
  ['user agent', (c) => ['/healthz', { headers: { 'user-agent': c, referer: `https://example.org/?t=${c}` } }]],
  ['forwarded', (c) => ['/healthz', { headers: { 'x-forwarded-for': c } }]],
  [
    'password',
    (c) => [
      '/api/v1/session',
      {
        method: 'POST',
        headers: OWN_PAGE,
        body: JSON.stringify({ email: 'curator@example.org', password: c }),
      },
    ],
  ],
  [
    'address of nobody',
    (c) => [
      '/api/v1/session',
      { method: 'POST', headers: OWN_PAGE, body: JSON.stringify({ email: `${c}@example.org`, password: c }) },
    ],
  ],
  [
    'link token',
    (c) => [`/api/v1/links/${c}`, { method: 'POST', headers: OWN_PAGE, body: JSON.stringify({ password: c }) }],
  ],
  ['broken JSON', (c) => ['/api/v1/proposals', { method: 'POST', headers: OWN_PAGE, body: `{"secret": "${c}` }]],
  [
    'unknown field',
    (c) => ['/api/v1/session', { method: 'POST', headers: OWN_PAGE, body: JSON.stringify({ [c]: c }) }],
  ],
  [
    'idempotency key',
    (c) => ['/api/v1/proposals', { method: 'POST', headers: { ...OWN_PAGE, 'idempotency-key': c }, body: '{}' }],
  ],
  [
    'origin',
    (c) => [
      '/api/v1/session',
      { method: 'POST', headers: { ...OWN_PAGE, origin: `https://${c}.example.org` }, body: '{}' },
    ],
  ],
];
const EACH = 36;

// SECURITY L-08.
it('keeps 504 secrets, sent in every way there is, out of the log, the audit events and the public log', async () => {
  const site = await newSite({ watchToken: 'the token that nobody here knows, long enough' });
  let sent = 0;
  for (const [, way] of WAYS) {
    for (let i = 0; i < EACH; i += 1) {
      const [path, init] = way(`canary${i}x${sent}`);
      await site.app.request(path, init);
      sent += 1;
    }
  }
  expect(sent).toBe(504);
  const { data } = await listAuditEvents(site.world.store.read, { limit: 10_000, offset: 0 });
  const log = await openPublicLog({ profile: 'demo', dataDir: site.world.dir, logOrigin: 'localhost/log' });
  await publishLog(site.world.as('admin'), log);
  const published = Object.values(await filesIn(log.dir)).map((base64) => Buffer.from(base64, 'base64').toString());
  const sinks = { log: site.logged.join(''), events: JSON.stringify(data), published: published.join('') };
  expect(site.logged.length).toBeGreaterThanOrEqual(sent);
  for (const [sink, text] of Object.entries(sinks)) expect(/canary\d+x\d+/.exec(text)?.[0], sink).toBeUndefined();
}, 240_000);
