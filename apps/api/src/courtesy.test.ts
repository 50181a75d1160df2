import { expect, it } from 'vitest';
import type { CourtesyView } from '@waymark/services';
import { auditSize, change, insertOutreach, listAuditEvents } from '@waymark/store';
import { enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite, OWN_PAGE, type Browser, type Site } from './testing.ts';

const agreement = {
  agreedWay: 'E-mail to the office',
  agreedHours: 'Mo-Fr 9-12',
  testsArranged: true,
  minDaysBetween: 60,
};

async function opened() {
  const site = await newSite();
  const { id, organisation } = await enterEntry(site.world);
  const path = `/api/v1/organisations/${organisation}/courtesy`;
  const agree = (browser: Browser, headers: Record<string, string>, body: object = agreement) =>
    Promise.resolve(
      site.app.request(path, {
        method: 'PUT',
        headers: { ...OWN_PAGE, cookie: browser.cookie(), ...headers },
        body: JSON.stringify(body),
      }),
    );
  return { site, id, organisation, path, curator: await site.browser('curator'), agree };
}

/** Somebody contacted the organisation now. */
async function contact({ world }: Site, organisationId: string, outcome: 'answered' | 'failed', way: 'mail' | 'call') {
  await change(world.asSystem('test'), 'system', async ({ tx, newId, now, audit }) => {
    await insertOutreach(tx, {
      id: newId(),
      organisationId,
      way,
      attempt: 1,
      by: world.people.curator.id,
      at: now,
      outcome,
    });
    await audit('outreach.note', `organisation:${organisationId}`, {});
  });
}

it('keeps what was agreed with an organisation, and says whether it was contacted lately', async () => {
  const { site, organisation, path, curator, agree } = await opened();
  const show = async (browser = curator) => (await (await browser.get(path)).json()) as CourtesyView;
  expect(await show()).toEqual({
    organisationId: organisation,
    agreedWay: null,
    agreedHours: null,
    testsArranged: false,
    minDaysBetween: 30,
    lastContactAt: null,
    lastContactWay: null,
    insideCap: false,
    version: 0,
  });
  const agreed = await agree(curator, { 'if-match': '"0"' });
  expect([agreed.status, agreed.headers.get('etag')]).toEqual([200, '"1"']);
  expect(await show()).toMatchObject({ ...agreement, insideCap: false, version: 1 });

  await contact(site, organisation, 'failed', 'mail');
  expect(await show()).toMatchObject({ lastContactAt: null, insideCap: false });
  await contact(site, organisation, 'answered', 'call');
  const at = site.world.now().toISOString();
  expect(await show()).toMatchObject({ lastContactAt: at, lastContactWay: 'call', insideCap: true });
  site.world.wait({ days: 59 });
  expect(await show(await site.browser('curator'))).toMatchObject({ insideCap: true });
  site.world.wait({ days: 1 });
  expect(await show(await site.browser('curator'))).toMatchObject({ lastContactAt: at, insideCap: false });

  const query = { subject: `organisation:${organisation}`, order: 'desc', limit: 10, offset: 0 } as const;
  const { data } = await listAuditEvents(site.world.store.read, query);
  expect(data).toContainEqual(
    expect.objectContaining({ action: 'courtesy.agree', payload: { ...agreement, version: 1 } }),
  );
});

it('is written over what was read, and by those who write to organisations', async () => {
  const { site, id, curator, agree } = await opened();
  const [reviewer, second] = [await site.browser('reviewer'), await site.browser('secondCurator')];
  const both = await Promise.all([agree(curator, { 'if-match': '"0"' }), agree(second, { 'if-match': '"0"' })]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
  const size = await auditSize(site.world.store.read);
  expect(await codeOf(await agree(curator, {}))).toBe('precondition-required');
  expect(await codeOf(await agree(curator, { 'if-match': '"0"' }))).toBe('stale-revision');
  expect(await codeOf(await agree(curator, { 'if-match': '"2"' }))).toBe('stale-revision');
  expect(await codeOf(await agree(reviewer, { 'if-match': '"1"' }))).toBe('not-permitted');
  expect(await codeOf(await agree(curator, { 'if-match': '"1"' }, { ...agreement, minDaysBetween: 0 }))).toBe(
    'input-invalid',
  );
  expect(await codeOf(await curator.get(`/api/v1/organisations/${id}/courtesy`))).toBe('not-found');
  expect(await auditSize(site.world.store.read)).toBe(size);
  expect((await agree(curator, { 'if-match': '"1"' }, { ...agreement, minDaysBetween: 7 })).headers.get('etag')).toBe(
    '"2"',
  );
});
