import { describe, expect, it } from 'vitest';
import { factsToCheck, type Entry } from '@waymark/domain';
import { findRecord } from '@waymark/store';
import { sqlWithoutGuards } from '../../../../tests/support/rawDatabase.ts';
import { amend, enterEntry, newWorld, retire } from '../../../../tests/support/world.ts';
import { recordVerification } from '../verifications/record.ts';
import { verifyVerifications } from './verify.ts';

/** An entry that was verified, changed and has a neighbour, and one that left. */
async function history() {
  const world = await newWorld();
  const { id, organisation } = await enterEntry(world, { kind: 'hotline.web' });
  const { id: left } = await enterEntry(world, { organisation });
  const look = async (of: string, outcome: 'confirmed' | 'contradicted') => {
    const record = (await findRecord(world.store.read, of))!;
    await recordVerification(world.as('curator'), of, {
      revision: record.revision,
      paths: factsToCheck(record.doc as Entry),
      method: 'official-site-check',
      outcome,
    });
  };
  await look(id, 'contradicted');
  await look(left, 'confirmed');
  await amend<Entry>(world, id, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
  await look(id, 'confirmed');
  await retire(world, left);
  return { world, id };
}

describe('what is kept of verification', () => {
  it('agrees with itself and with the log', async () => {
    const { world } = await history();
    expect(await verifyVerifications(world.store.read)).toEqual({ events: 3, standings: 2, problem: undefined });
  });

  it.each<[string, string, RegExp]>([
    ['an outcome turned round', `update verification set outcome = 'confirmed'`, /is not the one that was recorded$/],
    ['a later date', `update verification set performed_at = '2030-01-01T00:00:00.000Z'`, /is not the one that was/],
    ['somebody else as the witness', `update verification set user_id = 'x'`, /is not the one that was recorded$/],
    ['an event taken away', `delete from verification where outcome = 'contradicted'`, /was recorded but is gone$/],
    [
      'an event nobody recorded',
      `insert into verification select '0190a000-0000-7000-8000-ffffffffffff', record_id, revision, paths, 'test-call', outcome, observed, performed_at, user_id, organisation_id, attempt, evidence, note, supersedes, proposal_id, under_sole_option, recorded_at from verification limit 1`,
      /no audit event says that somebody recorded it$/,
    ],
    [
      'a confidence nobody gave',
      `update verification_state set high_until = '2099-01-01T00:00:00.000Z'`,
      /does not follow from its events$/,
    ],
    [
      'a channel made sure',
      `update verification_state set standing = replace(standing, 'null', '"2099-01-01T00:00:00.000Z"')`,
      /does not follow from its events$/,
    ],
    ['a sole option denied', `update verification_state set is_sole_option = 0`, /does not follow from its events$/],
    ['a standing taken away', `delete from verification_state`, /does not follow from its events$/],
    [
      'an alarm out of nowhere',
      `insert into alarm (id, record_id, path, kind, unsafe, detail, raised_at, raised_by) select 'x', id, '/names', 'timeout', 0, '{}', '', '' from record where type = 'entry' limit 1`,
      /does not follow from its events$/,
    ],
  ])('is found out: %s', async (_what, statement, words) => {
    const { world } = await history();
    sqlWithoutGuards(world, statement);
    expect((await verifyVerifications(world.store.read)).problem).toMatch(words);
  });
});
