import { expect, it } from 'vitest';
import { findUser } from '@waymark/store';
import { sqlWithoutGuards } from '../../../../tests/support/rawDatabase.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { confirmAdminRequest } from '../adminRequests/confirm.ts';
import { createAdminRequest } from '../adminRequests/create.ts';
import type { AdminRequestInput } from '../adminRequests/input.ts';
import { acceptLink } from '../users/acceptLink.ts';
import { disable } from '../users/disable.ts';
import { verifyAudit } from './verify.ts';

const PASSWORD = 'seven green boats on the river';

/** What two admins agree on. */
async function agree(world: World, input: AdminRequestInput): Promise<{ subject: string; token: string }> {
  const { id, subject } = await createAdminRequest(world.as('admin'), input);
  const { token = '' } = await confirmAdminRequest(world.as('secondAdmin'), id);
  return { subject, token };
}

// Doctored databases, one case each, stand in tests/journeys/publish.test.ts; here is what must not raise a false alarm.
it('agrees with the log after everything that can happen to a person', async () => {
  const world = await newWorld();
  const { subject, token } = await agree(world, {
    kind: 'user.create',
    payload: { name: 'Demo Newcomer', email: 'newcomer@example.org', roles: ['curator'] },
  });
  const steps: [string, 'invited' | 'active' | 'disabled', () => Promise<unknown>][] = [
    ['is disabled before they ever came', 'disabled', () => disable(world.as('admin'), subject)],
    ['comes back as invited', 'invited', () => agree(world, { kind: 'user.enable', subject })],
    [
      'gets a new link and uses it',
      'active',
      async () =>
        acceptLink(world.as('visitor'), (await agree(world, { kind: 'user.reset', subject })).token, PASSWORD),
    ],
    [
      'changes roles',
      'active',
      () => agree(world, { kind: 'user.roles', subject, payload: { roles: ['admin', 'reviewer'] } }),
    ],
    ['is disabled', 'disabled', () => disable(world.as('secondAdmin'), subject)],
    ['comes back as active', 'active', () => agree(world, { kind: 'user.enable', subject })],
    ['is reset', 'active', () => agree(world, { kind: 'user.reset', subject })],
    ['is disabled without a password', 'disabled', () => disable(world.as('secondAdmin'), subject)],
    ['comes back as invited again', 'invited', () => agree(world, { kind: 'user.enable', subject })],
  ];
  expect(token).not.toBe('');
  const people = Object.keys(world.people).length + 1;
  expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true, checked: { people } });
  for (const [what, status, step] of steps) {
    await step();
    expect((await findUser(world.store.read, subject))?.status, what).toBe(status);
    const { firstProblem } = await verifyAudit(world.store.read);
    expect(`${what}: ${firstProblem ?? 'agrees'}`).toBe(`${what}: agrees`);
  }
});

it('finds roles granted beside a request that is still open', async () => {
  const world = await newWorld();
  const { curator } = world.people;
  await createAdminRequest(world.as('admin'), {
    kind: 'user.roles',
    subject: curator.id,
    payload: { roles: ['curator', 'reviewer'] },
  });
  expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  sqlWithoutGuards(world, `insert into user_role (user_id, role, granted_at) values (?, 'reviewer', '')`, [curator.id]);
  expect(await verifyAudit(world.store.read)).toMatchObject({
    ok: false,
    firstProblem: `person Demo Curator (${curator.id}) holds curator, reviewer, the audit log says curator`,
  });
});
