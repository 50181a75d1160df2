import { describe, expect, it } from 'vitest';
import {
  compareDue,
  confidenceAt,
  dueState,
  factsToCheck,
  type Entry,
  type EntryStanding,
  type Kind,
} from '@waymark/domain';
import { dueSummary, listDue, raiseAlarm, standingNow, type DueRow } from '@waymark/services';
import { auditSize, change, findRecord, listAuditEvents, plannedCheck, putNoticeChoice } from '@waymark/store';
import {
  buildOrganisation,
  enter,
  enterEntry,
  retire,
  type PersonName,
  type World,
} from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Summary = Awaited<ReturnType<typeof dueSummary>>;
type Page = { data: DueRow[]; total: number };

const json = async <T>(answer: Promise<Response> | Response) => (await (await answer).json()) as T;
const due = (browser: Browser, query = '') => json<Page>(browser.get(`/api/v1/due${query}`));
const slugs = ({ data }: Page) => data.map(({ slug }) => slug);
const work = (browser: Browser, id: string, body: object) => browser.post(`/api/v1/entries/${id}/work`, body);

/** Entries of one organisation in Germany, with what matters to a test. */
async function enterMany(site: Site, entries: (Partial<Entry> & { slug: string; kind: Kind })[]) {
  const organisation = await enter(site.world, 'organisation', buildOrganisation({ locatedIn: 'DE' }));
  const ids = new Map<string, string>();
  for (const entry of entries) ids.set(entry.slug, (await enterEntry(site.world, { organisation, ...entry })).id);
  return { organisation, id: (slug: string) => ids.get(slug) ?? '' };
}

