import { expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { editedEntry, read } from '@waymark/import';
import { auditSize, findProposal, listAuditEvents } from '@waymark/store';
import {
  amend,
  buildCountryProfile,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  propose,
} from '../../../tests/support/world.ts';
import { codeOf, newSite } from './testing.ts';

type Proposal = { id: string; version: number; contentHash: string; state: string; recordId: string };

it('offers filters and sorts by name, and refuses every other', async () => {
  const site = await newSite();
  await enterEntry(site.world);
  const browser = await site.browser('everything');
  expect(
    (
      await browser.get(
        '/api/v1/entries?kind=child-helpline&country=DE&state=active&sort=-updatedAt&perPage=5&q=helpline',
      )
    ).status,
  ).toBe(200);
  const refused = [
    'entries?password=x',
    'entries?filter[author.password][$startsWith]=a',
    'entries?sort=contentHash',
    'entries?sort=name;drop',
    'entries?sort=name&sort=kind',
    'entries?state=deleted',
    'entries?perPage=100000',
    'entries?page=0',
    'entries?page=1e9',
    'entries?_embed=author',
    'entries?Kind=hotline.web',
    'entries/facets?page=2',
    'entries/export?format=csv&perPage=5',
    'organisations?password_hash=x',
    'users?sort=passwordHash',
    'users?password_hash[$startsWith]=a',
    'proposals?sort=author.email',
    'proposals?state=draft,secret',
    'proposals?mine=1',
    'audit?sort=at',
    'audit?action=%25',
    'audit?from=yesterday',
    'admin-requests?sort=payload',
    'entries/0190a000-0000-7000-8000-000000000001/compare?from=1&to=2&raw=1',
  ];
  for (const query of refused)
    expect(`${query}: ${await codeOf(await browser.get(`/api/v1/${query}`))}`).toBe(`${query}: filter-unknown`);
});

it('lists, finds and counts what is approved', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world, { slug: 'de-helpline' });
  const browser = await site.browser('curator');
  const page = await (await browser.get('/api/v1/entries?q=helpline')).json();
  expect(page).toMatchObject({
    total: 1,
    page: 1,
    perPage: 25,
    data: [{ id, slug: 'de-helpline', countries: ['DE'], openProposals: 0 }],
  });
  expect(await (await browser.get('/api/v1/entries/facets')).json()).toMatchObject({
    country: [{ value: 'DE', count: 1 }],
  });
  for (const handle of [id, 'de-helpline'])
    expect(await (await browser.get(`/api/v1/entries/${handle}`)).json()).toMatchObject({ id, revision: 1 });
  for (const absent of ['0190a000-0000-7000-8000-00000000ffff', 'no-such-handle', '%2e%2e', "x'%20or%201=1--"]) {
    expect(await codeOf(await browser.get(`/api/v1/entries/${absent}`))).toBe('not-found');
  }
  expect(await codeOf(await browser.get(`/api/v1/organisations/${id}`))).toBe('not-found');
});

