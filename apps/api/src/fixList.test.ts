import { expect, it } from 'vitest';
import { factsToCheck, type Entry, type Organisation } from '@waymark/domain';
import { guessMapping, read, understand, writeCsv, type Directory, type Source } from '@waymark/import';
import { raiseAlarm } from '@waymark/services';
import { change, findRecord } from '@waymark/store';
import { enterEntry, type World } from '../../../tests/support/world.ts';
import { newSite, type Browser } from './testing.ts';

async function confirm({ store }: World, browser: Browser, id: string): Promise<void> {
  const record = await findRecord(store.read, id);
  const answer = await browser.post(`/api/v1/entries/${id}/verifications`, {
    revision: record?.revision,
    paths: factsToCheck(record?.doc as Entry),
    method: 'official-site-check',
    outcome: 'confirmed',
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

/** A list as it came down: what stands under a column, by the handle of the entry. */
async function listAt(browser: Browser, path: string): Promise<{ source: Source; under: (name: string) => unknown }> {
  const answer = await browser.get(`/api/v1${path}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { source } = await read(new Uint8Array(await answer.arrayBuffer()));
  if (!source) throw new Error('The list cannot be read');
  const slug = source.header.indexOf('slug');
  return {
    source,
    under: (name) =>
      Object.fromEntries(source.rows.map(({ cells }) => [cells[slug] ?? '', cells[source.header.indexOf(name)]])),
  };
}

async function directoryOf({ store }: World, ids: readonly string[]): Promise<Directory> {
  const records = await Promise.all(ids.map((id) => findRecord(store.read, id)));
  const entries = records.flatMap((record) => (record ? [record.doc as Entry] : []));
  const owners = await Promise.all(entries.map(({ organisation }) => findRecord(store.read, organisation)));
  return {
    entries,
    organisations: owners.map((owner) => owner?.doc as Organisation),
    revisions: new Map(records.map((record) => [record?.id ?? '', record?.revision ?? 0])),
  };
}

it('lists what is broken or stale with what is wrong, and comes back with only its corrections', async () => {
  const site = await newSite();
  const { world } = site;
  const browser = await site.browser('everything');
  const ids: Record<string, string> = {};
  for (const slug of ['stale', 'unsafe', 'sound']) ids[slug] = (await enterEntry(world, { slug })).id;
  const { stale = '', unsafe = '', sound = '' } = ids;
  await confirm(world, browser, stale);
  world.wait({ days: 400 });
  const later = await site.browser('everything');
  await confirm(world, later, unsafe);
  await confirm(world, later, sound);
  await change(world.asSystem('watcher'), 'token', (door) =>
    raiseAlarm(door, {
      recordId: unsafe,
      path: '/channels/tel/value',
      kind: 'domain-changed',
      unsafe: true,
      detail: {},
    }),
  );

  const { source, under } = await listAt(later, '/entries/fix-list?format=xlsx&sort=name');
  expect(under('(wrong)')).toEqual({
    stale: 'Nobody confirmed it for too long: it ran out.',
    unsafe: 'May be unsafe, /channels/tel/value: the domain may have changed hands.',
  });
  expect(Object.values(under('(since)') as object)).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    world.now().toISOString().slice(0, 10),
  ]);
  const due = await listAt(later, '/due/fix-list?format=csv&state=expired');
  expect(due.under('(wrong)')).toEqual({ stale: 'Nobody confirmed it for too long: it ran out.' });

  const names = source.header.indexOf('names');
  const corrected = source.rows.map(({ cells }, at) =>
    cells.with(names, at === 0 ? 'en: Lantern Quill' : cells[names]!),
  );
  let text = '';
  for await (const line of writeCsv([source.header, ...corrected])) text += line;
  const back = (await read(Buffer.from(text))).source!;
  const outcomes = understand(back, guessMapping(back).mapping, await directoryOf(world, [stale, unsafe, sound]));
  expect(outcomes).toMatchObject([{ action: 'update', fields: ['names'] }, { action: 'duplicate' }]);
});

it('is for those who may see alarms, in the formats of a table', async () => {
  const site = await newSite();
  for (const path of ['/entries/fix-list', '/due/fix-list']) {
    expect((await site.app.request(`/api/v1${path}?format=csv`)).status).toBe(401);
    expect((await (await site.browser('visitor')).get(`/api/v1${path}?format=csv`)).status).toBe(403);
    expect((await (await site.browser('curator')).get(`/api/v1${path}?format=json`)).status).toBe(400);
  }
});