/** Somebody looked at everything of an entry. */
async function confirm(world: World, browser: Browser, id: string): Promise<void> {
  const entry = (await findRecord(world.store.read, id))?.doc as Entry;
  const answer = await browser.post(`/api/v1/entries/${id}/verifications`, {
    revision: 1,
    paths: factsToCheck(entry),
    method: 'official-site-check',
    outcome: 'confirmed',
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

async function actionsOf(world: World, id: string): Promise<string[]> {
  const query = { subject: `entry:${id}`, order: 'desc', limit: 20, offset: 0 } as const;
  return (await listAuditEvents(world.store.read, query)).data.map(({ action }) => action);
}

/** Refused with the code; no line in the log, and the plan of the check as it was. */
async function expectRefused(site: Site, id: string, request: () => Promise<Response>, code: string): Promise<void> {
  const { read } = site.world.store;
  const before = [await auditSize(read), await plannedCheck(read, id)];
  expect(await codeOf(await request())).toBe(code);
  expect([await auditSize(read), await plannedCheck(read, id)]).toEqual(before);
}

const THREE = [
  { slug: 'a-network', kind: 'network' },
  { slug: 'b-hotline', kind: 'hotline.web' },
  { slug: 'c-line', kind: 'child-helpline' },
] as const;

describe('the queue of checks', () => {
  it('shows what is due, the most pressing first, with what a person needs to choose', async () => {
    const site = await newSite();
    const { id } = await enterMany(site, [...THREE]);
    const curator = await site.browser('curator');
    const page = await due(curator);
    expect(slugs(page)).toEqual(['c-line', 'b-hotline', 'a-network']);
    expect(page.data[0]).toMatchObject({
      recordId: id('c-line'),
      revision: 1,
      kind: 'child-helpline',
      countries: ['DE'],
      riskClass: 'A',
      confidence: 'none',
      state: 'due',
      lastConfirmedAt: null,
      expiresAt: null,
      assignee: null,
      claimedBy: null,
      timeZone: 'Europe/Berlin',
      localTime: expect.stringMatching(/^\d\d:\d\d$/),
    });
    site.world.wait({ days: 8 });
    const later = await site.browser('curator');
    expect((await due(later)).data.map(({ state }) => state)).toEqual(['overdue', 'overdue', 'overdue']);
  });

  it('says of every entry what the rules say, in their order, at any time', async () => {
    const site = await newSite();
    const { world } = site;
    const kinds = ['hotline.web', 'network', 'portal.global', 'platform-tool', 'directory', 'child-helpline'] as const;
    const { id } = await enterMany(
      site,
      kinds.flatMap((kind, i) => [
        { slug: `x-${i}`, kind, serves: [{ area: 'FR', basis: 'any' as const, strength: 'primary' as const }] },
        { slug: `y-${i}`, kind },
      ]),
    );
    const curator = await site.browser('curator');
    for (const i of [0, 2, 3, 5]) await confirm(world, curator, id(`x-${i}`));
    await curator.post('/api/v1/alarms', { recordId: id('y-1'), path: '/channels/web/value' });
    await curator.post('/api/v1/alarms', { recordId: id('y-4'), path: '/channels/web/value', unsafe: true });
    for (const days of [0, 1, 19, 10, 20, 45, 60, 100, 300]) {
      world.wait({ days });
      const now = world.now().toISOString();
      const ctx = world.as('curator');
      const { data } = await listDue(ctx, { state: 'all' }, { limit: 500, offset: 0 });
      expect(data).toHaveLength(12);
      const standings: (EntryStanding & { recordId: string })[] = [];
      for (const row of data) {
        const record = await findRecord(world.store.read, row.recordId);
        if (!record) throw new Error(row.recordId);
        const standing = await standingNow(world.store.read, record);
        standings.push({ ...standing, recordId: row.recordId });
        expect(row).toMatchObject({
          state: dueState(standing, now),
          confidence: confidenceAt(standing, now),
          riskClass: standing.riskClass,
          openAlarms: standing.openAlarms,
          unsafe: standing.unsafe,
          dueAt: standing.dueAt,
          expiresAt: standing.expiresAt,
        });
      }
      expect(standings).toEqual([...standings].sort(compareDue));
      expect(standings[0]?.recordId).toBe(id('y-4'));
      // Each state is the list of those in it, and the figures count the lists.
      const summary = await dueSummary(ctx);
      for (const state of ['due', 'overdue', 'expired', 'soon'] as const) {
        const { data: some, total } = await listDue(ctx, { state }, { limit: 500, offset: 0 });
        expect(some.map((row) => row.recordId)).toEqual(
          data.filter((row) => row.state === state).map((row) => row.recordId),
        );
        expect([total, summary[state]]).toEqual([some.length, some.length]);
      }
      const toDo = await listDue(ctx, {}, { limit: 500, offset: 0 });
      expect(toDo.total).toBe(data.filter((row) => row.dueAt <= now || row.openAlarms > 0).length);
    }
  });

  it('leaves out what is not shown, and is no shorter for what is far away', async () => {
    const site = await newSite();
    const { id } = await enterMany(site, [...THREE]);
    const curator = await site.browser('curator');
    await curator.post(`/api/v1/entries/${id('c-line')}/suspend`, { reason: 'wrong' });
    await retire(site.world, id('a-network'));
    expect(slugs(await due(curator))).toEqual(['b-hotline']);
    expect(slugs(await due(curator, '?state=all'))).toEqual(['b-hotline']);
    expect((await json<Summary>(curator.get('/api/v1/due/summary'))).due).toBe(1);
  });

  it('is narrowed by kind, country, language, network, words and office hours', async () => {
    const site = await newSite();
    const japan = await enter(site.world, 'organisation', buildOrganisation({ locatedIn: 'JP' }));
    const tel = { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } } as const;
    await enterMany(site, [
      { slug: 'de', kind: 'hotline.web', channels: [{ ...tel, languages: [{ tag: 'de' }] }] },
      {
        slug: 'jp',
        kind: 'child-helpline',
        organisation: japan,
        serves: [{ area: 'JP', basis: 'any', strength: 'primary' }],
        channels: [{ ...tel, languages: [{ tag: 'ja' }, { tag: 'en' }] }],
        memberships: [{ network: 'inhope', status: 'member' }],
        names: { en: { text: 'Cherry line' } },
      },
    ]);
    const curator = await site.browser('curator');
    for (const query of [
      'kind=child-helpline',
      'country=JP',
      'language=en',
      'language=ja,fr',
      'network=inhope',
      'q=cherry',
    ])
      expect(slugs(await due(curator, `?${query}`)), query).toEqual(['jp']);
    expect(slugs(await due(curator, '?language=de,ja'))).toEqual(['de', 'jp']);
    // To a Tuesday at ten in Berlin, when it is evening in Tokyo.
    const { world } = site;
    while (world.now().getUTCDay() !== 2 || world.now().getUTCHours() !== 9) world.wait({ hours: 1 });
    const morning = await site.browser('curator');
    expect(slugs(await due(morning, '?officeHours=now'))).toEqual(['de']);
    expect((await due(morning)).data.map(({ slug, officeOpen }) => [slug, officeOpen])).toEqual([
      ['de', true],
      ['jp', false],
    ]);
    world.wait({ hours: 16 });
    const night = await site.browser('curator');
    expect(slugs(await due(night, '?officeHours=now'))).toEqual(['jp']);
    expect(await codeOf(await night.get('/api/v1/due?officeHours=later'))).toBe('filter-unknown');
    expect(await codeOf(await night.get('/api/v1/due?sort=name'))).toBe('filter-unknown');
  });

  it('comes in pages that neither repeat nor skip', async () => {
    const site = await newSite();
    await enterMany(
      site,
      Array.from({ length: 7 }, (_, i) => ({ slug: `e-${i}`, kind: i % 2 === 0 ? 'hotline.web' : 'network' })),
    );
    const curator = await site.browser('curator');
    const all = await due(curator, '?perPage=500');
    const pages = [];
    for (const page of [1, 2, 3]) pages.push(await due(curator, `?perPage=3&page=${page}`));
    expect(pages.flatMap(slugs)).toEqual(slugs(all));
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7]);
    expect(await codeOf(await curator.get('/api/v1/due?perPage=501'))).toBe('filter-unknown');
  });

  it('is for those who may read it', async () => {
    const site = await newSite();
    expect(await codeOf(await (await site.browser('visitor')).get('/api/v1/due'))).toBe('not-permitted');
    expect((await (await site.browser('publisher')).get('/api/v1/due')).status).toBe(200);
  });
});

