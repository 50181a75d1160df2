import { describe, expect, it } from 'vitest';
import { listAuditEvents } from '@waymark/store';
import {
  download,
  filesIn,
  manifestIn,
  linesOf,
  publishAs,
  publishingOf,
  recordsIn,
} from '../../../../tests/support/tree.ts';
import { amend, approve, enterEntry, newWorld, propose, retire } from '../../../../tests/support/world.ts';
import { verifyAudit } from '../audit/verify.ts';
import { checkSnapshot } from './check.ts';
import { listSnapshots } from './list.ts';
import { publishRemovals, suspendAndRemove } from './patch.ts';
import { prepareSnapshot } from './prepare.ts';
import { resumePublishing } from './resume.ts';

const unsafe = { reason: 'unsafe', note: 'the domain was taken over' } as const;

/** Two entries that clients see. */
async function publishedPair() {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const { id, organisation } = await enterEntry(world, { names: { en: { text: 'Stays' } } });
  const { id: bad } = await enterEntry(world, { organisation, names: { en: { text: 'Goes' } } });
  await publishAs(world, publishing);
  return { world, publishing, id, bad, organisation };
}

describe('a suspension', () => {
  it('takes the entry from clients at once, by one person who is no publisher', async () => {
    const { world, publishing, id, bad } = await publishedPair();
    const { record, clients } = await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    expect(record.state).toBe('suspended');
    expect(clients).toEqual({ state: 'removed', sequence: 2 });
    const snapshot = await download(publishing);
    await checkSnapshot(snapshot.targets);
    const ids = recordsIn(snapshot).map((r) => r.id);
    expect(ids).toContain(id);
    expect(ids).not.toContain(bad);
    expect(manifestIn(snapshot)).toMatchObject({
      kind: 'patch',
      sequence: 2,
      previous: { sequence: 1 },
      changes: { added: [], changed: [], retired: [], suspended: [bad] },
    });
    expect(JSON.parse(String(snapshot.targets.get('v1/changelog.json')))).toMatchObject({
      snapshots: [
        { sequence: 2, kind: 'patch', suspended: [{ id: bad, name: 'Goes' }] },
        { sequence: 1, kind: 'full' },
      ],
    });
  });

  it('is shown among snapshots with what countries lose, and is in the log', async () => {
    const { world, publishing, bad } = await publishedPair();
    await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    const { data } = await listSnapshots(world.as('publisher'), publishing, {}, { limit: 5, offset: 0 });
    expect(data[0]).toMatchObject({
      sequence: 2,
      kind: 'patch',
      state: 'published',
      preparedBy: 'system:publisher',
      gate: { needsSecond: false },
    });
    expect(data[0]?.difference).toMatchObject({ suspended: [{ id: bad }], removed: [] });
    expect(data[0]?.difference.effects).toContainEqual({
      area: 'DE',
      need: 'child-help',
      before: 2,
      after: 1,
      lost: false,
    });
    const log = await listAuditEvents(world.store.read, { subject: 'snapshot:2', order: 'asc', limit: 5, offset: 0 });
    expect(log.data.map(({ action }) => action)).toEqual(['snapshot.freeze', 'snapshot.prepare', 'snapshot.publish']);
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });

  it('brings nothing in that was approved meanwhile', async () => {
    const { world, publishing, id, bad, organisation } = await publishedPair();
    const before = recordsIn(await download(publishing));
    await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text: 'Approved, not published' } } }));
    await amend<object>(world, organisation, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
    const { id: added } = await enterEntry(world, { organisation });
    await retire(world, added);
    await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    const snapshot = await download(publishing);
    expect(recordsIn(snapshot)).toEqual(before.filter((record) => record.id !== bad));
    expect(linesOf(snapshot.targets, 'v1/tombstones.ndjson')).toEqual([]);
    const everything = [...snapshot.targets.values()].join('');
    expect(everything).not.toMatch(/Approved, not published|Renamed/);
  });

  it('makes what was prepared before it outdated', async () => {
    const { world, publishing, id, bad } = await publishedPair();
    await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text: 'New' } } }));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    const { data } = await listSnapshots(world.as('publisher'), publishing, {}, { limit: 5, offset: 0 });
    expect(data.find((row) => row.sequence === sequence)).toMatchObject({ state: 'prepared', outdated: true });
  });

  it('of an entry nobody ever saw publishes nothing', async () => {
    const { world, publishing, organisation } = await publishedPair();
    const { id } = await enterEntry(world, { organisation });
    const tree = await filesIn(publishing.repoDir);
    const { clients } = await suspendAndRemove(world.as('curator'), publishing, id, unsafe);
    expect(clients).toEqual({ state: 'never-published' });
    expect(await filesIn(publishing.repoDir)).toEqual(tree);
  });

  it('stands when the tree cannot be written; the report says so, and the next start removes the entry', async () => {
    const { world, publishing, bad } = await publishedPair();
    const off = { ...publishing, keys: null, online: null };
    const { record, clients } = await suspendAndRemove(world.as('curator'), off, bad, unsafe);
    expect(record.state).toBe('suspended');
    expect(clients).toMatchObject({ state: 'still-shown', why: { code: 'publishing-off' } });
    expect(recordsIn(await download(publishing)).map((r) => r.id)).toContain(bad);
    const resumed = await resumePublishing(world.asSystem('start'), publishing);
    expect(resumed).toMatchObject({ removals: { kind: 'patch', state: 'published' }, problems: [] });
    expect(recordsIn(await download(publishing)).map((r) => r.id)).not.toContain(bad);
  });

  it('says the same to two people who suspend two entries at the same moment', async () => {
    const { world, publishing, id, bad } = await publishedPair();
    const suspend = (person: 'curator' | 'reviewer', entry: string) =>
      suspendAndRemove(world.as(person), publishing, entry, unsafe);
    const [one, two] = await Promise.all([suspend('curator', id), suspend('reviewer', bad)]);
    expect(one.clients.state).toBe('removed');
    expect(two.clients.state).toBe('removed');
    expect(recordsIn(await download(publishing)).filter(({ type }) => type === 'entry')).toEqual([]);
  });

  it('is not asked of the tree twice', async () => {
    const { world, publishing, bad } = await publishedPair();
    await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    const tree = await filesIn(publishing.repoDir);
    expect(await publishRemovals(world.asSystem('start'), publishing)).toBeUndefined();
    expect(await filesIn(publishing.repoDir)).toEqual(tree);
  });

  it('ends with a review, and the next full snapshot shows the entry again', async () => {
    const { world, publishing, bad } = await publishedPair();
    await suspendAndRemove(world.as('curator'), publishing, bad, unsafe);
    await approve(
      world,
      await propose(world, { kind: 'lift', recordType: 'entry', recordId: bad, summary: 'Ours again' }),
    );
    await publishAs(world, publishing);
    const snapshot = await download(publishing);
    expect(recordsIn(snapshot).map((r) => r.id)).toContain(bad);
    expect(manifestIn(snapshot)).toMatchObject({ kind: 'full', sequence: 3, changes: { added: [bad], suspended: [] } });
  });
});
