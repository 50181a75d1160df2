import { expect, it } from 'vitest';
import {
  confidenceAt,
  factsToCheck,
  type CheckReport,
  type CheckResult,
  type Confidence,
  type DueCheck,
  type Entry,
  type Organisation,
} from '@waymark/domain';
import { findRecord, listAuditEvents, revisionsFrom, verificationsOf, watchRows } from '@waymark/store';
import { sql } from '../../../../tests/support/rawDatabase.ts';
import {
  amend,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  newWorld,
  officialPage,
  retire,
  uuid,
  type World,
} from '../../../../tests/support/world.ts';
import { closeAlarm } from '../alarms/close.ts';
import { listAlarms } from '../alarms/list.ts';
import { suspendRecord } from '../records/suspend.ts';
import { recordVerification } from '../verifications/record.ts';
import { showStanding } from '../verifications/list.ts';
import { dueChecks } from './due.ts';
import { reportChecks } from './report.ts';
import { targetsOfEntry } from './targets.ts';

const due = (world: World, limit = 100) => dueChecks(world.asSystem('watcher'), limit);
const FORM = 'https://help.example.org/form';
const CONTACT = 'https://help.example.org/contact';
const HOME = 'https://help.example.org/';

const report = (world: World, ...results: CheckReport[]) => reportChecks(world.asSystem('watcher'), results);
const said = (recordId: string, path: string, url: string, result: CheckResult): CheckReport => ({
  recordId,
  path,
  url,
  result,
});

const alarmsOf = async (world: World, recordId: string) =>
  (await listAlarms(world.asSystem('test'), { state: 'open', recordId }, { limit: 100, offset: 0 })).data;

async function trace(world: World, id: string) {
  const { read } = world.store;
  const record = await findRecord(read, id);
  return {
    document: JSON.stringify(record?.doc),
    revision: record?.revision,
    state: record?.state,
    revisions: (await revisionsFrom(read, id, 0)).length,
    events: (await verificationsOf(read, id)).length,
  };
}

it('asks for addresses of channels, the website, and the official page that shows each number', async () => {
  const world = await newWorld();
  const { id, organisation } = await enterEntry(world);
  const items = await due(world);
  expect(items.map(({ recordId, path, url }) => [recordId === id ? 'entry' : 'organisation', path, url])).toEqual(
    expect.arrayContaining([
      ['entry', '/channels/tel/value', CONTACT],
      ['entry', '/channels/web/value', FORM],
      ['organisation', '/website', HOME],
    ]),
  );
  expect(items).toHaveLength(3);
  const tel = items.find(({ path }) => path === '/channels/tel/value');
  expect(tel).toMatchObject({
    domains: ['help.example.org'],
    look: { for: 'phone', phone: { kind: 'e164', digits: '4930123456' } },
  });
  expect(items.find(({ recordId }) => recordId === organisation)?.look).toBeUndefined();
});

it('looks for a number on the official page alone: no directory of others, nothing restricted, nothing superseded', () => {
  const entry = { id: uuid(1), ...buildEntry({ organisation: uuid(2) }) };
  const pageWith = (...evidence: Entry['evidence']) =>
    targetsOfEntry({ ...entry, evidence }, undefined).find(({ path }) => path === '/channels/tel/value')?.url;
  const page = { ...officialPage, supports: ['/channels/tel/value'] };
  expect(pageWith(page)).toBe(CONTACT);
  expect(pageWith({ ...page, kind: 'other-directory' })).toBeUndefined();
  expect(pageWith({ ...page, sensitivity: 'restricted' })).toBeUndefined();
  expect(pageWith({ ...page, supersededBy: 'page-2' })).toBeUndefined();
  expect(pageWith({ ...page, supports: ['/serves/DE'] })).toBeUndefined();
  const older = { ...page, id: 'older', url: 'https://older.example/', capturedAt: '2025-01-01' };
  expect(pageWith(older, { ...page, capturedAt: '2026-01-01' })).toBe(CONTACT);
  const organisation = { id: uuid(2), ...buildOrganisation({ domains: [{ host: 'older.example', role: 'main' }] }) };
  const [tel] = targetsOfEntry({ ...entry, evidence: [{ ...page, capturedAt: '2026-01-01' }, older] }, organisation);
  expect(tel?.url).toBe('https://older.example/');
});

