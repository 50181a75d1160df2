import { describe, expect, it } from 'vitest';
import { contentHash, factsToCheck, type Entry, type VerificationEvent } from '@waymark/domain';
import { auditSize, findProposal, findRecord, listAuditEvents, verificationsOf } from '@waymark/store';
import { sql } from '../../../tests/support/rawDatabase.ts';
import { amend, approve, enterEntry, retire } from '../../../tests/support/world.ts';
import { showProposal, submitProposal, suspendRecord } from '@waymark/services';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Recorded = {
  event: VerificationEvent;
  standing: { dueAt: string; channels: Record<string, { contradicted: boolean }> };
  proposal?: { id: string };
};

async function entryOf(site: Site, id: string): Promise<Entry> {
  return (await findRecord(site.world.store.read, id))!.doc as Entry;
}

/** A site with one hotline, and somebody at it. */
async function checking(overrides: Partial<Entry> = {}, person: 'curator' | 'reviewer' | 'publisher' = 'curator') {
  const site = await newSite();
  const { id, organisation } = await enterEntry(site.world, { kind: 'hotline.web', ...overrides });
  const browser = await site.browser(person);
  const look = (more: object = {}) =>
    browser.post(`/api/v1/entries/${id}/verifications`, {
      revision: 1,
      paths: ['/channels/tel'],
      method: 'official-site-check',
      outcome: 'confirmed',
      ...more,
    });
  return { site, id, organisation, browser, look };
}

async function eventsIn(site: Site, id: string): Promise<VerificationEvent[]> {
  return (await verificationsOf(site.world.store.read, id)).map(({ event }) => event);
}

/** The request is refused with the code, and leaves nothing: no event, no draft, no trace in the log. */
async function expectRefused(site: Site, id: string, request: () => Promise<Response>, code: string): Promise<void> {
  const before = [await auditSize(site.world.store.read), (await eventsIn(site, id)).length];
  expect(await codeOf(await request())).toBe(code);
  expect([await auditSize(site.world.store.read), (await eventsIn(site, id)).length]).toEqual(before);
}

const standing = async (browser: Browser, id: string) =>
  (await (await browser.get(`/api/v1/entries/${id}/standing`)).json()) as {
    confidence: string;
    state: string;
    channelConfidence: Record<string, string>;
    work: { nextAttempt: number; nextAttemptAt: string | null } | null;
    courtesy: { testsArranged: boolean } | null;
  };

