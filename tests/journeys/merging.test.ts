import { describe, expect, it } from 'vitest';
import type { CountryProfile, Entry, PublishedRecord, Tombstone } from '@waymark/domain';
import {
  listVerifications,
  prepareSnapshot,
  raiseAlarm,
  recordVerification,
  showProposal,
  suspendRecord,
  verifyAudit,
  type ProposalView,
} from '@waymark/services';
import { change, findRecord, findVerificationState, listAuditEvents, Problem, resolveRecord } from '@waymark/store';
import { createProposal } from '../../packages/services/src/proposals/create.ts';
import { submitProposal } from '../../packages/services/src/proposals/submit.ts';
import { openProductionTree } from '../support/productionTree.ts';
import { sqlWithoutGuards } from '../support/rawDatabase.ts';
import { answersTo, catchUp, codesOf, newMachine, review, takeBundle } from '../support/signing.ts';
import {
  amend,
  approve,
  buildCountryProfile,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  newWorld,
  propose,
  type World,
} from '../support/world.ts';

const docOf = async <Doc = Entry>(world: World, id: string) => (await findRecord(world.store.read, id))!.doc as Doc;
const phone = (id: string, digits: string) => ({
  id,
  type: 'phone' as const,
  value: { number: { kind: 'e164' as const, digits } },
});

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Problem ? error.refusal.code : `not refused: ${String(error)}`;
}

const proposeMerge = (world: World, stays: string, goes: string): Promise<ProposalView> =>
  propose(world, { kind: 'merge', recordType: 'entry', recordId: stays, mergedId: goes, summary: 'One' });

/** Two entries of one organisation, of which `goes` has a number that `stays` lacks. */
async function two(world: World) {
  const { id: stays, organisation } = await enterEntry(world, { channels: [phone('tel', '4930111111')] });
  const goes = await enter(
    world,
    'entry',
    buildEntry({ organisation, slug: 'goes', channels: [phone('line', '4930111111'), phone('tel', '4930222222')] }),
  );
  return { stays, goes, organisation };
}