describe('a check that somebody takes on', () => {
  it('is theirs for twelve hours, and then anybody’s again by itself', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterEntry(world);
    const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
    expect(await json(work(curator, id, { claim: true }))).toMatchObject({
      claimedBy: world.people.curator.id,
      claimedByName: 'Demo Curator',
      claimedUntil: new Date(world.now().getTime() + 12 * 3_600_000).toISOString(),
    });
    await expectRefused(site, id, () => work(reviewer, id, { claim: true }), 'already-claimed');
    await expectRefused(site, id, () => work(reviewer, id, { release: true }), 'already-claimed');
    await expectRefused(
      site,
      id,
      () => work(reviewer, id, { snoozeUntil: world.newInstant(), reason: 'x' }),
      'already-claimed',
    );
    expect((await due(reviewer)).data[0]?.claimedBy).toEqual({ id: world.people.curator.id, name: 'Demo Curator' });
    expect([(await due(curator, '?mine=true')).total, (await due(reviewer, '?mine=true')).total]).toEqual([1, 0]);
    world.wait({ hours: 12 });
    const again = await site.browser('reviewer');
    expect((await due(again)).data[0]).toMatchObject({ claimedBy: null, claimedUntil: null });
    expect((await work(again, id, { claim: true })).status).toBe(200);
    expect((await actionsOf(world, id)).slice(0, 2)).toEqual(['work.claim', 'work.claim']);
  });

  it('goes to one of many who claim it at once', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const people: PersonName[] = ['curator', 'secondCurator', 'reviewer', 'secondReviewer', 'thirdReviewer'];
    const browsers = await Promise.all(people.map((person) => site.browser(person)));
    const before = await auditSize(site.world.store.read);
    const answers = await Promise.all(browsers.map((browser) => work(browser, id, { claim: true })));
    const codes = await Promise.all(answers.map(async (answer) => (answer.ok ? 'claimed' : codeOf(answer))));
    expect(codes.toSorted()).toEqual([...Array<string>(4).fill('already-claimed'), 'claimed']);
    const winner = people[codes.indexOf('claimed')] ?? 'visitor';
    expect(await plannedCheck(site.world.store.read, id)).toMatchObject({ claimedBy: site.world.people[winner].id });
    expect(await auditSize(site.world.store.read)).toBe(before + 1);
  });

  it('is prolonged by claiming it again, and free at once when given back', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
    await work(curator, id, { claim: true });
    expect((await work(curator, id, { claim: true })).status).toBe(200);
    expect(await json(work(curator, id, { release: true }))).toMatchObject({ claimedBy: null, claimedUntil: null });
    expect((await work(reviewer, id, { claim: true })).status).toBe(200);
  });

  it('is for those who may check, and for entries that are checked', async () => {
    const site = await newSite();
    const { id, organisation } = await enterEntry(site.world);
    const [admin, publisher, curator] = [
      await site.browser('admin'),
      await site.browser('publisher'),
      await site.browser('curator'),
    ];
    await expectRefused(site, id, () => work(publisher, id, { claim: true }), 'not-permitted');
    await expectRefused(site, id, () => work(admin, id, { claim: true }), 'not-permitted');
    await expectRefused(site, id, () => work(curator, organisation, { claim: true }), 'not-found');
    await expectRefused(site, id, () => work(curator, id, { claim: true, release: true }), 'input-invalid');
    await retire(site.world, id);
    await expectRefused(site, id, () => work(curator, id, { claim: true }), 'record-not-active');
  });
});

