import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { canonicalJson, toPublished, type Entry, type RecordType } from '@waymark/domain';
import { sqlWithoutGuards } from '../../../../tests/support/rawDatabase.ts';
import {
  download,
  linesOf,
  manifestIn,
  publishAs,
  publishingOf,
  recordsIn,
  temporaryFolder,
} from '../../../../tests/support/tree.ts';
import {
  approve,
  buildCountryProfile,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  newWorld,
  retire,
  uuid,
  type World,
} from '../../../../tests/support/world.ts';
import { createProposal } from '../proposals/create.ts';
import { submitProposal } from '../proposals/submit.ts';
import { suspendRecord } from '../records/suspend.ts';
import { buildDirectory } from './build.ts';
import { checkSnapshot } from './check.ts';
import { discardSnapshot } from './discard.ts';
import { prepareSnapshot } from './prepare.ts';
import { publishSnapshot } from './publish.ts';
import type { PublishedLine } from './directory.ts';

const phone = (id: string, number: object, overrides: object = {}) => ({
  id,
  type: 'phone',
  value: { number },
  ...overrides,
});

/** A directory given record by record, as it is. */
async function directory(world: World, rows: [RecordType, object][]): Promise<void> {
  for (const [recordType, doc] of rows) {
    const { id } = await createProposal(world.as('curator'), { kind: 'create', recordType, doc });
    await approve(world, await submitProposal(world.as('curator'), id));
  }
}

