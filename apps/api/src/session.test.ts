import { expect, it } from 'vitest';
import { auditSize, change, listAuditEvents, listSessionsOf, replaceRoles, sha256Hex } from '@waymark/store';
import { codeOf, newSite, openBrowser } from './testing.ts';

const me = '/api/v1/session';

it('signs in, says who I am and what I may, and signs out for good', async () => {
  const site = await newSite();
  const browser = await site.browser('reviewer');
  expect(await (await browser.get(me)).json()).toEqual({
    id: site.world.people.reviewer.id,
    name: 'Demo Reviewer',
    email: 'reviewer@example.org',
    roles: ['reviewer'],
    permissions: [
      'directory.read',
      'entry.suspend',
      'proposal.read',
      'proposal.review',
      'proposal.comment',
      'verification.read',
      'verification.write',
      'work.assign',
      'correction.read',
      'correction.decide',
      'snapshot.read',
      'consumer.read',
      'audit.read',
      'policy.read',
    ],
  });
  const old = browser.cookie();
  const out = await browser.delete(me);
  expect(out.status).toBe(204);
  expect(out.headers.get('clear-site-data')).toBe('"storage"');
  expect(browser.cookie()).toBe('');
  browser.setCookie(old);
  expect(await codeOf(await browser.get(me))).toBe('not-signed-in');
  const { data } = await listAuditEvents(site.world.store.read, { action: 'user', limit: 2, offset: 0 });
  expect(data.map((event) => event.action)).toEqual(['user.sign-out', 'user.sign-in']);
});

it('gives a cookie that scripts, other sites and plain http never see', async () => {
  const site = await newSite();
  const entered = await (await site.browser()).post('/api/v1/session/demo', { userId: site.world.people.curator.id });
  expect(entered.headers.getSetCookie()).toHaveLength(1);
  expect(entered.headers.getSetCookie()[0]).toMatch(
    /^waymark-sid=[a-z0-9]{40}; HttpOnly; Max-Age=1800; Path=\/; SameSite=Strict$/,
  );
});

it('keeps only the hash of the token: what a stolen database holds opens nothing', async () => {
  const site = await newSite();
  const browser = await site.browser('admin');
  const [, token = ''] = browser.cookie().split('=');
  const [row] = await listSessionsOf(site.world.store.read, site.world.people.admin.id);
  expect(row?.id).toBe(sha256Hex(token));
  const thief = await site.browser();
  thief.setCookie(`waymark-sid=${row?.id}`);
  expect(await codeOf(await thief.get(me))).toBe('not-signed-in');
});

it('gives every sign-in a new id and ends the one before: a planted cookie is worth nothing', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const first = browser.cookie();
  await browser.post('/api/v1/session/demo', { userId: site.world.people.reviewer.id });
  expect(browser.cookie()).not.toBe(first);
  const planted = await site.browser();
  planted.setCookie(first);
  expect(await codeOf(await planted.get(me))).toBe('not-signed-in');
  expect(await listSessionsOf(site.world.store.read, site.world.people.curator.id)).toEqual([]);
});

it('ends after half an hour of nothing, not while somebody works', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  for (let i = 0; i < 5; i += 1) {
    site.world.wait({ seconds: 20 * 60 });
    expect((await browser.get(me)).status).toBe(200);
  }
  site.world.wait({ seconds: 30 * 60 });
  expect(await codeOf(await browser.get(me))).toBe('not-signed-in');
});

it('ends after twelve hours whatever somebody does', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
    site.world.wait({ seconds: 20 * 60 });
    expect((await browser.get(me)).status).toBe(200);
  }
  site.world.wait({ seconds: 20 * 60 });
  expect(await codeOf(await browser.get(me))).toBe('not-signed-in');
});

it('does not live longer when the clock is set back', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  site.world.wait({ days: -1 });
  expect(await codeOf(await browser.get(me))).toBe('not-signed-in');
});

it('signs out everywhere', async () => {
  const site = await newSite();
  const [here, there] = [await site.browser('publisher'), await site.browser('publisher')];
  expect((await here.delete('/api/v1/session/all')).status).toBe(204);
  expect((await there.get(me)).status).toBe(401);
  expect(await listSessionsOf(site.world.store.read, site.world.people.publisher.id)).toEqual([]);
});

it('asks the database what a person may at every request', async () => {
  const site = await newSite();
  const browser = await site.browser('everything');
  expect((await browser.get('/api/v1/users')).status).toBe(200);
  await change(site.world.asSystem('test'), 'system', async ({ tx, audit, now }) => {
    await replaceRoles(tx, site.world.people.everything.id, ['curator'], now);
    await audit('user.confirm', 'user:test', {});
  });
  expect(await codeOf(await browser.get('/api/v1/users'))).toBe('not-permitted');
});

it('shuts a disabled person out at once', async () => {
  const site = await newSite();
  const [victim, admin] = [await site.browser('reviewer'), await site.browser('admin')];
  const disabled = await admin.post(`/api/v1/users/${site.world.people.reviewer.id}/disable`);
  expect(await disabled.json()).toMatchObject({ status: 'disabled' });
  expect(await codeOf(await victim.get('/api/v1/queue'))).toBe('not-signed-in');
  const again = await (await site.browser()).post('/api/v1/session/demo', { userId: site.world.people.reviewer.id });
  expect(await codeOf(again)).toBe('not-signed-in');
});

it('offers the one-click sign-in in the demo alone', async () => {
  const site = await newSite({ profile: 'production' });
  const before = await auditSize(site.world.store.read);
  const entered = await openBrowser(site.app).post('/api/v1/session/demo', { userId: site.world.people.admin.id });
  expect(await codeOf(entered)).toBe('not-found');
  expect(entered.headers.getSetCookie()).toEqual([]);
  expect(await auditSize(site.world.store.read)).toBe(before);
  expect(await (await openBrowser(site.app).get('/api/v1/instance')).json()).not.toHaveProperty('demoPeople');
});

it('takes no token that differs by one letter', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const [name, token = ''] = browser.cookie().split('=');
  for (let i = 0; i < token.length; i += 1) {
    const letter = token[i] === 'a' ? 'b' : 'a';
    browser.setCookie(`${name}=${token.slice(0, i)}${letter}${token.slice(i + 1)}`);
    expect((await browser.get(me)).status).toBe(401);
  }
});
