import { describe, expect, it } from 'vitest';
import { countBatchRows, listAuditEvents, Problem, proposalsOfBatch } from '@waymark/store';
import { openBatch, renaming } from '../../../../tests/support/batch.ts';
import { approve, enterEntry, newWorld, type World } from '../../../../tests/support/world.ts';
import { createProposal } from '../proposals/create.ts';
import { editProposal } from '../proposals/edit.ts';
import { showProposal } from '../proposals/show.ts';
import { showQueue } from '../queue/show.ts';
import { listBatches } from './list.ts';
import { listBatchRows, selectRows } from './rows.ts';
import { showBatch } from './show.ts';
import { withdrawBatch } from './withdraw.ts';

const PAGE = { limit: 25, offset: 0 };

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.refusal.code : String(error)),
  );
}

/** Three renamed entries in one batch by the curator. */
async function threeRenamed(world: World) {
  const { id, organisation } = await enterEntry(world);
  const ids = [id];
  while (ids.length < 3) ids.push((await enterEntry(world, { organisation })).id);
  const rows = [];
  for (const [n, each] of ids.entries()) rows.push({ row: n + 2, ...(await renaming(world, each, `Renamed ${n}`)) });
  const batch = await openBatch(world.as('curator'), { title: 'Three', rows });
  const proposals = await proposalsOfBatch(world.store.read, batch.id, ['in-review']);
  return { batch: batch.id, ids, proposals };
}

describe('a batch as a person sees it', () => {
  it('shows each row with its changes, and what the asking person may decide', async () => {
    const world = await newWorld();
    const { batch, proposals } = await threeRenamed(world);
    const [first] = proposals;
    await approve(world, await showProposal(world.as('reviewer'), first?.id ?? ''));
    const { data, total } = await listBatchRows(world.as('reviewer'), batch, {}, PAGE);
    expect(total).toBe(3);
    expect(data.map(({ row, proposal }) => [row, proposal?.state, proposal?.can.approve?.code])).toEqual([
      [2, 'applied', 'proposal-closed'],
      [3, 'in-review', undefined],
      [4, 'in-review', undefined],
    ]);
    expect(data[1]?.proposal).toMatchObject({ risk: 'R1', approvals: 0, requiredApprovals: 1 });
    expect(data[1]?.proposal?.changes.find(({ path }) => path === '/names/en')).toMatchObject({
      op: 'changed',
      after: { text: 'Renamed 1' },
    });
    const own = await listBatchRows(world.as('curator'), batch, { states: ['in-review'] }, { limit: 1, offset: 1 });
    expect(own).toMatchObject({
      total: 2,
      data: [{ row: 4, proposal: { can: { approve: { code: 'not-permitted' } } } }],
    });
    expect((await listBatchRows(world.as('curator'), batch, { risks: ['R3'] }, PAGE)).total).toBe(0);
    expect((await listBatchRows(world.as('curator'), batch, { q: 'renamed 2' }, PAGE)).total).toBe(1);
    expect((await listBatches(world.as('visitor'), PAGE)).data).toMatchObject([
      { id: batch, title: 'Three', results: { submitted: 3 }, states: { applied: 1, 'in-review': 2 } },
    ]);
  });

  it('names what a reviewer may approve across all pages, and nothing to whoever contributed', async () => {
    const world = await newWorld();
    const { batch, proposals } = await threeRenamed(world);
    const [, second] = proposals;
    const all = await selectRows(world.as('everything'), batch, 'approve', {});
    expect(all.map(({ id, contentHash }) => [id, contentHash])).toEqual(proposals.map((p) => [p.id, p.contentHash]));
    await editProposal(
      world.as('everything'),
      second?.id ?? '',
      { doc: { ...(second?.doc as object), priority: 7 } },
      2,
    );
    expect(await selectRows(world.as('everything'), batch, 'approve', {})).toHaveLength(2);
    expect(await selectRows(world.as('curator'), batch, 'approve', {})).toEqual([]);
    expect((await selectRows(world.as('curator'), batch, 'submit', {})).map(({ id }) => id)).toEqual([second?.id]);
    expect(await showBatch(world.as('reviewer'), batch)).toMatchObject({
      can: { withdraw: { code: 'not-permitted' } },
    });
  });

  it('is one line in the queue of those who review it, beside proposals of no batch', async () => {
    const world = await newWorld();
    const { batch, ids, proposals } = await threeRenamed(world);
    const alone = await createProposal(world.as('curator'), {
      kind: 'update',
      recordType: 'entry',
      recordId: ids[0] ?? '',
    });
    const waiting = await showQueue(world.as('reviewer'));
    expect(waiting.filter(({ kind }) => kind === 'review')).toMatchObject([
      { id: batch, title: 'Three', href: `/batches/${batch}?state=in-review`, proposals: 3, risk: 'R1' },
    ]);
    expect((await showQueue(world.as('curator'))).map(({ id }) => id)).toContain(alone.id);
    await approve(world, await showProposal(world.as('reviewer'), proposals[0]?.id ?? ''));
    expect((await showQueue(world.as('reviewer')))[0]).toMatchObject({ id: batch, proposals: 2 });
  });

  it('is known to each of its proposals', async () => {
    const world = await newWorld();
    const { batch, proposals } = await threeRenamed(world);
    expect((await showProposal(world.as('reviewer'), proposals[1]?.id ?? '')).batch).toEqual({
      id: batch,
      kind: 'import',
      title: 'Three',
      row: 3,
      file: null,
      proposals: 3,
    });
  });
});

describe('withdrawing a batch', () => {
  it('takes back all that is open in one change, and leaves what was decided', async () => {
    const world = await newWorld();
    const { batch, proposals } = await threeRenamed(world);
    await approve(world, await showProposal(world.as('reviewer'), proposals[0]?.id ?? ''));
    const view = await withdrawBatch(world.as('curator'), batch);
    expect(view).toMatchObject({ states: { applied: 1, withdrawn: 2 }, can: { withdraw: { code: 'batch-closed' } } });
    const events = await listAuditEvents(world.store.read, { action: 'batch.withdraw', limit: 5, offset: 0 });
    expect(events.data).toMatchObject([
      { subject: `batch:${batch}`, payload: { withdrawn: 2, before: { applied: 1, 'in-review': 2 } } },
    ]);
    expect(await refusal(withdrawBatch(world.as('curator'), batch))).toBe('batch-closed');
  });

  it('is for those who contributed to all of it, and nothing happens otherwise', async () => {
    const world = await newWorld();
    const { batch, proposals } = await threeRenamed(world);
    const [first] = proposals;
    await editProposal(
      world.as('secondCurator'),
      first?.id ?? '',
      { doc: { ...(first?.doc as object), priority: 7 } },
      2,
    );
    expect(await refusal(withdrawBatch(world.as('secondCurator'), batch))).toBe('not-a-contributor');
    expect(await refusal(withdrawBatch(world.as('reviewer'), batch))).toBe('not-permitted');
    expect(await refusal(withdrawBatch(world.as('curator'), world.newId()))).toBe('not-found');
    expect(await countBatchRows(world.store.read, batch)).toMatchObject({ states: { draft: 1, 'in-review': 2 } });
  });
});
