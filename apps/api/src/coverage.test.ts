import { describe, expect, it } from 'vitest';
import {
  DEFAULT_POLICY,
  factsToCheck,
  type CountryProfile,
  type CoverageMatrix,
  type Entry,
  type Evidence,
} from '@waymark/domain';
import {
  recordVerification,
  type CountryView,
  type FirstSteps,
  type NamedRoute,
  type Preview,
} from '@waymark/services';
import { auditSize, findRecord } from '@waymark/store';
import { approve, buildCountryProfile, enter, enterEntry, lookedAgain, propose } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Effects = { effects: { lost: boolean }[]; firstSteps: FirstSteps };

/** A hotline of Germany for links to abuse material, and the global portal. */
async function withHotlineAndPortal() {
  const site = await newSite();
  const accepts: Entry['accepts'] = { 'csam-url': { answer: 'yes' } };
  const shared: Partial<Entry> = { audience: ['public'], accepts, anonymity: { level: 'anonymous' } };
  const hotline = await enterEntry(site.world, { ...shared, kind: 'hotline.web', slug: 'de-hotline' });
  const portal = await enterEntry(site.world, {
    ...shared,
    kind: 'portal.global',
    slug: 'portal',
    serves: [{ area: '001', basis: 'any', strength: 'primary' }],
  });
  return { site, hotline: hotline.id, portal: portal.id, browser: await site.browser('everything') };
}

/** Somebody reads the official page and finds everything as we say. */
async function verify(site: Site, id: string): Promise<void> {
  const record = await findRecord(site.world.store.read, id);
  if (!record) throw new Error(`There is no record ${id}`);
  const paths = factsToCheck(record.doc as Entry); // The test knows that it is an entry.
  await recordVerification(site.world.as('curator'), id, {
    revision: record.revision,
    paths,
    method: 'official-site-check',
    outcome: 'confirmed',
  });
}

const csam = { need: 'csam-online', country: 'DE' };

async function preview(browser: Browser, question: object): Promise<Preview> {
  const answer = await browser.post('/api/v1/routing/preview', { request: csam, on: { directory: true }, ...question });
  expect({ status: answer.status }).toEqual({ status: 200 });
  return (await answer.json()) as Preview;
}

const slugs = (route: NamedRoute | null) => route?.steps.map(({ id, slug }) => slug ?? id);
const withheld = (route: NamedRoute | null) => route?.withheld.map(({ slug, reason }) => `${slug}:${reason}`);

async function matrixOf(browser: Browser): Promise<CoverageMatrix> {
  return (await (await browser.get('/api/v1/coverage')).json()) as CoverageMatrix;
}

describe('the matrix', () => {
  it('follows what is verified, suspended and said to be none, and drills down to the entries', async () => {
    const { site, hotline, browser } = await withHotlineAndPortal();
    const germany = async () => (await matrixOf(browser)).countries.find(({ country }) => country === 'DE');
    expect(await germany()).toEqual({
      country: 'DE',
      summary: 'stale',
      cells: { 'csam-url': { state: 'stale', options: 1, verified: 0 } },
    });
    await verify(site, hotline);
    expect((await germany())?.cells).toEqual({ 'csam-url': { state: 'sole', options: 1, verified: 1 } });
    const country = (await (await browser.get('/api/v1/coverage/DE')).json()) as CountryView;
    expect(country).toMatchObject({ country: 'DE', profileId: null, summary: 'partial' });
    expect(country.cells).toHaveLength(19);
    expect(country.cells[0]).toMatchObject({
      need: 'csam-url',
      state: 'sole',
      entries: [
        { id: hotline, slug: 'de-hotline', confidence: 'medium', state: 'active', expired: false, partial: false },
      ],
      profile: null,
    });
    await browser.post(`/api/v1/entries/${hotline}/suspend`, { reason: 'unsafe' });
    expect((await germany())?.cells).toEqual({ 'csam-url': { state: 'stale', options: 0, verified: 0 } });
  });

  it('grows old with the clock, though nothing is written', async () => {
    const { site, hotline, browser } = await withHotlineAndPortal();
    await verify(site, hotline);
    expect((await matrixOf(browser)).totals.cells).toMatchObject({ sole: 1, stale: 0 });
    site.world.wait({ days: 300 });
    const later = await site.browser('everything');
    expect((await matrixOf(later)).totals.cells).toMatchObject({ sole: 0, stale: 1 });
  });

  it('is for people with a role, and knows its countries', async () => {
    const site = await newSite();
    expect(await codeOf(await (await site.browser('visitor')).get('/api/v1/coverage'))).toBe('not-permitted');
    expect(await codeOf(await (await site.browser()).get('/api/v1/coverage/DE'))).toBe('not-signed-in');
    const browser = await site.browser('reviewer');
    expect((await browser.get('/api/v1/coverage/DE')).status).toBe(200);
    expect(await codeOf(await browser.get('/api/v1/coverage/UK'))).toBe('not-found');
    expect(await (await browser.get('/api/v1/coverage')).json()).toMatchObject({ countries: [] });
  });
});

