import { describe, expect, it } from 'vitest';
import { Entry, type BulkAction } from '@waymark/domain';
import { createProposal } from '@waymark/services';
import {
  auditSize,
  contributorsOf,
  countBatchRows,
  findProposal,
  findRecord,
  listAuditEvents,
  openProposalsOf,
  pageBatchRows,
  plannedCheck,
  verificationsOf,
} from '@waymark/store';
import { amend, enterEntry, retire, uuid } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Row = { recordId: string; outcome: string; refusal: { code: string } | null; changes: { path: string }[] };
type Preview = {
  digest: string;
  counts: Record<string, number>;
  reasons: { code: string; count: number }[];
  effects: { area: string; need: string; before: number; after: number; lost: boolean }[];
  rows: Row[];
  total: number;
};
type Receipt = { batchId: string; results: Record<string, number>; refused: { refusal: { code: string } }[] };
type Request = { selection: object; action: BulkAction; evidence?: object };

const web = { id: 'web', type: 'url', value: { href: 'https://help.example.org/form' } } as const;
const addGerman = (...channels: ('phone' | 'url')[]) =>
  ({ action: 'add-language', language: { tag: 'de', mode: 'spoken' }, channels }) satisfies BulkAction;
const close = { action: 'set', field: 'operational', value: { status: 'closed' } } satisfies BulkAction;
const EVIDENCE = { kind: 'official-page', title: 'Notice', url: 'https://help.example.org/notice' };

const preview = async (browser: Browser, request: Request & { outcomes?: string[] }) =>
  (await (await browser.post('/api/v1/bulk/preview', request)).json()) as Preview;
const order = async (browser: Browser, request: Request, headers: Record<string, string> = {}) => {
  const { digest } = await preview(browser, request);
  return browser.post('/api/v1/bulk', { ...request, digest, title: 'Said by the partner' }, headers);
};
const done = async (browser: Browser, request: Request) => {
  const answer = await order(browser, request);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Receipt;
};
const rowsOf = async ({ world }: Site, batchId: string) =>
  (await pageBatchRows(world.store.read, batchId, {}, { limit: 100, offset: 0 })).rows;

