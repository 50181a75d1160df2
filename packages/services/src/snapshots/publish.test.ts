import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditProofDefect, type RefusalCode } from '@waymark/domain';
import {
  auditHead,
  currentPolicy,
  findSnapshot,
  listAuditEvents,
  Problem,
  snapshotsIn,
  type Context,
} from '@waymark/store';
import { download, filesIn, manifestIn, publishAs, publishingOf, recordsIn } from '../../../../tests/support/tree.ts';
import { amend, buildEntry, enter, enterEntry, newWorld, retire, type World } from '../../../../tests/support/world.ts';
import { confirmAdminRequest } from '../adminRequests/confirm.ts';
import { verifyAudit } from '../audit/verify.ts';
import { requestPolicyChange } from '../policies/request.ts';
import { suspendRecord } from '../records/suspend.ts';
import { confirmSnapshot } from './confirm.ts';
import { discardSnapshot } from './discard.ts';
import { listSnapshots, showSnapshot } from './list.ts';
import { publishRemovals } from './patch.ts';
import { prepareSnapshot } from './prepare.ts';
import { publishSnapshot } from './publish.ts';
import { openPublishing, type Publishing } from './publishing.ts';
import { resignSnapshots } from './resign.ts';
import { snapshotStatus } from './status.ts';

type Text = { names: { en: { text: string } } };
const renamed = (text: string) => (doc: Text) => ({ ...doc, names: { en: { text } } });

async function codeOf(work: Promise<unknown>): Promise<RefusalCode> {
  const outcome: unknown = await work.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  );
  if (outcome instanceof Problem) return outcome.refusal.code;
  throw outcome;
}

/** What a refused step must leave untouched: the tree, every snapshot row, the log. */
async function traceOf(world: World, publishing: Publishing) {
  const { data } = await listSnapshots(world.as('visitor'), publishing, {}, { limit: 50, offset: 0 });
  const { total } = await listAuditEvents(world.store.read, { limit: 1, offset: 0 });
  return {
    tree: await filesIn(publishing.repoDir),
    rows: data.map(({ sequence, state, confirmedBy, publishedBy }) => ({ sequence, state, confirmedBy, publishedBy })),
    events: total,
  };
}

async function refusesAndWritesNothing(
  world: World,
  publishing: Publishing,
  work: () => Promise<unknown>,
  code: RefusalCode,
): Promise<void> {
  const before = await traceOf(world, publishing);
  expect(await codeOf(work())).toBe(code);
  expect(await traceOf(world, publishing)).toEqual(before);
}

async function actionsOn(world: World, sequence: number) {
  const { data } = await listAuditEvents(world.store.read, {
    subject: `snapshot:${sequence}`,
    order: 'asc',
    limit: 20,
    offset: 0,
  });
  return data;
}

/** A published directory of `entries` entries for Germany and one for France. */
async function publishedWorld(entries = 3) {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const { id: france, organisation } = await enterEntry(world, {
    serves: [{ area: 'FR', basis: 'any', strength: 'primary' }],
  });
  const german: string[] = [];
  for (let n = 0; n < entries; n += 1) german.push((await enterEntry(world, { organisation })).id);
  await publishAs(world, publishing);
  return { world, publishing, organisation, france, german };
}

/** A prepared snapshot that takes France its last entry. */
async function largeLoss() {
  const prepared = await publishedWorld();
  await retire(prepared.world, prepared.france);
  const row = await prepareSnapshot(prepared.world.as('publisher'), prepared.publishing);
  return { ...prepared, row };
}

