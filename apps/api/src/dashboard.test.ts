import { expect, it } from 'vitest';
import { factsToCheck, type Entry } from '@waymark/domain';
import { openPublishing, recordDayFigures, type Dashboard } from '@waymark/services';
import { auditSize, findRecord } from '@waymark/store';
import { publishAs } from '../../../tests/support/tree.ts';
import { buildEntry, buildOrganisation, enter, enterEntry, propose } from '../../../tests/support/world.ts';
import { newSite, type Browser } from './testing.ts';

const show = async (browser: Browser) => (await (await browser.get('/api/v1/dashboard')).json()) as Dashboard;

it('counts what the lists behind it show', async () => {
  const site = await newSite();
  const { world } = site;
  const organisation = await enter(world, 'organisation', buildOrganisation());
  const first = await enterEntry(world, { organisation, kind: 'hotline.web' });
  await enterEntry(world, { organisation, kind: 'hotline.web' });
  await enterEntry(world, { organisation, kind: 'network' });
  let curator = await site.browser('curator');
  const doc = (await findRecord(world.store.read, first.id))?.doc as Entry;
  await curator.post(`/api/v1/entries/${first.id}/verifications`, {
    revision: 1,
    paths: factsToCheck(doc),
    method: 'official-site-check',
    outcome: 'confirmed',
  });
  await publishAs(world, await openPublishing({ profile: 'demo', dataDir: world.dir }, world.now()));
  await propose(world, { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation }) });
  await curator.post('/api/v1/alarms', { recordId: first.id, path: '/channels/web/value', unsafe: true });
  world.wait({ days: 9 });
  curator = await site.browser('curator');
  const size = await auditSize(world.store.read);
  const dashboard = await show(curator);
  expect(dashboard).toMatchObject({
    due: {
      due: { value: 0, href: '/due?state=due' },
      overdue: { value: 2, href: '/due?state=overdue' },
      expired: { value: 0, href: '/due?state=expired' },
    },
    verified: [
      { kind: 'hotline.web', total: 2, counts: { high: 0, medium: 1, low: 0, none: 1, contradicted: 0 } },
      { kind: 'network', total: 1, counts: { high: 0, medium: 0, low: 0, none: 1, contradicted: 0 } },
    ],
    confirmationAge: { medianDays: 9, confirmed: 1 },
    alarms: { open: { value: 1, href: '/alarms' }, unsafe: { value: 1 } },
    reviews: { waiting: { value: 1 }, oldestDays: 9, medianDays: 9 },
    snapshot: { last: { sequence: 1, href: '/snapshots/1/show' } },
  });
  const matrix = (await (await curator.get('/api/v1/coverage')).json()) as {
    totals: { countries: Record<string, number> };
  };
  expect(Object.fromEntries(dashboard.coverage.map(({ state, value }) => [state, value]))).toEqual(
    matrix.totals.countries,
  );
  expect(dashboard.coverage.reduce((sum, { value }) => sum + value, 0)).toBe(1);
  expect(dashboard.snapshot.expiries.map(({ role }) => role)).toEqual(['root', 'targets', 'snapshot', 'timestamp']);
  expect(dashboard.snapshot.expiries.every(({ daysLeft, expires }) => daysLeft !== null && expires !== null)).toBe(
    true,
  );
  for (const { value, href } of Object.values(dashboard.due)) {
    const list = (await (await curator.get(`/api/v1${href}`)).json()) as { total: number };
    expect(list.total, href).toBe(value);
  }
  // Looking writes nothing.
  expect(await auditSize(world.store.read)).toBe(size);
});

it('keeps the figures of each day once, and shows them beside today', async () => {
  const site = await newSite();
  const { world } = site;
  await enterEntry(world);
  const days = [];
  for (let day = 0; day < 3; day += 1) {
    await recordDayFigures(world.as('curator'));
    await recordDayFigures(world.as('curator'));
    days.push(world.now().toISOString().slice(0, 10));
    world.wait({ days: 1 });
  }
  await enterEntry(world);
  const { trend } = await show(await site.browser('admin'));
  days.push(world.now().toISOString().slice(0, 10));
  expect(trend).toEqual(days.map((day, i) => ({ day, due: i === 3 ? 2 : 1, overdue: 0, expired: 0 })));
  world.wait({ days: 29 });
  expect((await show(await site.browser('admin'))).trend.map(({ day }) => day)).toEqual([
    world.now().toISOString().slice(0, 10),
  ]);
});

it('shows an instance that holds nothing yet', async () => {
  const site = await newSite();
  expect(await show(await site.browser('admin'))).toMatchObject({
    due: { due: { value: 0 } },
    verified: [],
    confirmationAge: { medianDays: null, confirmed: 0 },
    reviews: { waiting: { value: 0 }, oldestDays: null },
    snapshot: { last: null },
  });
  expect((await (await site.browser('visitor')).get('/api/v1/dashboard')).status).toBe(403);
});
