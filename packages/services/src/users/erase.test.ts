import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { auditHead, findUser, listAuditEvents, type AuditHead } from '@waymark/store';
import { sql, sqlWithoutGuards } from '../../../../tests/support/rawDatabase.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { confirmAdminRequest } from '../adminRequests/confirm.ts';
import { createAdminRequest } from '../adminRequests/create.ts';
import type { AdminRequestInput } from '../adminRequests/input.ts';
import { verifyAudit } from '../audit/verify.ts';
import { openPublicLog } from '../log/open.ts';
import { publishLog } from '../log/publish.ts';
import { disable } from './disable.ts';

const NAME = 'Demo Canary Of Ours';
const EMAIL = 'canary-of-ours@example.org';

async function agree(world: World, input: AdminRequestInput): Promise<string> {
  // With a key, as browsers send it: what was answered is kept with it.
  const asks = { ...world.as('admin'), idempotency: { key: world.newId(), requestHash: 'hash' } };
  const { id, subject } = await createAdminRequest(asks, input);
  await confirmAdminRequest(world.as('secondAdmin'), id);
  return subject;
}

/** Somebody who came and left. */
async function somebodyWhoLeft(world: World): Promise<string> {
  const person = await agree(world, {
    kind: 'user.create',
    payload: { name: NAME, email: EMAIL, roles: ['curator', 'reviewer'] },
  });
  await agree(world, { kind: 'user.roles', subject: person, payload: { roles: ['curator'] } });
  await disable(world.as('admin'), person);
  return person;
}

const erase = (world: World, subject: string) => agree(world, { kind: 'user.erase', subject });
const kept = (head: AuditHead) => [{ ...head, from: 'a head that somebody outside keeps' }];

/** Everything the disk holds of the database, what was deleted and not yet overwritten included. */
async function onDisk(world: World): Promise<string> {
  await world.store.emptyLog();
  const files = await Promise.all(
    ['', '-wal'].map((end) => readFile(`${world.file}${end}`).catch(() => Buffer.alloc(0))),
  );
  return Buffer.concat(files).toString('latin1');
}

describe('erasing who a person was', () => {
  it('takes name and address from the disk, and leaves the log true under every head that was ever published', async () => {
    const world = await newWorld();
    const person = await somebodyWhoLeft(world);
    const log = await openPublicLog({ profile: 'demo', dataDir: world.dir, logOrigin: 'demo.example.org/log' });
    await publishLog(world.as('admin'), log);
    const before = await auditHead(world.store.read);
    expect(await onDisk(world)).toContain(EMAIL);

    await erase(world, person);
    const disk = await onDisk(world);
    expect([NAME, EMAIL].filter((text) => disk.includes(text))).toEqual([]);
    expect(await findUser(world.store.read, person)).toMatchObject({
      name: `Erased person ${person.slice(-6)}`,
      email: `${person}@erased.invalid`,
      status: 'disabled',
      erasedAt: world.now().toISOString(),
      roles: ['curator'],
    });
    expect(await verifyAudit(world.store.read, kept(before))).toMatchObject({ ok: true });
    expect(await auditHead(world.store.read, before.size)).toEqual(before);
    expect((await publishLog(world.as('admin'), log))?.size).toBeGreaterThan(before.size);

    const { data } = await listAuditEvents(world.store.read, {
      subject: `user:${person}`,
      order: 'asc',
      limit: 50,
      offset: 0,
    });
    expect(data.map(({ action, payload }) => [action, payload === null])).toEqual([
      ['user.request', true],
      ['user.confirm', true],
      ['user.request', false],
      ['user.confirm', false],
      ['user.disable', true],
      ['user.request', false],
      ['user.confirm', false],
      ['user.erase', false],
    ]);
  });

  it('takes two admins, somebody who was disabled, and happens once', async () => {
    const world = await newWorld();
    const { curator } = world.people;
    const ask = (subject: string, by: 'admin' | 'curator' = 'admin') =>
      createAdminRequest(world.as(by), { kind: 'user.erase', subject });
    await expect(ask(curator.id, 'curator')).rejects.toMatchObject({ refusal: { code: 'not-permitted' } });
    await expect(ask(curator.id)).rejects.toMatchObject({ refusal: { code: 'input-invalid' } });
    const person = await somebodyWhoLeft(world);
    const { id } = await ask(person);
    await expect(confirmAdminRequest(world.as('admin'), id)).rejects.toMatchObject({
      refusal: { code: 'second-person-needed' },
    });
    expect((await findUser(world.store.read, person))?.name).toBe(NAME);
    await confirmAdminRequest(world.as('secondAdmin'), id);
    await expect(ask(person)).rejects.toMatchObject({ refusal: { code: 'nothing-changed' } });
    await expect(createAdminRequest(world.as('admin'), { kind: 'user.enable', subject: person })).rejects.toMatchObject(
      { refusal: { code: 'input-invalid' } },
    );
  });

  it('does nothing when the person came back before the second admin agreed', async () => {
    const world = await newWorld();
    const person = await somebodyWhoLeft(world);
    const { id } = await createAdminRequest(world.as('admin'), { kind: 'user.erase', subject: person });
    await agree(world, { kind: 'user.enable', subject: person });
    const before = await auditHead(world.store.read);
    await expect(confirmAdminRequest(world.as('secondAdmin'), id)).rejects.toMatchObject({
      refusal: { code: 'input-invalid' },
    });
    expect(await auditHead(world.store.read)).toEqual(before);
    expect((await findUser(world.store.read, person))?.email).toBe(EMAIL);
  });

  it('is guarded by the database: no payload goes that no event names, nobody erased changes again', async () => {
    const world = await newWorld();
    const person = await somebodyWhoLeft(world);
    const payloads = `update audit_event set payload = null, salt = null where subject = ?`;
    expect(() => sql(world, payloads, [`user:${person}`])).toThrow('only erased');
    expect(() => sql(world, `update user set erased_at = '' where id = ?`, [world.people.curator.id])).toThrow(
      'disabled',
    );
    await erase(world, person);
    expect(() => sql(world, payloads, [`user:${person}`])).toThrow('only erased');
    expect(() => sql(world, `update user set status = 'active' where id = ?`, [person])).toThrow('never changes');
    expect(() => sql(world, `update user set erased_at = null where id = ?`, [person])).toThrow('never changes');
    const request = `update admin_request set payload = json_set(payload, '$.roles', json('["admin"]')) where subject = ?`;
    expect(() => sql(world, request, [person])).toThrow('a request never changes');
    expect(() => sql(world, `update admin_request set state = 'open' where subject = ?`, [person])).toThrow('decided');
  });

  it('is no cover: a payload somebody else made away with is named', async () => {
    const world = await newWorld();
    await erase(world, await somebodyWhoLeft(world));
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
    sqlWithoutGuards(world, `update audit_event set payload = null, salt = null where seq = 2`);
    expect(await verifyAudit(world.store.read)).toMatchObject({
      ok: false,
      firstProblem: expect.stringMatching(/^audit event 2 .*: the payload is gone, and nobody decided that$/),
    });
  });

  it('keeps what the log says of roles: granted past it, they are found after an erasure too', async () => {
    const world = await newWorld();
    const person = await somebodyWhoLeft(world);
    await erase(world, person);
    sqlWithoutGuards(world, `insert into user_role (user_id, role, granted_at) values (?, 'admin', '')`, [person]);
    expect(await verifyAudit(world.store.read)).toMatchObject({
      ok: false,
      firstProblem: expect.stringContaining('holds curator, admin, the audit log says curator'),
    });
  });
});