describe('one change of many entries', () => {
  it('is previewed row by row, and becomes one batch: what is refused stops no other', async () => {
    const site = await newSite();
    const { world } = site;
    const { id: helpline, organisation } = await enterEntry(world);
    const { id: form } = await enterEntry(world, { organisation, channels: [web] });
    const { id: gone } = await enterEntry(world, { organisation });
    await retire(world, gone);
    const curator = await site.browser('curator');
    const request = { selection: { filter: { country: 'DE' } }, action: addGerman('phone') };

    const seen = await preview(curator, request);
    expect(seen).toMatchObject({ counts: { review: 1, draft: 0, done: 0, refused: 2 }, total: 3 });
    expect(
      Object.fromEntries(seen.rows.map((row) => [row.recordId, row.refusal?.code ?? row.changes[0]?.path])),
    ).toEqual({ [helpline]: '/channels/tel/languages', [form]: 'no-such-channel', [gone]: 'record-not-active' });
    expect(await preview(curator, { ...request, outcomes: ['refused'] })).toMatchObject({
      total: 2,
      digest: seen.digest,
    });

    const { batchId, results } = await done(curator, request);
    expect(results).toEqual({ submitted: 1, refused: 2 });
    expect(await countBatchRows(world.store.read, batchId)).toMatchObject({ states: { 'in-review': 1 } });
    const [proposal] = (await rowsOf(site, batchId)).flatMap((row) => row.proposal ?? []);
    expect(proposal).toMatchObject({ recordId: helpline, kind: 'update', state: 'in-review', risk: 'R1' });
    expect(await contributorsOf(world.store.read, proposal?.id ?? '')).toMatchObject([
      { userId: world.people.curator.id, part: 'author' },
      { userId: world.people.curator.id, part: 'submitter' },
    ]);
    const { data } = await listAuditEvents(world.store.read, { action: 'batch.create', limit: 5, offset: 0 });
    expect(data).toMatchObject([{ subject: `batch:${batchId}`, actor: world.people.curator.id }]);
    // Nothing of it is in the directory before others said yes.
    expect((await findRecord(world.store.read, helpline))?.revision).toBe(1);
  });

  it('waits as drafts for a source, and goes to review with one that speaks for every row', async () => {
    const site = await newSite();
    const { id, organisation } = await enterEntry(site.world);
    const { id: second } = await enterEntry(site.world, { organisation });
    const curator = await site.browser('curator');
    const request = { selection: { ids: [id, second] }, action: close };
    expect(await preview(curator, request)).toMatchObject({
      counts: { draft: 2, review: 0 },
      reasons: [{ code: 'evidence-missing', count: 2 }],
    });
    expect((await done(curator, request)).results).toEqual({ draft: 2 });

    const { batchId, results } = await done(curator, { ...request, evidence: EVIDENCE });
    expect(results).toEqual({ submitted: 2 });
    for (const { proposal } of await rowsOf(site, batchId))
      expect(Entry.parse(proposal?.doc).evidence.at(-1)).toMatchObject({ ...EVIDENCE, supports: ['/operational'] });
  });

  it('happens once under one Idempotency-Key, and needs a title', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const curator = await site.browser('curator');
    const request = { selection: { ids: [id] }, action: addGerman('phone') };
    const { digest } = await preview(curator, request);
    expect(await codeOf(await curator.post('/api/v1/bulk', { ...request, digest }))).toBe('input-invalid');
    const key = { 'idempotency-key': 'one-press' };
    const [first, again] = [await order(curator, request, key), await order(curator, request, key)];
    expect(await again.json()).toEqual(await first.json());
    expect(await openProposalsOf(site.world.store.read, id)).toHaveLength(1);
  });

  it('is not done when the directory moved since it was looked at', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterEntry(world);
    const curator = await site.browser('curator');
    const request = { selection: { ids: [id] }, action: close };
    const { digest } = await preview(curator, request);
    await amend<Entry>(world, id, (doc) => ({ ...doc, operational: { status: 'degraded' } }));
    const before = await auditSize(world.store.read);
    const answer = await curator.post('/api/v1/bulk', { ...request, digest, title: 'Too late' });
    expect(await codeOf(answer)).toBe('stale-content');
    expect(await auditSize(world.store.read)).toBe(before);
  });

  it('is refused as a whole when nothing of it is left to do, or too much is meant', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world, { channels: [web] });
    const curator = await site.browser('curator');
    const before = await auditSize(site.world.store.read);
    for (const selection of [{ ids: [id, uuid(0xdead)] }, { filter: { country: 'FR' } }])
      expect(await codeOf(await order(curator, { selection, action: addGerman('phone') }))).toBe('nothing-changed');
    const ids = Array.from({ length: 5001 }, (_, i) => uuid(0xffff + i));
    const tooMany = await curator.post('/api/v1/bulk/preview', { selection: { ids }, action: addGerman('phone') });
    expect(await tooMany.clone().json()).toMatchObject({
      code: 'selection-too-large',
      detail: '5001 entries are selected; at most 5000 are taken at once',
    });
    for (const wrong of [
      { selection: { ids: [] }, action: close },
      { selection: { filter: { password: 'x' } }, action: close },
      { selection: { ids: [id] }, action: { ...close, field: 'slug' } },
    ])
      expect(await codeOf(await curator.post('/api/v1/bulk/preview', wrong))).toBe('input-invalid');
    expect(await auditSize(site.world.store.read)).toBe(before);
  });
});

