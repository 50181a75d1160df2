import { expect, it } from 'vitest';
import { findRecord, listAuditEvents } from '@waymark/store';
import { verifyAudit } from '../../packages/services/src/audit/verify.ts';
import { amend, buildCountryProfile, enter, enterEntry, newWorld, retire } from './world.ts';
import type { Entry } from '@waymark/domain';

it('takes documents through proposals and approvals, and leaves a log that verifies', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  await enter(world, 'country', buildCountryProfile());
  await amend<Entry>(world, id, (doc) => ({ ...doc, anonymity: { level: 'confidential' } }));
  await retire(world, id);
  world.reopen();
  expect(await findRecord(world.store.read, id)).toMatchObject({ state: 'retired', revision: 3 });
  const { data } = await listAuditEvents(world.store.read, { action: 'proposal.apply', limit: 10, offset: 0 });
  expect(data).toHaveLength(5);
  expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
});
