import { describe, expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { findProposal, findRecord, listAuditEvents, Problem, proposalsOfBatch } from '@waymark/store';
import { changing, openBatch, renaming } from '../../../../tests/support/batch.ts';
import {
  amend,
  approve,
  buildEntry,
  buildOrganisation,
  enterEntry,
  newWorld,
  type World,
} from '../../../../tests/support/world.ts';
import { bulkReview } from '../proposals/bulk.ts';
import { showProposal } from '../proposals/show.ts';
import { listBatchRows, selectRows } from './rows.ts';
import { undoBatch, type Undo } from './undo.ts';

const SOURCE = {
  kind: 'official-page',
  title: 'Contact page',
  url: 'https://help.example.org/contact',
  sensitivity: 'public',
} as const;

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.refusal.code : String(error)),
  );
}

/** Approves all of a batch that is in review, in its order. */
async function approveAll(world: World, batch: string): Promise<void> {
  for (const { id } of await selectRows(world.as('reviewer'), batch, 'approve', {}))
    await approve(world, await showProposal(world.as('reviewer'), id));
}

const rowsOf = async (world: World, batch: string) =>
  (await listBatchRows(world.as('reviewer'), batch, {}, { limit: 50, offset: 0 })).data;
const docOf = async (world: World, id: string) => (await findRecord(world.store.read, id))?.doc as Entry;
const undo = (world: World, id: string, more: Undo = {}) => undoBatch(world.as('curator'), id, more);

function withDigits(doc: Entry, digits: string): Entry {
  const [channel] = doc.channels;
  if (channel?.type === 'phone') channel.value.number.digits = digits;
  return doc;
}

describe('undoing a batch of changes', () => {
  it('proposes the old values, keeps what others changed since, and leaves the same place to a person', async () => {
    const world = await newWorld();
    const { id: plain, organisation } = await enterEntry(world);
    const { id: moved } = await enterEntry(world, { organisation });
    const { id: clashing } = await enterEntry(world, { organisation });
    const { id: back } = await enterEntry(world, { organisation });
    const ids = [plain, moved, clashing, back];
    const before = await Promise.all(ids.map((id) => docOf(world, id)));
    const rows = [];
    for (const id of ids)
      rows.push(
        await changing(world, id, (doc) => withDigits({ ...doc, names: { en: { text: 'Renamed' } } }, '4930777777')),
      );
    const { id: batch } = await openBatch(world.as('curator'), { rows });
    await approveAll(world, batch);
    await amend<Entry>(world, moved, (doc) => ({ ...doc, priority: 7 }));
    await amend<Entry>(world, clashing, (doc) => ({ ...doc, names: { en: { text: 'By somebody else' } } }));
    await amend<Entry>(world, back, () => ({ ...before[3] }));

    const made = await undo(world, batch, { title: 'Back', source: SOURCE });
    expect(made).toMatchObject({
      kind: 'undo',
      title: 'Back',
      undoes: batch,
      results: { submitted: 2, draft: 1, unchanged: 1 },
    });
    const shown = await rowsOf(world, made.id);
    // The last first.
    expect(shown.map(({ recordId, result, refusal: why }) => [recordId, result, why?.code])).toEqual([
      [back, 'unchanged', undefined],
      [clashing, 'draft', 'stale-base'],
      [moved, 'submitted', undefined],
      [plain, 'submitted', undefined],
    ]);
    const draft = await showProposal(world.as('curator'), shown[1]?.proposal?.id ?? '');
    expect(draft.conflicts.map(({ path }) => path)).toEqual(['/names/en']);
    expect(draft.contributors.map(({ part }) => part)).toContain('reverter');

    await approveAll(world, made.id);
    expect(withoutSources(await docOf(world, plain))).toEqual(withoutSources(before[0]));
    expect(withoutSources(await docOf(world, moved))).toEqual({ ...withoutSources(before[1]), priority: 7 });
    expect(await docOf(world, clashing)).toMatchObject({ names: { en: { text: 'By somebody else' } } });
  });

  it('leaves as drafts what needs a source while none is given, and says what', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world);
    const { id: renamed } = await enterEntry(world, { organisation });
    const { id: batch } = await openBatch(world.as('curator'), {
      rows: [
        await changing(world, id, (doc) => withDigits(doc, '4930777777')),
        await renaming(world, renamed, 'Renamed'),
      ],
    });
    await approveAll(world, batch);
    const made = await undo(world, batch);
    expect(made.results).toEqual({ submitted: 1, draft: 1 });
    expect((await rowsOf(world, made.id))[1]?.refusal).toMatchObject({
      code: 'evidence-missing',
      errors: [{ path: '/channels/tel/value' }],
    });
  });

  it('is reviewed like anything else, once at a time, and can be undone itself', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const name = (await docOf(world, id)).names;
    const rows = [await renaming(world, id, 'Renamed')];
    const { id: batch } = await openBatch(world.as('curator'), { rows });
    expect(await refusal(undo(world, batch))).toBe('nothing-to-undo');
    await approveAll(world, batch);
    expect(await refusal(undoBatch(world.as('reviewer'), batch, {}))).toBe('not-permitted');

    const first = await undoBatch(world.as('everything'), batch, {});
    const [proposal] = await proposalsOfBatch(world.store.read, first.id, ['in-review']);
    const seen = [{ id: proposal?.id ?? '', contentHash: proposal?.contentHash ?? '' }];
    expect(await bulkReview(world.as('everything'), 'approve', seen)).toMatchObject([
      { ok: false, refusal: { code: 'own-contribution' } },
    ]);
    expect(await refusal(undo(world, batch))).toBe('already-undone');
    expect(await bulkReview(world.as('reviewer'), 'decline', seen, 'Not yet')).toMatchObject([{ ok: true }]);

    // Declined, so it may be tried again; applied, it may not.
    const second = await undo(world, batch);
    await approveAll(world, second.id);
    expect((await docOf(world, id)).names).toEqual(name);
    expect(await refusal(undo(world, batch))).toBe('already-undone');
    const redo = await undo(world, second.id);
    await approveAll(world, redo.id);
    expect((await docOf(world, id)).names).toEqual({ en: { text: 'Renamed' } });
    const created = await listAuditEvents(world.store.read, { action: 'batch.create', limit: 1, offset: 0 });
    expect(created.data).toMatchObject([{ payload: { kind: 'undo', undoes: second.id, results: { submitted: 1 } } }]);
  });
});

