// The starter directory, which nobody ever verified, on a 90-day plan for two people: the plan, a week of work, and what the next
// snapshots then hold. Everything by HTTP, with a clock that is moved.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compareDue,
  DEFAULT_POLICY,
  factsToCheck,
  workingDays,
  type Entry,
  type PublishedEntry,
  type RecordType,
} from '@waymark/domain';
import { draft, judge, openPublishing, submit, verifyAudit, type DueRow, type PlanResult } from '@waymark/services';
import { change, findRecord, insertPolicy, listAuditEvents, openReader } from '@waymark/store';
import { codeOf, newSite, type Browser, type Site } from '../../apps/api/src/testing.ts';
import { download, manifestIn, recordsIn } from '../support/tree.ts';
import { openWorld, type PersonName, type World } from '../support/world.ts';

const PEOPLE = ['curator', 'secondCurator'] as const satisfies PersonName[];
const DAYS = 90;
const STARTER = fileURLToPath(new URL('../../data/starter-directory.json', import.meta.url));

type Row = DueRow & { plannedFor: string; assignee: { id: string; name: string } };
type Queue = { data: { id: string; kind: string; title: string; href: string }[] };
type Summary = {
  mine: number;
  doneToday: number;
  doneTodayByMe: number;
  fairShare: { userId: string; open: number; done7: number }[];
} & Record<'due' | 'overdue' | 'expired' | 'soon', number>;
type Snapshot = {
  sequence: number;
  state: string;
  gate: unknown;
  counts: { entries: number; withheld: number };
  contentDigest: string;
};

let world: World;
let site: Site;
/** Working days of the plan, the first a Monday. */
let days: string[];
/** The directory as it was planned, the most pressing first. */
let planned: Row[];

/** What was done with an entry, in the order it was done. */
type Done = { row: Row; how: 'confirmed' | 'changed' | 'not-reached' | 'gone' | 'put-off'; at: string };
const diary: Done[] = [];
const idsOf = (...how: Done['how'][]) => diary.filter((done) => how.includes(done.how)).map(({ row }) => row.recordId);

