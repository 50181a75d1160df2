import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  DEFAULT_POLICY,
  factsToCheck,
  type Entry,
  type Manifest,
  type Method,
  type Policy,
  type PublishedEntry,
} from '@waymark/domain';
import { change, findRecord, insertPolicy, listAuditEvents } from '@waymark/store';
import { sha256 } from '@waymark/tuf';
import { sql } from '../../../../tests/support/rawDatabase.ts';
import { download, linesOf, manifestIn, publishAs, publishingOf, recordsIn } from '../../../../tests/support/tree.ts';
import { amend, enterEntry, newWorld, type World } from '../../../../tests/support/world.ts';
import { closeAlarm } from '../alarms/close.ts';
import { raiseAlarm } from '../alarms/raise.ts';
import { rebuildStanding } from '../standing/rebuild.ts';
import { recordVerification, type Look } from '../verifications/record.ts';
import { checkSnapshot } from './check.ts';
import { discardSnapshot } from './discard.ts';
import { showSnapshot } from './list.ts';
import { suspendAndRemove } from './patch.ts';
import { prepareSnapshot } from './prepare.ts';
import { publishSnapshot } from './publish.ts';
import type { Publishing } from './publishing.ts';

async function underPolicy(world: World, doc: Policy): Promise<void> {
  await change(world.asSystem('test'), 'system', async ({ tx, now, audit }) => {
    await insertPolicy(tx, { version: 2, doc, since: now, requestId: null });
    await audit('policy.confirm', 'policy:2', { policy: doc });
  });
}

/** A world that publishes as production does, but needs no second person for what leaves. */
async function strictWorld(): Promise<{ world: World; publishing: Publishing }> {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  await underPolicy(world, { ...DEFAULT_POLICY, gate: { maxLossPercent: 100, lastOfCountry: false } });
  return { world, publishing };
}

async function look(world: World, id: string, more: Partial<Look> = {}): Promise<void> {
  const record = (await findRecord(world.store.read, id))!;
  await recordVerification(world.as('curator'), id, {
    revision: record.revision,
    paths: factsToCheck(record.doc as Entry),
    method: 'official-site-check',
    outcome: 'confirmed',
    ...more,
  });
}

async function published(world: World, publishing: Publishing) {
  await publishAs(world, publishing);
  const snapshot = await download(publishing);
  await checkSnapshot(snapshot.targets);
  const entries = recordsIn(snapshot).filter((record): record is PublishedEntry => record.type === 'entry');
  return { snapshot, manifest: manifestIn(snapshot), entries, ids: entries.map(({ id }) => id) };
}

const hotline = { kind: 'hotline.web' as const };