describe('preparing', () => {
  it('shows what changes for people and publishes nothing', async () => {
    const { world, publishing, organisation, german, france } = await publishedWorld();
    const tree = await filesIn(publishing.repoDir);
    await amend<{ channels: { id: string; value: object }[] }>(world, german[0]!, (doc) => ({
      ...doc,
      channels: doc.channels.map((c) =>
        c.id === 'tel' ? { ...c, value: { number: { kind: 'e164', digits: '4930999999' } } } : c,
      ),
    }));
    const added = await enter(
      world,
      'entry',
      buildEntry({ organisation, serves: [{ area: 'AT', basis: 'any', strength: 'primary' }] }),
    );
    await retire(world, france);
    const { state, difference, gate } = await prepareSnapshot(world.as('publisher'), publishing);
    expect(state).toBe('prepared');
    expect(difference.added).toMatchObject([{ id: added }]);
    expect(difference.removed).toMatchObject([{ id: france }]);
    expect(difference.changed).toMatchObject([{ id: german[0] }]);
    expect(difference.changed[0]?.changes).toContainEqual({
      path: '/channels/tel/value',
      op: 'changed',
      class: 'contact-value',
      label: 'Contact',
      before: { number: { kind: 'e164', digits: '4930123456' } },
      after: { number: { kind: 'e164', digits: '4930999999' } },
    });
    expect(difference.effects).toContainEqual({ area: 'FR', need: 'child-help', before: 1, after: 0, lost: true });
    expect(difference.effects).toContainEqual({ area: 'AT', need: 'child-help', before: 0, after: 1, lost: false });
    expect(difference.totals).toEqual({
      added: 1,
      removed: 1,
      changed: 1,
      reverified: 0,
      suspended: 0,
      effects: 4,
      lost: 2,
    });
    expect(gate).toEqual({
      needsSecond: true,
      reasons: ['1 of 4 entries leave, which is more than 5 %', 'The last entry leaves: FR'],
    });
    expect(await filesIn(publishing.repoDir)).toEqual(tree);
  });

  it.each(['curator', 'reviewer', 'admin', 'visitor'] as const)('is not for a %s', async (person) => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    await enterEntry(world);
    await refusesAndWritesNothing(
      world,
      publishing,
      () => prepareSnapshot(world.as(person), publishing),
      'not-permitted',
    );
    expect(await filesIn(publishing.stagingDir)).toEqual({});
  });

  it('refuses when nothing changed, and keeps no files of it', async () => {
    const { world, publishing } = await publishedWorld(1);
    await refusesAndWritesNothing(
      world,
      publishing,
      () => prepareSnapshot(world.as('publisher'), publishing),
      'nothing-to-publish',
    );
    expect(await filesIn(publishing.stagingDir)).toEqual({});
  });

  it('lets the same content be published again once the window of its signature is open, not before', async () => {
    const { world, publishing } = await publishedWorld(1);
    const { contentDigest } = manifestIn(await download(publishing));
    world.wait({ days: 74 });
    expect(await codeOf(publishAs(world, publishing))).toBe('nothing-to-publish');
    world.wait({ days: 2 });
    const row = await publishAs(world, publishing);
    expect(row).toMatchObject({ sequence: 2, contentDigest, targetsVersion: 2 });
  });

  it('replaces what was prepared before, in one step', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('One'));
    const first = await prepareSnapshot(world.as('publisher'), publishing);
    await amend<Text>(world, german[0]!, renamed('Two'));
    const second = await prepareSnapshot(world.as('publisher'), publishing);
    expect(await showSnapshot(world.as('publisher'), publishing, first.sequence)).toMatchObject({ state: 'discarded' });
    expect(second).toMatchObject({ sequence: first.sequence + 1, state: 'prepared', outdated: false });
    expect((await actionsOn(world, first.sequence)).map(({ action }) => action)).toEqual([
      'snapshot.freeze',
      'snapshot.prepare',
      'snapshot.discard',
    ]);
  });

  it('does not build on a tree that was damaged', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('One'));
    await appendFile(join(publishing.repoDir, 'metadata/1.targets.json'), ' ');
    const prepare = () => prepareSnapshot(world.as('publisher'), publishing);
    await refusesAndWritesNothing(world, publishing, prepare, 'storage-failed');
    expect(await codeOf(snapshotStatus(world.as('publisher'), publishing))).toBe('storage-failed');
    expect(await codeOf(publishRemovals(world.asSystem('start'), publishing))).toBe('storage-failed');
  });

  it('prepares once however often the same request arrives', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('One'));
    const ctx: Context = { ...world.as('publisher'), idempotency: { key: 'k', requestHash: 'h' } };
    const first = await prepareSnapshot(ctx, publishing);
    const again = await prepareSnapshot(ctx, publishing);
    expect(again.sequence).toBe(first.sequence);
    expect(await snapshotsIn(world.store.read, 'prepared')).toHaveLength(1);
    await publishSnapshot(world.as('publisher'), publishing, first.sequence);
  });
});

