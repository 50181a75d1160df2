import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Platform } from './reader.ts';
import { NEWER, numbersOf, setUp } from './testing.reader.ts';
import { ENTRY, entryLine, EVIL, fetchFrom, Forge, HONEST, keyOf, newRing, otherLines } from './testing.ts';

describe.each(['tuf-js', 'own'] as const)('the reader on %s', (engine) => {
  it('answers from the seed before it has seen a network', async () => {
    const { reader, fetch } = await setUp({ engine });
    expect(reader.state).toBe('seed');
    expect(numbersOf(reader)).toEqual([HONEST]);
    expect(reader.route({ need: 'csam-online', country: 'de' }).steps[0]?.id).toBe(ENTRY);
    expect(fetch.asked).toEqual([]);
  });

  it('takes what is new by a delta, says so, and remembers it', async () => {
    const forge = new Forge();
    const others = otherLines(20);
    forge.publish({ lines: [entryLine(), ...others] });
    const { reader, fetch, events, openAgain } = await setUp({ engine, forge });
    forge.publish({ lines: [entryLine({ digits: NEWER }), ...others] });
    expect(await reader.refresh()).toMatchObject({ state: 'fresh', changed: true, way: 'delta', problems: [] });
    expect(numbersOf(reader)[0]).toBe(NEWER);
    expect(fetch.asked.some((path) => path.includes('directory'))).toBe(false);
    expect(events.map(({ type }) => type)).toEqual(['changed', 'state']);
    const again = await openAgain();
    expect(numbersOf(again)[0]).toBe(NEWER);
    expect(again.state).toBe('fresh');
  });

  it('makes two requests when nothing is new, and names nobody and no country in any', async () => {
    const { reader, fetch } = await setUp({ engine });
    reader.route({ need: 'child-help', country: 'FR', reporter: 'child' });
    reader.find({ text: 'secret', country: 'FR' });
    expect(await reader.refresh()).toMatchObject({ state: 'fresh', changed: false, way: 'kept' });
    expect(fetch.asked).toEqual(['metadata/2.root.json', 'metadata/timestamp.json']);
  });

  it('asks only for file names that are the same for everybody', async () => {
    const { reader, fetch, forge } = await setUp({ engine });
    forge.publish({ digits: NEWER, withdrawn: [{ id: ENTRY, reason: 'wrong', since: forge.date(0) }] });
    await reader.refresh();
    const fixed =
      /^(metadata\/(\d+\.(root|targets|snapshot|urgent)|timestamp)\.json|targets\/(v1|v1\/delta|urgent)\/[0-9a-f]{64}\.[a-z0-9.-]+)$/;
    expect(fetch.asked.filter((path) => !fixed.test(path))).toEqual([]);
  });

  it.each([
    ['nothing answers', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['the server is broken', () => new Response('busy', { status: 503 }), 'unreachable'],
    ['a portal answers every request', () => new Response('<html>pay first</html>'), 'garbled'],
    ['the files are gone', () => new Response(null, { status: 404 }), 'missing'],
  ] as const)('keeps its data and raises no alarm when %s', async (_, answer, code) => {
    const { reader, forge, events } = await setUp({ engine, answer });
    forge.publish({ digits: NEWER });
    const { state, problems } = await reader.refresh();
    expect(problems.map(({ problem }) => problem.code)).toEqual([code]);
    expect(numbersOf(reader)).toEqual([HONEST]);
    expect(state).toBe('seed');
    expect(events).toEqual([]);
  });

  it('is stale, never empty, when the repository has stopped signing', async () => {
    let now = new Date();
    const { reader, forge } = await setUp({ engine, platform: { now: () => now } });
    await reader.refresh();
    expect(reader.state).toBe('fresh');
    now = new Date(forge.now.getTime() + 400 * 86_400_000);
    expect(reader.state).toBe('stale');
    expect((await reader.refresh()).problems[0]?.problem.code).toBe('expired');
    expect(numbersOf(reader)).toEqual([HONEST]);
  });

  it('raises an alarm for a forged signature, keeps its data and does not try again by itself', async () => {
    const { reader, forge, fetch, events } = await setUp({ engine });
    await reader.refresh();
    const before = fetch.asked.length;
    forge.stamp({}, [keyOf('thief')]);
    expect((await reader.refresh()).state).toBe('stale');
    expect(numbersOf(reader)).toEqual([HONEST]);
    expect(events.find(({ type }) => type === 'alarm')).toMatchObject({ problem: { code: 'signature' } });
    expect(fetch.asked.length - before).toBe(2);
  });

  it('refuses an older snapshot even with an emptied cache, by its mark outside of it', async () => {
    const { reader, forge, dir, events, openAgain } = await setUp({ engine });
    const old = forge.copy();
    forge.publish({ digits: NEWER });
    await reader.refresh();
    await rm(join(dir, 'cache'), { recursive: true });
    forge.files.clear();
    for (const [path, bytes] of old) forge.files.set(path, bytes);
    const again = await openAgain();
    const { problems } = await again.refresh();
    expect(problems[0]?.problem.code).toBe('rollback');
    expect(events.at(-1)?.type).toBe('alarm');
  });

  it.each(['{"keys": [', '', '<html>'])('starts from the seed when its memory is damaged: %j', async (damage) => {
    const { dir, reader, forge, openAgain } = await setUp({ engine });
    await reader.refresh();
    const cache = join(dir, 'cache');
    for (const name of await readdir(cache)) await writeFile(join(cache, name), damage);
    const again = await openAgain();
    expect(numbersOf(again)).toEqual([HONEST]);
    forge.publish({ digits: NEWER });
    expect((await again.refresh()).state).toBe('fresh');
    expect(numbersOf(again)).toEqual([NEWER]);
  });

  it('takes the full file when a delta leads elsewhere', async () => {
    const forge = new Forge();
    const others = otherLines(20);
    forge.publish({ lines: [entryLine(), ...others] });
    const { reader } = await setUp({ engine, forge });
    forge.publish({ lines: [entryLine({ digits: NEWER }), ...others] });
    const path = [...forge.files.keys()].find((name) => name.includes('/delta/')) ?? '';
    forge.files.set(path, Buffer.from('{"id":"x","op":"withdraw"}\n'));
    expect(await reader.refresh()).toMatchObject({ state: 'fresh', way: 'full' });
    expect(numbersOf(reader)[0]).toBe(NEWER);
  });

  it('follows a chain of deltas over several snapshots', async () => {
    const others = otherLines(20);
    const forge = new Forge();
    forge.publish({ lines: [entryLine(), ...others] });
    const { reader, fetch } = await setUp({ engine, forge });
    for (const last of ['2', '3', '4'])
      forge.publish({ lines: [entryLine({ digits: `49301234000${last}` }), ...others] });
    expect(await reader.refresh()).toMatchObject({ way: 'delta', state: 'fresh' });
    expect(fetch.asked.filter((path) => path.includes('/delta/'))).toHaveLength(3);
    expect(numbersOf(reader)[0]).toBe('493012340004');
  });

  it('tries the next mirror, and tells of the first', async () => {
    const forge = new Forge();
    forge.publish();
    const evil = new Forge();
    evil.ring.timestamp = [keyOf('thief')];
    evil.publish({ digits: EVIL });
    const fetch = Object.assign(
      (url: string, init: Parameters<Platform['fetch']>[1]) =>
        fetchFrom(() => (url.startsWith('https://evil') ? evil.files : forge.files))(url, init),
      { asked: [] },
    );
    const urls = ['https://evil.example', 'https://good.example'];
    const { reader, events } = await setUp({ engine, forge, urls, platform: { fetch } });
    forge.publish({ digits: NEWER });
    const { state, problems } = await reader.refresh();
    expect(state).toBe('fresh');
    expect(problems).toMatchObject([{ url: 'https://evil.example', problem: { code: 'signature' } }]);
    expect(events[0]).toMatchObject({ type: 'alarm', url: 'https://evil.example' });
    expect(numbersOf(reader)).toEqual([NEWER]);
  });

  it('follows a change of keys, and recovers when a thief drove the versions up', async () => {
    const { reader, forge } = await setUp({ engine });
    forge.version.timestamp = 2 ** 31 - 2;
    forge.stamp();
    await reader.refresh();
    const ring = { ...newRing(), snapshot: [keyOf('snapshot-new')], timestamp: [keyOf('timestamp-new')] };
    forge.ring.snapshot = ring.snapshot;
    forge.ring.timestamp = ring.timestamp;
    forge.publishRoot(ring);
    forge.version.timestamp = 7;
    forge.publish({ digits: NEWER });
    expect((await reader.refresh()).problems).toEqual([]);
    expect(numbersOf(reader)).toEqual([NEWER]);
  });

  it('keeps what it knows when a newer schema comes, and says why', async () => {
    const { reader, forge, events } = await setUp({ engine });
    for (const manifest of [{ schemaVersion: '2.0' }, { minReader: '1.9' }]) {
      forge.publish({ digits: NEWER, manifest });
      const { problems } = await reader.refresh();
      expect(problems[0]?.problem.code).toBe('schema-unknown');
      expect(numbersOf(reader)).toEqual([HONEST]);
    }
    expect(events).toEqual([]);
  });

  it('treats words it does not know as unknown, and loses no record over them', async () => {
    const { reader, forge } = await setUp({ engine });
    const odd = entryLine({
      id: '0190c2a0-0000-7000-8000-000000000002',
      slug: 'qx-odd',
      over: { kind: 'hotline.telepathy', newField: { deep: [1] }, anonymity: { level: 'invisible' } },
    });
    const channel = { id: 'x', type: 'telepathy', value: { wave: 'alpha' } };
    const oddChannel = entryLine({
      id: '0190c2a0-0000-7000-8000-000000000003',
      slug: 'qx-three',
      over: { channels: [channel] },
    });
    const broken = entryLine({
      id: '0190c2a0-0000-7000-8000-000000000004',
      slug: 'qx-four',
      over: { channels: 'none' },
    });
    forge.publish({ lines: [entryLine(), odd, oddChannel, broken] });
    expect((await reader.refresh()).state).toBe('fresh');
    expect(reader.records.map(({ id }) => id.slice(-1))).toEqual(['1', '2', '3']);
    expect(reader.route({ need: 'csam-online', country: 'DE' }).steps.map(({ id }) => id)).toContain(ENTRY);
  });

  it('shows nothing that expired, entry or channel, also offline, and says where else to turn', async () => {
    const verification = { confidence: 'high', lastConfirmed: null, methods: [], expiresAt: '2027-03-01T00:00:00Z' };
    const forge = new Forge();
    const channel = (id: string, digits: string, expiresAt: string | null) => ({
      id,
      type: 'phone',
      value: { number: { kind: 'e164', digits } },
      verification: { ...verification, expiresAt },
    });
    const channels = [
      channel('old', EVIL, '2020-01-01T00:00:00Z'),
      channel('tel', HONEST, null),
      channel('odd', EVIL, 'soon'),
    ];
    forge.publish({ lines: [entryLine({ over: { verification, channels } })] });
    let now = new Date();
    const { reader } = await setUp({ engine, forge, platform: { now: () => now } });
    expect(numbersOf(reader)).toEqual([HONEST]);
    expect(reader.route({ need: 'csam-online', country: 'DE' }).steps[0]?.channels).toEqual(['tel']);
    now = new Date('2027-03-01T00:00:00Z');
    expect(reader.records).toEqual([]);
    const { steps, withheld } = reader.route({ need: 'csam-online', country: 'DE' });
    expect(steps.map(({ id }) => id)).toEqual(['generic:police']);
    expect(withheld).toEqual([{ id: ENTRY, reason: 'expired' }]);
  });

  it('applies a withdrawal at once, from an urgent look, and shows the fallback', async () => {
    const { reader, forge, fetch, openAgain } = await setUp({ engine });
    forge.withdraw([{ id: ENTRY, reason: 'unsafe', since: forge.date(0) }]);
    expect(await reader.refresh('urgent')).toMatchObject({ changed: true, way: 'none', problems: [] });
    expect(fetch.asked.some((path) => path.includes('v1/'))).toBe(false);
    for (const each of [reader, await openAgain()]) {
      expect(each.records).toEqual([]);
      const { steps, withheld } = each.route({ need: 'csam-online', country: 'DE' });
      expect(steps.map(({ id }) => id)).toEqual(['generic:police']);
      const withdrawn = { reason: 'unsafe', since: forge.date(0) };
      expect(withheld).toEqual([{ id: ENTRY, reason: 'temporarily-withdrawn', withdrawn }]);
      // Named with its mark, in an answer and in a list; nowhere with a way to get through.
      const [row] = withheld;
      expect(row && each.describe(row)).toMatchObject({ title: 'Example hotline', ways: [], withdrawn });
      expect(each.withdrawn({ country: 'DE' })).toMatchObject([{ id: ENTRY, withdrawn }]);
      expect(JSON.stringify([row && each.describe(row), each.withdrawn()])).not.toContain(HONEST);
    }
    forge.withdraw([]);
    await reader.refresh('urgent');
    expect(numbersOf(reader)).toEqual([HONEST]);
    expect(reader.withdrawn()).toEqual([]);
  });

  it('withdraws one channel and leaves the others', async () => {
    const phone = (id: string, digits: string) => ({ id, type: 'phone', value: { number: { kind: 'e164', digits } } });
    const forge = new Forge();
    forge.publish({ lines: [entryLine({ over: { channels: [phone('a', EVIL), phone('b', HONEST)] } })] });
    const { reader } = await setUp({ engine, forge });
    forge.withdraw([{ id: ENTRY, channels: ['a'], reason: 'wrong', since: forge.date(0) }]);
    await reader.refresh();
    expect(numbersOf(reader)).toEqual([HONEST]);
    const [step] = reader.route({ need: 'csam-online', country: 'DE' }).steps;
    expect(step).toMatchObject({ channels: ['b'], caveats: ['partly-withdrawn'] });
    expect(reader.withdrawn()).toMatchObject([{ id: ENTRY, withdrawn: { reason: 'wrong', channels: ['a'] } }]);
    expect(JSON.stringify(reader.withdrawn())).not.toContain(EVIL);
  });

  it('is not fresh because withdrawals could be had, when the directory could not', async () => {
    const isGone = (path: string) => path.includes('directory');
    const answer = (path: string) => (isGone(path) ? new Response(null, { status: 404 }) : undefined);
    const forge = new Forge();
    forge.publish();
    const { reader } = await setUp({ engine, forge, answer });
    await reader.refresh();
    forge.publish({ digits: NEWER, delta: false });
    expect((await reader.refresh()).problems[0]?.problem.code).toBe('missing');
    const [urgent, all] = await Promise.all([reader.refresh('urgent'), reader.refresh('all')]);
    expect([urgent.state, all.state]).toEqual(['stale', 'stale']);
    expect([urgent.problems.length, all.problems.length]).toEqual([0, 1]);
    expect(numbersOf(reader)).toEqual([HONEST]);
  });

  it('serves the directory although the urgent role is signed by a stranger', async () => {
    const { reader, forge, events } = await setUp({ engine });
    forge.signUrgent([{ id: ENTRY, reason: 'wrong', since: forge.date(0) }], [keyOf('thief')]);
    forge.publish({ digits: NEWER });
    const { problems } = await reader.refresh();
    expect(problems[0]?.problem.code).toBe('signature');
    expect(events.some(({ type }) => type === 'alarm')).toBe(true);
    expect(numbersOf(reader)).toEqual([NEWER]);
  });

  it('keeps a root it has taken, whatever comes after it', async () => {
    const { reader, forge, dir } = await setUp({ engine });
    forge.publishRoot();
    const good = forge.files.get('metadata/timestamp.json') ?? Buffer.alloc(0);
    forge.stamp({}, [keyOf('thief')]);
    await reader.refresh();
    const index = JSON.parse(await readFile(join(dir, 'cache/current.json'), 'utf8')) as Record<string, string>;
    const kept = await readFile(join(dir, 'cache', index['trusted/root'] ?? ''));
    expect(kept.equals(forge.root(2))).toBe(true);
    forge.files.set('metadata/timestamp.json', good);
    expect((await reader.refresh()).state).toBe('fresh');
  });

  it('shows what it verified although the disk is full', async () => {
    const store = {
      read: async () => new Map<string, Uint8Array>(),
      write: () => Promise.reject(new Error('ENOSPC')),
      readHighWater: async () => ({ sequence: 0, urgent: 0 }),
      writeHighWater: () => Promise.reject(new Error('ENOSPC')),
    };
    const { reader, forge } = await setUp({ engine, platform: { store } });
    forge.publish({ digits: NEWER });
    expect(await reader.refresh()).toMatchObject({ state: 'fresh', problems: [{ problem: { code: 'storage' } }] });
    expect(numbersOf(reader)).toEqual([NEWER]);
  });
});
