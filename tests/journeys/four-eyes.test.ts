import { sql } from '../support/rawDatabase.ts';
import { describe, expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { findProposal, findRecord, listAuditEvents, Problem, reviewsOf } from '@waymark/store';
import { bulkReview } from '../../packages/services/src/proposals/bulk.ts';
import { createProposal } from '../../packages/services/src/proposals/create.ts';
import { editProposal } from '../../packages/services/src/proposals/edit.ts';
import { revertRecord } from '../../packages/services/src/proposals/revert.ts';
import { reviewProposal } from '../../packages/services/src/proposals/review.ts';
import { showProposal } from '../../packages/services/src/proposals/show.ts';
import { submitProposal } from '../../packages/services/src/proposals/submit.ts';
import {
  amend,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  lookedAgain,
  newWorld,
  propose,
  type PersonName,
  type World,
} from '../support/world.ts';

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.refusal.code;
    throw error;
  }
}

async function changedNumber(world: World, digits = '4930999999') {
  const { id } = await enterEntry(world);
  const record = await findRecord(world.store.read, id);
  const doc = lookedAgain(world, structuredClone(record?.doc) as Entry);
  const channel = doc.channels[0];
  if (channel?.type === 'phone') channel.value.number.digits = digits;
  return { id, doc };
}

async function approvalCount(world: World, proposalId: string): Promise<number> {
  return (await reviewsOf(world.store.read, proposalId)).filter((r) => r.decision === 'approve' && r.voidedAt === null)
    .length;
}

describe('nobody approves what they touched', () => {
  it.each(['author', 'co-editor', 'submitter', 'importer', 'reverter'] as const)(
    'refuses the %s, and writes nothing',
    async (part) => {
      const world = await newWorld();
      const { id, doc } = await changedNumber(world);
      const me: PersonName = 'everything';
      let proposal = await createProposal(world.as(part === 'author' || part === 'importer' ? me : 'curator'), {
        kind: 'update',
        recordType: 'entry',
        recordId: id,
        doc,
        ...(part === 'importer' ? { part } : {}),
      });
      if (part === 'co-editor')
        proposal = await editProposal(world.as(me), proposal.id, { doc: { ...doc, priority: 3 } }, proposal.version);
      if (part === 'reverter') {
        await amend<Entry>(world, id, (d) => ({ ...d, audience: ['child', 'parent'] }));
        proposal = await revertRecord(world.as(me), id, 1);
      }
      proposal = await submitProposal(world.as(part === 'submitter' ? me : 'secondCurator'), proposal.id);
      const before = await listAuditEvents(world.store.read, { limit: 1, offset: 0 });
      expect(
        await refusal(
          reviewProposal(world.as(me), proposal.id, { decision: 'approve', contentHash: proposal.contentHash }),
        ),
      ).toBe('own-contribution');
      const [row] = await bulkReview(world.as(me), 'approve', [{ id: proposal.id, contentHash: proposal.contentHash }]);
      expect(row).toMatchObject({ ok: false, refusal: { code: 'own-contribution' } });
      expect((await showProposal(world.as(me), proposal.id)).can.approve?.code).toBe('own-contribution');
      expect(await approvalCount(world, proposal.id)).toBe(0);
      expect((await listAuditEvents(world.store.read, { limit: 1, offset: 0 })).total).toBe(before.total);
    },
  );

  it('refuses at the database too, when the check in the code is gone', async () => {
    const world = await newWorld();
    const { id, doc } = await changedNumber(world);
    const proposal = await propose(world, { kind: 'update', recordType: 'entry', recordId: id, doc }, 'everything');
    const insert = (reviewer: string, hash: string) =>
      sql(world, `insert into review (id, proposal_id, reviewer_id, decision, content_hash, at) values (?,?,?,?,?,?)`, [
        world.newId(),
        proposal.id,
        reviewer,
        'approve',
        hash,
        world.now().toISOString(),
      ]);
    expect(() => insert(world.people.everything.id, proposal.contentHash)).toThrow('own-contribution');
    expect(() => insert(world.people.reviewer.id, 'f'.repeat(64))).toThrow('stale-content');
    expect(await approvalCount(world, proposal.id)).toBe(0);
  });

  it('refuses an approver who edits to keep their approval', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const proposal = await propose(world, { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation }) });
    await reviewProposal(world.as('everything'), proposal.id, {
      decision: 'approve',
      contentHash: proposal.contentHash,
    });
    const edited = await editProposal(
      world.as('everything'),
      proposal.id,
      { doc: { ...(proposal.doc as Entry), priority: 9 } },
      proposal.version,
    );
    expect(edited).toMatchObject({ approvals: 0, state: 'draft' });
    const again = await submitProposal(world.as('curator'), proposal.id);
    expect(
      await refusal(
        reviewProposal(world.as('everything'), again.id, { decision: 'approve', contentHash: again.contentHash }),
      ),
    ).toBe('own-contribution');
  });
});