describe('a check', () => {
  it('is one event of one person, and its hash is in the log', async () => {
    const { site, id, browser, look } = await checking();
    const answer = await look({ note: 'read aloud', evidence: [page] });
    expect(answer.status).toBe(201);
    const { event } = (await answer.json()) as Recorded;
    expect(event).toMatchObject({
      recordId: id,
      revision: 1,
      by: { userId: site.world.people.curator.id },
      attempt: 1,
    });
    expect(await eventsIn(site, id)).toEqual([event]);
    const { data } = await listAuditEvents(site.world.store.read, {
      action: 'verification.record',
      limit: 5,
      offset: 0,
    });
    expect(data).toMatchObject([
      {
        subject: `entry:${id}`,
        actor: site.world.people.curator.id,
        payload: { eventId: event.id, eventHash: contentHash(event) },
      },
    ]);
    expect(await (await browser.get(`/api/v1/entries/${id}/verifications`)).json()).toMatchObject({
      total: 1,
      data: [{ id: event.id, byName: 'Demo Curator', note: 'read aloud' }],
    });
  });

  it('never edits the entry', async () => {
    const { site, id, look } = await checking();
    const before = await findRecord(site.world.store.read, id);
    for (const outcome of ['confirmed', 'contradicted', 'gone', 'not-reached'])
      expect((await look({ outcome })).status).toBe(201);
    expect(await findRecord(site.world.store.read, id)).toEqual(before);
  });

  it('raises confidence of what was looked at, and of the entry once everything was', async () => {
    const { site, id, browser, look } = await checking();
    expect(await standing(browser, id)).toMatchObject({ confidence: 'none', state: 'due' });
    await look();
    expect(await standing(browser, id)).toMatchObject({
      confidence: 'none',
      channelConfidence: { tel: 'medium', web: 'none' },
    });
    await look({ paths: factsToCheck(await entryOf(site, id)) });
    expect(await standing(browser, id)).toMatchObject({ confidence: 'medium', state: 'fresh' });
  });

  it('of another revision than the one that stands is refused, and nothing is written', async () => {
    const { site, id, look } = await checking();
    await amend<Entry>(site.world, id, (doc) => ({ ...doc, priority: 7 }));
    await expectRefused(site, id, () => look(), 'stale-revision');
    expect((await look({ revision: 2 })).status).toBe(201);
    await expectRefused(site, id, () => look({ revision: 3 }), 'stale-revision');
  });

  it.each<[string, object, string]>([
    ['a fact the entry does not have', { paths: ['/channels/fax'] }, 'fact-unknown'],
    ['a part of a fact', { paths: ['/channels/tel/value/number'] }, 'fact-unknown'],
    ['no fact at all', { paths: [] }, 'input-invalid'],
    ['something else without the value', { outcome: 'confirmed-changed' }, 'observed-missing'],
    [
      'another value than was looked at',
      { outcome: 'confirmed-changed', observed: { '/channels/web/value': { href: 'https://help.example.org/x' } } },
      'input-invalid',
    ],
    [
      'the value that stands there as another',
      {
        outcome: 'confirmed-changed',
        observed: { '/channels/tel/value': { number: { kind: 'e164', digits: '4930123456' } } },
      },
      'input-invalid',
    ],
    ['a confirmation with another value', { observed: { '/channels/tel/value': 1 } }, 'input-invalid'],
    ['the future', { performedAt: '2999-01-01T00:00:00Z' }, 'input-invalid'],
    ['a correction of nothing', { supersedes: '0190a000-0000-7000-8000-00000000ffff' }, 'input-invalid'],
    ['a method nobody knows', { method: 'automated-check' }, 'input-invalid'],
    ['a field nobody knows', { confidence: 'high' }, 'input-invalid'],
    ['an opened form for a telephone', { method: 'form-reachability' }, 'method-not-allowed-here'],
    ['a register for a telephone', { method: 'official-register-check' }, 'method-not-allowed-here'],
  ])('of %s is refused, and nothing is written', async (_what, more, code) => {
    const { site, id, look } = await checking();
    await expectRefused(site, id, () => look(more), code);
  });

  it('is for curators and reviewers; others are refused', async () => {
    const { site, id, look } = await checking({}, 'publisher');
    await expectRefused(site, id, () => look(), 'not-permitted');
    expect((await (await checking({}, 'reviewer')).look()).status).toBe(201);
  });

  it('of an entry out of sight is taken; of one that is not there, or retired, refused', async () => {
    const { site, id, organisation, browser, look } = await checking();
    const elsewhere = (at: string) => browser.post(`/api/v1/entries/${at}/verifications`, body);
    await expectRefused(site, id, () => elsewhere('0190a000-0000-7000-8000-00000000ffff'), 'not-found');
    await expectRefused(site, id, () => elsewhere(organisation), 'not-found');
    await suspendRecord(site.world.as('curator'), id, { reason: 'wrong', note: '' });
    expect((await look()).status).toBe(201);
    await retire(site.world, id);
    await expectRefused(site, id, () => look({ revision: 2 }), 'record-not-active');
  });

  it('has one effect under one key', async () => {
    const { site, id, browser } = await checking();
    const send = () => browser.post(`/api/v1/entries/${id}/verifications`, body, { 'idempotency-key': 'one' });
    const [first, second] = [(await (await send()).json()) as Recorded, (await (await send()).json()) as Recorded];
    expect(second.event.id).toBe(first.event.id);
    expect(await eventsIn(site, id)).toHaveLength(1);
  });
});

