import { expect, it } from 'vitest';
import { pino } from 'pino';
import { BlockList } from 'node:net';
import { issueSetUpToken } from '@waymark/services';
import { listAuditEvents, listSessionsOf, listUsers } from '@waymark/store';
import { sql } from '../../../tests/support/rawDatabase.ts';
import { newWorld } from '../../../tests/support/world.ts';
import { codeOf, newSite, openBrowser, type Site } from './testing.ts';

const PASSWORD = 'seven green boats on the river';

/** A site whose curator has a password, set with a one-time link as people do. */
async function siteWithPassword(): Promise<Site> {
  const site = await newSite();
  const [first, second] = [await site.browser('admin'), await site.browser('secondAdmin')];
  const asked = await first.post('/api/v1/admin-requests', {
    kind: 'user.reset',
    subject: site.world.people.curator.id,
  });
  const { id } = (await asked.json()) as { id: string };
  const { link } = (await (await second.post(`/api/v1/admin-requests/${id}/confirm`)).json()) as { link: string };
  const token = link.slice(link.lastIndexOf('/') + 1);
  const set = await (await site.browser()).post(`/api/v1/links/${token}`, { password: PASSWORD });
  expect(set.status).toBe(204);
  return site;
}

const enter = (site: Site, email: string, password: string, network?: string, headers: Record<string, string> = {}) =>
  openBrowser(site.app, network).post('/api/v1/session', { email, password }, headers);

it('signs in with address and password, whatever the case of the address', async () => {
  const site = await siteWithPassword();
  const entered = await enter(site, ' Curator@Example.ORG ', PASSWORD);
  expect(entered.status).toBe(200);
  expect(await entered.json()).toMatchObject({ id: site.world.people.curator.id, roles: ['curator'] });
});