describe('retiring many', () => {
  it('shows what each country loses by all of it together', async () => {
    const site = await newSite();
    const { id, organisation } = await enterEntry(site.world, { accepts: { grooming: { answer: 'yes' } } });
    const { id: other } = await enterEntry(site.world, { organisation, accepts: { grooming: { answer: 'yes' } } });
    const curator = await site.browser('curator');
    const action = {
      action: 'retire',
      retirement: { reason: 'closed', successors: [], redirect: 'none' },
    } satisfies BulkAction;
    const losing = async (...ids: string[]) => (await preview(curator, { selection: { ids }, action })).effects;
    expect(await losing(id)).toEqual([{ area: 'DE', need: 'grooming', before: 2, after: 1, lost: false }]);
    expect(await losing(id, other)).toEqual([{ area: 'DE', need: 'grooming', before: 2, after: 0, lost: true }]);
    const { batchId } = await done(curator, { selection: { ids: [id, other] }, action });
    expect((await rowsOf(site, batchId)).map(({ proposal }) => [proposal?.kind, proposal?.risk])).toEqual([
      ['retire', 'R3'],
      ['retire', 'R3'],
    ]);
  });

  it('asks for a successor where the reason needs one, that is active and stays', async () => {
    const site = await newSite();
    const { id, organisation } = await enterEntry(site.world);
    const { id: successor } = await enterEntry(site.world, { organisation });
    const { id: gone } = await enterEntry(site.world, { organisation });
    await retire(site.world, gone);
    const curator = await site.browser('curator');
    const replacing = (...successors: string[]) => ({
      selection: { ids: [id, successor] },
      action: {
        action: 'retire',
        retirement: { reason: 'replaced-by', successors, redirect: 'ask' },
      } satisfies BulkAction,
    });
    expect(await codeOf(await curator.post('/api/v1/bulk/preview', replacing()))).toBe('successor-required');
    expect(await codeOf(await curator.post('/api/v1/bulk/preview', replacing(gone)))).toBe('successor-not-active');
    const { counts, rows } = await preview(curator, replacing(successor));
    expect(counts).toMatchObject({ review: 1, refused: 1 });
    expect(rows.find(({ recordId }) => recordId === successor)?.refusal?.code).toBe('successor-not-active');
  });
});