describe('the routing preview', () => {
  it('says what is withheld because nobody verified it, and shows it when told to assume that', async () => {
    const { site, browser } = await withHotlineAndPortal();
    const size = await auditSize(site.world.store.read);
    const { route } = await preview(browser, {});
    expect(slugs(route)).toEqual(['generic:police']);
    expect(withheld(route)?.sort()).toEqual(['de-hotline:confidence', 'portal:confidence']);
    const assumed = await preview(browser, { assumeVerified: true });
    expect(assumed).toMatchObject({ assumeVerified: true, before: null, after: null });
    expect(assumed.route).toMatchObject({
      steps: [
        {
          slug: 'de-hotline',
          tier: 'N',
          kind: 'hotline.web',
          name: 'Helpline de-hotline',
          channels: [
            { id: 'tel', type: 'phone', address: '+4930123456' },
            { id: 'web', type: 'url', address: 'https://help.example.org/form' },
          ],
        },
      ],
      withheld: [],
      notes: ['if-danger-call-local-emergency', 'do-not-save-or-share', 'report-even-if-unsure'],
    });
    expect(await auditSize(site.world.store.read)).toBe(size);
  });

  it('looks at any moment', async () => {
    const { site, hotline, portal, browser } = await withHotlineAndPortal();
    await verify(site, hotline);
    await verify(site, portal);
    expect(slugs((await preview(browser, {})).route)).toEqual(['de-hotline']);
    const later = await preview(browser, { at: new Date(site.world.now().getTime() + 300 * 86_400_000).toISOString() });
    expect(withheld(later.route)?.sort()).toEqual(['de-hotline:expired', 'portal:expired']);
  });

  it('shows a proposal before and after: a changed number is withheld until somebody verifies it', async () => {
    const { site, hotline, portal, browser } = await withHotlineAndPortal();
    await verify(site, hotline);
    await verify(site, portal);
    const doc = (await findRecord(site.world.store.read, hotline))?.doc as Entry; // It was just entered.
    const [tel, web] = doc.channels;
    if (!tel || !web) throw new Error('The entry has two channels');
    const channels = [{ ...tel, value: { number: { kind: 'e164', digits: '4930654321' } } }, web];
    const edit = await propose(site.world, {
      kind: 'update',
      recordType: 'entry',
      recordId: hotline,
      doc: { ...doc, channels },
      summary: 'Another number',
    });
    const { route, before, after } = await preview(browser, { on: { proposal: edit.id } });
    expect(route).toBeNull();
    expect(before?.steps[0]?.channels.map(({ id }) => id)).toEqual(['tel', 'web']);
    expect(after?.steps[0]?.channels.map(({ id }) => id)).toEqual(['web']);

    const closing = await propose(site.world, {
      kind: 'retire',
      recordType: 'entry',
      recordId: hotline,
      retirement: { reason: 'closed', successors: [], redirect: 'none' },
      summary: 'Closed',
    });
    const gone = await preview(browser, { on: { proposal: closing.id } });
    expect([slugs(gone.before), slugs(gone.after)]).toEqual([['de-hotline'], ['portal']]);
    expect(gone.after?.notes).toContain('coverage:not-researched');
  });

  it('shows a new entry as withheld until it is verified, and a profile by its notes', async () => {
    const { site, portal, browser } = await withHotlineAndPortal();
    await verify(site, portal);
    const profile = await propose(site.world, {
      kind: 'create',
      recordType: 'country',
      doc: buildCountryProfile({ country: 'SN', ...noneKnown(4) }),
      summary: 'Nothing found',
    });
    const { before, after } = await preview(browser, {
      request: { need: 'csam-online', country: 'SN' },
      on: { proposal: profile.id },
    });
    expect([before?.notes[0], after?.notes[0]]).toEqual(['coverage:not-researched', 'coverage:none-known']);
    expect([slugs(before), slugs(after)]).toEqual([['portal'], ['portal']]);
  });

  it('shows what clients of a snapshot see, and what they were told at once to withhold', async () => {
    const { site, hotline, portal, browser } = await withHotlineAndPortal();
    await verify(site, hotline);
    await verify(site, portal);
    expect((await browser.post('/api/v1/snapshots')).status).toBe(201);
    expect((await browser.post('/api/v1/snapshots/1/publish')).status).toBe(200);
    const before = site.world.now().toISOString();
    site.world.wait({ seconds: 5 });
    await browser.post(`/api/v1/entries/${hotline}/suspend`, { reason: 'unsafe' });
    const told = await preview(browser, { on: { snapshot: 1 } });
    expect([slugs(told.route), withheld(told.route)]).toEqual([['portal'], ['de-hotline:temporarily-withdrawn']]);
    expect(told.route?.withheld[0]?.withdrawn).toEqual({ reason: 'unsafe', since: site.world.now().toISOString() });
    // Of the snapshot itself nothing changed.
    expect(slugs((await preview(browser, { on: { snapshot: 1 }, at: before })).route)).toEqual(['de-hotline']);
    const now = await preview(browser, {});
    expect([slugs(now.route), withheld(now.route)]).toEqual([['portal'], ['de-hotline:temporarily-withdrawn']]);
    expect(slugs((await preview(browser, { on: { snapshot: 2 } })).route)).toEqual(['portal']);
  });

  it('refuses what it does not know', async () => {
    const { browser } = await withHotlineAndPortal();
    const ask = (body: object) => browser.post('/api/v1/routing/preview', body);
    const directory = { directory: true };
    expect(await codeOf(await ask({ request: csam, on: { snapshot: 7 } }))).toBe('not-found');
    expect(await codeOf(await ask({ request: csam, on: { proposal: '0190a000-0000-7000-8000-00000000ffff' } }))).toBe(
      'not-found',
    );
    for (const request of [
      {},
      { need: 'lunch' },
      { need: 'csam-online', country: 'UK' },
      { need: 'csam-online', country: 'DE', subdivision: 'US-CA' },
      { need: 'csam-online', note: 'my name is' },
    ])
      expect(await codeOf(await ask({ request, on: directory }))).toBe('input-invalid');
    expect(await codeOf(await ask({ request: csam, on: {} }))).toBe('input-invalid');
  });
});

