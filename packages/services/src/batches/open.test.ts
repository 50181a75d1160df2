import { describe, expect, it } from 'vitest';
import { refuse } from '@waymark/domain';
import {
  auditSize,
  contributorsOf,
  countBatchRows,
  findProposal,
  listAuditEvents,
  pageBatches,
  pageBatchRows,
} from '@waymark/store';
import { changing, openBatch, renaming } from '../../../../tests/support/batch.ts';
import { sql } from '../../../../tests/support/rawDatabase.ts';
import {
  buildEntry,
  buildOrganisation,
  enterEntry,
  newWorld,
  retire,
  type World,
} from '../../../../tests/support/world.ts';

const EVERY_ROW = { limit: 100, offset: 0 };
const FILE = 'a'.repeat(64);

const rowsOf = async ({ store }: World, id: string) => (await pageBatchRows(store.read, id, {}, EVERY_ROW)).rows;
const eventsOf = async ({ store }: World, action: string) =>
  (await listAuditEvents(store.read, { action, limit: 100, offset: 0 })).data;

/** Two entries, the second of which is retired and takes no change. */
async function oneThatRefuses(world: World) {
  const { id, organisation } = await enterEntry(world);
  const gone = await enterEntry(world, { organisation });
  const rows = [await renaming(world, id, 'Renamed'), await renaming(world, gone.id, 'Renamed too')];
  await retire(world, gone.id);
  return { id, gone: gone.id, rows };
}

describe('a batch', () => {
  it('drafts and submits a proposal for each row in one change, and says what became of each', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world);
    const other = await enterEntry(world, { organisation });
    const withoutSource = await changing(world, other.id, (doc) => doc);
    const doc = structuredClone(withoutSource.proposal.doc) as ReturnType<typeof buildEntry> & { id: string };
    const [tel] = doc.channels;
    if (tel?.type === 'phone') tel.value.number.digits = '4930777777';
    doc.evidence = doc.evidence.slice(0, 1);
    const organisationId = world.newId();
    const { results, id: batch } = await openBatch(world.as('curator'), {
      request: { fileSha256: FILE, file: 'list.xlsx' },
      rows: [
        // Needed by what follows: what is drafted in the same change may refer to it.
        { proposal: { kind: 'create', recordType: 'organisation', doc: buildOrganisation({ id: organisationId }) } },
        { row: 2, ...(await renaming(world, id, 'Renamed')) },
        { row: 3, proposal: { ...withoutSource.proposal, doc } },
        {
          row: 4,
          proposal: { kind: 'create', recordType: 'entry', doc: buildEntry({ organisation: organisationId }) },
        },
        { row: 5, ...(await renaming(world, other.id, 'Held')), hold: refuse('stale-base') },
        { row: 6, result: 'unchanged', recordId: id },
        { row: 7, result: 'rejected', refusal: refuse('input-invalid', 'No number'), detail: { column: 'Phone' } },
      ],
    });

    expect(results).toEqual({ submitted: 3, draft: 2, unchanged: 1, rejected: 1 });
    const rows = await rowsOf(world, batch);
    expect(rows.map(({ row, result, refusal, proposal }) => [row, result, refusal?.code, proposal?.state])).toEqual([
      [null, 'submitted', undefined, 'in-review'],
      [2, 'submitted', undefined, 'in-review'],
      [3, 'draft', 'evidence-missing', 'draft'],
      [4, 'submitted', undefined, 'in-review'],
      [5, 'draft', 'stale-base', 'draft'],
      [6, 'unchanged', undefined, undefined],
      [7, 'rejected', 'input-invalid', undefined],
    ]);
    expect(rows[2]?.refusal?.errors?.map(({ path }) => path)).toEqual(['/channels/tel/value']);
    expect(rows[6]?.detail).toEqual({ column: 'Phone' });
    expect(await countBatchRows(world.store.read, batch)).toEqual({ results, states: { 'in-review': 3, draft: 2 } });
  });

  it('names its author contributor of each proposal, and where each came from in the log', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const { id: batch } = await openBatch(world.as('curator'), {
      request: { fileSha256: FILE },
      rows: [{ row: 17, ...(await renaming(world, id, 'Renamed')) }],
    });
    const [row] = await rowsOf(world, batch);
    const proposalId = row?.proposalId ?? '';
    const { id: curator } = world.people.curator;
    expect(await findProposal(world.store.read, proposalId)).toMatchObject({ authorId: curator, recordId: id });
    const contributors = await contributorsOf(world.store.read, proposalId);
    expect(new Set(contributors.map(({ userId }) => userId))).toEqual(new Set([curator]));
    expect(new Set(contributors.map(({ part }) => part))).toEqual(new Set(['author', 'importer', 'submitter']));
    const [created] = (await eventsOf(world, 'proposal.create')).filter(({ subject }) => subject.endsWith(proposalId));
    expect(created).toMatchObject({ actor: curator, payload: { batch, fileSha256: FILE, row: 17, part: 'importer' } });
    expect(await eventsOf(world, 'batch.create')).toMatchObject([
      {
        actor: curator,
        subject: `batch:${batch}`,
        payload: { kind: 'import', request: { fileSha256: FILE }, results: { submitted: 1 } },
      },
    ]);
  });

  it('leaves nothing at all when one row is refused and it is all or nothing', async () => {
    const world = await newWorld();
    const { rows, id } = await oneThatRefuses(world);
    const { read } = world.store;
    const before = await auditSize(read);
    await expect(openBatch(world.as('curator'), { rows })).rejects.toMatchObject({
      refusal: { code: 'record-not-active' },
    });
    expect(await auditSize(read)).toBe(before);
    expect((await pageBatches(read, EVERY_ROW)).total).toBe(0);
    // The first row is free as if nobody had asked: the same batch without the other goes through.
    const { results } = await openBatch(world.as('curator'), { rows: rows.slice(0, 1) });
    expect(results).toEqual({ submitted: 1 });
    expect((await rowsOf(world, (await pageBatches(read, EVERY_ROW)).rows[0]?.id ?? ''))[0]?.recordId).toBe(id);
  });

  it('refuses a row alone where rows stand for themselves', async () => {
    const world = await newWorld();
    const { rows, id } = await oneThatRefuses(world);
    const { id: batch, results } = await openBatch(world.as('curator'), { kind: 'bulk', rows, onRefusal: 'list' });
    expect(results).toEqual({ submitted: 1, refused: 1 });
    const [first, second] = await rowsOf(world, batch);
    expect(first).toMatchObject({ recordId: id, result: 'submitted', refusal: null });
    expect(second).toMatchObject({ result: 'refused', refusal: { code: 'record-not-active' }, proposalId: null });
  });

  it('is for those who write proposals, and never changes afterwards', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const rows = [await renaming(world, id, 'Renamed')];
    await expect(openBatch(world.as('reviewer'), { rows })).rejects.toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    const { id: batch } = await openBatch(world.as('curator'), { rows });
    for (const statement of [
      `update batch set title = 'Another' where id = ?`,
      `delete from batch where id = ?`,
      `update batch_row set result = 'refused' where batch_id = ?`,
      `delete from batch_row where batch_id = ?`,
    ])
      expect(() => sql(world, statement, [batch]), statement).toThrow(/never/);
  });
});