describe('a snapshot of production', () => {
  it('holds nothing that nobody verified: it is counted, never named, and comes with verification', async () => {
    const { world, publishing } = await strictWorld();
    const { id, organisation } = await enterEntry(world, hotline);
    const { id: other } = await enterEntry(world, { ...hotline, organisation });
    await look(world, other);
    const first = await published(world, publishing);
    expect(first.ids).toEqual([other]);
    expect(first.manifest.counts).toMatchObject({ entries: 1, withheld: 1 });
    expect([...first.snapshot.targets.values()].join('')).not.toContain(id);

    await look(world, id);
    const second = await published(world, publishing);
    expect(second.ids.sort()).toEqual([id, other].sort());
    expect(second.manifest).toMatchObject({ counts: { withheld: 0 }, changes: { added: [id] } });
  });

  it('drops what is found wrong, ran low or ran out, and takes it back when somebody confirms it', async () => {
    const { world, publishing } = await strictWorld();
    // With a neighbour the cadence is that of its kind: 180 days.
    const { id, organisation } = await enterEntry(world, hotline);
    await enterEntry(world, { ...hotline, organisation });
    const isShown = async () => (await published(world, publishing)).ids.includes(id);
    await look(world, id);
    expect(await isShown()).toBe(true);
    await look(world, id, { paths: ['/serves/DE'], outcome: 'contradicted' });
    const without = await published(world, publishing);
    expect(without.ids).toEqual([]);
    expect(without.manifest.changes.withdrawn).toEqual([id]);
    await look(world, id);
    expect(await isShown()).toBe(true);
    for (const days of [180, 270]) {
      world.wait({ days });
      expect((await prepareSnapshot(world.as('publisher'), publishing)).counts).toMatchObject({
        entries: 0,
        withheld: 2,
      });
      await look(world, id);
      expect((await prepareSnapshot(world.as('publisher'), publishing)).counts).toMatchObject({
        entries: 1,
        withheld: 1,
      });
    }
  });

  it('drops an entry that may be unsafe until somebody dealt with the alarm; another alarm drops nothing', async () => {
    const { world, publishing } = await strictWorld();
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    const raise = (unsafe: boolean) =>
      change(world.asSystem('watcher'), 'system', (door) =>
        raiseAlarm(door, { recordId: id, path: '/channels/web', kind: 'domain-changed', unsafe, detail: {} }),
      );
    await raise(false);
    expect((await published(world, publishing)).ids).toEqual([id]);
    const alarm = await raise(true);
    expect((await published(world, publishing)).manifest.counts).toMatchObject({ entries: 0, withheld: 1 });
    await closeAlarm(world.as('curator'), alarm.id, { outcome: 'not-a-problem', note: 'Moved to their new site' });
    expect((await published(world, publishing)).ids).toEqual([id]);
  });

  it('leaves out a channel that is not sure enough, and says nothing of its address', async () => {
    const { world, publishing } = await strictWorld();
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    await look(world, id, { paths: ['/channels/tel'], outcome: 'gone' });
    const { entries, snapshot, manifest } = await published(world, publishing);
    expect(entries).toMatchObject([{ id, channels: [{ id: 'web' }] }]);
    expect(manifest.counts).toMatchObject({ channels: 1, withheld: 0 });
    for (const path of ['v1/directory.ndjson', 'v1/directory.json', 'v1/directory.csv'])
      expect(String(snapshot.targets.get(path)), path).not.toContain('4930123456');
    expect(linesOf(snapshot.targets, 'v1/tombstones.ndjson')).toEqual([]);
  });

  it('withholds an entry none of whose channels may leave', async () => {
    const { world, publishing } = await strictWorld();
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    for (const path of ['/channels/tel', '/channels/web']) await look(world, id, { paths: [path], outcome: 'gone' });
    expect((await published(world, publishing)).manifest.counts).toMatchObject({ entries: 0, withheld: 1 });
  });

  it('withholds everything when nothing of verification is kept, and the same as before once it is rebuilt', async () => {
    const { world, publishing } = await strictWorld();
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    sql(world, 'delete from verification_state');
    const prepared = await prepareSnapshot(world.as('publisher'), publishing);
    expect(prepared.counts).toMatchObject({ entries: 0, withheld: 1 });
    await rebuildStanding(world);
    expect((await published(world, publishing)).ids).toEqual([id]);
  });

  it('calls nothing dead that a withheld entry answers', async () => {
    const { world, publishing } = await strictWorld();
    const { id, organisation } = await enterEntry(world, hotline);
    const { id: other } = await enterEntry(world, { ...hotline, organisation });
    await amend<Entry>(world, other, (doc) => ({
      ...doc,
      channels: doc.channels.map((c) =>
        c.id === 'tel' ? { ...c, retired: { at: '2026-01-01', reason: 'closed' } } : c,
      ),
    }));
    await look(world, other);
    const { snapshot, ids } = await published(world, publishing);
    expect(ids).toEqual([other]);
    expect(linesOf(snapshot.targets, 'v1/tombstones.ndjson')).toMatchObject([{ id: other, deadValues: [] }]);
    expect(id).not.toBe(other);
  });
});

describe('what is published of verification', () => {
  const by = (method: Method, paths: string[]): Partial<Look> => ({ method, paths });

  it('is confidence, date, families and end, per entry and channel, as they stood when it was made', async () => {
    const { world, publishing } = await strictWorld();
    const { id, organisation } = await enterEntry(world, hotline);
    await enterEntry(world, { ...hotline, organisation });
    await look(world, id);
    const at = world.now().getTime();
    await look(world, id, by('test-call', ['/channels/tel']));
    const day = (n: number) => new Date(at + n * 86_400_000).toISOString();
    const [entry] = (await published(world, publishing)).entries;
    const source = { confidence: 'medium', lastConfirmed: day(0), methods: ['source'], expiresAt: day(270) };
    expect(entry).toMatchObject({
      verification: source,
      channels: [
        { id: 'tel', verification: { ...source, confidence: 'high', methods: ['live', 'source'] } },
        { id: 'web', verification: source },
      ],
    });
  });

  it('is the same bytes for the same directory and moment, and other bytes once confidence fell', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    const digest = async () => {
      const { sequence, contentDigest } = await prepareSnapshot(world.as('publisher'), publishing);
      await discardSnapshot(world.as('publisher'), publishing, sequence);
      return contentDigest;
    };
    const first = await digest();
    expect(await digest()).toBe(first);
    world.wait({ days: 20 });
    expect(await digest()).toBe(first);
    world.wait({ days: 100 });
    expect(await digest()).not.toBe(first);
  });

  it('is in the CSV at the end of each row, as the lower of entry and channel', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world, hotline);
    await look(world, id);
    await look(world, id, { paths: ['/channels/web'], outcome: 'contradicted' });
    const { snapshot } = await published(world, publishing);
    const [header = '', ...rows] = String(snapshot.targets.get('v1/directory.csv')).trimEnd().split('\r\n');
    expect(header.endsWith('"requires","confidence","expires"')).toBe(true);
    expect(rows.map((row) => row.split(',').slice(-2))).toEqual([
      ['"medium"', expect.stringMatching(/^"20.*Z"$/) as string],
      ['"contradicted"', expect.stringMatching(/^"20.*Z"$/) as string],
    ]);
  });

  it('is a change of its own, told apart from changed numbers and shown after them', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id, organisation } = await enterEntry(world, hotline);
    const { id: other } = await enterEntry(world, { ...hotline, organisation });
    await publishAs(world, publishing);
    await look(world, id);
    await amend<Entry>(world, other, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
    const { difference } = await prepareSnapshot(world.as('publisher'), publishing);
    expect(difference.changed.map((row) => row.id)).toEqual([other, id]);
    expect(difference.totals).toMatchObject({ changed: 2, reverified: 1 });
    expect(difference.changed[1]?.changes.map((c) => [c.class, c.path])).toEqual([
      ['verification', '/verification'],
      ['verification', '/channels/tel/verification'],
      ['verification', '/channels/web/verification'],
    ]);
  });
});