describe('undoing a batch that brought and retired records', () => {
  it('lets what it brought leave with a reason, and brings back what it retired; undone, all is as it was', async () => {
    const world = await newWorld();
    const { id: gone } = await enterEntry(world);
    const organisation = world.newId();
    const entry = world.newId();
    const { id: batch } = await openBatch(world.as('curator'), {
      rows: [
        { proposal: { kind: 'create', recordType: 'organisation', doc: buildOrganisation({ id: organisation }) } },
        { proposal: { kind: 'create', recordType: 'entry', doc: buildEntry({ id: entry, organisation }) } },
        {
          proposal: {
            kind: 'retire',
            recordType: 'entry',
            recordId: gone,
            retirement: { reason: 'closed', successors: [], redirect: 'none' },
          },
        },
      ],
    });
    await approveAll(world, batch);
    const state = async (id: string) => (await findRecord(world.store.read, id))?.state;
    expect([await state(organisation), await state(entry), await state(gone)]).toEqual(['active', 'active', 'retired']);

    expect(await refusal(undo(world, batch))).toBe('input-invalid');
    expect(await refusal(undo(world, batch, { reason: 'duplicate-of' }))).toBe('input-invalid');
    const made = await undo(world, batch, { reason: 'unverifiable' });
    expect((await rowsOf(world, made.id)).map(({ proposal }) => [proposal?.kind, proposal?.recordType])).toEqual([
      ['restore', 'entry'],
      ['retire', 'entry'],
      ['retire', 'organisation'],
    ]);
    await approveAll(world, made.id);
    expect([await state(organisation), await state(entry), await state(gone)]).toEqual([
      'retired',
      'retired',
      'active',
    ]);
    expect(await docOf(world, entry)).toMatchObject({ retirement: { reason: 'unverifiable' } });
    expect((await docOf(world, gone)).retirement).toBeUndefined();

    const redo = await undo(world, made.id);
    await approveAll(world, redo.id);
    expect([await state(organisation), await state(entry), await state(gone)]).toEqual(['active', 'active', 'retired']);
    expect((await docOf(world, gone)).retirement).toMatchObject({ reason: 'closed' });
  });

  it('parts again what it merged', async () => {
    const world = await newWorld();
    const { id: stays, organisation } = await enterEntry(world);
    const { id: goes } = await enterEntry(world, { organisation, names: { en: { text: 'The other' } } });
    const names = (await docOf(world, stays)).names;
    const { id: batch } = await openBatch(world.as('curator'), {
      kind: 'bulk',
      rows: [{ proposal: { kind: 'merge', recordType: 'entry', recordId: stays, mergedId: goes } }],
    });
    await approveAll(world, batch);
    expect(await findRecord(world.store.read, goes)).toMatchObject({ state: 'retired' });
    const made = await undo(world, batch);
    expect((await rowsOf(world, made.id)).map(({ recordId, proposal }) => [recordId, proposal?.kind])).toEqual(
      expect.arrayContaining([[goes, 'restore']]),
    );
    await approveAll(world, made.id);
    expect(await findRecord(world.store.read, goes)).toMatchObject({ state: 'active' });
    expect((await docOf(world, stays)).names).toEqual(names);
  });

  it('keeps what others refer to, and what others changed since waits for a person', async () => {
    const world = await newWorld();
    const organisation = world.newId();
    const entry = world.newId();
    const { id: batch } = await openBatch(world.as('curator'), {
      rows: [
        { proposal: { kind: 'create', recordType: 'organisation', doc: buildOrganisation({ id: organisation }) } },
        { proposal: { kind: 'create', recordType: 'entry', doc: buildEntry({ id: entry, organisation }) } },
      ],
    });
    await approveAll(world, batch);
    await enterEntry(world, { organisation });
    await amend<Entry>(world, entry, (doc) => ({ ...doc, priority: 7 }));
    const made = await undo(world, batch, { reason: 'out-of-scope' });
    const rows = await rowsOf(world, made.id);
    expect(rows.map(({ recordId, result, refusal: why }) => [recordId, result, why?.code])).toEqual([
      [entry, 'draft', 'stale-content'],
      [organisation, 'refused', 'still-referred-to'],
    ]);
    expect(rows[1]).toMatchObject({ proposal: null, record: { type: 'organisation', state: 'active' } });
    expect((await findProposal(world.store.read, rows[0]?.proposal?.id ?? ''))?.state).toBe('draft');
  });
});

function withoutSources(doc: Entry | undefined): Omit<Entry, 'evidence'> | undefined {
  if (!doc) return undefined;
  const { evidence: _, ...rest } = doc;
  return rest;
}
