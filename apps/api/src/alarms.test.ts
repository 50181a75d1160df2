import { describe, expect, it } from 'vitest';
import { factsToCheck, type Entry } from '@waymark/domain';
import { raiseAlarm, showStanding, type AlarmView, type NewAlarm } from '@waymark/services';
import { auditSize, change, findRecord, findVerificationState, listAuditEvents } from '@waymark/store';
import { enterEntry, retire } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

const WEB = '/channels/web/value';
type Page = { data: AlarmView[]; total: number };

const json = async <T>(answer: Promise<Response> | Response) => (await (await answer).json()) as T;
const alarms = (browser: Browser, query = '') => json<Page>(browser.get(`/api/v1/alarms${query}`));
const close = (browser: Browser, id: string, body: object = {}) =>
  browser.post(`/api/v1/alarms/${id}/close`, { outcome: 'fixed', note: 'Looked at it', ...body });

/** What the watcher says. */
function watcher(site: Site, alarm: Partial<NewAlarm> & Pick<NewAlarm, 'recordId'>) {
  return change(site.world.asSystem('watcher'), 'system', async (door) => {
    const raised = await raiseAlarm(door, { path: WEB, kind: 'not-found', unsafe: false, detail: {}, ...alarm });
    await door.audit('check.report', 'watch:batch', {});
    return raised;
  });
}

async function logOf({ world }: Site, id: string) {
  const query = { subject: `entry:${id}`, order: 'desc', limit: 20, offset: 0 } as const;
  return (await listAuditEvents(world.store.read, query)).data;
}

async function checked() {
  const site = await newSite();
  const { id } = await enterEntry(site.world, { kind: 'hotline.web' });
  const curator = await site.browser('curator');
  const doc = (await findRecord(site.world.store.read, id))?.doc as Entry;
  for (const method of ['official-site-check', 'organisation-confirmation'])
    await curator.post(`/api/v1/entries/${id}/verifications`, {
      revision: 1,
      paths: factsToCheck(doc),
      method,
      outcome: 'confirmed',
    });
  const confidence = async () => (await showStanding(site.world.as('curator'), id)).confidence;
  return { site, id, curator, confidence };
}