describe('the gate', () => {
  it('refuses a large loss to one publisher, and writes nothing', async () => {
    const { world, publishing, row } = await largeLoss();
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('publisher'), publishing, row.sequence),
      'gate-second-publisher',
    );
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('secondPublisher'), publishing, row.sequence),
      'gate-second-publisher',
    );
  });

  it('refuses the preparer as the second person, and a second person without a reason', async () => {
    const { world, publishing, row } = await largeLoss();
    const confirm = (person: 'publisher' | 'secondPublisher' | 'admin', reason: string) => () =>
      confirmSnapshot(world.as(person), publishing, row.sequence, reason);
    await refusesAndWritesNothing(world, publishing, confirm('publisher', 'It closed'), 'second-person-needed');
    await refusesAndWritesNothing(world, publishing, confirm('admin', 'It closed'), 'not-permitted');
    await refusesAndWritesNothing(world, publishing, confirm('secondPublisher', '  '), 'comment-required');
  });

  it('refuses the one who confirmed as the one who publishes', async () => {
    const { world, publishing, row } = await largeLoss();
    await confirmSnapshot(world.as('secondPublisher'), publishing, row.sequence, 'It closed, see the register');
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('secondPublisher'), publishing, row.sequence),
      'gate-second-publisher',
    );
  });

  it('opens for two publishers, and the log keeps the reason', async () => {
    const { world, publishing, row, france } = await largeLoss();
    await confirmSnapshot(world.as('secondPublisher'), publishing, row.sequence, 'It closed, see the register');
    const published = await publishSnapshot(world.as('publisher'), publishing, row.sequence);
    expect(published).toMatchObject({
      state: 'published',
      confirmedByName: 'Demo Second Publisher',
      confirmedReason: 'It closed, see the register',
    });
    expect(recordsIn(await download(publishing)).map(({ id }) => id)).not.toContain(france);
    expect(await actionsOn(world, row.sequence)).toMatchObject([
      { action: 'snapshot.freeze', actorName: 'Demo Publisher' },
      { action: 'snapshot.prepare', actorName: 'Demo Publisher' },
      {
        action: 'snapshot.confirm',
        actorName: 'Demo Second Publisher',
        payload: { reason: 'It closed, see the register' },
      },
      { action: 'snapshot.begin', actorName: 'Demo Publisher' },
      { action: 'snapshot.publish', actor: 'system:publisher' },
    ]);
  });

  it('does not see a loss in an entry that another one replaces', async () => {
    const { world, publishing, france, organisation } = await publishedWorld(30);
    await enterEntry(world, { organisation, serves: [{ area: 'FR', basis: 'any', strength: 'primary' }] });
    await retire(world, france);
    const row = await prepareSnapshot(world.as('publisher'), publishing);
    expect(row.gate.needsSecond).toBe(false);
    expect(row.difference.effects).toEqual([]);
  });

  it("sees a country's last open entry close its doors, though it stays in the directory", async () => {
    const { world, publishing, france } = await publishedWorld(30);
    await amend(world, france, (doc) => ({ ...doc, operational: { status: 'closed' } }));
    const row = await prepareSnapshot(world.as('publisher'), publishing);
    expect(row.gate.reasons).toEqual(['The last entry leaves: FR']);
  });
});

