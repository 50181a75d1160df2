import { describe, expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { findRecord, listAuditEvents, Problem, resolveRecord } from '@waymark/store';
import { verifyAudit } from '../../packages/services/src/audit/verify.ts';
import { bulkReview, bulkSubmit } from '../../packages/services/src/proposals/bulk.ts';
import { commentProposal, resolveComment } from '../../packages/services/src/proposals/comment.ts';
import { createProposal } from '../../packages/services/src/proposals/create.ts';
import { editProposal } from '../../packages/services/src/proposals/edit.ts';
import { revertRecord } from '../../packages/services/src/proposals/revert.ts';
import { listProposals, showProposal } from '../../packages/services/src/proposals/show.ts';
import { submitProposal } from '../../packages/services/src/proposals/submit.ts';
import { withdrawProposal } from '../../packages/services/src/proposals/withdraw.ts';
import { showQueue } from '../../packages/services/src/queue/show.ts';
import { impactOfRecord } from '../../packages/services/src/records/impact.ts';
import { listRecords } from '../../packages/services/src/records/show.ts';
import { confirmSuspension, suspendRecord } from '../../packages/services/src/records/suspend.ts';
import {
  amend,
  approve,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  lookedAgain,
  newWorld,
  officialPage,
  propose,
  retire,
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

async function docOf(world: World, id: string): Promise<Entry> {
  const record = await findRecord(world.store.read, id);
  return structuredClone(record?.doc) as Entry;
}

function withDigits(doc: Entry, digits: string): Entry {
  const next = structuredClone(doc);
  const [channel] = next.channels;
  if (channel?.type === 'phone') channel.value.number.digits = digits;
  return next;
}

describe('a draft', () => {
  it('is kept on the server while it is incomplete, and says what is missing', async () => {
    const world = await newWorld();
    const draft = await createProposal(world.as('curator'), {
      kind: 'create',
      recordType: 'entry',
      doc: { names: { en: { text: 'Half' } } },
    });
    expect(draft).toMatchObject({ state: 'draft', recordName: 'Half' });
    expect(draft.problems.map((p) => p.path)).toEqual(expect.arrayContaining(['/slug', '/kind', '/organisation']));
    expect(await refusal(submitProposal(world.as('curator'), draft.id))).toBe('document-invalid');
    expect((await showProposal(world.as('curator'), draft.id)).state).toBe('draft');
  });

  it('does not go to review with a new number that no official source supports', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world, { evidence: [{ ...officialPage, supports: ['/serves'] }] });
    const draft = await createProposal(world.as('curator'), {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc: withDigits(await docOf(world, id), '4930777777'),
    });
    expect(draft.unsupportedPaths).toEqual(['/channels/tel/value']);
    expect(await refusal(submitProposal(world.as('curator'), draft.id))).toBe('evidence-missing');
  });

  it('does not name records that do not exist, nor a handle used before', async () => {
    const world = await newWorld();
    const { organisation } = await enterEntry(world, { slug: 'taken' });
    const draft = await createProposal(world.as('curator'), {
      kind: 'create',
      recordType: 'entry',
      doc: buildEntry({ organisation, slug: 'taken', supersedes: ['0190a000-0000-7000-8000-ffffffffffff'] }),
    });
    expect(draft.problems.map((p) => p.path).sort()).toEqual(['/slug', '/supersedes']);
  });

  it('changes nothing and is refused', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const draft = await createProposal(world.as('curator'), { kind: 'update', recordType: 'entry', recordId: id });
    expect(await refusal(submitProposal(world.as('curator'), draft.id))).toBe('nothing-changed');
  });

  it('can be taken back by a contributor only', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const proposal = await propose(world, {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc: withDigits(await docOf(world, id), '4930777777'),
    });
    expect(await refusal(withdrawProposal(world.as('secondCurator'), proposal.id))).toBe('not-a-contributor');
    expect((await withdrawProposal(world.as('curator'), proposal.id)).state).toBe('withdrawn');
    expect(await refusal(editProposal(world.as('curator'), proposal.id, { summary: 'x' }, proposal.version + 1))).toBe(
      'proposal-closed',
    );
  });
});

