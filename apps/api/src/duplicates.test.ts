// Records that may be one, over the API: found, called two, looked at side by side, merged, taken apart again.
import { describe, expect, it, vi } from 'vitest';
import type { Entry } from '@waymark/domain';
import { findRecord, listAuditEvents, pageBatches } from '@waymark/store';
import { verifyAudit } from '@waymark/services';
import { amend, approve, buildEntry, enter, enterEntry, type World } from '../../../tests/support/world.ts';
import { showProposal, type ProposalView } from '../../../packages/services/src/proposals/show.ts';
import { newSite, type Browser, type Site } from './testing.ts';

type Row = {
  first: { id: string };
  second: { id: string };
  score: number;
  reasons: string[];
  dismissed: object | null;
};
type List = { state: string; data: Row[]; total: number };

const phone = (id: string, digits: string) => ({
  id,
  type: 'phone' as const,
  value: { number: { kind: 'e164' as const, digits } },
});

/** Two entries of one organisation and name, and a third that has nothing to do with them. */
async function twins(site: Site) {
  const { world } = site;
  const names = { en: { text: 'Lighthouse Child Line' } };
  const { id: first, organisation } = await enterEntry(world, { names, channels: [phone('tel', '4930111111')] });
  const second = await enter(
    world,
    'entry',
    buildEntry({ organisation, names, channels: [phone('tel', '4930222222')] }),
  );
  await enterEntry(world, {
    names: { en: { text: 'Harbour' } },
    serves: [{ area: 'FR', basis: 'any', strength: 'primary' }],
    channels: [],
  });
  return { first, second, organisation };
}