it('says the same to a wrong password, an unknown address, a disabled and an invited person', async () => {
  const site = await siteWithPassword();
  sql(site.world, `update user set status = 'disabled' where id = ?`, [site.world.people.visitor.id]);
  sql(site.world, `update user set status = 'invited' where id = ?`, [site.world.people.publisher.id]);
  const answers = [];
  for (const email of [
    'curator@example.org',
    'nobody@example.org',
    'visitor@example.org',
    'publisher@example.org',
    'no address',
    '',
  ]) {
    const answer = await enter(site, email, 'not the right one at all');
    const { requestId: _, ...body } = (await answer.json()) as { requestId: string };
    const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
    answers.push(JSON.stringify([answer.status, body, headers]));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('wrong-credentials');
});

it('stops guessing after ten tries from one place, even when the eleventh is right', async () => {
  const site = await siteWithPassword();
  for (let i = 0; i < 10; i += 1)
    expect((await enter(site, 'curator@example.org', `guess number ${i} of many`)).status).toBe(401);
  const eleventh = await enter(site, 'CURATOR@example.org', PASSWORD);
  expect(await codeOf(eleventh)).toBe('too-many-attempts');
  expect(eleventh.headers.get('retry-after')).toBe('900');
  const spoofed = await enter(site, 'curator@example.org', PASSWORD, '192.0.2.1', {
    'x-forwarded-for': '198.51.100.7',
  });
  expect(await codeOf(spoofed)).toBe('too-many-attempts');
  expect(await listSessionsOf(site.world.store.read, site.world.people.curator.id)).toEqual([]);
  // The person themselves, elsewhere, is not locked out; and after a quarter of an hour nobody is.
  expect((await enter(site, 'curator@example.org', PASSWORD, '203.0.113.9')).status).toBe(200);
  site.world.wait({ seconds: 15 * 60 + 1 });
  expect((await enter(site, 'curator@example.org', PASSWORD)).status).toBe(200);
});

it('counts guesses sent all at once like guesses sent one by one', async () => {
  const site = await siteWithPassword();
  const answers = await Promise.all(
    Array.from({ length: 18 }, (_, i) => enter(site, 'curator@example.org', `guess number ${i} of many`)),
  );
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(8);
});

it('counts the addresses of one IPv6 network as one place', async () => {
  const site = await siteWithPassword();
  for (let i = 0; i < 10; i += 1)
    await enter(site, 'curator@example.org', 'a wrong one, sorry', `2001:db8:1:2::${i + 1}`);
  expect((await enter(site, 'curator@example.org', PASSWORD, '2001:db8:1:2:ffff::1')).status).toBe(429);
  expect((await enter(site, 'curator@example.org', PASSWORD, '2001:db8:1:3::1')).status).toBe(200);
});

it('keeps passwords, addresses and networks out of the audit log and the request log', async () => {
  const site = await siteWithPassword();
  await enter(site, 'curator@example.org', 'a wrong one, sorry', '203.0.113.77');
  await enter(site, 'curator@example.org', PASSWORD, '203.0.113.77');
  const { data } = await listAuditEvents(site.world.store.read, { limit: 500, offset: 0 });
  const everything = JSON.stringify(data) + site.logged.join('');
  expect(data.map((event) => event.action)).toContain('user.sign-in-failed');
  for (const secret of [PASSWORD, 'a wrong one', 'curator@example.org', '203.0.113.77', 'argon2'])
    expect(everything).not.toContain(secret);
});

it('changes the own password, ends every other session and keeps this browser in under a new one', async () => {
  const site = await siteWithPassword();
  const here = openBrowser(site.app);
  await here.post('/api/v1/session', { email: 'curator@example.org', password: PASSWORD });
  const elsewhere = await site.browser('curator');
  const old = here.cookie();
  const next = 'nine red kites above a hill';
  const wrong = await here.post('/api/v1/session/password', { current: 'not the one I had', next });
  expect(await codeOf(wrong)).toBe('wrong-credentials');
  const weak = await here.post('/api/v1/session/password', { current: PASSWORD, next: 'waymark waymark' });
  expect(await codeOf(weak)).toBe('password-weak');
  expect((await here.post('/api/v1/session/password', { current: PASSWORD, next })).status).toBe(204);
  expect(here.cookie()).not.toBe(old);
  expect((await here.get('/api/v1/session')).status).toBe(200);
  expect((await elsewhere.get('/api/v1/session')).status).toBe(401);
  expect((await enter(site, 'curator@example.org', PASSWORD)).status).toBe(401);
  expect((await enter(site, 'curator@example.org', next)).status).toBe(200);
});

const ADMINS = [
  { name: 'First Admin', email: 'first@example.org', password: 'a quiet lake in the morning' },
  { name: 'Second Admin', email: 'second@example.org', password: 'the old lighthouse still blinks' },
];

/** A production site where nobody was ever created. */
async function emptySite() {
  const world = await newWorld();
  sql(world, 'delete from user_role');
  sql(world, 'delete from user');
  return newSite(
    {
      profile: 'production',
      origins: ['http://127.0.0.1:8080'],
      trustedProxies: new BlockList(),
      log: pino({ level: 'silent' }),
    },
    world,
  );
}

it('sets up two admins with the token from the console, once', async () => {
  const site = await emptySite();
  const browser = openBrowser(site.app);
  expect(await (await browser.get('/api/v1/instance')).json()).toMatchObject({ setUp: false, profile: 'production' });
  const { token } = (await issueSetUpToken(site.world)) ?? { token: '' };
  expect(token.length).toBeGreaterThanOrEqual(43);
  expect((await browser.post('/api/v1/setup', { token, admins: ADMINS })).status).toBe(204);
  expect((await listUsers(site.world.store.read, { sort: 'name', limit: 10, offset: 0 })).data).toMatchObject([
    { name: 'First Admin', roles: ['admin'], status: 'active' },
    { name: 'Second Admin', roles: ['admin'], status: 'active' },
  ]);
  expect(await codeOf(await browser.post('/api/v1/setup', { token, admins: ADMINS }))).toBe('already-set-up');
  expect(await issueSetUpToken(site.world)).toBeUndefined();
  const entered = await browser.post(
    '/api/v1/session',
    ADMINS[0]?.email && { email: ADMINS[0].email, password: ADMINS[0].password },
  );
  expect(entered.headers.getSetCookie()[0]).toMatch(
    /^__Host-sid=[a-z0-9]{40}; HttpOnly; Max-Age=1800; Path=\/; SameSite=Strict; Secure$/,
  );
});

it('creates nobody with a wrong, an old or a replaced token, for one admin, or with a weak password', async () => {
  const site = await emptySite();
  const browser = openBrowser(site.app);
  const replaced = (await issueSetUpToken(site.world))?.token;
  const token = (await issueSetUpToken(site.world))?.token;
  const [first, second] = ADMINS;
  const attempts: [unknown, string][] = [
    [{ token: 'x'.repeat(43), admins: ADMINS }, 'token-invalid'],
    [{ token: replaced, admins: ADMINS }, 'token-invalid'],
    [{ token, admins: [first] }, 'input-invalid'],
    [{ token, admins: [first, { ...second, email: 'FIRST@example.org' }] }, 'input-invalid'],
    [{ token, admins: [first, { ...second, password: 'short' }] }, 'password-weak'],
    [{ token, admins: [first, { ...second, roles: ['admin', 'reviewer'] }] }, 'input-invalid'],
  ];
  for (const [body, code] of attempts) expect(await codeOf(await browser.post('/api/v1/setup', body))).toBe(code);
  site.world.wait({ seconds: 30 * 60 });
  expect(await codeOf(await browser.post('/api/v1/setup', { token, admins: ADMINS }))).toBe('token-invalid');
  expect((await listUsers(site.world.store.read, { sort: 'name', limit: 10, offset: 0 })).total).toBe(0);
});

it('lets one of two simultaneous set-ups win', async () => {
  const site = await emptySite();
  const token = (await issueSetUpToken(site.world))?.token;
  const answers = await Promise.all(
    [1, 2].map(() => openBrowser(site.app).post('/api/v1/setup', { token, admins: ADMINS })),
  );
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([204, 409]);
  expect((await listUsers(site.world.store.read, { sort: 'name', limit: 10, offset: 0 })).total).toBe(2);
});