async function get<T>(browser: Browser, path: string): Promise<T> {
  const answer = await browser.get(`/api/v1${path}`);
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function post<T>(browser: Browser, path: string, body: object = {}): Promise<T> {
  const answer = await browser.post(`/api/v1${path}`, body);
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const due = async (browser: Browser, query: string) =>
  get<{ data: Row[]; total: number }>(browser, `/due?perPage=500&${query}`);

async function entryOf(recordId: string): Promise<{ revision: number; doc: Entry }> {
  const record = await findRecord(world.store.read, recordId);
  if (record?.type !== 'entry') throw new Error(`There is no entry ${recordId}`);
  return { revision: record.revision, doc: record.doc as Entry };
}

/** To nine o'clock UTC of a day. */
function waitUntil(day: string): void {
  const hours = (Date.parse(`${day}T09:00:00Z`) - world.now().getTime()) / 3_600_000;
  if (hours < 0) throw new Error(`${day} is over`);
  world.wait({ hours });
}

type Starter = {
  organisations: { id: string; parent?: string }[];
  entries: { id: string }[];
  countries: { id: string }[];
};

/** Every record by a proposal of its own, approved by two, as the demo loads it. */
async function loadStarter(): Promise<void> {
  const { organisations, entries, countries } = JSON.parse(await readFile(STARTER, 'utf8')) as Starter;
  const known = new Set<string>();
  const load = async (recordType: RecordType, doc: { id: string; parent?: string }) => {
    const parent = organisations.find(({ id }) => id === doc.parent);
    if (parent) await load(recordType, parent);
    if (known.has(doc.id)) return;
    known.add(doc.id);
    const { id } = await draft(world.as('curator'), { kind: 'create', recordType, doc, part: 'importer' });
    let receipt = await submit(world.as('curator'), id);
    for (const name of ['reviewer', 'secondReviewer'] as const) {
      if (receipt.state !== 'in-review') return;
      receipt = await judge(world.as(name), id, { decision: 'approve', contentHash: receipt.contentHash });
    }
  };
  for (const doc of organisations) await load('organisation', doc);
  for (const doc of entries) await load('entry', doc);
  for (const doc of countries) await load('country', doc);
}

beforeAll(async () => {
  world = await openWorld();
  await loadStarter();
  // As production publishes: below medium, expired, contradicted and unsafe stay inside.
  await change(world.asSystem('test'), 'system', async ({ tx, now, audit }) => {
    await insertPolicy(tx, { version: 2, doc: DEFAULT_POLICY, since: now, requestId: null });
    await audit('policy.confirm', 'policy:2', { policy: DEFAULT_POLICY });
  });
  const monday = new Date(world.now().getTime() + 86_400_000);
  while (monday.getUTCDay() !== 1) monday.setUTCDate(monday.getUTCDate() + 1);
  waitUntil(monday.toISOString().slice(0, 10));
  days = workingDays({ start: world.now().toISOString().slice(0, 10), days: DAYS });
  site = await newSite({}, world);
}, 900_000);

afterAll(() => world.close());

describe('the starter directory on a 90-day plan for two people', () => {
  it('has every entry on a working day, in shares as equal as can be, the riskiest first', async () => {
    const admin = await site.browser('admin');
    const before = await due(admin, '');
    expect(before.total).toBe(238);
    expect(new Set(before.data.map(({ confidence, lastConfirmedAt }) => `${confidence} ${lastConfirmedAt}`))).toEqual(
      new Set(['none null']),
    );
    const people = PEOPLE.map((person) => world.people[person].id);
    const plan = await post<PlanResult>(admin, '/due/plan', { days: DAYS, people });
    expect(plan).toMatchObject({ planned: 238, left: 0 });

    planned = (await due(admin, 'state=all')).data;
    expect(planned.map(({ recordId }) => recordId)).toEqual([...planned].sort(compareDue).map((row) => row.recordId));
    expect(planned.filter(({ plannedFor }) => !days.includes(plannedFor))).toEqual([]);
    const loads = people.flatMap((id) =>
      days.map((day) => planned.filter((row) => row.assignee.id === id && row.plannedFor === day).length),
    );
    expect(Math.max(...loads) - Math.min(...loads)).toBe(1);
    expect(plan.perPerson.map(({ count }) => count)).toEqual([119, 119]);
    // Nobody does in an earlier week what is less pressing than somebody's of a later one.
    const weekOf = ({ plannedFor }: Row) => Math.floor(days.indexOf(plannedFor) / 5);
    const weeks = planned.map(weekOf);
    expect(weeks).toEqual([...weeks].sort((a, b) => a - b));
    for (const id of people) {
      const own = planned.filter((row) => row.assignee.id === id).map(({ plannedFor }) => plannedFor);
      expect(own).toEqual(own.toSorted());
    }
    const [event] = (await listAuditEvents(world.store.read, { subject: 'due:plan', limit: 1, offset: 0 })).data;
    expect(event).toMatchObject({ action: 'work.plan', actor: world.people.admin.id, payload: { planned: 238 } });

    const classes = (['G', 'A', 'B', 'C', 'D'] as const).map((riskClass) => {
      const rows = planned.filter((row) => row.riskClass === riskClass);
      return `${riskClass} ${rows.length} until day ${days.indexOf(rows.at(-1)?.plannedFor ?? '') + 1}`;
    });
    console.log(
      `plan: ${plan.planned} checks on ${days.length} working days, ${Math.min(...loads)}-${Math.max(...loads)} per person and day; ${classes.join(', ')}; sole options ${planned.filter((row) => row.isSoleOption).length}`,
    );
  });

  it('is worked through for a week: each morning the day’s checks, each evening only what is gone and has to be retired', async () => {
    for (const [day, date] of days.slice(0, 5).entries()) {
      waitUntil(date);
      for (const [person, name] of PEOPLE.entries()) {
        const browser = await site.browser(name);
        const mine = await due(browser, 'mine=true');
        const today = planned.filter((row) => row.assignee.id === world.people[name].id && row.plannedFor === date);
        const ids = today.map(({ recordId }) => recordId);
        // What was put off or waits for its next attempt has a day of its own; nothing is left over otherwise.
        expect(mine.data.filter(({ plannedFor }) => plannedFor === date).map(({ recordId }) => recordId)).toEqual(ids);
        const start = (await get<Queue>(browser, '/queue')).data.filter(({ kind }) => kind === 'check');
        expect(start.map(({ id }) => id)).toEqual([...mine.data.map(({ recordId }) => recordId), 'due']);
        // Who was not reached yesterday is tried again: a second time in vain, and three days later once more.
        const again = mine.data.filter(({ recordId }) => idsOf('not-reached').includes(recordId));
        for (const row of again) await tryAgain(browser, row);
        for (const [n, row] of today.entries()) await check(browser, row, howToday(day, person, n));
        const evening = await get<Summary>(browser, '/due/summary');
        expect(evening.doneTodayByMe).toBe(today.length - putOffToday(date, name) + again.length);
        const unsettled = (await due(browser, 'mine=true')).data.filter(({ plannedFor }) => plannedFor === date);
        expect(unsettled.map(({ recordId }) => recordId)).toEqual(ids.filter((id) => doneOf(id).how === 'gone'));
      }
    }
    const counts = new Map<string, number>();
    for (const { how } of diary) counts.set(how, (counts.get(how) ?? 0) + 1);
    console.log(`week: ${diary.length} checks; ${[...counts].map(([how, n]) => `${how} ${n}`).join(', ')}`);
    expect([...counts.keys()].sort()).toEqual(['changed', 'confirmed', 'gone', 'not-reached', 'put-off']);
  });

  it('leaves the trace of each of these checks, and a queue without those that are done', async () => {
    const browser = await site.browser('curator');
    for (const { row, how } of diary) {
      const query = { subject: `entry:${row.recordId}`, order: 'asc', limit: 50, offset: 0 } as const;
      const events = (await listAuditEvents(world.store.read, query)).data.map(({ action }) => action);
      expect(events.slice(events.indexOf('work.claim')), row.slug).toEqual(TRACE[how]);
    }
    const left = new Set((await due(browser, '')).data.map(({ recordId }) => recordId));
    // What is gone stays until somebody retires it; what was seen to be different waits for its review.
    expect(diary.filter(({ row }) => left.has(row.recordId)).map(({ how }) => how)).toEqual(['gone']);
    const summary = await get<Summary>(browser, '/due/summary');
    const done = PEOPLE.map(
      (name) => summary.fairShare.find(({ userId }) => userId === world.people[name].id)?.done7 ?? 0,
    );
    expect(done.reduce((a, b) => a + b, 0)).toBe(diary.length - idsOf('put-off').length);
    expect(summary.due + summary.overdue).toBe(left.size);
    console.log(`after the week: ${left.size} of 238 still to do, done by the two: ${done.join(' and ')}`);
  });

  it('comes into the next snapshot with exactly what was confirmed, the rest counted', async () => {
    await approveTheChange();
    const publisher = await site.browser('publisher');
    const first = await post<Snapshot>(publisher, '/snapshots');
    expect(first.counts).toMatchObject({ entries: confirmedIds().length, withheld: 238 - confirmedIds().length });
    await post(publisher, `/snapshots/${first.sequence}/publish`);

    const { entries, manifest, text } = await published();
    expect(entries.map(({ id }) => id)).toEqual(confirmedIds());
    expect(manifest.counts).toMatchObject({ entries: entries.length, withheld: 238 - entries.length });
    for (const entry of entries) {
      const { at, row } = doneOf(entry.id);
      expect(entry.verification, row.slug).toMatchObject({
        confidence: 'medium',
        lastConfirmed: at,
        methods: ['source'],
        expiresAt: after(at, expireDays(row)),
      });
    }
    // The changed value is there as it was seen; no record of what was not confirmed is.
    const [changed] = idsOf('changed');
    expect(JSON.stringify(entries.find(({ id }) => id === changed))).toContain('https://help.example.org/moved');
    const inside = planned.filter(({ recordId }) => !confirmedIds().includes(recordId));
    expect(inside.filter(({ recordId }) => text.includes(`"id":"${recordId}"`))).toEqual([]);
    console.log(
      `first snapshot: ${entries.length} entries published, ${manifest.counts.withheld} withheld; expiries from ${entries
        .map((e) => e.verification?.expiresAt ?? '')
        .sort()[0]
        ?.slice(0, 10)}`,
    );
  });

  it('drops what ran out when the clock moved, and says so to readers by the date alone', async () => {
    const before = await published();
    // The global portal is checked monthly: after 40 days nobody stands behind it any more, while yearly and quarterly ones hold.
    world.wait({ days: 40 });
    const [monthly, others] = [true, false].map((is) =>
      confirmedIds().filter((id) => (doneOf(id).row.riskClass === 'G') === is),
    ) as [string[], string[]];
    expect(monthly).toHaveLength(1);
    const now = world.now().toISOString();
    expect(before.entries.filter(({ verification }) => (verification?.expiresAt ?? '') <= now)).toEqual([]);

    const publisher = await site.browser('publisher');
    const second = await post<Snapshot>(publisher, '/snapshots');
    expect(second.counts).toMatchObject({ entries: others.length, withheld: 238 - others.length });
    // More than one in twenty leaves: production asks for a second publisher who gives a reason.
    expect(await codeOf(await publisher.post(`/api/v1/snapshots/${second.sequence}/publish`))).toBe(
      'gate-second-publisher',
    );
    const other = await site.browser('secondPublisher');
    await post(other, `/snapshots/${second.sequence}/confirm`, { reason: 'Ran out; the check is planned' });
    await post(publisher, `/snapshots/${second.sequence}/publish`);
    const after40 = await published();
    expect(after40.entries.map(({ id }) => id)).toEqual(others);

    // The one that ran out leads the queue, before all that was never looked at.
    const toDo = (await due(publisher, '')).data;
    expect(toDo.find(({ openAlarms }) => openAlarms === 0)?.recordId).toBe(monthly[0]);

    // After a hundred days we stand behind none of them any more, and the next snapshot holds none; readers who kept this one
    // show them until their dates, and then drop them by themselves.
    world.wait({ days: 60 });
    const third = await post<Snapshot>(await site.browser('publisher'), '/snapshots');
    expect(third.counts).toMatchObject({ entries: 0, withheld: 238 });
    const alive = () => {
      const then = world.now().toISOString();
      return after40.entries.filter(({ verification }) => (verification?.expiresAt ?? '') > then).length;
    };
    const alive100 = alive();
    expect(alive100).toBe(others.length);
    world.wait({ days: 40 });
    expect(alive()).toBe(0);
    console.log(
      `after 40 days: ${others.length} entries (the monthly one ran out); after 100: 0 in the next snapshot, ${alive100} still shown by readers; after 140: ${alive()}`,
    );
  });

  it('leaves a log that agrees with everything', async () => {
    const { read, close } = openReader(world.file);
    try {
      expect(await verifyAudit(read, [])).toMatchObject({ ok: true });
    } finally {
      close();
    }
  });
});

/** A few of a week's checks come out otherwise, each on its own day. */
function howToday(day: number, person: number, n: number): Done['how'] {
  if (n > 0) return 'confirmed';
  if (person === 0)
    return (['confirmed', 'changed', 'confirmed', 'not-reached', 'confirmed'] as const)[day] ?? 'confirmed';
  return (['confirmed', 'confirmed', 'gone', 'confirmed', 'put-off'] as const)[day] ?? 'confirmed';
}

function putOffToday(date: string, name: PersonName): number {
  return diary.filter(
    ({ row, how }) => how === 'put-off' && row.plannedFor === date && row.assignee.id === world.people[name].id,
  ).length;
}

/** One check, as the screen does it: take it on, look, say what was seen. */
async function check(browser: Browser, row: Row, how: Done['how']): Promise<void> {
  const { recordId } = row;
  const { revision, doc } = await entryOf(recordId);
  await post(browser, `/entries/${recordId}/work`, { claim: true });
  const at = world.now().toISOString();
  diary.push({ row, how, at });
  if (how === 'put-off') {
    const snoozeUntil = after(at, 14);
    await post(browser, `/entries/${recordId}/work`, { snoozeUntil, reason: 'Their site is being rebuilt' });
    return;
  }
  const channel = doc.channels.find(({ type }) => type === 'url') ?? doc.channels[0];
  if (!channel) throw new Error(`${row.slug} has no channel to look at`);
  const whole = { revision, paths: factsToCheck(doc), method: 'official-site-check' };
  const looks = {
    confirmed: { ...whole, outcome: 'confirmed' },
    gone: { ...whole, outcome: 'gone' },
    'not-reached': { ...whole, paths: [`/channels/${channel.id}`], outcome: 'not-reached' },
    changed: {
      ...whole,
      outcome: 'confirmed-changed',
      observed: { [`/channels/${channel.id}/value`]: { href: 'https://help.example.org/moved' } },
      evidence: [
        {
          id: 'seen',
          kind: 'official-page',
          title: 'Contact page',
          url: 'https://help.example.org/moved',
          supports: [`/channels/${channel.id}/value`],
        },
      ],
      note: 'Moved to a new address',
    },
  };
  const { proposal } = await post<{ proposal?: { id: string } }>(
    browser,
    `/entries/${recordId}/verifications`,
    looks[how],
  );
  expect(proposal !== undefined).toBe(how === 'changed');
  if (proposal) await post(browser, `/proposals/${proposal.id}/submit`);
}

/** What each check leaves in the log. */
const TRACE: Record<Done['how'], string[]> = {
  confirmed: ['work.claim', 'verification.record'],
  changed: ['work.claim', 'verification.record'],
  gone: ['work.claim', 'verification.record'],
  'not-reached': ['work.claim', 'verification.record', 'verification.record'],
  'put-off': ['work.claim', 'work.snooze'],
};

async function tryAgain(browser: Browser, { recordId }: Row): Promise<void> {
  const { revision, doc } = await entryOf(recordId);
  const paths = [`/channels/${doc.channels[0]?.id}`];
  const look = { revision, paths, method: 'official-site-check', outcome: 'not-reached' };
  expect(await post(browser, `/entries/${recordId}/verifications`, look)).toMatchObject({ event: { attempt: 2 } });
  const { work } = await get<{ work: object }>(browser, `/entries/${recordId}/standing`);
  // From Friday three days on.
  expect(work).toMatchObject({ nextAttempt: 3, nextAttemptAt: after(world.now().toISOString(), 3) });
}

/** Others than who looked approve what was seen to be different. */
async function approveTheChange(): Promise<void> {
  const [recordId] = idsOf('changed');
  const reviewer = await site.browser('reviewer');
  const { data } = await get<{ data: { id: string }[] }>(reviewer, `/proposals?record=${recordId}&state=in-review`);
  for (const name of ['reviewer', 'secondReviewer'] as const) {
    const browser = await site.browser(name);
    const { contentHash, state } = await get<{ contentHash: string; state: string }>(
      browser,
      `/proposals/${data[0]?.id}`,
    );
    if (state === 'in-review')
      await post(browser, `/proposals/${data[0]?.id}/review`, { decision: 'approve', contentHash, comment: 'Seen' });
  }
  expect((await entryOf(recordId ?? '')).revision).toBe(2);
}

function doneOf(recordId: string): Done {
  const done = diary.find(({ row }) => row.recordId === recordId);
  if (!done) throw new Error(`Nobody looked at ${recordId}`);
  return done;
}

const confirmedIds = () => idsOf('confirmed', 'changed').toSorted();

const after = (at: string, count: number) => new Date(Date.parse(at) + count * 86_400_000).toISOString();

// The table of DOMAIN §3.6, once more and by hand.
const expireDays = ({ riskClass, kind }: Row) =>
  kind === 'platform-tool' ? 135 : { G: 45, A: 135, B: 270, C: 270, D: 545 }[riskClass];
/** What an app gets that downloads now, verified with the stock client. */
async function published() {
  const publishing = await openPublishing({ profile: 'demo', dataDir: world.dir }, world.now());
  const snapshot = await download(publishing);
  const entries = recordsIn(snapshot).filter((record): record is PublishedEntry => record.type === 'entry');
  return { entries, manifest: manifestIn(snapshot), text: [...snapshot.targets.values()].join('') };
}