describe('whose first step changes', () => {
  it('is said of an entry that leaves, as if all were verified while the policy publishes what nobody verified', async () => {
    const { hotline, portal, browser } = await withHotlineAndPortal();
    const leave = async (id: string) =>
      (await (await browser.post(`/api/v1/entries/${id}/impact`, { retire: true })).json()) as Effects;
    const { effects, firstSteps } = await leave(hotline);
    expect(effects.length).toBeGreaterThan(0);
    expect(firstSteps).toEqual({
      assumedVerified: true,
      total: 1,
      changes: [
        {
          country: 'DE',
          need: 'csam-online',
          before: { id: hotline, tier: 'N', name: 'Helpline de-hotline', slug: 'de-hotline' },
          after: { id: portal, tier: 'G', name: 'Helpline portal', slug: 'portal' },
        },
      ],
    });
    // The whole world turns to the portal, but for the one country that has its own.
    const world = (await leave(portal)).firstSteps;
    expect([world.total, world.changes.length]).toEqual([249, 200]);
    expect(world.changes[0]).toMatchObject({ after: { id: 'generic:police', name: null, slug: null } });
    expect(world.changes.some(({ country }) => country === 'DE')).toBe(false);
  });

  it('is said of a proposal in review, and of none that is closed', async () => {
    const { site, hotline, portal, browser } = await withHotlineAndPortal();
    const closing = await propose(site.world, {
      kind: 'retire',
      recordType: 'entry',
      recordId: hotline,
      retirement: { reason: 'closed', successors: [], redirect: 'none' },
      summary: 'Closed',
    });
    const shown = async () => (await (await browser.get(`/api/v1/proposals/${closing.id}`)).json()) as Effects;
    expect((await shown()).firstSteps).toMatchObject({
      total: 1,
      changes: [{ country: 'DE', before: { id: hotline }, after: { id: portal } }],
    });
    await approve(site.world, closing);
    expect((await shown()).firstSteps).toEqual({ changes: [], total: 0, assumedVerified: false });
  });

  it('counts only what is verified where the policy holds back the rest', async () => {
    const { site, hotline, portal, browser } = await withHotlineAndPortal();
    const [admin, second] = [await site.browser('admin'), await site.browser('secondAdmin')];
    const asked = await admin.post('/api/v1/admin-requests', { kind: 'policy.change', payload: DEFAULT_POLICY });
    const { id } = (await asked.json()) as { id: string };
    expect((await second.post(`/api/v1/admin-requests/${id}/confirm`)).status).toBe(200);
    const leave = async () =>
      ((await (await browser.post(`/api/v1/entries/${hotline}/impact`, { retire: true })).json()) as Effects)
        .firstSteps;
    expect(await leave()).toEqual({ changes: [], total: 0, assumedVerified: false });
    await verify(site, hotline);
    expect((await leave()).changes).toMatchObject([{ before: { id: hotline }, after: { id: 'generic:police' } }]);
    await verify(site, portal);
    expect((await leave()).changes).toMatchObject([{ before: { id: hotline }, after: { id: portal } }]);
  });
});

