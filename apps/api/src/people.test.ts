import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '@waymark/domain';
import { auditSize, listActiveUsers, listAdminRequests, listAuditEvents, listPolicies } from '@waymark/store';
import { sql } from '../../../tests/support/rawDatabase.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Asked = { id: string; subject: string };
const PASSWORD = 'seven green boats on the river';
const NEWCOMER = {
  kind: 'user.create',
  payload: { name: 'Demo Newcomer', email: 'New.Comer@Example.org', roles: ['curator', 'reviewer'] },
};

async function siteWithAdmins(): Promise<{ site: Site; first: Browser; second: Browser }> {
  const site = await newSite();
  return { site, first: await site.browser('admin'), second: await site.browser('secondAdmin') };
}

async function ask(admin: Browser, request: unknown): Promise<Asked> {
  const answer = await admin.post('/api/v1/admin-requests', request);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Asked;
}

const confirm = (admin: Browser, { id }: Asked) => admin.post(`/api/v1/admin-requests/${id}/confirm`);
const rolesOf = async (site: Site, id: string) =>
  (await listActiveUsers(site.world.store.read)).find((user) => user.id === id)?.roles;

it('makes a new person out of two admins and a link that only the person uses', async () => {
  const { site, first, second } = await siteWithAdmins();
  const asked = await ask(first, NEWCOMER);
  expect((await first.get(`/api/v1/users/${asked.subject}`)).status).toBe(404);
  const confirmed = (await (await confirm(second, asked)).json()) as { link: string; request: unknown };
  expect(confirmed.request).toMatchObject({
    state: 'confirmed',
    subjectName: 'Demo Newcomer',
    decidedBy: site.world.people.secondAdmin.id,
  });
  expect(confirmed.link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/#\/links\/[A-Za-z0-9_-]{43}$/);
  const token = confirmed.link.slice(-43);
  const person = await site.browser();
  expect(await (await person.get(`/api/v1/links/${token}`)).json()).toEqual({
    purpose: 'invite',
    name: 'Demo Newcomer',
    email: 'new.comer@example.org',
  });
  expect(await codeOf(await person.post(`/api/v1/links/${token}`, { password: 'demo newcomer 1' }))).toBe(
    'password-weak',
  );
  expect((await person.post(`/api/v1/links/${token}`, { password: PASSWORD })).status).toBe(204);
  expect(await codeOf(await person.post(`/api/v1/links/${token}`, { password: 'another nice long one' }))).toBe(
    'token-invalid',
  );
  const entered = await person.post('/api/v1/session', { email: 'new.comer@example.org', password: PASSWORD });
  expect(await entered.json()).toMatchObject({ id: asked.subject, roles: ['curator', 'reviewer'] });
  const { data } = await listAuditEvents(site.world.store.read, {
    subject: `user:${asked.subject}`,
    order: 'asc',
    limit: 10,
    offset: 0,
  });
  expect(data.map(({ action }) => action)).toEqual([
    'user.request',
    'user.confirm',
    'user.accept-invite',
    'user.sign-in',
  ]);
  expect(JSON.stringify(data)).not.toContain(token);
});

it('lets nobody confirm what they asked for themselves, by any kind of request', async () => {
  const { site, first } = await siteWithAdmins();
  const { curator, reviewer, visitor } = site.world.people;
  sql(site.world, `update user set status = 'disabled' where id = ?`, [visitor.id]);
  const requests = [
    NEWCOMER,
    { kind: 'user.roles', subject: curator.id, payload: { roles: ['curator', 'reviewer'] } },
    { kind: 'user.reset', subject: reviewer.id },
    { kind: 'user.enable', subject: visitor.id },
    {
      kind: 'policy.change',
      payload: {
        ...DEFAULT_POLICY,
        approvals: { R0: 1, R1: 1, R2: 1, R3: 1 },
        gate: { maxLossPercent: 50, lastOfCountry: false },
      },
    },
  ];
  for (const request of requests) {
    const asked = await ask(first, request);
    const before = await auditSize(site.world.store.read);
    expect(await codeOf(await confirm(first, asked))).toBe('second-person-needed');
    expect(() =>
      sql(
        site.world,
        `update admin_request set state = 'confirmed', decided_by = requested_by, decided_at = '' where id = ?`,
        [asked.id],
      ),
    ).toThrow(/admin_request_two_people/);
    expect(await auditSize(site.world.store.read)).toBe(before);
  }
  expect(
    (await listAdminRequests(site.world.store.read, { state: 'open', sort: 'requestedAt', limit: 10, offset: 0 }))
      .total,
  ).toBe(5);
  expect(await rolesOf(site, curator.id)).toEqual(['curator']);
  expect(await listPolicies(site.world.store.read)).toHaveLength(1);
});

it('decides a request once, however many click at once', async () => {
  const { site, first, second } = await siteWithAdmins();
  const third = await site.browser('everything');
  const asked = await ask(first, NEWCOMER);
  const answers = await Promise.all([
    confirm(second, asked),
    confirm(third, asked),
    second.post(`/api/v1/admin-requests/${asked.id}/refuse`),
  ]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
});

it('ends all sessions of a person whose roles change, and takes approving away with the next request', async () => {
  const { site, first, second } = await siteWithAdmins();
  const reviewer = await site.browser('reviewer');
  const { id } = site.world.people.reviewer;
  const asked = await ask(first, { kind: 'user.roles', subject: id, payload: { roles: ['curator'] } });
  expect((await reviewer.get('/api/v1/session')).status).toBe(200);
  expect((await confirm(second, asked)).status).toBe(200);
  expect(await codeOf(await reviewer.get('/api/v1/session'))).toBe('not-signed-in');
  expect(await rolesOf(site, id)).toEqual(['curator']);
});

it('resets a person without anybody seeing a password: the old one is dead, the link is for them', async () => {
  const { site, first, second } = await siteWithAdmins();
  const victim = await site.browser('publisher');
  const asked = await ask(first, { kind: 'user.reset', subject: site.world.people.publisher.id });
  const { link } = (await (await confirm(second, asked)).json()) as { link: string };
  expect((await victim.get('/api/v1/session')).status).toBe(401);
  site.world.wait({ hours: 24 });
  expect(await codeOf(await victim.post(`/api/v1/links/${link.slice(-43)}`, { password: PASSWORD }))).toBe(
    'token-invalid',
  );
});

it('keeps two active admins, also when they disable each other at once', async () => {
  const { site, first, second } = await siteWithAdmins();
  const { admin, secondAdmin, everything } = site.world.people;
  const third = await site.browser('everything');
  const race = await Promise.all([
    first.post(`/api/v1/users/${everything.id}/disable`),
    third.post(`/api/v1/users/${admin.id}/disable`),
  ]);
  expect(race.map(({ status }) => status)).toEqual([200, 401]);
  expect((await listActiveUsers(site.world.store.read)).length).toBe(Object.keys(site.world.people).length - 1);
  const answers = await Promise.all([
    first.post(`/api/v1/users/${secondAdmin.id}/disable`),
    second.post(`/api/v1/users/${admin.id}/disable`),
  ]);
  expect(await Promise.all(answers.map(codeOf))).toEqual(['last-admin', 'last-admin']);
  const asked = await ask(first, { kind: 'user.roles', subject: admin.id, payload: { roles: ['curator'] } });
  expect(await codeOf(await confirm(second, asked))).toBe('last-admin');
  expect(await rolesOf(site, admin.id)).toEqual(['admin']);
});

it('brings a disabled person back with two admins and not with one', async () => {
  const { site, first, second } = await siteWithAdmins();
  const { curator } = site.world.people;
  await first.post(`/api/v1/users/${curator.id}/disable`);
  expect(await codeOf(await first.post(`/api/v1/users/${curator.id}/disable`))).toBe('request-closed');
  const asked = await ask(first, { kind: 'user.enable', subject: curator.id });
  expect((await confirm(second, asked)).status).toBe(200);
  // Nobody ever gave this person a password, so they are invited again rather than active.
  expect(await (await first.get(`/api/v1/users/${curator.id}`)).json()).toMatchObject({ status: 'invited' });
});

it('refuses what makes no sense, and says which field', async () => {
  const { site, first } = await siteWithAdmins();
  const { curator } = site.world.people;
  const attempts: [unknown, string][] = [
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, email: 'CURATOR@example.org' } }, 'input-invalid'],
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, roles: [] } }, 'input-invalid'],
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, roles: ['curator', 'curator'] } }, 'input-invalid'],
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, name: 'Demo \u202Eevil' } }, 'input-invalid'],
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, status: 'active' } }, 'input-invalid'],
    [{ ...NEWCOMER, payload: { ...NEWCOMER.payload, password: 'chosen by an admin' } }, 'input-invalid'],
    [{ kind: 'user.roles', subject: curator.id, payload: { roles: ['curator'] } }, 'nothing-changed'],
    [{ kind: 'user.enable', subject: curator.id }, 'nothing-changed'],
    [{ kind: 'user.reset', subject: '0190a000-0000-7000-8000-00000000ffff' }, 'not-found'],
    [{ kind: 'user.delete', subject: curator.id }, 'input-invalid'],
    [
      {
        kind: 'policy.change',
        payload: { ...DEFAULT_POLICY, approvals: { R0: 0, R1: 1, R2: 1, R3: 1 } },
      },
      'input-invalid',
    ],
  ];
  for (const [request, code] of attempts)
    expect(await codeOf(await first.post('/api/v1/admin-requests', request))).toBe(code);
  await ask(first, { kind: 'user.reset', subject: curator.id });
  expect(await codeOf(await first.post('/api/v1/admin-requests', { kind: 'user.reset', subject: curator.id }))).toBe(
    'another-open-proposal',
  );
});

