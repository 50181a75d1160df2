import { expect, it } from 'vitest';
import { enterEntry, retire } from '../../../tests/support/world.ts';
import { codeOf, newSite } from './testing.ts';

type Snapshot = { sequence: number; state: string; contentDigest: string };

it('prepares, shows what changes, publishes, and serves it to anybody', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world, { slug: 'de-helpline' });
  const [publisher, curator] = [await site.browser('publisher'), await site.browser('curator')];
  expect(await codeOf(await curator.post('/api/v1/snapshots'))).toBe('not-permitted');
  const made = await publisher.post('/api/v1/snapshots');
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe('/api/v1/snapshots/1');
  const prepared = (await made.json()) as Snapshot;
  expect(prepared).toMatchObject({
    sequence: 1,
    state: 'prepared',
    assurance: 'demo',
    counts: { entries: 1 },
    can: { publish: null },
  });
  expect((await site.app.request('/repo/metadata/timestamp.json')).status).toBe(404);
  expect(await codeOf(await curator.post('/api/v1/snapshots/1/publish'))).toBe('not-permitted');
  const published = await publisher.post('/api/v1/snapshots/1/publish');
  expect(await published.json()).toMatchObject({
    state: 'published',
    publishedByName: 'Demo Publisher',
    targetsVersion: 1,
  });
  expect((await site.app.request('/repo/metadata/timestamp.json')).status).toBe(200);
  const directory = await site.app.request(`/repo/targets/v1/${prepared.contentDigest}.directory.ndjson`);
  expect(await directory.text()).toContain('"slug":"de-helpline"');
  expect(await (await curator.get('/api/v1/snapshots/status')).json()).toMatchObject({
    publishing: true,
    current: { sequence: 1 },
    assurance: 'demo',
  });
  expect(await (await curator.get('/api/v1/snapshots')).json()).toMatchObject({
    total: 1,
    data: [{ sequence: 1, state: 'published' }],
  });
  expect(await (await curator.get('/api/v1/snapshots/difference?from=0&to=1')).json()).toMatchObject({
    totals: { added: 2 },
  });
  expect(await codeOf(await publisher.post('/api/v1/snapshots'))).toBe('nothing-to-publish');
  expect(await codeOf(await publisher.get('/api/v1/snapshots/2'))).toBe('not-found');
  // Suspending takes it out of the public tree at once, without a publisher.
  const gone = await curator.post(`/api/v1/entries/${id}/suspend`, { reason: 'unsafe' });
  expect(await gone.json()).toMatchObject({ state: 'suspended', clients: { state: 'removed', sequence: 2 } });
  expect(await (await curator.get('/api/v1/snapshots/2')).json()).toMatchObject({
    kind: 'patch',
    state: 'published',
    counts: { entries: 0 },
  });
});

it('asks a second publisher, with a reason, when a country loses its last entry', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  const [first, second] = [await site.browser('publisher'), await site.browser('secondPublisher')];
  await first.post('/api/v1/snapshots');
  await first.post('/api/v1/snapshots/1/publish');
  await retire(site.world, id);
  expect(await (await first.post('/api/v1/snapshots')).json()).toMatchObject({
    sequence: 2,
    gate: { needsSecond: true },
  });
  expect(await codeOf(await first.post('/api/v1/snapshots/2/publish'))).toBe('gate-second-publisher');
  expect(await codeOf(await first.post('/api/v1/snapshots/2/confirm', { reason: 'It closed' }))).toBe(
    'second-person-needed',
  );
  expect(await codeOf(await second.post('/api/v1/snapshots/2/confirm', { reason: ' ' }))).toBe('comment-required');
  expect((await second.post('/api/v1/snapshots/2/confirm', { reason: 'It closed for good' })).status).toBe(200);
  expect(await (await first.post('/api/v1/snapshots/2/publish')).json()).toMatchObject({
    state: 'published',
    confirmedReason: 'It closed for good',
  });
});

it('throws a prepared snapshot away for good', async () => {
  const site = await newSite();
  await enterEntry(site.world);
  const publisher = await site.browser('publisher');
  await publisher.post('/api/v1/snapshots');
  expect(await (await publisher.post('/api/v1/snapshots/1/discard')).json()).toMatchObject({ state: 'discarded' });
  expect(await codeOf(await publisher.post('/api/v1/snapshots/1/publish'))).toBe('snapshot-not-prepared');
  expect(await (await publisher.post('/api/v1/snapshots')).json()).toMatchObject({ sequence: 2 });
});