describe('events', () => {
  it('are never changed and never deleted, also not by plain SQL', async () => {
    const { site, id, look } = await checking();
    await look();
    const before = await eventsIn(site, id);
    expect(() => sql(site.world, `update verification set outcome = 'gone'`)).toThrow('verifications never change');
    expect(() => sql(site.world, `update verification set performed_at = '2030-01-01'`)).toThrow(
      'verifications never change',
    );
    expect(() => sql(site.world, `delete from verification`)).toThrow('verifications are never deleted');
    expect(await eventsIn(site, id)).toEqual(before);
  });

  it('are corrected by another one, once', async () => {
    const { site, id, browser, look } = await checking();
    const mistaken = (await (await look({ outcome: 'gone' })).json()) as Recorded;
    expect(mistaken.standing.channels['tel']?.contradicted).toBe(true);
    const supersedes = mistaken.event.id;
    await look({ supersedes });
    expect(await standing(browser, id)).toMatchObject({ channelConfidence: { tel: 'medium' } });
    await expectRefused(site, id, () => look({ supersedes }), 'input-invalid');
    expect(await eventsIn(site, id)).toHaveLength(2);
  });
});

describe('tests', () => {
  const emergency = { kind: 'emergency' as const };
  const helpline = { kind: 'child-helpline' as const };

  it('of emergency numbers are refused, whatever was agreed', async () => {
    const { site, id, organisation, look } = await checking(emergency);
    arrange(site, organisation);
    await expectRefused(site, id, () => look({ method: 'test-call' }), 'method-not-allowed-here');
  });

  it('of child helplines need an agreement', async () => {
    const { site, id, organisation, browser, look } = await checking(helpline);
    await expectRefused(site, id, () => look({ method: 'test-call' }), 'arrangement-needed');
    arrange(site, organisation);
    expect((await look({ method: 'test-call' })).status).toBe(201);
    expect((await standing(browser, id)).courtesy).toMatchObject({ testsArranged: true });
  });
});

describe('a call nobody answers', () => {
  it('plans the next one: the next working day, then three and seven days later, then a person decides', async () => {
    const { site, id, browser, look } = await checking();
    const unanswered = { outcome: 'not-reached', method: 'test-call' };
    const attempts: (number | undefined)[] = [];
    const waits: (number | null)[] = [];
    for (let n = 0; n < 4; n += 1) {
      const { event } = (await (await look(unanswered)).json()) as Recorded;
      attempts.push(event.attempt);
      const { work, confidence } = await standing(browser, id);
      expect(confidence).toBe('none');
      const at = work?.nextAttemptAt ?? null;
      if (at !== null) expect([1, 2, 3, 4, 5]).toContain(new Date(at).getUTCDay());
      waits.push(at === null ? null : (Date.parse(at) - site.world.now().getTime()) / 86_400_000);
    }
    expect(attempts).toEqual([1, 2, 3, 4]);
    for (const [i, least] of [1, 3, 7].entries()) {
      expect(waits[i]).toBeGreaterThanOrEqual(least);
      expect(waits[i]).toBeLessThanOrEqual(least + 2);
    }
    expect(waits[3]).toBeNull();
    await look({ paths: factsToCheck(await entryOf(site, id)) });
    expect((await standing(browser, id)).work).toMatchObject({ nextAttempt: 1, nextAttemptAt: null });
  });
});