describe('a check that is put off', () => {
  const inDays = (world: World, days: number) => new Date(world.now().getTime() + days * 86_400_000).toISOString();

  it('is gone until then, with its reason, and does not become younger by it', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterEntry(world);
    const curator = await site.browser('curator');
    const until = inDays(world, 7);
    expect(await json(work(curator, id, { snoozeUntil: until, reason: 'Moves house this week' }))).toMatchObject({
      snoozedUntil: until,
      snoozeReason: 'Moves house this week',
    });
    expect(await due(curator)).toMatchObject({ total: 0 });
    expect((await due(curator, '?state=all')).data[0]).toMatchObject({ snoozedUntil: until });
    expect(await json<Summary>(curator.get('/api/v1/due/summary'))).toMatchObject({ due: 0, overdue: 0 });
    world.wait({ days: 7 });
    expect((await due(await site.browser('curator'))).data[0]).toMatchObject({ recordId: id, state: 'overdue' });
    expect((await actionsOf(world, id))[0]).toBe('work.snooze');
  });

  it.each<[string, (world: World) => object, string]>([
    ['without a reason', (world) => ({ snoozeUntil: inDays(world, 3), reason: '  ' }), 'comment-required'],
    ['for more than thirty days', (world) => ({ snoozeUntil: inDays(world, 31), reason: 'Later' }), 'input-invalid'],
    ['until yesterday', (world) => ({ snoozeUntil: inDays(world, -1), reason: 'Later' }), 'input-invalid'],
    ['until nobody knows when', () => ({ snoozeUntil: 'soon', reason: 'Later' }), 'input-invalid'],
  ])('is refused %s', async (_what, body, code) => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const curator = await site.browser('curator');
    await expectRefused(site, id, () => work(curator, id, body(site.world)), code);
  });

  it('is refused while an alarm says that it may be unsafe, and comes back when a new alarm is raised', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterEntry(world);
    const curator = await site.browser('curator');
    const snooze = () => work(curator, id, { snoozeUntil: inDays(world, 3), reason: 'Later' });
    const alarm = (more: object) =>
      curator.post('/api/v1/alarms', { recordId: id, path: '/channels/web/value', ...more });
    await snooze();
    expect((await due(curator)).total).toBe(0);
    await alarm({});
    expect((await due(curator)).total).toBe(1);
    expect((await snooze()).status).toBe(200);
    await alarm({ unsafe: true });
    expect((await due(curator)).data[0]).toMatchObject({ unsafe: true, snoozedUntil: null });
    await expectRefused(site, id, snooze, 'unsafe-alarm-open');
  });
});