describe('work on many entries', () => {
  it('is given to a person, row by row, and to nobody who may not check', async () => {
    const site = await newSite();
    const { id, organisation } = await enterEntry(site.world);
    const { id: gone } = await enterEntry(site.world, { organisation });
    await retire(site.world, gone);
    const { reviewer, publisher } = site.world.people;
    const curator = await site.browser('curator');
    const request = (assignee: string) => ({
      selection: { ids: [id, gone] },
      action: { action: 'assign', assignee } as const,
    });
    expect(await codeOf(await curator.post('/api/v1/bulk/preview', request(publisher.id)))).toBe('input-invalid');
    expect(await done(curator, request(reviewer.id))).toMatchObject({
      batchId: null,
      results: { done: 1, refused: 1 },
      refused: [{ recordId: gone, refusal: { code: 'record-not-active' } }],
    });
    expect((await plannedCheck(site.world.store.read, id))?.assigneeId).toBe(reviewer.id);
    expect(await preview(curator, request(reviewer.id))).toMatchObject({
      counts: { done: 0, unchanged: 1, refused: 1 },
    });
  });

  it('confirms by one source what may be confirmed that way', async () => {
    const site = await newSite();
    const memberships = [{ network: 'chi', status: 'member' }];
    const { id, organisation } = await enterEntry(site.world, { memberships });
    const { id: outsider } = await enterEntry(site.world, { organisation });
    const reviewer = await site.browser('reviewer');
    const look = (...facts: ('membership' | 'name')[]) => ({
      selection: { ids: [id, outsider] },
      action: { action: 'verify', method: 'official-register-check', facts, network: 'chi' } as const,
    });
    // A register says nothing about names.
    expect(await preview(reviewer, look('membership', 'name'))).toMatchObject({
      counts: { done: 0, refused: 2 },
      reasons: expect.arrayContaining([{ code: 'method-not-allowed-here', count: 1 }]),
    });
    expect(await codeOf(await order(reviewer, look('membership')))).toBe('evidence-missing');
    const evidence = { ...EVIDENCE, kind: 'official-register' };
    expect(await done(reviewer, { ...look('membership'), evidence })).toMatchObject({
      results: { done: 1, refused: 1 },
      refused: [{ recordId: outsider, refusal: { code: 'fact-unknown' } }],
    });
    expect(await verificationsOf(site.world.store.read, id)).toMatchObject([
      { event: { paths: ['/memberships/chi'], by: { userId: site.world.people.reviewer.id } } },
    ]);
  });

  it('submits the drafts that are ready, and says what the others lack', async () => {
    const site = await newSite();
    const { world } = site;
    const { id, organisation } = await enterEntry(world);
    const { id: bare } = await enterEntry(world, { organisation });
    const { id: without } = await enterEntry(world, { organisation });
    const drafted = async (recordId: string, change: Partial<Entry>) => {
      const doc = { ...((await findRecord(world.store.read, recordId))?.doc as Entry), ...change };
      return (await createProposal(world.as('secondCurator'), { kind: 'update', recordType: 'entry', recordId, doc }))
        .id;
    };
    const ready = await drafted(id, { priority: 7 });
    const unready = await drafted(bare, { operational: { status: 'closed' } });
    const curator = await site.browser('curator');
    const request = { selection: { ids: [id, bare, without] }, action: { action: 'submit' } as const };
    const { refused, results } = await done(curator, request);
    expect(results).toEqual({ done: 1, refused: 2 });
    expect(refused.map(({ refusal }) => refusal.code).sort()).toEqual(['evidence-missing', 'no-draft']);
    expect((await findProposal(world.store.read, ready))?.state).toBe('in-review');
    expect((await findProposal(world.store.read, unready))?.state).toBe('draft');
    const parts = (await contributorsOf(world.store.read, ready)).map(({ userId, part }) => [userId, part]);
    expect(parts).toHaveLength(2);
    expect(parts).toContainEqual([world.people.curator.id, 'submitter']);
  });
});

it('asks each action for its own permission, and writes nothing for those without', async () => {
  const site = await newSite();
  const { id } = await enterEntry(site.world);
  const cells: [Request['action'], Parameters<Site['browser']>[0][]][] = [
    [close, ['reviewer', 'publisher', 'admin']],
    [{ action: 'submit' }, ['reviewer', 'publisher', 'admin']],
    [{ action: 'retire', retirement: { reason: 'closed', successors: [], redirect: 'none' } }, ['reviewer', 'admin']],
    [{ action: 'verify', method: 'official-site-check', facts: ['name'] }, ['publisher', 'admin']],
    [{ action: 'assign', assignee: null }, ['publisher']],
  ];
  for (const [action, people] of cells) {
    for (const person of people) {
      const browser = await site.browser(person);
      const before = await auditSize(site.world.store.read);
      const request = { selection: { ids: [id] }, action, evidence: EVIDENCE };
      for (const answer of [
        await browser.post('/api/v1/bulk/preview', request),
        await browser.post('/api/v1/bulk', { ...request, digest: '0'.repeat(64), title: 'Not mine' }),
      ])
        expect(`${person} ${action.action}: ${await codeOf(answer)}`).toBe(`${person} ${action.action}: not-permitted`);
      expect(await auditSize(site.world.store.read)).toBe(before);
    }
  }
});

it('sends what is selected to edit elsewhere', async () => {
  const site = await newSite();
  const { id, organisation } = await enterEntry(site.world);
  await enterEntry(site.world, { organisation });
  const curator = await site.browser('curator');
  const answer = await curator.post('/api/v1/bulk/export', { selection: { ids: [id] }, format: 'ndjson' });
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="entries.ndjson"');
  expect(
    (await answer.text())
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Entry).id),
  ).toEqual([id]);
});