describe('something else that was seen', () => {
  const seen = {
    outcome: 'confirmed-changed',
    observed: { '/channels/tel/value': { number: { kind: 'e164', digits: '4930999999' } } },
  };

  it('opens a draft with the value and its source, and counts once others approved just that', async () => {
    const { site, id, browser, look } = await checking();
    await look({ paths: factsToCheck(await entryOf(site, id)) });
    const answer = (await (await look({ ...seen, evidence: [page] })).json()) as Recorded;
    expect(answer.event.proposalId).toBe(answer.proposal?.id);
    expect(await standing(browser, id)).toMatchObject({ channelConfidence: { tel: 'contradicted', web: 'medium' } });
    expect((await entryOf(site, id)).channels[0]).toMatchObject({ value: { number: { digits: '4930123456' } } });

    const proposal = await showProposal(site.world.as('curator'), answer.proposal!.id);
    expect(proposal).toMatchObject({
      state: 'draft',
      kind: 'update',
      recordId: id,
      authorId: site.world.people.curator.id,
    });
    expect(proposal.changes.map(({ path }) => path)).toEqual(['/channels/tel/value', '/evidence/page-2']);
    expect(proposal.unsupportedPaths).toEqual([]);
    const { evidence } = proposal.doc as Entry;
    expect(evidence.at(-1)).toMatchObject({ id: 'page-2', url: page.url, supports: ['/channels/tel/value'] });
    await approve(site.world, await submitProposal(site.world.as('curator'), proposal.id));
    expect(await standing(browser, id)).toMatchObject({
      confidence: 'medium',
      channelConfidence: { tel: 'medium', web: 'medium' },
    });
  });

  it('opens nothing for somebody who may not propose, and is not recorded then', async () => {
    const { site, id, look } = await checking({}, 'reviewer');
    await expectRefused(site, id, () => look(seen), 'not-permitted');
  });

  it('is a draft also when nothing stands there any more', async () => {
    const { site, id, look } = await checking({ ages: { max: 17 } });
    const { proposal } = (await (
      await look({ paths: ['/ages'], outcome: 'confirmed-changed', observed: { '/ages': null } })
    ).json()) as Recorded;
    const draft = await findProposal(site.world.store.read, proposal!.id);
    expect(draft?.doc).not.toHaveProperty('ages');
    expect(await entryOf(site, id)).toHaveProperty('ages');
  });
});

describe('one list for many entries', () => {
  it('confirms each row by itself, and says which were refused', async () => {
    const { site, id, organisation, browser } = await checking({
      memberships: [{ network: 'inhope', status: 'member' }],
    });
    const { id: other } = await enterEntry(site.world, {
      organisation,
      memberships: [{ network: 'inhope', status: 'member' }],
    });
    const { id: none } = await enterEntry(site.world, { organisation });
    const paths = ['/memberships/inhope'];
    const answer = await browser.post('/api/v1/verifications/bulk', {
      evidence: [{ ...page, kind: 'official-register' }],
      method: 'official-register-check',
      items: [
        { recordId: id, revision: 1, paths },
        { recordId: other, revision: 2, paths },
        { recordId: none, revision: 1, paths },
        { recordId: other, revision: 1, paths },
      ],
    });
    expect(await answer.json()).toMatchObject({
      results: [
        { recordId: id, ok: true },
        { recordId: other, ok: false, code: 'stale-revision' },
        { recordId: none, ok: false, code: 'fact-unknown' },
        { recordId: other, ok: true },
      ],
    });
    expect(
      [await eventsIn(site, id), await eventsIn(site, other), await eventsIn(site, none)].map((e) => e.length),
    ).toEqual([1, 1, 0]);
    const logged = await listAuditEvents(site.world.store.read, { action: 'verification', limit: 9, offset: 0 });
    expect(logged.data.map(({ action }) => action).sort()).toEqual([
      'verification.record',
      'verification.record',
      'verification.record-many',
    ]);
  });

  it('needs the list', async () => {
    const { site, id, browser } = await checking();
    const items = [{ recordId: id, revision: 1, paths: ['/names'] }];
    const send = () =>
      browser.post('/api/v1/verifications/bulk', { evidence: [], method: 'official-site-check', items });
    await expectRefused(site, id, send, 'input-invalid');
  });
});

const body = { revision: 1, paths: ['/channels/tel'], method: 'official-site-check', outcome: 'confirmed' };
const page = {
  id: 'page',
  kind: 'official-page',
  title: 'Contact page',
  url: 'https://help.example.org/contact',
  sensitivity: 'public',
  supports: [],
};

/** What was agreed with an organisation, past its own verb. */
function arrange(site: Site, organisation: string): void {
  sql(
    site.world,
    `insert into courtesy (organisation_id, tests_arranged, min_days_between, version, updated_at) values (?, 1, 30, 1, '2026-01-01T00:00:00.000Z')`,
    [organisation],
  );
}
