// One letter a week to everybody who wants it, about what waits for them, and never an empty one.
import { beforeEach, describe, expect, it } from 'vitest';
import { assignWork, dueMail, listAuditEvents, listActiveUsers } from '@waymark/store';
import type { Context } from '@waymark/store';
import {
  enterEntry,
  newWorld,
  propose,
  buildEntry,
  type PersonName,
  type World,
} from '../../../../tests/support/world.ts';
import { recordVerification } from '../verifications/record.ts';
import { chooseNotices, showNoticeChoice, type NoticeChoice } from './choose.ts';
import { digestFor, lastMonday, sendDigests, writeDigest } from './send.ts';

const post = { origin: 'https://directory.example.org' };
const everything: NoticeChoice = { weekly: true, countries: [], kinds: [], languages: [] };

let world: World;
const as = (person: PersonName): Context => ({ ...world.as(person), post });
const job = () => ({ store: world.store, now: world.now, newId: world.newId, post });
const letters = () => dueMail(world.store.read, world.now().toISOString(), 100);
const lettersTo = async (person: PersonName) =>
  (await letters()).filter(({ recipient }) => recipient === world.people[person].email);

beforeEach(async () => {
  world = await newWorld();
});

/** To the next Monday, 06:00 UTC. */
function waitForMonday(): void {
  const next = Date.parse(lastMonday(world.now())) + 7 * 86_400_000;
  world.wait({ seconds: (next - world.now().getTime()) / 1000 });
}

/** An entry that was confirmed so long ago that its check is due, given to the curator. */
async function dueForCurator(overrides: Parameters<typeof enterEntry>[1] = {}): Promise<string> {
  const { id } = await enterEntry(world, overrides);
  await world.store.transaction((tx) => assignWork(tx, id, world.people.curator.id, null));
  return id;
}

it('knows the Monday of any moment', () => {
  expect(lastMonday(new Date('2026-11-23T06:00:00.000Z'))).toBe('2026-11-23T06:00:00.000Z');
  expect(lastMonday(new Date('2026-11-23T05:59:59.999Z'))).toBe('2026-11-16T06:00:00.000Z');
  expect(lastMonday(new Date('2026-11-29T23:00:00.000Z'))).toBe('2026-11-23T06:00:00.000Z');
  expect(lastMonday(new Date('2027-01-01T00:00:00.000Z'))).toBe('2026-12-28T06:00:00.000Z');
});

it('comes on Monday, once, however often the job runs', async () => {
  const id = await dueForCurator();
  await sendDigests(job());
  expect(await letters(), 'not before Monday').toEqual([]);
  waitForMonday();
  await sendDigests(job());
  await sendDigests(job());
  const [letter, ...more] = await lettersTo('curator');
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ kind: 'digest', subjectId: world.people.curator.id });
  expect(letter?.subject).toMatch(/^Your week in Waymark: \d+ things$/);
  expect(letter?.body).toContain(`https://directory.example.org/#/due/${id}`);
  expect(letter?.body).toContain('https://directory.example.org/#/account');
  world.wait({ days: 6, hours: 23 });
  await sendDigests(job());
  expect(await lettersTo('curator')).toHaveLength(1);
  world.wait({ hours: 1 });
  await sendDigests(job());
  expect(await lettersTo('curator')).toHaveLength(2);
});

it('comes late rather than never when nobody was there on Monday', async () => {
  await dueForCurator();
  waitForMonday();
  world.wait({ days: 3 });
  await sendDigests(job());
  expect(await lettersTo('curator')).toHaveLength(1);
});

it('does not come to somebody for whom nothing waits', async () => {
  waitForMonday();
  expect(await sendDigests(job())).toBe(0);
  expect(await letters()).toEqual([]);
  const { data } = await listAuditEvents(world.store.read, { order: 'asc', limit: 100, offset: 0 });
  const noted = data.filter(({ action }) => action === 'notice.send');
  expect(noted).toHaveLength((await listActiveUsers(world.store.read)).length);
  expect(new Set(noted.map(({ payload }) => (payload as { sent: boolean }).sent))).toEqual(new Set([false]));
});

it('tells what waits for review, and not to who wrote it', async () => {
  const { organisation } = await enterEntry(world);
  await propose(world, { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation }) });
  const digest = await digestFor(as('reviewer'), everything);
  expect(digest.review).toMatchObject({ total: 1, lines: [{ name: expect.stringMatching(/^Helpline /) as string }] });
  expect((await digestFor(as('curator'), everything)).review.total).toBe(0);
});