describe('checks given to people', () => {
  it('are found by who has them, and count as their share', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterMany(site, [...THREE]);
    const { curator, reviewer } = world.people;
    const [admin, me] = [await site.browser('admin'), await site.browser('curator')];
    expect(await json(work(admin, id('a-network'), { assignee: curator.id }))).toMatchObject({
      assigneeId: curator.id,
      assigneeName: curator.name,
      plannedFor: null,
    });
    const tomorrow = new Date(world.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    await work(admin, id('b-hotline'), { assignee: curator.id, plannedFor: tomorrow });
    await work(admin, id('c-line'), { assignee: reviewer.id });
    expect(slugs(await due(me, '?assignee=me'))).toEqual(['b-hotline', 'a-network']);
    expect(slugs(await due(me, '?mine=true'))).toEqual(['a-network']);
    expect(slugs(await due(me, `?assignee=${reviewer.id}`))).toEqual(['c-line']);
    expect(slugs(await due(me, '?assignee=none'))).toEqual([]);
    await work(admin, id('c-line'), { assignee: null });
    expect(slugs(await due(me, '?assignee=none'))).toEqual(['c-line']);
    const { fairShare, mine } = await json<Summary>(me.get('/api/v1/due/summary'));
    expect(mine).toBe(1);
    expect(fairShare).toContainEqual({ userId: curator.id, name: curator.name, open: 2, done7: 0 });
    expect(fairShare.map(({ userId }) => userId)).not.toContain(world.people.publisher.id);
    expect((await actionsOf(world, id('c-line'))).slice(0, 2)).toEqual(['work.assign', 'work.assign']);
  });

  it('go to nobody who may not check', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const curator = await site.browser('curator');
    const { publisher, visitor } = site.world.people;
    for (const assignee of [publisher.id, visitor.id, id])
      await expectRefused(site, id, () => work(curator, id, { assignee }), 'input-invalid');
    const other = await site.browser('publisher');
    await expectRefused(site, id, () => work(other, id, { assignee: site.world.people.curator.id }), 'not-permitted');
  });

  it('count as done for who looked, whatever came out', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterMany(site, [...THREE]);
    const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
    await work(curator, id('b-hotline'), { assignee: world.people.curator.id });
    await confirm(world, curator, id('b-hotline'));
    await curator.post(`/api/v1/entries/${id('a-network')}/verifications`, {
      revision: 1,
      paths: ['/channels/web'],
      method: 'official-site-check',
      outcome: 'not-reached',
    });
    await confirm(world, reviewer, id('c-line'));
    const summary = await json<Summary>(curator.get('/api/v1/due/summary'));
    expect(summary).toMatchObject({ doneToday: 3, doneTodayByMe: 2, due: 0, mine: 0 });
    expect(summary.fairShare).toContainEqual(
      expect.objectContaining({ userId: world.people.curator.id, open: 0, done7: 2 }),
    );
    // Nobody answered: it waits for its next attempt, and comes back by itself.
    expect((await due(curator)).total).toBe(0);
    world.wait({ days: 4 });
    expect(slugs(await due(await site.browser('curator')))).toEqual(['a-network']);
    world.wait({ days: 4 });
    expect(await json<Summary>((await site.browser('curator')).get('/api/v1/due/summary'))).toMatchObject({
      doneToday: 0,
      fairShare: expect.arrayContaining([expect.objectContaining({ userId: world.people.curator.id, done7: 0 })]),
    });
  });
});

describe('a plan', () => {
  it('spreads what is due over people and working days, the most pressing first, by what they read', async () => {
    const site = await newSite();
    const { world } = site;
    const web = (tag: string) => [
      { id: 'web', type: 'url' as const, value: { href: 'https://help.example.org/form' }, languages: [{ tag }] },
    ];
    await enterMany(
      site,
      Array.from({ length: 12 }, (_, i) => ({
        slug: `e-${String(i).padStart(2, '0')}`,
        kind: i < 6 ? ('hotline.web' as const) : ('network' as const),
        channels: web(i % 2 === 0 ? 'de' : 'fr'),
      })),
    );
    const { curator, reviewer } = world.people;
    await change(world.asSystem('test'), 'system', async ({ tx, audit }) => {
      const scope = { weekly: false, countries: [], kinds: [], lastSentAt: null };
      await putNoticeChoice(tx, { ...scope, userId: curator.id, languages: ['de'] });
      await putNoticeChoice(tx, { ...scope, userId: reviewer.id, languages: ['fr'] });
      await audit('notice.choose', `user:${curator.id}`, {});
    });
    const browser = await site.browser('admin');
    const answer = await browser.post('/api/v1/due/plan', { days: 28, people: [curator.id, reviewer.id] });
    const plan = await json<{ planned: number; left: number; until: string; perPerson: object[] }>(answer);
    expect(plan).toMatchObject({
      planned: 12,
      left: 0,
      perPerson: [
        { userId: curator.id, name: curator.name, count: 6 },
        { userId: reviewer.id, name: reviewer.name, count: 6 },
      ],
    });
    const { data } = await due(browser, '?state=all');
    const days = data.map(({ plannedFor }) => plannedFor ?? '');
    expect(days.every((day) => ![0, 6].includes(new Date(day).getUTCDay()))).toBe(true);
    expect(days.toSorted().at(-1)).toBe(plan.until);
    expect(
      data.filter(({ languages, assignee }) => languages[0] === (assignee?.id === curator.id ? 'de' : 'fr')).length,
    )
      // All but those at the end of a week, where a fair share comes first.
      .toBeGreaterThanOrEqual(10);
    const [event] = (await listAuditEvents(world.store.read, { subject: 'due:plan', limit: 5, offset: 0 })).data;
    expect(event).toMatchObject({ action: 'work.plan', payload: { planned: 12, until: plan.until } });
  });

  it('leaves what somebody is at, and what others have, as it is', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterMany(site, [...THREE]);
    const [curator, reviewer] = [await site.browser('curator'), await site.browser('reviewer')];
    await work(reviewer, id('c-line'), { claim: true });
    await work(curator, id('b-hotline'), { assignee: world.people.secondReviewer.id });
    const plan = () => curator.post('/api/v1/due/plan', { days: 7, people: [world.people.curator.id] });
    expect(await json(plan())).toMatchObject({ planned: 1 });
    expect(slugs(await due(curator, '?assignee=me'))).toEqual(['a-network']);
    expect(slugs(await due(curator, `?assignee=${world.people.secondReviewer.id}`))).toEqual(['b-hotline']);
    expect(await plannedCheck(world.store.read, id('c-line'))).toMatchObject({ assigneeId: null });
    // Made anew, it stays what it is.
    expect(await json(plan())).toMatchObject({ planned: 1 });
  });

  it('is refused for people who may not check, for the past, and to those who may not plan', async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world);
    const { curator: person, publisher } = site.world.people;
    const curator = await site.browser('curator');
    const plan = (body: object, browser = curator) => browser.post('/api/v1/due/plan', { days: 7, ...body });
    await expectRefused(site, id, () => plan({ people: [person.id, publisher.id] }), 'input-invalid');
    await expectRefused(site, id, () => plan({ people: [] }), 'input-invalid');
    await expectRefused(site, id, () => plan({ people: [person.id], start: '2020-01-01' }), 'input-invalid');
    await expectRefused(site, id, () => plan({ people: [person.id], days: 0 }), 'input-invalid');
    const other = await site.browser('publisher');
    await expectRefused(site, id, () => plan({ people: [person.id] }, other), 'not-permitted');
  });
});

