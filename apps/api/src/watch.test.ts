import { expect, it } from 'vitest';
import type { DueCheck } from '@waymark/domain';
import { auditSize, watchRows } from '@waymark/store';
import { enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite, OWN_PAGE, type Site } from './testing.ts';

const TOKEN = '3f'.repeat(32);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const ask = (site: Site, headers: Record<string, string> = bearer(TOKEN)) =>
  site.app.request('/watch/v1/due', { headers });
const tell = (site: Site, body: unknown, headers: Record<string, string> = bearer(TOKEN)) =>
  site.app.request('/watch/v1/results', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function watchedSite() {
  const site = await newSite({ watchToken: TOKEN });
  const { id } = await enterEntry(site.world);
  const { data } = (await (await ask(site)).json()) as { data: DueCheck[] };
  const [first] = data;
  if (!first) throw new Error('Nothing is due');
  const report = { recordId: first.recordId, path: first.path, url: first.url, result: { outcome: 'ok' } };
  return { site, id, data, report };
}

it('is off unless somebody switched it on', async () => {
  const site = await newSite();
  expect(await codeOf(await ask(site))).toBe('watcher-off');
  expect(await codeOf(await tell(site, { results: [] }))).toBe('watcher-off');
  expect((await ask(site, bearer(''))).status).toBe(404);
});

it('lets in whoever has the token, and nobody else, whatever their role; nothing is written', async () => {
  const { site, report } = await watchedSite();
  const admin = await site.browser('everything');
  const before = await auditSize(site.world.store.read);
  const wrong: Record<string, string>[] = [
    {},
    { cookie: admin.cookie() },
    bearer(''),
    bearer(TOKEN.slice(0, -1)),
    bearer(`${TOKEN}0`),
    bearer(TOKEN.toUpperCase()),
    { authorization: TOKEN },
    { authorization: `Basic ${btoa(`watcher:${TOKEN}`)}` },
    { authorization: `bearer ${TOKEN}` },
    { authorization: `Bearer  ${TOKEN}` },
  ];
  for (const headers of wrong) {
    expect(await codeOf(await ask(site, headers))).toBe('not-signed-in');
    expect(await codeOf(await tell(site, { results: [report] }, { ...OWN_PAGE, ...headers }))).toBe('not-signed-in');
  }
  expect(await auditSize(site.world.store.read)).toBe(before);
  expect(await watchRows(site.world.store.read)).toEqual([]);
  expect(site.logged.join('')).not.toContain(TOKEN.slice(0, 16));
});

it('opens no other door: the token is good for two operations', async () => {
  const { site } = await watchedSite();
  for (const path of ['/api/v1/entries', '/api/v1/alarms', '/api/v1/audit'])
    expect((await site.app.request(path, { headers: bearer(TOKEN) })).status).toBe(401);
  const change = await site.app.request('/api/v1/alarms', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(TOKEN) },
    body: '{}',
  });
  expect(await codeOf(change)).toBe('origin-refused');
});

it('says what is due, public data only, and keeps what was found', async () => {
  const { site, id, data, report } = await watchedSite();
  expect(data.map(({ path }) => path).sort()).toEqual(['/channels/tel/value', '/channels/web/value', '/website']);
  expect(new Set(data.flatMap((item) => Object.keys(item)))).toEqual(
    new Set(['recordId', 'path', 'url', 'domains', 'formerDomains', 'look']),
  );
  expect(await (await tell(site, { results: [report] })).json()).toEqual({
    kept: 1,
    failing: 0,
    raised: 0,
    unknown: 0,
  });
  const taken = { recordId: id, path: '/channels/web/value', url: 'https://help.example.org/form' };
  const answer = await tell(site, {
    results: [{ ...taken, result: { outcome: 'domain-changed', to: 'parked.example' } }],
  });
  expect(await answer.json()).toEqual({ kept: 1, failing: 1, raised: 1, unknown: 0 });
  const curator = await site.browser('curator');
  expect(await (await curator.get('/api/v1/alarms')).json()).toMatchObject({
    data: [{ recordId: id, kind: 'domain-changed', unsafe: true, raisedBy: 'system:watcher' }],
  });
});

it('takes results in the agreed form alone', async () => {
  const { site, report } = await watchedSite();
  const before = await auditSize(site.world.store.read);
  const bad: unknown[] = [
    {},
    { results: [] },
    { results: Array.from({ length: 21 }, () => report) },
    { results: [report], more: 1 },
    { results: [{ ...report, body: '<html>' }] },
    { results: [{ ...report, result: { outcome: 'confirmed' } }] },
    { results: [{ ...report, result: { outcome: 'ok', mark: { words: 'text of a page' } } }] },
    { results: [{ ...report, result: { outcome: 'domain-changed', to: 'x'.repeat(301) } }] },
    { results: [{ ...report, recordId: 'everything' }] },
  ];
  for (const body of bad) expect(await codeOf(await tell(site, body))).toBe('input-invalid');
  expect(await codeOf(await tell(site, '{"results":'))).toBe('json-malformed');
  expect(await codeOf(await tell(site, `{"results":"${'x'.repeat(70_000)}"}`))).toBe('body-too-large');
  const asText = await tell(site, { results: [report] }, { ...bearer(TOKEN), 'content-type': 'text/plain' });
  expect(await codeOf(asText)).toBe('content-type-wrong');
  expect((await site.app.request('/watch/v1/due?limit=1000', { headers: bearer(TOKEN) })).status).toBe(400);
  expect(await auditSize(site.world.store.read)).toBe(before);
  expect(await watchRows(site.world.store.read)).toEqual([]);
});
