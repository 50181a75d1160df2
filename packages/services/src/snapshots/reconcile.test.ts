import { describe, expect, it } from 'vitest';
import { findSnapshot, listAuditEvents, snapshotsIn } from '@waymark/store';
import { sha256 } from '@waymark/tuf';
import { download, filesIn, manifestIn, publishAs, publishingOf, recordsIn } from '../../../../tests/support/tree.ts';
import { amend, enterEntry, newWorld, type World } from '../../../../tests/support/world.ts';
import { verifyAudit } from '../audit/verify.ts';
import { suspendRecord } from '../records/suspend.ts';
import { publishRemovals } from './patch.ts';
import { prepareSnapshot } from './prepare.ts';
import { publishSnapshot } from './publish.ts';
import type { Publishing } from './publishing.ts';
import { reconcileSnapshots } from './reconcile.ts';
import { resumePublishing } from './resume.ts';

/** The process ends here: no handler runs, nothing is cleaned up. */
class PowerCut extends Error {}

// Twenty files that only their hash names are written alike: the first and the last of them stand for all.
const isLikeTheOthers = (step: string) => /targets\//.test(step) && !/\.(directory\.json|manifest\.json)$/.test(step);

/** Ends the process at the n-th durable step of the tree. */
function cutAt(n: number) {
  let step = 0;
  const at = { name: '' };
  return {
    at,
    onStep(name: string) {
      if (isLikeTheOthers(name)) return;
      if (step === n) {
        at.name = name;
        throw new PowerCut(name);
      }
      step += 1;
    },
  };
}

/** What clients get, by sequence and content; each file the one that the manifest among them names. */
async function seen(publishing: Publishing) {
  const snapshot = await download(publishing);
  for (const file of manifestIn(snapshot).files) expect(sha256(snapshot.targets.get(file.path)!)).toBe(file.sha256);
  const [entry] = recordsIn(snapshot).filter(({ type }) => type === 'entry');
  const name = entry?.type === 'entry' ? entry.names['en']?.text : undefined;
  return { sequence: manifestIn(snapshot).sequence, name };
}

async function rename(world: World, id: string, text: string): Promise<void> {
  await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text } } }));
}

describe('a power cut while publishing', () => {
  it('leaves clients the old snapshot or the new one at every step, and the next start settles which', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world);
    await publishAs(world, publishing);
    let old = await seen(publishing);
    const outcomes = new Set<string>();
    for (let n = 0; ; n += 1) {
      await rename(world, id, `Name ${n}`);
      const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
      const { at, onStep } = cutAt(n);
      const cut = await publishSnapshot(world.as('publisher'), publishing, sequence, { onStep }).catch(
        (error: unknown) => error,
      );
      if (!(cut instanceof PowerCut)) break;
      world.reopen();
      const fresh = { sequence, name: `Name ${n}` };
      const found = await seen(publishing);
      expect([old, fresh], at.name).toContainEqual(found);
      const isNew = found.sequence === sequence;
      outcomes.add(isNew ? 'new' : 'old');

      const settled = await reconcileSnapshots(world.asSystem('start'), publishing);
      expect(settled, at.name).toEqual(
        isNew ? { completed: [sequence], returned: [] } : { completed: [], returned: [sequence] },
      );
      expect((await findSnapshot(world.store.read, sequence))?.state).toBe(isNew ? 'published' : 'prepared');
      if (!isNew) await publishSnapshot(world.as('publisher'), publishing, sequence);
      expect(await seen(publishing), at.name).toEqual(fresh);
      old = fresh;
    }
    expect(outcomes).toEqual(new Set(['old', 'new']));
    expect(await filesIn(publishing.stagingDir)).toEqual({});
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  }, 900_000);

  it('needs no call of its own: the next prepare settles it too', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world);
    await publishAs(world, publishing);
    await rename(world, id, 'Second');
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const isLast = (name: string) => {
      if (name === 'sync metadata/timestamp.json') throw new PowerCut(name);
    };
    await expect(publishSnapshot(world.as('publisher'), publishing, sequence, { onStep: isLast })).rejects.toThrow(
      PowerCut,
    );
    expect((await findSnapshot(world.store.read, sequence))?.state).toBe('publishing');
    await rename(world, id, 'Third');
    const next = await prepareSnapshot(world.as('publisher'), publishing);
    expect(next.difference.changed).toHaveLength(1);
    expect((await findSnapshot(world.store.read, sequence))?.state).toBe('published');
  });

  it('is written down: what clients got, by the system; what they did not get, as taken back', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await expect(publishSnapshot(world.as('publisher'), publishing, sequence, cutAt(0))).rejects.toThrow(PowerCut);
    await reconcileSnapshots(world.asSystem('start'), publishing);
    const { data } = await listAuditEvents(world.store.read, {
      subject: `snapshot:${sequence}`,
      order: 'asc',
      limit: 9,
      offset: 0,
    });
    expect(data).toMatchObject([
      { action: 'snapshot.freeze' },
      { action: 'snapshot.prepare' },
      { action: 'snapshot.begin', actor: world.people.publisher.id },
      { action: 'snapshot.abort', actor: 'system:publisher', payload: { now: 'prepared' } },
    ]);
    expect(await reconcileSnapshots(world.asSystem('start'), publishing)).toEqual({ completed: [], returned: [] });
  });
});

describe('a power cut while an entry is taken out', () => {
  it('leaves the old snapshot or the patch at every step, and the next start takes the entry out', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { organisation } = await enterEntry(world);
    await publishAs(world, publishing);
    for (let n = 0; ; n += 6) {
      const { id } = await enterEntry(world, { organisation });
      await publishAs(world, publishing);
      await suspendRecord(world.as('curator'), id, { reason: 'unsafe', note: '' });
      const { at, onStep } = cutAt(n);
      const cut = await publishRemovals(world.asSystem('test'), publishing, { onStep }).catch(
        (error: unknown) => error,
      );
      if (!(cut instanceof PowerCut)) break;
      world.reopen();
      await seen(publishing);
      const resumed = await resumePublishing(world.asSystem('start'), publishing);
      expect(resumed.problems, at.name).toEqual([]);
      expect(
        recordsIn(await download(publishing)).map((record) => record.id),
        at.name,
      ).not.toContain(id);
      expect(await snapshotsIn(world.store.read, 'publishing')).toEqual([]);
      // So that the next patch has a full snapshot before it again.
      await rename(world, (await enterEntry(world, { organisation })).id, `Name ${n}`);
    }
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  }, 900_000);
});

describe('a tree and a database that do not belong together', () => {
  it('never number backwards: after an old database was restored the tree says what comes next', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world);
    await publishAs(world, publishing);
    const other = await newWorld();
    const restored: Publishing = { ...publishing, stagingDir: `${other.dir}/staging` };
    const row = await prepareSnapshot(other.as('publisher'), restored);
    expect(row.sequence).toBe(2);
    expect(row.difference.removed.map((record) => record.id)).toContain(id);
    expect(row.gate.needsSecond).toBe(true);
  });

  it('go on when the tree was lost: the first snapshot of a new one is compared with nothing', async () => {
    const world = await newWorld();
    await enterEntry(world);
    await publishAs(world, await publishingOf(world));
    const fresh = await publishingOf({ ...world, dir: `${world.dir}/again` });
    const row = await publishAs(world, fresh);
    expect(row).toMatchObject({ sequence: 2, state: 'published', targetsVersion: 1 });
    expect(manifestIn(await download(fresh)).previous).toBeNull();
  });
});