describe('what named the entry that went', () => {
  it('names the one that stays, by the approvals of the merge, and the log says so', async () => {
    const world = await newWorld();
    const { stays, goes, organisation } = await two(world);
    const paired = await enter(world, 'entry', buildEntry({ organisation, pairedWith: [goes, stays] }));
    const hidden = await enter(world, 'entry', buildEntry({ organisation, supersedes: [goes] }));
    await suspendRecord(world.as('curator'), hidden, { reason: 'wrong', note: '' });
    const country = await enter(world, 'country', buildCountryProfile({ emergency: [goes] }));
    const merge = await proposeMerge(world, stays, goes);
    expect(merge.links.rows.map(({ id, paths }) => [id, paths])).toEqual(
      expect.arrayContaining([
        [paired, ['/pairedWith']],
        [hidden, ['/supersedes']],
        [country, ['/emergency']],
      ]),
    );
    expect(merge.links.total).toBe(3);
    await approve(world, merge);
    expect(await docOf(world, paired)).toMatchObject({ pairedWith: [stays] });
    expect(await docOf<CountryProfile>(world, country)).toMatchObject({ emergency: [stays] });
    expect(await findRecord(world.store.read, hidden)).toMatchObject({
      state: 'suspended',
      doc: { supersedes: [stays] },
    });
    const { data } = await listAuditEvents(world.store.read, { subject: `entry:${paired}`, limit: 9, offset: 0 });
    expect(data[0]).toMatchObject({
      action: 'proposal.apply',
      payload: { proposalId: merge.id, kind: 'merge', revision: 2, state: 'active' },
    });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('is what signers find approved, record by record, and nothing that is published names the one that went', async () => {
    const world = await newWorld();
    const tree = await openProductionTree(world);
    const { stays, goes, organisation } = await two(world);
    const paired = await enter(world, 'entry', buildEntry({ organisation, pairedWith: [goes] }));
    await tree.publishByPeople();
    const machine = newMachine();
    await catchUp(world, tree.publishing, machine);
    await approve(world, await proposeMerge(world, stays, goes));
    const { sequence } = await prepareSnapshot(world.as('publisher'), tree.publishing);
    const unpacked = await takeBundle(world, tree.publishing, sequence);
    const answers = answersTo(await review(world, unpacked, machine));
    expect(codesOf(await review(world, unpacked, machine, answers))).toEqual([]);
    const lines = <Line>(path: string) =>
      Buffer.from(unpacked.get(path) ?? [])
        .toString()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line);
    const published = lines<PublishedRecord>('v1/directory.ndjson');
    const naming = published.filter((record) => JSON.stringify(record).includes(goes));
    expect(naming).toMatchObject([{ id: stays, supersedes: [goes] }]);
    expect(published.find(({ id }) => id === paired)).toMatchObject({ pairedWith: [stays] });
    expect(lines<Tombstone>('v1/tombstones.ndjson')).toMatchObject([
      { id: goes, reason: 'merged-into', successors: [stays], deadValues: [] },
    ]);
  });

  it('is found out when somebody slips more into it', async () => {
    const world = await newWorld();
    const { stays, goes, organisation } = await two(world);
    const paired = await enter(world, 'entry', buildEntry({ organisation, pairedWith: [goes] }));
    await approve(world, await proposeMerge(world, stays, goes));
    sqlWithoutGuards(
      world,
      `update revision set doc = replace(doc, '4930123456', '4930999999') where record_id = ? and revision = 2`,
      [paired],
    );
    const { firstProblem } = await verifyAudit(world.store.read);
    expect(firstProblem).toBe(`revision 2 of entry ${paired}: the document does not match its hash`);
  });

  it('follows in open proposals too, and asks for their approvals again', async () => {
    const world = await newWorld();
    const { stays, goes, organisation } = await two(world);
    const paired = await enter(world, 'entry', buildEntry({ organisation, pairedWith: [goes] }));
    const other = await propose(world, {
      kind: 'create',
      recordType: 'entry',
      doc: buildEntry({ organisation, pairedWith: [goes] }),
    });
    const change = await createProposal(world.as('curator'), {
      kind: 'update',
      recordType: 'entry',
      recordId: paired,
      doc: { ...(await docOf(world, paired)), programme: 'Night line' },
    });
    await approve(world, await proposeMerge(world, stays, goes));
    const moved = await showProposal(world.as('curator'), change.id);
    expect(moved).toMatchObject({
      baseRevision: 2,
      conflicts: [],
      doc: { pairedWith: [stays], programme: 'Night line' },
    });
    const created = await showProposal(world.as('curator'), other.id);
    expect(created).toMatchObject({ state: 'in-review', doc: { pairedWith: [stays] } });
    expect(created.contentHash).not.toBe(other.contentHash);
    await approve(world, created);
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('moves the entries of an organisation, and its handle leads to the one that stays', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world);
    const goes = await enter(
      world,
      'organisation',
      buildOrganisation({ slug: 'twin', domains: [{ host: 'twin.example.org', role: 'main' }] }),
    );
    const { id: moves } = await enterEntry(world, { organisation: goes });
    const merge = await propose(world, {
      kind: 'merge',
      recordType: 'organisation',
      recordId: organisation,
      mergedId: goes,
    });
    await approve(world, merge);
    expect(await docOf(world, moves)).toMatchObject({ organisation });
    expect(await docOf(world, organisation)).toMatchObject({
      domains: [{ host: 'help.example.org' }, { host: 'twin.example.org' }],
    });
    expect(await resolveRecord(world.store.read, 'organisation', 'twin')).toMatchObject({ id: organisation });
    expect(await resolveRecord(world.store.read, 'organisation', goes)).toMatchObject({ state: 'retired' });
    expect(await findRecord(world.store.read, id)).toMatchObject({ revision: 1 });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('is never made anew: a link to what was retired is refused when it would enter', async () => {
    const world = await newWorld();
    const { stays, goes, organisation } = await two(world);
    await approve(world, await proposeMerge(world, stays, goes));
    const late = await propose(world, {
      kind: 'create',
      recordType: 'entry',
      doc: buildEntry({ organisation, pairedWith: [goes] }),
    });
    expect(await refusal(approve(world, late))).toBe('unknown-reference');
  });
});

describe('what was seen of the entry that went', () => {
  async function seen(world: World, id: string, paths: string[], outcome: 'confirmed' | 'contradicted' = 'confirmed') {
    const { revision } = (await findRecord(world.store.read, id))!;
    await recordVerification(world.as('curator'), id, { revision, paths, method: 'official-site-check', outcome });
  }
  const confirmedAt = async (world: World, id: string) => {
    const state = await findVerificationState(world.store.read, id);
    return Object.fromEntries(
      Object.entries(state!.standing.channels).map(([channel, standing]) => [channel, standing.lastConfirmedAt]),
    );
  };

  it('counts for the channels that were taken over, from the day it was seen, until they change', async () => {
    const world = await newWorld();
    const { stays, goes } = await two(world);
    const day = world.now().toISOString();
    await seen(world, goes, ['/channels']);
    world.wait({ days: 3 });
    await approve(world, await proposeMerge(world, stays, goes));
    expect(await confirmedAt(world, stays)).toEqual({ tel: day, 'tel-2': day });
    const rows = await listVerifications(world.as('curator'), stays);
    expect(rows).toMatchObject([{ recordId: goes, mergedFrom: 'Helpline goes', performedAt: day }]);
    expect(rows[0]?.paths).toEqual(expect.arrayContaining(['/channels/tel/value', '/channels/tel-2/value']));
    await amend<Entry>(world, stays, (doc) => ({
      ...doc,
      channels: doc.channels.map((channel) => (channel.id === 'tel-2' ? phone('tel-2', '4930333333') : channel)),
    }));
    expect(await confirmedAt(world, stays)).toEqual({ tel: day, 'tel-2': null });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('says nothing of what was changed since, and a contradiction follows as well', async () => {
    const world = await newWorld();
    const { stays, goes } = await two(world);
    await seen(world, goes, ['/channels/tel']);
    await seen(world, goes, ['/channels/line'], 'contradicted');
    await amend<Entry>(world, goes, (doc) => ({
      ...doc,
      channels: [phone('line', '4930111111'), phone('tel', '4930444444')],
    }));
    await approve(world, await proposeMerge(world, stays, goes));
    const state = await findVerificationState(world.store.read, stays);
    expect(state?.standing.channels).toMatchObject({ tel: { contradicted: true }, 'tel-2': { lastConfirmedAt: null } });
  });

  it('goes back with the entry when that is restored', async () => {
    const world = await newWorld();
    const { stays, goes } = await two(world);
    await seen(world, goes, ['/channels']);
    await approve(world, await proposeMerge(world, stays, goes));
    await approve(world, await propose(world, { kind: 'restore', recordType: 'entry', recordId: goes }));
    expect(await confirmedAt(world, stays)).toEqual({ tel: null, 'tel-2': null });
    expect(Object.values(await confirmedAt(world, goes))).not.toContain(null);
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('is not laundered: an entry with an alarm that it may be unsafe is not merged away', async () => {
    const world = await newWorld();
    const { stays, goes } = await two(world);
    const merge = await proposeMerge(world, stays, goes);
    await change(world.asSystem('test'), 'system', (door) =>
      raiseAlarm(door, { recordId: goes, path: '/channels/tel/value', kind: 'host-foreign', unsafe: true, detail: {} }),
    );
    expect(await refusal(approve(world, merge))).toBe('unsafe-alarm-open');
    expect(await findRecord(world.store.read, goes)).toMatchObject({ state: 'active' });
  });
});

it('a merge says nothing of the entry that goes but whose place was taken', async () => {
  const world = await newWorld();
  const { stays, goes } = await two(world);
  const doc = { ...(await docOf(world, stays)), pairedWith: [goes] };
  const { id } = await createProposal(world.as('curator'), {
    kind: 'merge',
    recordType: 'entry',
    recordId: stays,
    mergedId: goes,
    doc,
  });
  expect(await refusal(submitProposal(world.as('curator'), id))).toBe('document-invalid');
});