describe('publishing', () => {
  it('gives clients the new content, and binds log and tree both ways', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('New name'));
    const row = await publishAs(world, publishing);
    const snapshot = await download(publishing);
    expect(recordsIn(snapshot)).toContainEqual(
      expect.objectContaining({ id: german[0], names: { en: { text: 'New name' } } }),
    );
    const { audit, auditProof, ...manifest } = manifestIn(snapshot);
    expect(manifest).toMatchObject({ sequence: row.sequence, assurance: 'demo' });
    // The directory was read before its digest was put into the log, and the head that goes out holds it.
    expect(audit).toEqual(await auditHead(world.store.read, row.auditSize + 1));
    expect(auditProof).toMatchObject({
      leaf: { action: 'snapshot.freeze', actor: world.people.publisher.id },
      payload: { sequence: row.sequence, contentDigest: row.contentDigest },
    });
    expect(auditProofDefect(auditProof, manifestIn(snapshot))).toBeUndefined();
    const publish = (await actionsOn(world, row.sequence)).at(-1);
    expect(publish?.payload).toEqual({
      contentDigest: row.contentDigest,
      targetsVersion: row.targetsVersion,
      targetsSha256: snapshot.targetsSha256,
      publishedBy: world.people.publisher.id,
    });
    expect(await filesIn(publishing.stagingDir)).toEqual({});
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true, checked: { heads: 2 } });
  });

  it.each([
    ['an approved change', (world: World, id: string) => amend<Text>(world, id, renamed('Later'))],
    [
      'a suspension',
      (world: World, id: string) => suspendRecord(world.as('curator'), id, { reason: 'wrong', note: '' }),
    ],
  ])('refuses what %s left behind', async (_what, move) => {
    const { world, publishing, german } = await publishedWorld();
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await move(world, german[1]!);
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('publisher'), publishing, sequence),
      'snapshot-outdated',
    );
    expect(await showSnapshot(world.as('publisher'), publishing, sequence)).toMatchObject({
      outdated: true,
      can: { publish: { code: 'snapshot-outdated' } },
    });
    expect(await prepareSnapshot(world.as('publisher'), publishing)).toMatchObject({ outdated: false });
  });

  it('refuses what was prepared under another policy', async () => {
    const { world, publishing, german } = await publishedWorld();
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const { policy } = await currentPolicy(world.store.read);
    const request = await requestPolicyChange(world.as('admin'), {
      ...policy,
      gate: { ...policy.gate, maxLossPercent: 1 },
    });
    await confirmAdminRequest(world.as('secondAdmin'), request.id);
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('publisher'), publishing, sequence),
      'snapshot-outdated',
    );
  });

  it.each([
    ['changed', (file: string) => appendFile(file, 'x')],
    ['replaced', (file: string) => writeFile(file, '')],
    ['removed', (file: string) => rm(file)],
  ])('refuses staged files that were %s meanwhile', async (_how, tamper) => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    for (const path of ['v1/directory.csv', 'v1/manifest.json']) {
      await tamper(join(publishing.stagingDir, String(sequence), path));
      await refusesAndWritesNothing(
        world,
        publishing,
        () => publishSnapshot(world.as('publisher'), publishing, sequence),
        'snapshot-outdated',
      );
    }
  });

  it.each(['curator', 'reviewer', 'admin', 'visitor'] as const)('is not for a %s', async (person) => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    for (const verb of [publishSnapshot, discardSnapshot]) {
      await refusesAndWritesNothing(
        world,
        publishing,
        () => verb(world.as(person), publishing, sequence),
        'not-permitted',
      );
    }
  });

  it('happens once', async () => {
    const { world, publishing } = await publishedWorld(1);
    for (const verb of [publishSnapshot, discardSnapshot]) {
      await refusesAndWritesNothing(
        world,
        publishing,
        () => verb(world.as('publisher'), publishing, 1),
        'snapshot-not-prepared',
      );
    }
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('publisher'), publishing, 99),
      'not-found',
    );
  });

  it('happens once for one request that arrives twice, and the second answer is the first', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const ctx: Context = { ...world.as('publisher'), idempotency: { key: 'k', requestHash: 'h' } };
    const [first, second] = await Promise.all([
      publishSnapshot(ctx, publishing, sequence),
      publishSnapshot(ctx, publishing, sequence),
    ]);
    expect(second).toEqual(first);
    expect(manifestIn(await download(publishing)).sequence).toBe(sequence);
    expect((await actionsOn(world, sequence)).map(({ action }) => action)).toEqual([
      'snapshot.freeze',
      'snapshot.prepare',
      'snapshot.begin',
      'snapshot.publish',
    ]);
  });

  it('is off without keys, though the difference can be seen', async () => {
    const world = await newWorld();
    await enterEntry(world);
    const publishing = await openPublishing({ profile: 'production', dataDir: world.dir }, world.now());
    expect(publishing).toMatchObject({ keys: null, off: expect.stringContaining('waymark keys init') as string });
    const { sequence, assurance } = await prepareSnapshot(world.as('publisher'), publishing);
    expect(assurance).toBe('standard');
    await refusesAndWritesNothing(
      world,
      publishing,
      () => publishSnapshot(world.as('publisher'), publishing, sequence),
      'publishing-off',
    );
    expect(await snapshotStatus(world.as('publisher'), publishing)).toMatchObject({
      publishing: false,
      roles: [],
      current: null,
    });
    expect(await resignSnapshots(world.as('publisher'), publishing)).toEqual({ signed: [] });
  });

  it('goes back to waiting when the tree cannot be signed, and can be tried again', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const early = { ...world.as('publisher'), now: () => new Date(world.now().getTime() - 86_400_000) };
    expect(await codeOf(publishSnapshot(early, publishing, sequence))).toBe('publishing-off');
    expect(await findSnapshot(world.store.read, sequence)).toMatchObject({ state: 'prepared', publishedBy: null });
    expect(manifestIn(await download(publishing)).sequence).toBe(1);
    await publishSnapshot(world.as('publisher'), publishing, sequence);
    expect(manifestIn(await download(publishing)).sequence).toBe(sequence);
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
  });
});