describe('nothing enters the directory unapproved', () => {
  it('refuses to write records and revisions past the review, by plain SQL', async () => {
    const world = await newWorld();
    const { id, doc } = await changedNumber(world);
    const proposal = await propose(world, { kind: 'update', recordType: 'entry', recordId: id, doc });
    const text = JSON.stringify(doc);
    expect(() => sql(world, `update record set doc = ? where id = ?`, [text, id])).toThrow('not-approved');
    expect(() =>
      sql(world, `update record set doc = ?, revision = 2, content_hash = 'x' where id = ?`, [text, id]),
    ).toThrow('not-approved');
    expect(() =>
      sql(
        world,
        `insert into revision (record_id, revision, type, state, content_hash, doc, proposal_id, at) values (?, 2, 'entry', 'active', 'x', ?, ?, '')`,
        [id, text, proposal.id],
      ),
    ).toThrow('not-approved');
    expect(() => sql(world, `update record set state = 'retired' where id = ?`, [id])).toThrow('not-approved');
    expect(() => sql(world, `delete from record where id = ?`, [id])).toThrow('never deleted');
    expect(() =>
      sql(world, `update proposal set content_hash = 'x', required_approvals = 0 where id = ?`, [proposal.id]),
    ).toThrow();
    expect(await findRecord(world.store.read, id)).toMatchObject({ revision: 1, state: 'active' });
  });

  it('applies with the last approval, in the same transaction, and says so in the log', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const proposal = await propose(world, { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation }) });
    expect(proposal).toMatchObject({ risk: 'R3', requiredApprovals: 2 });
    const first = await reviewProposal(world.as('reviewer'), proposal.id, {
      decision: 'approve',
      contentHash: proposal.contentHash,
    });
    expect(first).toMatchObject({ state: 'in-review', approvals: 1 });
    expect(await findRecord(world.store.read, proposal.recordId)).toBeUndefined();
    expect(
      await refusal(
        reviewProposal(world.as('reviewer'), proposal.id, { decision: 'approve', contentHash: proposal.contentHash }),
      ),
    ).toBe('already-approved');
    const second = await reviewProposal(world.as('secondReviewer'), proposal.id, {
      decision: 'approve',
      contentHash: proposal.contentHash,
    });
    expect(second.state).toBe('applied');
    expect(await findRecord(world.store.read, proposal.recordId)).toMatchObject({ revision: 1, state: 'active' });
    const { data } = await listAuditEvents(world.store.read, {
      subject: `entry:${proposal.recordId}`,
      limit: 10,
      offset: 0,
    });
    expect(data[0]).toMatchObject({
      action: 'proposal.apply',
      payload: { approvers: [world.people.reviewer.id, world.people.secondReviewer.id].sort() },
    });
  });

  it.each(['curator', 'publisher', 'admin', 'visitor'] as const)('gives a %s no way to approve', async (who) => {
    const world = await newWorld();
    const { id, doc } = await changedNumber(world);
    const proposal = await propose(world, { kind: 'update', recordType: 'entry', recordId: id, doc }, 'secondCurator');
    expect(
      await refusal(
        reviewProposal(world.as(who), proposal.id, { decision: 'approve', contentHash: proposal.contentHash }),
      ),
    ).toBe('not-permitted');
    expect(await findProposal(world.store.read, proposal.id)).toMatchObject({ state: 'in-review' });
  });
});

describe('an approval binds what was seen', () => {
  it('is void after an edit, and the proposal leaves review', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const proposal = await propose(world, { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation }) });
    await reviewProposal(world.as('reviewer'), proposal.id, { decision: 'approve', contentHash: proposal.contentHash });
    const edited = await editProposal(
      world.as('curator'),
      proposal.id,
      { doc: { ...(proposal.doc as Entry), priority: 7 } },
      proposal.version,
    );
    expect(edited).toMatchObject({ state: 'draft', approvals: 0 });
    const again = await submitProposal(world.as('curator'), proposal.id);
    expect(
      await refusal(
        reviewProposal(world.as('secondReviewer'), again.id, {
          decision: 'approve',
          contentHash: proposal.contentHash,
        }),
      ),
    ).toBe('stale-content');
    expect((await reviewsOf(world.store.read, proposal.id)).map((r) => r.voidedAt !== null)).toEqual([true]);
  });

  it('is not given by a request that read an older version', async () => {
    const world = await newWorld();
    const { id, doc } = await changedNumber(world);
    const draft = await createProposal(world.as('curator'), { kind: 'update', recordType: 'entry', recordId: id, doc });
    await editProposal(world.as('curator'), draft.id, { summary: 'first tab' }, draft.version);
    expect(
      await refusal(editProposal(world.as('secondCurator'), draft.id, { summary: 'second tab' }, draft.version)),
    ).toBe('stale-revision');
    expect((await showProposal(world.as('curator'), draft.id)).summary).toBe('first tab');
  });

  it('wants a reason for sending back and for declining, and keeps the proposal otherwise', async () => {
    const world = await newWorld();
    const { id, doc } = await changedNumber(world);
    const proposal = await propose(world, { kind: 'update', recordType: 'entry', recordId: id, doc });
    for (const decision of ['request-changes', 'decline'] as const) {
      expect(
        await refusal(
          reviewProposal(world.as('reviewer'), proposal.id, { decision, contentHash: proposal.contentHash }),
        ),
      ).toBe('comment-required');
    }
    expect(await findProposal(world.store.read, proposal.id)).toMatchObject({ state: 'in-review' });
    const back = await reviewProposal(world.as('reviewer'), proposal.id, {
      decision: 'request-changes',
      contentHash: proposal.contentHash,
      comment: 'Source?',
    });
    expect(back.state).toBe('changes-requested');
  });
});