it('sends organisations and country profiles as an overview or as documents to save', async () => {
  const site = await newSite();
  await enter(site.world, 'organisation', buildOrganisation({ names: { en: { text: '=cmd|calc' } } }));
  await enter(site.world, 'country', buildCountryProfile());
  const browser = await site.browser('curator');
  for (const list of ['organisations', 'countries']) {
    const csv = await browser.get(`/api/v1/${list}/export?format=csv&state=active`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="${list}.csv"`);
    const lines = (await csv.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    if (list === 'organisations') expect(lines[1]).toContain(`"'=cmd|calc"`);
    const { data } = (await (await browser.get(`/api/v1/${list}`)).json()) as { data: { id: string }[] };
    const documents = (await (await browser.get(`/api/v1/${list}/export?format=json`)).json()) as Record<
      string,
      { id: string }[]
    >;
    expect(documents[list]?.map(({ id }) => id)).toEqual(data.map(({ id }) => id));
    const line = await (await browser.get(`/api/v1/${list}/export?format=ndjson`)).text();
    expect(JSON.parse(line)).toEqual(documents[list]?.[0]);
    expect((await browser.get(`/api/v1/${list}/export?format=xlsx`)).status).toBe(400);
  }
});

it('sends the filtered entries to edit elsewhere, and what comes back as it went changes nothing', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world, { names: { en: { text: '=cmd|calc' } } });
  const browser = await site.browser('curator');
  const current = await doc(browser, id);
  for (const format of ['csv', 'xlsx', 'json', 'ndjson']) {
    const answer = await browser.get(`/api/v1/entries/export?format=${format}&country=DE`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="entries.${format}"`);
    const { source } = await read(new Uint8Array(await answer.arrayBuffer()));
    expect(source?.rows).toHaveLength(1);
    const { cells = [], doc: sent } = source?.rows[0] ?? {};
    if (sent === undefined)
      expect(editedEntry(source?.header ?? [], cells, current)).toMatchObject({ changed: [], problems: [] });
    else expect(sent).toEqual(current);
  }
  for (const [format, extension] of [
    ['hsds', 'hsds.zip'],
    ['hsds-json', 'hsds.json'],
  ]) {
    const answer = await browser.get(`/api/v1/entries/export?format=${format}&country=DE`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="entries.${extension}"`);
    expect((await read(new Uint8Array(await answer.arrayBuffer()))).source?.rows).toHaveLength(1);
  }
  const none = await browser.get('/api/v1/entries/export?format=json&country=FR');
  expect(await none.json()).toMatchObject({ entries: [] });
  for (const query of ['', '?format=pdf', '?format=csv&perPage=5'])
    expect((await browser.get(`/api/v1/entries/export${query}`)).status).toBe(400);
  expect((await site.app.request('/api/v1/entries/export?format=csv')).status).toBe(401);
});

it('answers 304 for a record only while nothing at all was written', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  const browser = await site.browser('curator');
  const path = `/api/v1/entries/${id}`;
  const etag = (await browser.get(path)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"1\./);
  const again = await browser.get(path, { 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(again.headers.get('etag')).toBe(etag);
  // An open proposal is part of the view, though the record's revision stays.
  await propose(site.world, {
    kind: 'update',
    recordType: 'entry',
    recordId: id,
    doc: { ...(await doc(browser, id)), priority: 7 },
    summary: 'x',
  });
  const after = await browser.get(path, { 'if-none-match': etag });
  expect(after.status).toBe(200);
  expect(await after.json()).toMatchObject({ revision: 1, openProposals: [{ summary: 'x' }] });
  expect((await site.app.request(path, { headers: { 'if-none-match': after.headers.get('etag') ?? '' } })).status).toBe(
    401,
  );
});

async function doc(browser: { get: (path: string) => Promise<Response> }, id: string): Promise<Entry> {
  return ((await (await browser.get(`/api/v1/entries/${id}`)).json()) as { doc: Entry }).doc;
}

it('saves an edit only over the version that was read: 428 without, 412 when it moved', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const made = await browser.post('/api/v1/proposals', {
    kind: 'create',
    recordType: 'organisation',
    doc: buildOrganisation(),
    summary: 'first',
  });
  expect(made.headers.get('location')).toMatch(/^\/api\/v1\/proposals\//);
  const { id, version } = (await made.json()) as Proposal;
  const path = `/api/v1/proposals/${id}`;
  expect((await browser.get(path)).headers.get('etag')).toBe(`"${version}"`);
  const before = await auditSize(site.world.store.read);
  for (const [ifMatch, code] of [
    [undefined, 'precondition-required'],
    ['*', 'precondition-required'],
    [`"${version + 1}"`, 'stale-revision'],
    [`W/"${version}"`, 'stale-revision'],
    [String(version), 'stale-revision'],
    [`"${version}", "${version + 1}"`, 'stale-revision'],
  ] as const) {
    expect(
      await codeOf(
        await browser.patch(path, { summary: 'lost' }, ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ),
    ).toBe(code);
  }
  expect((await findProposal(site.world.store.read, id))?.summary).toBe('first');
  expect(await auditSize(site.world.store.read)).toBe(before);
  const [one, two] = await Promise.all(
    ['one', 'two'].map((summary) => browser.patch(path, { summary }, { 'if-match': `"${version}"` })),
  );
  expect([one?.status ?? 0, two?.status ?? 0].sort((a, b) => a - b)).toEqual([200, 412]);
  expect([one, two].find((answer) => answer?.ok)?.headers.get('etag')).toBe(`"${version + 1}"`);
});

it('carries a change from draft to directory over HTTP, and refuses its author', async () => {
  const site = await newSite();
  const [everything, reviewer, second] = [
    await site.browser('everything'),
    await site.browser('reviewer'),
    await site.browser('secondReviewer'),
  ];
  const made = await everything.post('/api/v1/proposals', {
    kind: 'create',
    recordType: 'organisation',
    doc: buildOrganisation(),
    summary: 'New',
  });
  const { id } = (await made.json()) as Proposal;
  const submitted = (await (await everything.post(`/api/v1/proposals/${id}/submit`)).json()) as Proposal;
  expect(submitted).toMatchObject({ state: 'in-review', can: { approve: { code: 'own-contribution' } } });
  const judgement = { decision: 'approve', contentHash: submitted.contentHash };
  const before = await auditSize(site.world.store.read);
  expect(await codeOf(await everything.post(`/api/v1/proposals/${id}/review`, judgement))).toBe('own-contribution');
  const bulk = await everything.post('/api/v1/proposals/bulk', {
    action: 'approve',
    items: [{ id, contentHash: submitted.contentHash }],
  });
  expect(await bulk.json()).toMatchObject({ results: [{ id, ok: false, code: 'own-contribution' }] });
  expect(await auditSize(site.world.store.read)).toBe(before);
  expect(
    await codeOf(await reviewer.post(`/api/v1/proposals/${id}/review`, { ...judgement, contentHash: '0'.repeat(64) })),
  ).toBe('stale-content');
  expect(
    await codeOf(await reviewer.post(`/api/v1/proposals/${id}/review`, { ...judgement, decision: 'decline' })),
  ).toBe('comment-required');
  const said = await reviewer.post(`/api/v1/proposals/${id}/comments`, { text: 'Looks right', path: '/website' });
  const { id: commentId } = (await said.json()) as { id: string };
  expect(await (await second.post(`/api/v1/proposals/${id}/comments/${commentId}/resolve`)).json()).toMatchObject({
    resolvedBy: expect.any(String),
  });
  for (const browser of [reviewer, second]) {
    const answer = (await (await browser.post(`/api/v1/proposals/${id}/review`, judgement)).json()) as Proposal;
    if (answer.state === 'applied') break;
  }
  expect(await (await everything.get(`/api/v1/organisations/${submitted.recordId}`)).json()).toMatchObject({
    state: 'active',
    revision: 1,
  });
  expect(await codeOf(await second.post(`/api/v1/proposals/${id}/withdraw`))).toBe('not-permitted');
  expect(await codeOf(await everything.post(`/api/v1/proposals/${id}/withdraw`))).toBe('proposal-closed');
});

it('shows what was, compares any two revisions, and proposes the way back', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  await amend<Entry>(site.world, id, (entry) => ({ ...entry, anonymity: { level: 'confidential' } }));
  const browser = await site.browser('curator');
  const revisions = (await (await browser.get(`/api/v1/entries/${id}/revisions`)).json()) as {
    data: { revision: number }[];
  };
  expect(revisions.data.map(({ revision }) => revision)).toEqual([2, 1]);
  expect(await (await browser.get(`/api/v1/entries/${id}/compare?from=1&to=2`)).json()).toMatchObject({
    changes: expect.arrayContaining([expect.objectContaining({ path: '/anonymity', class: 'anonymity' })]),
  });
  expect(await codeOf(await browser.get(`/api/v1/entries/${id}/compare?from=1&to=3`))).toBe('not-found');
  const back = await browser.post(`/api/v1/entries/${id}/revert`, { revision: 1 });
  expect(back.status).toBe(201);
  expect(await back.json()).toMatchObject({
    state: 'draft',
    kind: 'update',
    changes: expect.arrayContaining([expect.objectContaining({ path: '/anonymity' })]),
  });
  expect(await (await browser.get(`/api/v1/entries/${id}`)).json()).toMatchObject({ revision: 2 });
});

it('takes an entry out of sight at once, by one person, and asks a second', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  const [publisher, curator] = [await site.browser('publisher'), await site.browser('curator')];
  const gone = await publisher.post(`/api/v1/entries/${id}/suspend`, {
    reason: 'unsafe',
    note: 'Answers with something else',
  });
  expect(await gone.json()).toMatchObject({ state: 'suspended', suspension: { confirmedBy: null } });
  expect(await codeOf(await publisher.post(`/api/v1/entries/${id}/confirm-suspension`))).toBe('second-person-needed');
  expect(await (await curator.get('/api/v1/queue')).json()).toMatchObject({
    data: [{ kind: 'suspension', urgent: true }],
    total: 1,
  });
  expect((await curator.post(`/api/v1/entries/${id}/confirm-suspension`)).status).toBe(200);
  const { data } = await listAuditEvents(site.world.store.read, {
    subject: `entry:${id}`,
    order: 'asc',
    limit: 10,
    offset: 0,
  });
  expect(data.slice(-2).map(({ action }) => action)).toEqual(['record.suspend', 'record.confirm-suspension']);
});

it('answers what people would lose, and writes nothing', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  const browser = await site.browser('curator');
  const before = await auditSize(site.world.store.read);
  expect(await (await browser.post(`/api/v1/entries/${id}/impact`, { retire: true })).json()).toMatchObject({
    effects: expect.arrayContaining([{ area: 'DE', need: 'grooming', before: 1, after: 0, lost: true }]),
  });
  expect(await codeOf(await browser.post(`/api/v1/entries/${id}/impact`, { retire: false }))).toBe('input-invalid');
  expect(await auditSize(site.world.store.read)).toBe(before);
});

it('proves an event and exports the log', async () => {
  const site = await newSite();
  await enter(site.world, 'organisation', buildOrganisation());
  const browser = await site.browser('publisher');
  const head = (await (await browser.get('/api/v1/audit/head')).json()) as { size: number; root: string };
  expect(await (await browser.get('/api/v1/audit/3/proof')).json()).toMatchObject({
    index: 3,
    size: head.size,
    root: head.root,
  });
  expect(await codeOf(await browser.get(`/api/v1/audit/${head.size}/proof`))).toBe('not-found');
  const lines = (await (await browser.get('/api/v1/audit.ndjson?action=proposal')).text()).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toContain('proposal.apply');
  expect(await (await browser.post('/api/v1/audit/verify')).json()).toMatchObject({ ok: true });
});

it('changes nothing when something is only read', async () => {
  const site = await newSite();
  const { organisation } = await enterEntry(site.world);
  await propose(site.world, {
    kind: 'create',
    recordType: 'entry',
    doc: buildEntry({ organisation }),
    summary: 'Open',
  });
  const browser = await site.browser('everything');
  const { paths } = (await (await browser.get('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const before = [await auditSize(site.world.store.read), site.world.store.generation()];
  for (const [path, methods] of Object.entries(paths)) {
    if ('get' in methods)
      expect((await browser.get(path.replaceAll(/\{[^}]+\}/g, organisation))).status).toBeLessThan(500);
  }
  expect([await auditSize(site.world.store.read), site.world.store.generation()]).toEqual(before);
});