/** The queue once the server has looked through the directory as it is now. */
async function queue(browser: Browser, query = ''): Promise<List> {
  return vi.waitFor(
    async () => {
      const list = (await (await browser.get(`/api/v1/duplicates?type=entry${query}`)).json()) as List;
      expect(list.state).toBe('ready');
      return list;
    },
    { timeout: 60_000, interval: 50 },
  );
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const docOf = async (world: World, id: string) => (await findRecord(world.store.read, id))!.doc as Entry;

describe('the queue of likely duplicates', { timeout: 120_000 }, () => {
  it('says which two may be one and why, until somebody says why they are two', async () => {
    const site = await newSite();
    const { first, second } = await twins(site);
    const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
    const { data, total } = await queue(reviewer);
    expect(total).toBe(1);
    expect(data[0]).toMatchObject({ first: { id: first }, second: { id: second }, dismissed: null });
    expect(data[0]?.reasons).toEqual(expect.arrayContaining(['same-name', 'other-phone', 'same-country', 'same-kind']));
    const pair = { first: second, second: first };
    expect(await codeOf(await reviewer.post('/api/v1/duplicates/dismiss', { ...pair, reason: 'Two' }))).toBe(
      'not-permitted',
    );
    expect(await codeOf(await curator.post('/api/v1/duplicates/dismiss', { ...pair, reason: ' ' }))).toBe(
      'comment-required',
    );
    expect((await queue(reviewer)).total).toBe(1);
    expect((await curator.post('/api/v1/duplicates/dismiss', { ...pair, reason: 'Two towns' })).status).toBe(204);
    expect((await queue(reviewer)).total).toBe(0);
    expect((await queue(reviewer, '&dismissed=true')).data).toMatchObject([{ dismissed: { reason: 'Two towns' } }]);
    const log = await listAuditEvents(site.world.store.read, { action: 'duplicate', limit: 9, offset: 0 });
    expect(log.data).toMatchObject([{ action: 'duplicate.dismiss', payload: { other: second, reason: 'Two towns' } }]);
    expect((await curator.post('/api/v1/duplicates/reopen', pair)).status).toBe(204);
    expect(await codeOf(await curator.post('/api/v1/duplicates/reopen', pair))).toBe('not-found');
    expect((await queue(reviewer)).data).toMatchObject([{ dismissed: null }]);
  });

  it('shows two again that were called two when one takes a number of the other, and for nothing else', async () => {
    const site = await newSite();
    const { first, second } = await twins(site);
    const curator = await site.browser('curator');
    site.world.wait({ seconds: 9 });
    await curator.post('/api/v1/duplicates/dismiss', { first, second, reason: 'Two towns' });
    site.world.wait({ seconds: 9 });
    await amend<Entry>(site.world, first, (doc) => ({
      ...doc,
      channels: [...doc.channels, phone('night', '4930333333')],
    }));
    expect((await queue(curator)).total).toBe(0);
    await amend<Entry>(site.world, second, (doc) => ({
      ...doc,
      channels: [...doc.channels, phone('night', '4930333333')],
    }));
    expect((await queue(curator)).data).toMatchObject([{ dismissed: { reason: 'Two towns' } }]);
  });
});

describe('two records side by side', { timeout: 120_000 }, () => {
  async function merged(site: Site, stays: string, goes: string): Promise<ProposalView> {
    const curator = await site.browser('curator');
    const draft = (await (
      await curator.post('/api/v1/proposals', { kind: 'merge', recordType: 'entry', recordId: stays, mergedId: goes })
    ).json()) as { id: string };
    const sent = (await (await curator.post(`/api/v1/proposals/${draft.id}/submit`)).json()) as ProposalView;
    return approve(site.world, sent);
  }

  it('are shown as what they would be as one, with whom that changes something for', async () => {
    const site = await newSite();
    const { first, second, organisation } = await twins(site);
    const linking = await enter(
      site.world,
      'entry',
      buildEntry({ organisation, kind: 'hotline.web', pairedWith: [second] }),
    );
    const reviewer = await site.browser('reviewer');
    const pair = (await (await reviewer.get(`/api/v1/duplicates/${first}/${second}`)).json()) as object;
    expect(pair).toMatchObject({
      type: 'entry',
      stays: { id: first },
      goes: { id: second },
      united: { channels: [{ id: 'tel' }, { id: 'tel-2' }], supersedes: [second] },
      links: { rows: [{ id: linking, paths: ['/pairedWith'] }], total: 1 },
      effects: expect.arrayContaining([{ area: 'DE', need: 'grooming', before: 3, after: 2, lost: false }]),
      proposalId: null,
      can: { merge: { code: 'not-permitted' }, dismiss: { code: 'not-permitted' } },
    });
    expect(await codeOf(await reviewer.get(`/api/v1/duplicates/${first}/${first}`))).toBe('input-invalid');
    expect(await codeOf(await reviewer.get(`/api/v1/duplicates/${first}/${organisation}`))).toBe('input-invalid');
  });

  it('become one, and are two again by proposals that others approve', async () => {
    const site = await newSite();
    const { world } = site;
    const { first, second, organisation } = await twins(site);
    const linking = await enter(
      world,
      'entry',
      buildEntry({ organisation, kind: 'hotline.web', pairedWith: [second] }),
    );
    const curator = await site.browser('curator');
    const before = await docOf(world, first);
    const merge = await merged(site, first, second);
    expect(await docOf(world, linking)).toMatchObject({ pairedWith: [first] });
    await amend<Entry>(world, first, (doc) => ({ ...doc, programme: 'Since then' }));

    const answer = await curator.post(`/api/v1/proposals/${merge.id}/undo-merge`);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ results: { submitted: 3 } });
    expect((await pageBatches(world.store.read, { limit: 1, offset: 0 })).rows[0]).toMatchObject({ kind: 'undo' });
    expect(await codeOf(await curator.post(`/api/v1/proposals/${merge.id}/undo-merge`))).toBe('another-open-proposal');
    const open = (await (await curator.get('/api/v1/proposals?state=in-review&sort=submittedAt')).json()) as {
      data: { id: string; recordId: string }[];
    };
    const show = async (id: string) =>
      showProposal(world.as('reviewer'), open.data.find((row) => row.recordId === id)!.id);
    await expect(approve(world, await show(linking))).rejects.toThrow();
    for (const id of [second, linking, first]) await approve(world, await show(id));
    expect(await findRecord(world.store.read, second)).toMatchObject({ state: 'active' });
    expect(await docOf(world, linking)).toMatchObject({ pairedWith: [second] });
    expect(await docOf(world, first)).toEqual({
      ...before,
      programme: 'Since then',
      evidence: expect.anything() as unknown,
    });
    expect((await docOf(world, first)).channels).toEqual(before.channels);
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
    expect(await codeOf(await curator.post(`/api/v1/proposals/${merge.id}/undo-merge`))).toBe('record-not-retired');
  });
});