async function digestsOf(world: World): Promise<Record<string, string>> {
  const publishing = await publishingOf(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  await publishSnapshot(world.as('publisher'), publishing, sequence);
  const { files } = manifestIn(await download(publishing));
  // The news say when a snapshot was made.
  const isNews = (path: string) => /\/(changelog\.(json|md)|feed\.atom)$/.test(path);
  return Object.fromEntries(files.filter(({ path }) => !isNews(path)).map(({ path, sha256 }) => [path, sha256]));
}

describe('the files of a snapshot', () => {
  it('are the same bytes for the same directory, in whatever order it came to be', async () => {
    const organisation = uuid(0xa000);
    const rows: [RecordType, object][] = [
      ['organisation', { ...buildOrganisation({ slug: 'org' }), id: organisation }],
      ['entry', { ...buildEntry({ slug: 'b', organisation }), id: uuid(0xb002) }],
      ['entry', { ...buildEntry({ slug: 'a', organisation }), id: uuid(0xb001) }],
      ['country', { ...buildCountryProfile(), id: uuid(0x9000) }],
    ];
    const [organisationRow, ...others] = rows;
    const one = await newWorld();
    const two = await newWorld();
    two.wait({ seconds: (one.now().getTime() - two.now().getTime()) / 1000 });
    await directory(one, rows);
    await directory(two, [organisationRow!, ...others.reverse()]);
    two.wait({ days: 1 });
    expect(await digestsOf(two)).toEqual(await digestsOf(one));
  });

  it('are the same bytes when they are made again on another day', async () => {
    const world = await newWorld();
    await enterEntry(world);
    const publishing = await publishingOf(world);
    const first = await prepareSnapshot(world.as('publisher'), publishing);
    const before = await filesOf(world, first.sequence);
    await discardSnapshot(world.as('publisher'), publishing, first.sequence);
    world.wait({ days: 40 });
    const second = await prepareSnapshot(world.as('publisher'), publishing);
    const after = await filesOf(world, second.sequence);
    expect(after['v1/directory.ndjson.gz']).toEqual(before['v1/directory.ndjson.gz']);
    expect(after).toEqual(before);
  });

  it('hold the same records in every form, sorted by id, and say so in their digests', async () => {
    const world = await newWorld();
    await enterEntry(world);
    await enterEntry(world);
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const { targets } = await download(publishing);
    const ndjson = targets.get('v1/directory.ndjson');
    const whole = JSON.parse(String(targets.get('v1/directory.json'))) as {
      contentDigest: string;
      records: { id: string }[];
    };
    expect(whole.records).toEqual(recordsIn({ targets }));
    expect(whole.contentDigest).toBe(manifestIn({ targets }).contentDigest);
    expect(whole.records.map(({ id }) => id)).toEqual(whole.records.map(({ id }) => id).sort());
    expect(gunzipSync(targets.get('v1/directory.ndjson.gz')!)).toEqual(ndjson);
    for (const [at, line] of String(ndjson).trimEnd().split('\n').entries())
      expect(line).toBe(canonicalJson(whole.records[at]));
  });

  it('compress without a trace of time or machine', async () => {
    const world = await newWorld();
    await enterEntry(world);
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const gzip = (await download(publishing)).targets.get('v1/directory.ndjson.gz')!;
    expect([...gzip.subarray(4, 8), gzip[9]]).toEqual([0, 0, 0, 0, 255]);
  });

  it('write a number so that no spreadsheet makes a figure or a formula of it', async () => {
    const world = await newWorld();
    const channels = [
      phone('tel', { kind: 'e164', digits: '4930123456' }),
      phone('short', { kind: 'short', digits: '116111', country: 'DE' }, { reach: { dialableFrom: ['DE'] } }),
      phone('free', { kind: 'national', digits: '08001111', country: 'GB' }, { reach: { dialableFrom: ['GB'] } }),
    ] as Entry['channels'];
    await enterEntry(world, { channels, names: { en: { text: '=HYPERLINK("https://evil.example")' } } });
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const csv = String((await download(publishing)).targets.get('v1/directory.csv'));
    const [header = '', ...lines] = csv.trimEnd().split('\r\n');
    const column = header.split(',').indexOf('"address"');
    expect(lines.map((line) => line.split('","')[column])).toEqual([
      'tel:+4930123456',
      'tel:116111;phone-context=+49',
      'tel:08001111;phone-context=+44',
    ]);
    expect(lines.every((line) => line.includes(`"'=HYPERLINK(""https://evil.example"")"`))).toBe(true);
    const dangerous = lines.join('\r\n').match(/(?:^|,)"[=+\-@]/gm);
    expect(dangerous).toBeNull();
  });
});

describe('what a snapshot holds', () => {
  it('leaves out what is suspended, withheld and retired, and says how much', async () => {
    const world = await newWorld();
    const { id: shown, organisation } = await enterEntry(world);
    const { id: suspended } = await enterEntry(world, { organisation });
    const { id: withheld } = await enterEntry(world, { organisation, publishTo: { snapshot: false } });
    const { id: retired } = await enterEntry(world, { organisation });
    await suspendRecord(world.as('curator'), suspended, { reason: 'wrong', note: '' });
    await retire(world, retired, { reason: 'replaced-by', successors: [shown], redirect: 'auto' });
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const snapshot = await download(publishing);
    const manifest = manifestIn(snapshot);
    expect(recordsIn(snapshot).map(({ id }) => id)).toEqual([organisation, shown].sort());
    expect(manifest.counts).toMatchObject({ entries: 1, organisations: 1, tombstones: 1, withheld: 1 });
    expect(manifest.changes.suspended).toEqual([suspended]);
    expect(linesOf(snapshot.targets, 'v1/tombstones.ndjson')).toMatchObject([
      { id: retired, reason: 'replaced-by', successors: [shown] },
    ]);
    const everything = [...snapshot.targets.values()].join('');
    expect(everything).not.toContain(withheld);
  });

  it('keeps an entry out of the forms it is not for, and in the directory', async () => {
    const world = await newWorld();
    const { organisation, id: open } = await enterEntry(world);
    const keptFrom = (slug: string, publishTo: Entry['publishTo']) =>
      enterEntry(world, { organisation, slug, names: { en: { text: slug } }, publishTo });
    const { id: notInHsds } = await keptFrom('not-in-hsds', { hsds: false, web: true });
    const { id: notOnWeb } = await keptFrom('not-on-web', { web: false, partners: false });
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const snapshot = await download(publishing);
    const said = recordsIn(snapshot).map((record) => [record.id, 'leftOutOf' in record ? record.leftOutOf : undefined]);
    expect(Object.fromEntries(said)).toEqual({
      [organisation]: undefined,
      [open]: undefined,
      [notInHsds]: ['hsds'],
      [notOnWeb]: ['web', 'partners'],
    });
    const hsds = JSON.parse(String(snapshot.targets.get('v1/hsds.json'))) as { contents: { id: string }[] };
    expect(hsds.contents.map(({ id }) => id).sort()).toEqual([open, notOnWeb].sort());
    const services = Buffer.from(unzipSync(snapshot.targets.get('v1/hsds.zip')!)['services.csv']!).toString();
    expect(services).toContain(notOnWeb);
    expect(services).not.toContain(notInHsds);
    const page = String(snapshot.targets.get('v1/directory.html'));
    expect(page).toContain('not-in-hsds');
    expect(page).not.toContain('not-on-web');
    await checkSnapshot(snapshot.targets);
  });

  it('calls no value dead that an active, suspended or withheld entry answers', async () => {
    const world = await newWorld();
    const number = (digits: string) => [phone('tel', { kind: 'e164', digits })] as Entry['channels'];
    const { organisation } = await enterEntry(world, { channels: number('4930000001') });
    const { id: hidden } = await enterEntry(world, { organisation, channels: number('4930000002') });
    await suspendRecord(world.as('curator'), hidden, { reason: 'wrong', note: '' });
    await enterEntry(world, { organisation, channels: number('4930000003'), publishTo: { snapshot: false } });
    const channels = ['1', '2', '3', '4'].map((n) =>
      phone(`p${n}`, { kind: 'e164', digits: `493000000${n}` }),
    ) as Entry['channels'];
    const { id } = await enterEntry(world, { organisation, channels });
    await retire(world, id);
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const [tombstone] = linesOf<{ deadValues: object[] }>((await download(publishing)).targets, 'v1/tombstones.ndjson');
    expect(tombstone?.deadValues).toEqual([{ type: 'phone', value: '+4930000004' }]);
  });

  it('names an unsafe address nowhere, in no file', async () => {
    const world = await newWorld();
    const { organisation } = await enterEntry(world);
    const channels = [
      { id: 'web', type: 'url', value: { href: 'https://squatted.example.com/' } },
    ] as Entry['channels'];
    const { id } = await enterEntry(world, { organisation, channels });
    await retire(world, id, { reason: 'unsafe', successors: [], redirect: 'none' });
    const publishing = await publishingOf(world);
    await publishAs(world, publishing);
    const { targets } = await download(publishing);
    for (const [path, bytes] of targets) expect(`${path} ${bytes.toString('latin1')}`).not.toContain('squatted');
    expect(linesOf(targets, 'v1/tombstones.ndjson')).toMatchObject([
      { id, deadValues: [{ type: 'url', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }] },
    ]);
  });
});

it('builds a large directory piece by piece and lets others have their turn', async () => {
  async function* lines(): AsyncGenerator<PublishedLine> {
    for (let n = 0; n < 3000; n += 1) {
      const id = uuid(0x10000 + n);
      const doc: Entry = { ...buildEntry({ slug: `e${n}`, organisation: uuid(1) }), id };
      const at = '2026-01-01T00:00:00.000Z';
      const record = toPublished({
        id,
        type: 'entry',
        slug: doc.slug,
        state: 'active',
        revision: 1,
        contentHash: '',
        createdAt: at,
        updatedAt: at,
        doc,
      });
      yield { record, line: canonicalJson(record) };
    }
  }
  let turns = 0;
  let isBuilding = true;
  const others = (async () => {
    while (isBuilding) {
      await setImmediate();
      turns += 1;
    }
  })();
  const dir = await temporaryFolder();
  const built = await buildDirectory(
    {
      records: lines(),
      organisationNames: new Map(),
      tombstones: () => Promise.resolve([]),
      validity: { from: new Date(0), until: new Date(0) },
    },
    dir,
  );
  isBuilding = false;
  await others;
  expect(built.counts).toMatchObject({ entries: 3000, channels: 6000, countriesCovered: 1 });
  expect((await readFile(join(dir, 'v1/directory.ndjson'), 'utf8')).split('\n')).toHaveLength(3001);
  expect(
    (JSON.parse(await readFile(join(dir, 'v1/directory.json'), 'utf8')) as { records: unknown[] }).records,
  ).toHaveLength(3000);
  expect(turns).toBeGreaterThan(10);
});

async function filesOf(world: World, sequence: number): Promise<Record<string, Buffer>> {
  const paths = [
    'v1/directory.json',
    'v1/directory.ndjson',
    'v1/directory.ndjson.gz',
    'v1/directory.csv',
    'v1/directory.sqlite',
    'v1/directory.html',
    'v1/hsds.json',
    'v1/hsds.zip',
    'v1/tombstones.ndjson',
  ];
  const read = paths.map(
    async (path) => [path, await readFile(join(world.dir, 'staging', String(sequence), path))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

it('is never built from a document that is not the approved one', async () => {
  const world = await newWorld();
  const id = await enter(world, 'organisation', buildOrganisation({ slug: 'police' }));
  sqlWithoutGuards(world, `update record set doc = replace(doc, 'help.example.org', 'evil.example.org') where id = ?`, [
    id,
  ]);
  const publishing = await publishingOf(world);
  await expect(prepareSnapshot(world.as('publisher'), publishing)).rejects.toMatchObject({
    refusal: { code: 'storage-failed', detail: expect.stringContaining('organisation police') as string },
  });
});

it('has a file for each country where that is wanted, with who runs what serves it', async () => {
  const world = await newWorld();
  const serves = (...areas: string[]): Entry['serves'] =>
    areas.map((area) => ({ area, basis: 'any', strength: 'primary' }));
  const organisation = await enter(world, 'organisation', buildOrganisation());
  const other = await enter(world, 'organisation', buildOrganisation());
  const german = await enterEntry(world, { organisation, serves: serves('DE') });
  const both = await enterEntry(world, { organisation: other, serves: serves('AT', 'DE') });
  const everywhere = await enterEntry(world, { organisation, serves: serves('001') });
  const publishing = { ...(await publishingOf(world)), byCountry: true };
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  await publishSnapshot(world.as('publisher'), publishing, sequence);
  const { targets } = await download(publishing);
  const idsIn = (area: string) =>
    gunzipSync(targets.get(`v1/by-country/${area}.ndjson.gz`) ?? Buffer.alloc(0))
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { id: string }).id)
      .sort();
  expect([...targets.keys()].filter((path) => path.includes('by-country'))).toHaveLength(3);
  expect(idsIn('DE')).toEqual([organisation, other, german.id, both.id].sort());
  expect(idsIn('AT')).toEqual([other, both.id].sort());
  expect(idsIn('001')).toEqual([organisation, everywhere.id].sort());
  await checkSnapshot(targets);
  const doctored = new Map(targets).set('v1/by-country/AT.ndjson.gz', gzipSync('{"id":"x"}\n'));
  await expect(checkSnapshot(doctored)).rejects.toThrow('is not the file the manifest names');
});