describe('two proposals for one record', () => {
  it('are merged when they touch different fields, and approvals are asked again', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const doc = await docOf(world, id);
    const number = await propose(world, {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc: withDigits(doc, '4930777777'),
    });
    const text = await propose(world, {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc: { ...doc, names: { en: { text: 'Renamed' } } },
    });
    await approve(world, text);
    const moved = await showProposal(world.as('reviewer'), number.id);
    expect(moved).toMatchObject({ baseRevision: 2, conflictCount: 0, approvals: 0, state: 'in-review' });
    expect(moved.changes.map((c) => c.path).filter((path) => !path.startsWith('/evidence/'))).toEqual([
      '/channels/tel/value',
    ]);
    await approve(world, moved);
    const { evidence, ...merged } = await docOf(world, id);
    const { evidence: before, ...expected } = { ...withDigits(doc, '4930777777'), names: { en: { text: 'Renamed' } } };
    expect(merged).toEqual(expected);
    expect(evidence).toHaveLength(before.length + 2);
  });

  it('are shown side by side when they touch the same field, and nobody can approve before a person chose', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const doc = await docOf(world, id);
    const late = await propose(world, {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc: withDigits(doc, '4930222222'),
    });
    await amend<Entry>(world, id, (d) => withDigits(d, '4930111111'));
    const stale = await showProposal(world.as('reviewer'), late.id);
    expect(stale.conflicts).toMatchObject([
      {
        path: '/channels/tel/value',
        current: { number: { digits: '4930111111' } },
        proposed: { number: { digits: '4930222222' } },
      },
    ]);
    expect(stale.can.approve?.code).toBe('stale-base');
    const chosen = await editProposal(
      world.as('curator'),
      late.id,
      { doc: lookedAgain(world, withDigits(doc, '4930222222')), resolvedConflicts: true },
      stale.version,
    );
    expect(chosen).toMatchObject({ baseRevision: 2, conflictCount: 0 });
    const again = chosen.state === 'in-review' ? chosen : await submitProposal(world.as('curator'), late.id);
    expect((await approve(world, again)).state).toBe('applied');
    expect(JSON.stringify(await docOf(world, id))).toContain('4930222222');
  });
});

describe('the life of an entry', () => {
  it('retires with a successor, shows what countries lose, and leaves a tombstone that never gives its handle away', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world, { slug: 'old-line' });
    expect(await impactOfRecord(world.as('curator'), id, { retire: true })).toContainEqual({
      area: 'DE',
      need: 'child-help',
      before: 1,
      after: 0,
      lost: true,
    });
    const successor = await enter(world, 'entry', buildEntry({ organisation, slug: 'new-line' }));
    await retire(world, id, { reason: 'replaced-by', successors: [successor], redirect: 'auto' });
    expect(await resolveRecord(world.store.read, 'entry', 'old-line')).toMatchObject({
      state: 'retired',
      doc: { retirement: { successors: [successor] } },
    });
    const reuse = await createProposal(world.as('curator'), {
      kind: 'create',
      recordType: 'entry',
      doc: buildEntry({ organisation, slug: 'old-line' }),
    });
    expect(reuse.problems.map((p) => p.path)).toEqual(['/slug']);
  });

  it('does not retire in favour of nobody when the reason promises somebody', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const draft = await createProposal(world.as('curator'), {
      kind: 'retire',
      recordType: 'entry',
      recordId: id,
      retirement: { reason: 'replaced-by', successors: [], redirect: 'ask' },
    });
    expect(await refusal(submitProposal(world.as('curator'), draft.id))).toBe('successor-required');
    expect(await findRecord(world.store.read, id)).toMatchObject({ state: 'active' });
  });

  it('comes back from retirement only by review', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    await retire(world, id);
    const restore = await propose(world, { kind: 'restore', recordType: 'entry', recordId: id });
    expect(restore.risk).toBe('R3');
    await approve(world, restore);
    const record = await findRecord(world.store.read, id);
    expect(record).toMatchObject({ state: 'active', revision: 3 });
    expect(record?.doc).not.toHaveProperty('retirement');
  });

  it('merges two into one, the loser pointing to the winner', async () => {
    const world = await newWorld();
    const { id: winner, organisation } = await enterEntry(world);
    const loser = await enter(world, 'entry', buildEntry({ organisation }));
    const doc = await docOf(world, winner);
    const proposal = await propose(world, {
      kind: 'merge',
      recordType: 'entry',
      recordId: winner,
      mergedId: loser,
      doc: { ...doc, audience: ['child', 'parent'] },
    });
    await approve(world, proposal);
    expect(await findRecord(world.store.read, winner)).toMatchObject({ state: 'active', revision: 2 });
    expect(await findRecord(world.store.read, loser)).toMatchObject({
      state: 'retired',
      doc: { retirement: { reason: 'merged-into', successors: [winner] } },
    });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('goes back to an earlier revision only as a proposal', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const first = await docOf(world, id);
    await amend<Entry>(world, id, (d) => withDigits(d, '4930777777'));
    const revert = await revertRecord(world.as('curator'), id, 1);
    expect(revert).toMatchObject({ state: 'draft', risk: 'R2' });
    expect(JSON.stringify(await docOf(world, id))).toContain('4930777777');
    expect(await refusal(submitProposal(world.as('curator'), revert.id))).toBe('evidence-missing');
    await editProposal(world.as('curator'), revert.id, { doc: lookedAgain(world, first) }, revert.version);
    await approve(world, await submitProposal(world.as('curator'), revert.id));
    expect((await docOf(world, id)).channels).toEqual(first.channels);
  });

  it('is hidden at once by one person, confirmed by a second, and shown again only by review', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const suspended = await suspendRecord(world.as('publisher'), id, { reason: 'unsafe', note: 'Domain for sale' });
    expect(suspended).toMatchObject({
      state: 'suspended',
      suspension: { reason: 'unsafe: Domain for sale', confirmedBy: null },
    });
    expect((await showQueue(world.as('reviewer')))[0]).toMatchObject({ kind: 'suspension', urgent: true });
    expect(await refusal(confirmSuspension(world.as('publisher'), id))).toBe('second-person-needed');
    expect((await confirmSuspension(world.as('reviewer'), id)).suspension?.confirmedBy).toBe(world.people.reviewer.id);
    expect(await refusal(suspendRecord(world.as('reviewer'), id, { reason: 'unsafe', note: '' }))).toBe(
      'record-not-active',
    );
    const lift = await propose(world, { kind: 'lift', recordType: 'entry', recordId: id });
    expect(lift).toMatchObject({ risk: 'R3', requiredApprovals: 2 });
    await approve(world, lift);
    expect(await findRecord(world.store.read, id)).toMatchObject({ state: 'active' });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });
});