describe('a snapshot that was prepared', () => {
  it('is outdated by a fact found wrong or an unsafe alarm, and not by a confirmation', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world, hotline);
    const isOutdated = async (sequence: number) =>
      (await showSnapshot(world.as('publisher'), publishing, sequence)).outdated;
    const one = await prepareSnapshot(world.as('publisher'), publishing);
    await look(world, id);
    expect(await isOutdated(one.sequence)).toBe(false);
    await look(world, id, { paths: ['/names'], outcome: 'contradicted' });
    expect(await isOutdated(one.sequence)).toBe(true);
    await expect(publishSnapshot(world.as('publisher'), publishing, one.sequence)).rejects.toMatchObject({
      refusal: { code: 'snapshot-outdated' },
    });
    const two = await prepareSnapshot(world.as('publisher'), publishing);
    await change(world.asSystem('watcher'), 'system', (door) =>
      raiseAlarm(door, { recordId: id, path: '/channels/web', kind: 'domain-changed', unsafe: true, detail: {} }),
    );
    expect(await isOutdated(two.sequence)).toBe(true);
    const { data } = await listAuditEvents(world.store.read, { action: 'snapshot.publish', limit: 5, offset: 0 });
    expect(data).toEqual([]);
  });
});

describe('a patch', () => {
  it('keeps what was said of verification as it was signed', async () => {
    const { world, publishing } = await strictWorld();
    const { id, organisation } = await enterEntry(world, hotline);
    const { id: bad } = await enterEntry(world, { ...hotline, organisation });
    await look(world, id);
    await look(world, bad);
    const before = await published(world, publishing);
    world.wait({ days: 1 });
    await look(world, id, { method: 'organisation-confirmation' });
    await suspendAndRemove(world.as('curator'), publishing, bad, { reason: 'unsafe', note: '' });
    const snapshot = await download(publishing);
    await checkSnapshot(snapshot.targets);
    expect(recordsIn(snapshot)).toEqual(recordsIn(before.snapshot).filter((record) => record.id !== bad));
  });

  it('of what version 1.0 published claims nothing of verification', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id, organisation } = await enterEntry(world, hotline);
    const { id: bad } = await enterEntry(world, { ...hotline, organisation });
    await look(world, id);
    await publishAsVersion10(world, publishing);
    expect(JSON.stringify(recordsIn(await download(publishing)))).not.toContain('verification');
    await suspendAndRemove(world.as('curator'), publishing, bad, { reason: 'unsafe', note: '' });
    const snapshot = await download(publishing);
    await checkSnapshot(snapshot.targets);
    const nothing = { confidence: 'none', lastConfirmed: null, methods: [], expiresAt: null };
    expect(recordsIn(snapshot).find((record) => record.id === id)).toMatchObject({
      verification: nothing,
      channels: [{ verification: nothing }, { verification: nothing }],
    });
  });
});

/** What was published before there was verification: the same lines without it. */
async function publishAsVersion10(world: World, publishing: Publishing): Promise<void> {
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  const dir = join(publishing.stagingDir, String(sequence));
  const lines = (await readFile(join(dir, 'v1/directory.ndjson'), 'utf8')).trimEnd().split('\n');
  const old = lines.map((line) => canonicalJson(withoutVerification(JSON.parse(line))));
  const bytes = Buffer.from(`${old.join('\n')}\n`);
  await writeFile(join(dir, 'v1/directory.ndjson'), bytes);
  const manifest = JSON.parse(await readFile(join(dir, 'v1/manifest.json'), 'utf8')) as Manifest;
  const contentDigest = sha256(bytes);
  const files = manifest.files.map((file) =>
    file.path === 'v1/directory.ndjson' ? { ...file, bytes: bytes.length, sha256: contentDigest } : file,
  );
  const text = canonicalJson({ ...manifest, schemaVersion: '1.0', contentDigest, files });
  await writeFile(join(dir, 'v1/manifest.json'), `${text}\n`);
  sql(world, 'update snapshot set manifest = ?, content_digest = ? where sequence = ?', [
    text,
    contentDigest,
    sequence,
  ]);
  await publishSnapshot(world.as('publisher'), publishing, sequence);
}

function withoutVerification(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVerification);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'verification')
      .map(([key, member]) => [key, withoutVerification(member)]),
  );
}