describe('discarding', () => {
  it('throws the files away and keeps the number', async () => {
    const { world, publishing, german } = await publishedWorld(1);
    await amend<Text>(world, german[0]!, renamed('First'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    expect(await discardSnapshot(world.as('secondPublisher'), publishing, sequence)).toMatchObject({
      state: 'discarded',
    });
    expect(await filesIn(publishing.stagingDir)).toEqual({});
    const next = await prepareSnapshot(world.as('publisher'), publishing);
    expect(next.sequence).toBe(sequence + 1);
  });
});

describe('the status', () => {
  it('shows what is out, who signs it and how long it lasts, and re-signing renews it', async () => {
    const { world, publishing } = await publishedWorld(1);
    world.wait({ hours: 48 });
    const status = await snapshotStatus(world.as('publisher'), publishing);
    expect(status).toMatchObject({
      publishing: true,
      assurance: 'demo',
      current: { sequence: 1, kind: 'full' },
      repoUrl: '/repo',
    });
    expect(
      status.roles.map(({ role, version, daysLeft, threshold }) => ({ role, version, daysLeft, threshold })),
    ).toEqual([
      { role: 'root', version: 1, daysLeft: 363, threshold: 1 },
      { role: 'targets', version: 1, daysLeft: 118, threshold: 1 },
      { role: 'urgent', version: 0, daysLeft: null, threshold: 1 },
      { role: 'snapshot', version: 1, daysLeft: 28, threshold: 1 },
      { role: 'timestamp', version: 1, daysLeft: 1, threshold: 1 },
    ]);
    expect(await resignSnapshots(world.as('publisher'), publishing)).toMatchObject({
      signed: ['timestamp'],
      timestampVersion: 2,
    });
    expect(await resignSnapshots(world.as('publisher'), publishing)).toMatchObject({ signed: [] });
    const timestamp = (await snapshotStatus(world.as('publisher'), publishing)).roles.at(-1);
    expect(timestamp).toMatchObject({ version: 2, daysLeft: 3, state: 'ok' });
  });
});