it('tells what drops out of snapshots soon', async () => {
  const { id } = await enterEntry(world);
  const paths = [
    '/names',
    '/organisation',
    '/serves',
    '/accepts',
    '/audience',
    '/ages',
    '/confidentialityLimits',
    '/channels',
  ];
  await recordVerification(as('curator'), id, {
    revision: 1,
    paths,
    method: 'official-site-check',
    outcome: 'confirmed',
  });
  expect((await digestFor(as('reviewer'), everything)).expiring.total).toBe(0);
  world.wait({ days: 125 });
  const { expiring } = await digestFor(as('reviewer'), everything);
  expect(expiring).toMatchObject({ total: 1, lines: [{ href: `/due/${id}` }] });
  for (const scope of [{ countries: ['FR'] }, { kinds: ['hotline.web' as const] }, { languages: ['fr'] }])
    expect((await digestFor(as('reviewer'), { ...everything, ...scope })).expiring.total).toBe(0);
  for (const scope of [{ countries: ['FR', 'DE'] }, { kinds: ['child-helpline' as const] }])
    expect((await digestFor(as('reviewer'), { ...everything, ...scope })).expiring.total).toBe(1);
  world.wait({ days: 30 });
  expect((await digestFor(as('reviewer'), everything)).expiring.total, 'what has expired is no news').toBe(0);
});

describe('what a person chooses', () => {
  it('is the digest of everything until they say otherwise', async () => {
    expect(await showNoticeChoice(as('curator'))).toEqual({ ...everything, mail: true });
    expect(await showNoticeChoice(world.as('curator'))).toEqual({ ...everything, mail: false });
  });

  it('stops the letters, and begins them again with the next Monday', async () => {
    await dueForCurator();
    await chooseNotices(as('curator'), { ...everything, weekly: false });
    waitForMonday();
    await sendDigests(job());
    expect(await lettersTo('curator')).toEqual([]);
    world.wait({ days: 1 });
    await chooseNotices(as('curator'), everything);
    await sendDigests(job());
    expect(await lettersTo('curator')).toEqual([]);
    waitForMonday();
    await sendDigests(job());
    expect(await lettersTo('curator')).toHaveLength(1);
  });

  it('narrows what it is about', async () => {
    await dueForCurator();
    await dueForCurator({ serves: [{ area: 'FR', basis: 'any', strength: 'primary' }] });
    world.wait({ days: 100 });
    expect((await digestFor(as('curator'), everything)).mine.total).toBe(2);
    expect((await digestFor(as('curator'), { ...everything, countries: ['FR'] })).mine.total).toBe(1);
    expect((await digestFor(as('curator'), { ...everything, countries: ['FR', 'DE'] })).mine.total).toBe(2);
    expect((await digestFor(as('curator'), { ...everything, countries: ['JP'] })).mine.total).toBe(0);
  });

  it('is theirs alone', async () => {
    await chooseNotices(as('curator'), { ...everything, weekly: false });
    expect((await showNoticeChoice(as('reviewer'))).weekly).toBe(true);
  });
});

it('is written in the first language a person reads that we write, one line a thing', () => {
  const digest = {
    mine: { lines: [{ name: 'A\r\nBcc: x@example.org', href: '/due/1' }], total: 12 },
    review: { lines: [], total: 0 },
    expiring: { lines: [{ name: 'B', href: '/due/2', expiresAt: '2026-12-01T00:00:00.000Z' }], total: 1 },
  };
  const german = writeDigest('de', 'Demo', digest, post.origin);
  expect(german.subject).toBe('Ihre Woche in Waymark: 13 Aufgaben');
  expect(german.body).toContain('- A Bcc: x@example.org\n');
  expect(german.body).toContain('… und 11 weitere');
  expect(german.body).toContain('läuft ab am 01.12.2026');
  expect(german.body).not.toContain('Prüfung (0)');
  expect(writeDigest('ar', 'Demo', digest, post.origin).subject).toContain('أسبوعكم');
  for (const language of ['en', 'de', 'ar'] as const)
    expect(writeDigest(language, 'Demo', digest, post.origin).body).not.toMatch(/\{|\}|undefined/);
});