/** A profile that says that there is nowhere to report links, with so many sources for it. */
function noneKnown(sources: number): Pick<CountryProfile, 'coverage' | 'evidence'> {
  const evidence = Array.from({ length: sources }, (_, i): Evidence => ({
    id: `list-${i}`,
    kind: 'official-register',
    url: `https://list-${i}.example.org/`,
    title: `List ${i}`,
    sensitivity: 'public',
    supports: ['/coverage/csam-url'],
  }));
  const checkedAt = new Date().toISOString().slice(0, 10);
  return { coverage: [{ need: 'csam-url', status: 'none-known', checkedAt }], evidence };
}

describe('"none known"', () => {
  it('goes to review with four primary sources, in a new profile as well as in an edit, and takes two approvals', async () => {
    const site = await newSite();
    const browser = await site.browser('curator');
    const submit = async (kind: 'create' | 'update', sources: number, recordId?: string) => {
      const record = recordId === undefined ? undefined : await findRecord(site.world.store.read, recordId);
      const doc = { ...(record?.doc ?? buildCountryProfile({ country: 'SN' })), ...noneKnown(sources) };
      const made = await browser.post('/api/v1/proposals', {
        kind,
        recordType: 'country',
        recordId,
        doc,
        summary: 'None',
      });
      const { id, version } = (await made.json()) as { id: string; version: number };
      return { id, answer: await browser.post(`/api/v1/proposals/${id}/submit`, {}, { 'if-match': `"${version}"` }) };
    };
    const refused = (await submit('create', 3)).answer;
    expect(await refused.json()).toMatchObject({
      code: 'evidence-missing',
      errors: [{ path: '/coverage/csam-url', message: expect.stringContaining('four for "none known"') }],
    });
    const profile = buildCountryProfile({ country: 'GM' });
    const recordId = await enter(site.world, 'country', lookedAgain(site.world, profile));
    expect(await codeOf((await submit('update', 3, recordId)).answer)).toBe('evidence-missing');
    for (const { answer } of [await submit('create', 4), await submit('update', 4, recordId)])
      expect(await answer.json()).toMatchObject({ state: 'in-review', risk: 'R3', requiredApprovals: 2 });
  });
});