describe('the start page', () => {
  type Item = { id: string; kind: string; title: string; href: string; urgent: boolean };
  const queue = async (browser: Browser) => (await json<{ data: Item[] }>(browser.get('/api/v1/queue'))).data;

  it('shows what may be unsafe, suspensions, alarms, and then the day’s checks, before what can wait', async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterMany(site, [...THREE, { slug: 'd-gone', kind: 'hotline.web' }]);
    const curator = await site.browser('curator');
    await (await site.browser('reviewer')).post(`/api/v1/entries/${id('d-gone')}/suspend`, { reason: 'wrong' });
    const about = { path: '/channels/web/value', detail: {} } as const;
    await change(world.asSystem('watcher'), 'system', async (door) => {
      await raiseAlarm(door, { recordId: id('a-network'), kind: 'not-found', unsafe: false, ...about });
      await raiseAlarm(door, { recordId: id('b-hotline'), kind: 'domain-changed', unsafe: true, ...about });
    });
    await work(curator, id('c-line'), { claim: true });
    const items = await queue(curator);
    expect(items.map(({ kind, urgent }) => [kind, urgent])).toEqual([
      ['alarm', true],
      ['suspension', true],
      ['alarm', true],
      ['check', false],
      ['check', false],
    ]);
    expect(items[0]?.href).toBe(`/due/${id('b-hotline')}`);
    expect(items[3]).toMatchObject({ id: id('c-line'), href: `/due/${id('c-line')}` });
    expect(items[4]).toMatchObject({ id: 'due', title: '3', href: '/due' });
    // Who may not check sees neither checks nor alarms.
    expect((await queue(await site.browser('publisher'))).map(({ kind }) => kind)).toEqual(['suspension']);
  });

  it('shows no more checks than a day holds', async () => {
    const site = await newSite();
    const { id } = await enterMany(
      site,
      Array.from({ length: 22 }, (_, i) => ({ slug: `e-${i}`, kind: 'network' as const })),
    );
    const curator = await site.browser('curator');
    for (let i = 0; i < 22; i += 1) await work(curator, id(`e-${i}`), { assignee: site.world.people.curator.id });
    const checks = (await queue(curator)).filter(({ kind }) => kind === 'check');
    expect(checks).toHaveLength(21);
    expect(checks.at(-1)).toMatchObject({ id: 'due', title: '22' });
  });
});