describe('an alarm', () => {
  it('lowers confidence, tops the queue, and confirms nothing when it is closed', async () => {
    const { site, id, curator, confidence } = await checked();
    expect(await confidence()).toBe('high');
    const before = await findVerificationState(site.world.store.read, id);
    const { id: alarmId } = await watcher(site, { recordId: id, detail: { url: 'https://help.example.org/form' } });
    expect(await confidence()).toBe('medium');
    expect(await findVerificationState(site.world.store.read, id)).toMatchObject({ openAlarms: 1, unsafe: false });
    expect(await json(curator.get('/api/v1/due'))).toMatchObject({ total: 1, data: [{ recordId: id, openAlarms: 1 }] });
    expect(await alarms(curator)).toMatchObject({
      total: 1,
      data: [
        {
          id: alarmId,
          path: WEB,
          kind: 'not-found',
          detail: { url: 'https://help.example.org/form' },
          raisedByName: 'system:watcher',
          closedAt: null,
        },
      ],
    });
    const closed = await close(curator, alarmId, { outcome: 'not-a-problem', note: 'Was down for an hour' });
    expect(await json(closed)).toMatchObject({
      closedByName: 'Demo Curator',
      closeNote: 'not-a-problem: Was down for an hour',
    });
    expect(await findVerificationState(site.world.store.read, id)).toEqual(before);
    expect([(await alarms(curator)).total, (await alarms(curator, '?state=closed')).total]).toEqual([0, 1]);
    expect((await logOf(site, id)).slice(0, 2)).toMatchObject([
      { action: 'alarm.close', payload: { alarmId, outcome: 'not-a-problem', note: 'Was down for an hour' } },
      { action: 'alarm.raise', actor: 'system:watcher', payload: { alarmId, path: WEB, kind: 'not-found' } },
    ]);
  });

  it('of the same kind about the same fact is kept once, and only ever becomes more serious', async () => {
    const { site, id, curator } = await checked();
    const first = await watcher(site, { recordId: id, kind: 'domain-changed', detail: { to: 'a.example' } });
    const size = await auditSize(site.world.store.read);
    expect(await watcher(site, { recordId: id, kind: 'domain-changed', detail: { to: 'a.example' } })).toEqual({
      ...first,
      isNew: false,
    });
    // Nothing but the line of the batch itself.
    expect(await auditSize(site.world.store.read)).toBe(size + 1);
    const again = { recordId: id, kind: 'domain-changed', detail: { to: 'b.example' } } as const;
    await watcher(site, { ...again, unsafe: true });
    await watcher(site, { ...again, unsafe: false });
    expect(await alarms(curator)).toMatchObject({
      total: 1,
      data: [{ id: first.id, unsafe: true, detail: { to: 'b.example' } }],
    });
    expect(await findVerificationState(site.world.store.read, id)).toMatchObject({ openAlarms: 1, unsafe: true });
    await watcher(site, { recordId: id, kind: 'tls-invalid' });
    await watcher(site, { recordId: id, kind: 'domain-changed', path: '/channels/tel/value' });
    expect((await alarms(curator)).total).toBe(3);
    await close(curator, first.id);
    expect((await watcher(site, again)).isNew).toBe(true);
  });

  it('is raised once when many say the same at once', async () => {
    const { site, id, curator } = await checked();
    const people = ['curator', 'secondCurator', 'reviewer', 'secondReviewer'] as const;
    const browsers = await Promise.all(people.map((person) => site.browser(person)));
    const answers = await Promise.all(
      browsers.map((browser) => json<{ isNew: boolean }>(browser.post('/api/v1/alarms', { recordId: id, path: WEB }))),
    );
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await alarms(curator)).total).toBe(1);
  });

  it('is raised by people, whose words stand in the log alone', async () => {
    const { site, id, curator } = await checked();
    const note = 'A caller says that another service answers';
    const raised = await json<{ id: string; isNew: boolean }>(
      curator.post('/api/v1/alarms', { recordId: id, path: '/channels/tel/value', unsafe: true, note }),
    );
    expect(raised.isNew).toBe(true);
    const { data } = await alarms(curator);
    expect(data).toMatchObject([{ kind: 'user-report', unsafe: true, raisedByName: 'Demo Curator', detail: {} }]);
    expect(JSON.stringify(data)).not.toContain('caller');
    expect((await logOf(site, id))[0]).toMatchObject({ action: 'alarm.raise', payload: { note, unsafe: true } });
  });

  it('is refused for what is not there, and to those who may not check', async () => {
    const { site, id, curator } = await checked();
    const { id: gone } = await enterEntry(site.world);
    await retire(site.world, gone);
    const publisher = await site.browser('publisher');
    const size = await auditSize(site.world.store.read);
    const raise = (body: object, browser = curator) =>
      browser.post('/api/v1/alarms', { recordId: id, path: WEB, ...body });
    expect(await codeOf(await raise({ path: '/channels/fax/value' }))).toBe('fact-unknown');
    expect(await codeOf(await raise({ recordId: site.world.people.curator.id }))).toBe('not-found');
    expect(await codeOf(await raise({ recordId: gone }))).toBe('record-not-active');
    expect(await codeOf(await raise({ kind: 'organisation-report' }))).toBe('input-invalid');
    expect(await codeOf(await raise({}, publisher))).toBe('not-permitted');
    expect([(await alarms(curator)).total, await auditSize(site.world.store.read)]).toEqual([0, size]);
  });

  it('lists what may be unsafe first, then the longest waiting', async () => {
    const { site, id, curator } = await checked();
    await watcher(site, { recordId: id, kind: 'not-found' });
    site.world.wait({ seconds: 5 });
    await watcher(site, { recordId: id, kind: 'tls-invalid' });
    site.world.wait({ seconds: 5 });
    await watcher(site, { recordId: id, kind: 'domain-changed', unsafe: true });
    expect((await alarms(curator)).data.map(({ kind }) => kind)).toEqual([
      'domain-changed',
      'not-found',
      'tls-invalid',
    ]);
    expect(await json(curator.get(`/api/v1/alarms?record=${site.world.people.curator.id}`))).toMatchObject({
      total: 0,
    });
  });
});

describe('closing an alarm', () => {
  it('happens once, though two do it at once', async () => {
    const { site, id, curator } = await checked();
    const reviewer = await site.browser('reviewer');
    const { id: alarmId } = await watcher(site, { recordId: id });
    const answers = await Promise.all([close(curator, alarmId), close(reviewer, alarmId)]);
    const codes = await Promise.all(answers.map(async (answer) => (answer.ok ? 'closed' : codeOf(answer))));
    expect(codes.toSorted()).toEqual(['alarm-closed', 'closed']);
    expect((await logOf(site, id)).filter(({ action }) => action === 'alarm.close')).toHaveLength(1);
  });

  it('takes a note, an outcome that is true, and somebody who may check', async () => {
    const { site, id, curator } = await checked();
    const publisher = await site.browser('publisher');
    const { id: alarmId } = await watcher(site, { recordId: id, unsafe: true });
    const size = await auditSize(site.world.store.read);
    expect(await codeOf(await close(curator, alarmId, { note: ' ' }))).toBe('comment-required');
    expect(await codeOf(await close(curator, alarmId, { outcome: 'suspended' }))).toBe('record-not-suspended');
    expect(await codeOf(await close(curator, alarmId, { outcome: 'whatever' }))).toBe('input-invalid');
    expect(await codeOf(await close(curator, id))).toBe('not-found');
    expect(await codeOf(await close(publisher, alarmId))).toBe('not-permitted');
    expect(await auditSize(site.world.store.read)).toBe(size);
    expect(await findVerificationState(site.world.store.read, id)).toMatchObject({ unsafe: true });
    await curator.post(`/api/v1/entries/${id}/suspend`, { reason: 'unsafe' });
    expect((await close(curator, alarmId, { outcome: 'suspended' })).status).toBe(200);
  });
});