describe('many at once', () => {
  it('answers row by row, and every row obeys every rule', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const drafts = await Promise.all(
      [buildEntry({ organisation }), { names: {} }, buildEntry({ organisation })].map((doc) =>
        createProposal(world.as('curator'), { kind: 'create', recordType: 'entry', doc }),
      ),
    );
    const submitted = await bulkSubmit(
      world.as('curator'),
      drafts.map((d) => d.id),
    );
    expect(submitted.map((r) => r.ok)).toEqual([true, false, true]);
    const items = await Promise.all(
      drafts.map(async (d) => ({
        id: d.id,
        contentHash: (await showProposal(world.as('reviewer'), d.id)).contentHash,
      })),
    );
    const approved = await bulkReview(world.as('reviewer'), 'approve', items);
    expect(approved.map((r) => (r.ok ? r.state : r.refusal.code))).toEqual(['in-review', 'not-in-review', 'in-review']);
    expect(
      (await bulkReview(world.as('everything'), 'decline', items)).map((r) => (r.ok ? r.state : r.refusal.code)),
    ).toEqual(['comment-required', 'not-in-review', 'comment-required']);
  });
});

describe('one effect per key', () => {
  it('creates one proposal however often the request arrives, and refuses the key for another request', async () => {
    const world = await newWorld();
    const ctx = { ...world.as('curator'), idempotency: { key: 'k', requestHash: 'a' } };
    const input = { kind: 'create', recordType: 'organisation', doc: buildOrganisation() } as const;
    const first = await createProposal(ctx, input);
    expect((await createProposal(ctx, input)).id).toBe(first.id);
    expect(await refusal(createProposal({ ...ctx, idempotency: { key: 'k', requestHash: 'b' } }, input))).toBe(
      'idempotency-key-reused',
    );
    expect((await listProposals(world.as('curator'), {}, { limit: 10, offset: 0 })).total).toBe(1);
  });
});

describe('comments', () => {
  it('stay as they were written and are only resolved', async () => {
    const world = await newWorld();
    const draft = await createProposal(world.as('curator'), {
      kind: 'create',
      recordType: 'organisation',
      doc: buildOrganisation(),
    });
    const remark = await commentProposal(world.as('reviewer'), draft.id, { text: 'Which page?', path: '/website' });
    expect(await refusal(commentProposal(world.as('reviewer'), draft.id, { text: '  ' }))).toBe('comment-required');
    await resolveComment(world.as('curator'), draft.id, remark.id);
    expect(await refusal(resolveComment(world.as('curator'), draft.id, remark.id))).toBe('already-resolved');
    expect((await showProposal(world.as('curator'), draft.id)).comments).toMatchObject([
      { text: 'Which page?', path: '/website', resolvedBy: world.people.curator.id },
    ]);
    expect((await listAuditEvents(world.store.read, { action: 'proposal.comment', limit: 5, offset: 0 })).total).toBe(
      1,
    );
  });
});

describe('finding entries', () => {
  it('finds words of any script, digits, and parts of hosts', async () => {
    const world = await newWorld();
    const { organisation } = await enterEntry(world, { slug: 'a', names: { es: { text: 'Línea de ayuda' } } });
    await enterEntry(world, { organisation, slug: 'b', names: { ru: { text: 'Телефон доверия для детей' } } });
    await enterEntry(world, {
      organisation,
      slug: 'c',
      channels: [
        {
          id: 'tel',
          type: 'phone',
          value: { number: { kind: 'short', digits: '116111', country: 'DE' } },
          reach: { dialableFrom: ['DE'] },
        },
      ],
    });
    await enterEntry(world, {
      organisation,
      slug: 'd',
      channels: [{ id: 'web', type: 'url', value: { href: 'https://www.rataufdraht.example.org/' } }],
    });
    const found = async (q: string) =>
      (await listRecords(world.as('curator'), 'entry', { q }, { limit: 10, offset: 0 })).data.map((r) => r.slug).sort();
    expect(await found('línea')).toEqual(['a']);
    expect(await found('linea')).toEqual(['a']);
    expect(await found('детей')).toEqual(['b']);
    expect(await found('116111')).toEqual(['c']);
    expect(await found('aufdraht')).toEqual(['d']);
    for (const hostile of ['"', 'NEAR(', '*', 'name:x', "' OR 1=1 --", '(', 'a AND', '\u0000']) await found(hostile);
  });
});