it('asks for no channel that was retired, and for every language of a page', () => {
  const retired = { at: '2026-01-01', reason: 'closed' as const };
  const entry = buildEntry({
    organisation: uuid(2),
    channels: [
      { id: 'old', type: 'url', value: { href: 'https://help.example.org/old' }, retired },
      { id: 'web', type: 'url', value: { href: FORM, localeVariants: { fr: 'https://help.example.org/fr' } } },
      { id: 'wa', type: 'messaging', value: { service: 'whatsapp', handle: 'help', href: 'https://wa.me/4930123456' } },
    ],
  });
  expect(targetsOfEntry({ ...entry, id: uuid(1) }, undefined).map(({ path, url }) => [path, url])).toEqual([
    ['/channels/web/value', FORM],
    ['/channels/web/value/localeVariants/fr', 'https://help.example.org/fr'],
  ]);
});

it('asks for nothing of an entry that was suspended or retired, and for no website without an entry', async () => {
  const world = await newWorld();
  const { id, organisation } = await enterEntry(world);
  const { id: other } = await enterEntry(world, { organisation });
  await retire(world, id);
  expect(new Set((await due(world)).map(({ recordId }) => recordId))).toEqual(new Set([other, organisation]));
  await suspendRecord(world.as('curator'), other, { reason: 'unsafe', note: '' });
  expect(await due(world)).toEqual([]);
});

it('keeps to a few addresses of one host, however many are due, and hands out the longest due first', async () => {
  const world = await newWorld();
  const organisation = await enter(world, 'organisation', buildOrganisation());
  const channels = Array.from({ length: 12 }, (_, i): Entry['channels'][number] => ({
    id: `web-${i}`,
    type: 'url',
    value: { href: `https://help.example.org/form-${i}` },
  }));
  const { id } = await enterEntry(world, { organisation, channels });
  const first = await due(world);
  expect(new Set(first.map(({ url }) => url)).size).toBe(4);
  await report(world, ...first.map((item) => said(item.recordId, item.path, item.url, { outcome: 'ok' })));
  const second = await due(world);
  expect(second.some(({ path }) => first.some((item) => item.path === path))).toBe(false);
  expect(await due(world, 1)).toHaveLength(1);
  world.wait({ hours: 23 });
  expect((await due(world)).every(({ path }) => !first.some((item) => item.path === path))).toBe(true);
  world.wait({ hours: 4 });
  await report(world, ...second.map((item) => said(item.recordId, item.path, item.url, { outcome: 'ok' })));
  expect((await watchRows(world.store.read)).filter(({ recordId }) => recordId === id).length).toBeGreaterThan(4);
});

it('raises one alarm after two failures a day apart: confidence is capped, data and events stay as they are', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  await confirmTwice(world, id);
  expect(await confidenceOf(world, id, 'web')).toBe('high');
  const before = await trace(world, id);
  const gone = said(id, '/channels/web/value', FORM, { outcome: 'not-found', status: 404 });
  expect(await report(world, gone)).toEqual({ kept: 1, failing: 1, raised: 0, unknown: 0 });
  expect(await alarmsOf(world, id)).toEqual([]);
  world.wait({ hours: 25 });
  expect(await report(world, gone)).toMatchObject({ raised: 1 });
  expect(await alarmsOf(world, id)).toMatchObject([
    { path: '/channels/web/value', kind: 'not-found', unsafe: false, detail: { url: FORM, status: 404, failures: 2 } },
  ]);
  expect(await confidenceOf(world, id, 'web')).toBe('medium');
  expect(await showStanding(world.asSystem('test'), id)).toMatchObject({ openAlarms: 1, unsafe: false });
  expect(await trace(world, id)).toEqual(before);
  // A good answer clears the count; the alarm is a person's to close.
  world.wait({ hours: 6 });
  expect(await report(world, { ...gone, result: { outcome: 'ok' } })).toMatchObject({ failing: 0, raised: 0 });
  expect(await alarmsOf(world, id)).toHaveLength(1);
  expect(await trace(world, id)).toEqual(before);
});

it('raises a takeover at once, unsafe, for every entry of the organisation when it is their website', async () => {
  const world = await newWorld();
  const { id, organisation } = await enterEntry(world);
  const { id: other } = await enterEntry(world, { organisation });
  await report(world, said(organisation, '/website', HOME, { outcome: 'domain-changed', to: 'parked.example' }));
  for (const entry of [id, other])
    expect(await alarmsOf(world, entry)).toMatchObject([
      { path: '/organisation', kind: 'domain-changed', unsafe: true, detail: { to: 'parked.example', url: HOME } },
    ]);
  expect((await showStanding(world.asSystem('test'), id)).unsafe).toBe(true);
});

