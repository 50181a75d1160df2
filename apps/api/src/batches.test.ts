import { expect, it } from 'vitest';
import { findRecord } from '@waymark/store';
import { openBatch, renaming } from '../../../tests/support/batch.ts';
import { enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite } from './testing.ts';

type Selection = { data: { id: string; contentHash: string }[]; total: number };

it('leads a batch over HTTP from its rows to its approval and back', async () => {
  const site = await newSite();
  const { world } = site;
  const { id } = await enterEntry(world);
  const { id: batch } = await openBatch(world.as('curator'), {
    rows: [{ row: 2, ...(await renaming(world, id, 'New')) }],
  });
  const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
  const at = `/api/v1/batches/${batch}`;

  expect(await (await reviewer.get('/api/v1/batches')).json()).toMatchObject({ total: 1, data: [{ id: batch }] });
  expect(await (await reviewer.get(`${at}/rows?state=in-review&risk=R1&q=new`)).json()).toMatchObject({
    total: 1,
    data: [{ row: 2, proposal: { can: { approve: null } } }],
  });
  expect(await (await curator.get('/api/v1/proposals?state=in-review')).json()).toMatchObject({ total: 1 });
  const inBatch = (other: string) => curator.get(`/api/v1/proposals?batch=${other}`);
  expect(await (await inBatch(batch)).json()).toMatchObject({ total: 1 });
  expect(await (await inBatch(id)).json()).toMatchObject({ total: 0 });

  const { data } = (await (await reviewer.get(`${at}/selection?action=approve`)).json()) as Selection;
  const items = data.map((row) => ({ id: row.id, contentHash: row.contentHash }));
  const approved = await reviewer.post('/api/v1/proposals/bulk', { action: 'approve', items });
  expect(await approved.json()).toMatchObject({ results: [{ ok: true, state: 'applied' }] });
  expect(await findRecord(world.store.read, id)).toMatchObject({ revision: 2 });

  const undone = await curator.post(`${at}/undo`, { title: 'Back' });
  expect(undone.status).toBe(201);
  const made = (await undone.json()) as { id: string };
  expect(undone.headers.get('location')).toBe(`/api/v1/batches/${made.id}`);
  expect(made).toMatchObject({ kind: 'undo', undoes: batch, states: { 'in-review': 1 } });
  expect(await codeOf(await curator.post(`${at}/undo`, {}))).toBe('already-undone');
  expect(await (await curator.post(`/api/v1/batches/${made.id}/withdraw`, {})).json()).toMatchObject({
    states: { withdrawn: 1 },
  });
});

it('refuses what it does not know, and batches that are none', async () => {
  const site = await newSite();
  const curator = await site.browser('curator');
  const nobodys = `/api/v1/batches/${site.world.newId()}`;
  for (const path of ['', '/rows', '/selection?action=approve'])
    expect(await codeOf(await curator.get(`${nobodys}${path}`))).toBe('not-found');
  for (const path of ['/rows?state=open', '/rows?sort=risk', '/rows?by=me', '/selection'])
    expect(await codeOf(await curator.get(`${nobodys}${path}`)), path).toBe('filter-unknown');
  expect(await codeOf(await curator.post(`${nobodys}/withdraw`, {}))).toBe('not-found');
  expect(await codeOf(await curator.post(`${nobodys}/undo`, { reason: 'because' }))).toBe('input-invalid');
});