it('puts another policy in force when a second admin agrees, and keeps the old one to read', async () => {
  const { site, first, second } = await siteWithAdmins();
  const policy = {
    ...DEFAULT_POLICY,
    approvals: { R0: 1, R1: 1, R2: 2, R3: 3 },
    gate: { maxLossPercent: 2, lastOfCountry: true },
  };
  const asked = await ask(first, { kind: 'policy.change', payload: policy });
  expect(await (await first.get('/api/v1/policy')).json()).toMatchObject({ version: 1 });
  expect((await confirm(second, asked)).status).toBe(200);
  expect(await (await (await site.browser('curator')).get('/api/v1/policy')).json()).toMatchObject({
    version: 2,
    policy,
    history: [
      { version: 2, requestId: asked.id },
      { version: 1, requestId: null },
    ],
  });
  expect(() => sql(site.world, 'delete from policy where version = 1')).toThrow(/never deleted/);
});

it('has one effect for a request sent twice under one key, and refuses the key for another', async () => {
  const { site, first, second } = await siteWithAdmins();
  const key = { 'idempotency-key': 'a-key-of-mine' };
  const once = await (await first.post('/api/v1/admin-requests', NEWCOMER, key)).json();
  const twice = await (await first.post('/api/v1/admin-requests', NEWCOMER, key)).json();
  expect(twice).toEqual(once);
  expect((await listAdminRequests(site.world.store.read, { sort: 'requestedAt', limit: 10, offset: 0 })).total).toBe(1);
  const other = { kind: 'user.reset', subject: site.world.people.curator.id };
  expect(await codeOf(await first.post('/api/v1/admin-requests', other, key))).toBe('idempotency-key-reused');
  expect((await second.post('/api/v1/admin-requests', other, key)).status).toBe(201);
  expect(await codeOf(await first.post('/api/v1/admin-requests', other, { 'idempotency-key': 'two words' }))).toBe(
    'input-invalid',
  );
});

it('never keeps the token of a one-time link, also not for a repeated request', async () => {
  const { site, first, second } = await siteWithAdmins();
  const asked = await ask(first, NEWCOMER);
  const path = `/api/v1/admin-requests/${asked.id}/confirm`;
  const { link } = (await (await second.post(path, {}, { 'idempotency-key': 'k1' })).json()) as { link: string };
  expect(await codeOf(await second.post(path, {}, { 'idempotency-key': 'k1' }))).toBe('request-closed');
  const bytes = await import('node:fs/promises').then((fs) =>
    Promise.all(['', '-wal'].map((end) => fs.readFile(site.world.file + end))),
  );
  for (const file of bytes) expect(file.includes(link.slice(-43))).toBe(false);
});