it('leaves alone what a person closed, until it is another finding', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  const taken = said(id, '/channels/web/value', FORM, { outcome: 'domain-changed', to: 'forms.example' });
  await report(world, taken);
  const [alarm] = await alarmsOf(world, id);
  await closeAlarm(world.as('curator'), alarm?.id ?? '', {
    outcome: 'not-a-problem',
    note: 'They use this form service',
  });
  world.wait({ hours: 26 });
  await report(world, taken);
  expect(await alarmsOf(world, id)).toEqual([]);
  world.wait({ hours: 26 });
  await report(world, { ...taken, result: { outcome: 'domain-changed', to: 'parked.example' } });
  expect(await alarmsOf(world, id)).toMatchObject([{ detail: { to: 'parked.example' } }]);
});

it('begins anew for another address, and forgets what is published no more', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  const gone = said(id, '/channels/web/value', FORM, { outcome: 'not-found', status: 404 });
  await report(world, gone);
  await amend<Entry>(world, id, (entry) => ({
    ...entry,
    channels: entry.channels.map((c) =>
      c.type === 'url' ? { ...c, value: { href: 'https://help.example.org/new' } } : c,
    ),
  }));
  world.wait({ hours: 25 });
  expect(await report(world, gone)).toEqual({ kept: 0, failing: 0, raised: 0, unknown: 1 });
  expect(await report(world, { ...gone, url: 'https://help.example.org/new' })).toMatchObject({ kept: 1, raised: 0 });
  await retire(world, id);
  await report(world, gone);
  expect((await watchRows(world.store.read)).filter(({ recordId }) => recordId === id)).toEqual([]);
});

it('writes one event for a batch, with counts alone', async () => {
  const world = await newWorld();
  const { id, organisation } = await enterEntry(world);
  await report(
    world,
    said(id, '/channels/web/value', FORM, { outcome: 'ok', mark: { words: '0123456789abcdef', place: 12 } }),
    said(organisation, '/website', HOME, { outcome: 'timeout' }),
    said(id, '/channels/nothing/value', FORM, { outcome: 'domain-changed', to: 'evil.example' }),
    said('0190a000-0000-7000-8000-00000000ffff', '/website', HOME, { outcome: 'ok' }),
  );
  const { data } = await listAuditEvents(world.store.read, { action: 'check.report', limit: 10, offset: 0 });
  expect(data).toMatchObject([
    { actor: 'system:watcher', subject: 'watch:batch', payload: { kept: 2, failing: 1, raised: 0, unknown: 2 } },
  ]);
  expect(await alarmsOf(world, id)).toEqual([]);
});

it('hands back what it keeps of a page, and takes a damaged memory for none', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  const mark = { words: '0123456789abcdef', place: 12, own: true as const };
  await report(world, said(id, '/channels/web/value', FORM, { outcome: 'ok', mark }));
  world.wait({ hours: 27 });
  const again = (items: DueCheck[]) => items.find(({ path }) => path === '/channels/web/value');
  expect(again(await due(world))?.mark).toEqual(mark);
  sql(world, `update watch set fingerprint = '{"words":"a word of the page"}'`);
  expect(again(await due(world))).not.toHaveProperty('mark');
});

it('names domains the organisation left as former ones', async () => {
  const world = await newWorld();
  const organisation = await enter(
    world,
    'organisation',
    buildOrganisation({
      domains: [
        { host: 'help.example.org', role: 'main' },
        { host: 'old-help.example', role: 'former' },
      ],
    } satisfies Partial<Organisation>),
  );
  await enterEntry(world, { organisation });
  expect((await due(world))[0]).toMatchObject({ domains: ['help.example.org'], formerDomains: ['old-help.example'] });
});

/** Two people look in two ways: as high as confidence gets. */
async function confirmTwice(world: World, id: string): Promise<void> {
  const record = await findRecord(world.store.read, id);
  if (!record) throw new Error('The entry is not there');
  const look = { revision: record.revision, paths: factsToCheck(record.doc as Entry), outcome: 'confirmed' } as const;
  await recordVerification(world.as('curator'), id, { ...look, method: 'official-site-check' });
  await recordVerification(world.as('reviewer'), id, { ...look, method: 'organisation-confirmation' });
}

async function confidenceOf(world: World, id: string, channel: string): Promise<Confidence | undefined> {
  const standing = (await showStanding(world.asSystem('test'), id)).channels[channel];
  return standing && confidenceAt(standing, world.now().toISOString());
}
