// SECURITY T-20, T-21: the server is in bad hands and sends signers something else than people approved. Each machine refuses,
// and says why. Where a server could make hashes fit again, it did.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle, type Entry, type Manifest, type Rebuilt } from '@waymark/domain';
import { addSignature, prepareSnapshot, publishSnapshot, rebuildForms } from '@waymark/services';
import { suspendRecord } from '../../packages/services/src/records/suspend.ts';
import { holdCeremony, type Ceremony } from '../support/ceremony.ts';
import { APPROVALS } from '../support/doctored/approvals.ts';
import type { Ids } from '../support/doctored/case.ts';
import { DIRECTORY } from '../support/doctored/directory.ts';
import { FILES } from '../support/doctored/files.ts';
import { TAMPERED } from '../support/doctored/forms.ts';
import { LOG } from '../support/doctored/log.ts';
import { REQUEST } from '../support/doctored/request.ts';
import { STONES } from '../support/doctored/tombstones.ts';
import { addFile, editBytes, editManifest, editSigned, textIn } from '../support/doctoring.ts';
import {
  answersTo,
  codesOf,
  newMachine,
  review,
  signReviewed,
  takeBundle,
  type Machine,
  type Unpacked,
} from '../support/signing.ts';
import { amend, buildEntry, buildOrganisation, enter, openWorld, retire, type World } from '../support/world.ts';

let world: World;
let ceremony: Ceremony;
let machine: Machine;
/** Snapshot 2 as the honest server sends it, and what its signers answer for. */
let clean: Unpacked;
let answers: ReturnType<typeof answersTo>;
/** What the command line makes of the directory of snapshot 2, on the signer's own machine. */
let rebuilt: Rebuilt;
let ids: Ids;

const DIGITS = '4930999999';
const named = (slug: string) => ({ slug, names: { en: { text: `The ${slug} one` } } });

beforeAll(async () => {
  world = await openWorld();
  ceremony = await holdCeremony(world);
  ceremony.publishing.byCountry = true;
  const { publishing, signers } = ceremony;
  const organisation = await enter(world, 'organisation', buildOrganisation({ slug: 'runs-them' }));
  const add = (slug: string) => enter(world, 'entry', buildEntry({ organisation, ...named(slug) }));
  const [changed, retired, suspended, kept] = [
    await add('changed'),
    await add('retired'),
    await add('suspended'),
    await add('kept'),
  ];
  await amend<Entry>(world, kept, (doc) => ({ ...withoutNumber(doc), names: { en: { text: 'Still the kept one' } } }));
  machine = newMachine();
  const first = await prepareSnapshot(world.as('publisher'), publishing);
  const bundle = await takeBundle(world, publishing, first.sequence);
  const { words } = await review(world, bundle, machine);
  const accepted = await review(world, bundle, newMachine(), { firstUse: [words.join(' ')] });
  for (const signer of [signers.anna, signers.ben]) {
    const signature = await signReviewed(bundle, accepted, signer, machine);
    await addSignature(world.as('publisher'), publishing, first.sequence, signature);
  }
  await publishSnapshot(world.as('publisher'), publishing, first.sequence);
  rememberAsPublished();
  await amend<Entry>(world, changed, (doc) => ({
    ...doc,
    channels: withoutNumber(doc).channels.map((channel) =>
      channel.type === 'phone' && !channel.retired
        ? { ...channel, value: { number: { kind: 'e164', digits: DIGITS } } }
        : channel,
    ),
  }));
  ids = { changed, retired, suspended, kept, added: await add('added'), brief: await add('brief') };
  await retire(world, retired);
  await retire(world, ids.brief);
  await amend<Entry>(world, suspended, withoutNumber);
  await suspendRecord(world.as('curator'), suspended, { reason: 'wrong', note: '' });
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  clean = await takeBundle(world, publishing, sequence);
  answers = answersTo(await review(world, clean, machine));
  const manifest = JSON.parse(textIn(clean, 'v1/manifest.json')) as Manifest;
  rebuilt = await rebuildForms(openBundle(clean).files, manifest, join(world.dir, 'forms'));
});

afterAll(() => world.close());

/** An entry that had a number more, which nobody answers. */
function withoutNumber(doc: Entry): Entry {
  const digits = `49305${doc.id.slice(-4).replace(/[a-f]/g, '0')}`;
  const retired = { at: '2026-01-01', reason: 'number-changed' } as const;
  return {
    ...doc,
    channels: [...doc.channels, { id: 'old', type: 'phone', value: { number: { kind: 'e164', digits } }, retired }],
  };
}

/** `waymark verify --memory` needs a running client, which ends with a test; here the machine remembers what it signed. */
function rememberAsPublished(): void {
  for (const memory of machine.snapshots) memory.published = true;
}

it('finds nothing in what the honest server sends, once a person answered for what leaves', async () => {
  const found = await review(world, clean, machine, answers);
  expect(found.refusals).toEqual([]);
  expect(answers).toEqual({ drop: ['entries 4-3', 'channels 8-6'] });
  expect(found).toMatchObject({
    comparedWith: { sequence: 1 },
    difference: { totals: { added: 1, removed: 1, suspended: 1, changed: 1 } },
    hosts: [],
    delegations: null,
  });
  expect(JSON.stringify(found.difference?.changed)).toContain(DIGITS);
  expect(found.contacts.map(({ slug }) => slug)).toEqual(['added']);
  // Without a database and whole lists, as in a browser, these are left to the command line, and nothing else is.
  const forCommandLine = ['v1/directory.html', 'v1/directory.sqlite', 'v1/hsds.json', 'v1/hsds.zip'];
  expect(found.unproven.toSorted()).toEqual(forCommandLine);
  const whole = await review(world, clean, machine, answers, { rebuild: () => Promise.resolve(rebuilt) });
  expect(whole).toMatchObject({ refusals: [], unproven: [], notes: [] });
  expect(JSON.stringify(found.contacts)).toContain('+4930123456');
});

it('believes on its first day the tombstones of days before, and says so', async () => {
  const { words } = await review(world, clean, newMachine());
  const first = await review(world, clean, newMachine(), { firstUse: [words.join(' ')] });
  expect(first.refusals).toEqual([]);
  expect(first.unproven).toContain('v1/tombstones.ndjson');
});

it.each(['directory', 'tombstones'])('trusts its own memory only while its %s are as they were', async (which) => {
  const files = new Map(machine.files).set(`1 ${which}`, '');
  const found = await review(world, clean, { ...machine, files }, answers);
  expect(codesOf(found)).toContain('memory-damaged');
  expect(found).toMatchObject({ signed: null, memory: null });
});

// One of each kind of file, its hashes made to fit: what is in no other file, an app that takes this one would believe.
it.each(TAMPERED)('refuses by name another %s than the directory makes', async (path, edit) => {
  const bundle: Unpacked = new Map(clean);
  editBytes(bundle, path, edit);
  expect(bundle.get(path)).not.toEqual(clean.get(path));
  const found = await review(world, bundle, machine, answers, { rebuild: () => Promise.resolve(rebuilt) });
  const differing = found.refusals.filter(({ code }) => code === 'form-differs').map(({ detail }) => detail);
  // The other two forms of the changelog tell what that says.
  expect(differing[0]?.startsWith(path)).toBe(true);
  expect(codesOf(found)).toEqual(['form-differs']);
  expect(found).toMatchObject({ signed: null, memory: null });
});

describe('a file more than there should be', () => {
  it.each([
    ['whatever it says', 'v1/more.json', 'form-unknown'],
    ['a country that nobody serves', 'v1/by-country/XK.ndjson.gz', 'form-unknown'],
    ['a delta that leads nowhere', 'v1/delta/7-9.ndjson', 'form-differs'],
  ])('%s, is refused by name', async (_what, path, code) => {
    const bundle: Unpacked = new Map(clean);
    addFile(bundle, path, '', 'v1/changelog.json');
    const found = await review(world, bundle, machine, answers, { rebuild: () => Promise.resolve(rebuilt) });
    expect(found.refusals).toEqual([{ code, detail: expect.stringContaining(path) as string }]);
  });

  it('and a country less than there should be, too', async () => {
    const bundle: Unpacked = new Map(clean);
    const [mine, other] = ['v1/by-country/DE.ndjson.gz', 'v1/by-country/XK.ndjson.gz'];
    addFile(bundle, other, '', mine);
    editManifest(bundle, (m) => (m.files = m.files.filter((file) => file.path !== mine)));
    editSigned(bundle, (s) => delete s.targets[mine]);
    const found = await review(world, bundle, machine, answers, { rebuild: () => Promise.resolve(rebuilt) });
    expect(found.refusals).toMatchObject([
      { code: 'file-missing', detail: expect.stringContaining(mine) as string },
      { code: 'form-unknown', detail: other },
    ]);
  });
});

describe.each([
  ['the request', REQUEST],
  ['the files', FILES],
  ['the directory', DIRECTORY],
  ['the tombstones', STONES],
  ['the approvals', APPROVALS],
  ['the log', LOG],
])('%s', (_part, cases) => {
  it.each(cases)('%s: %s', async (_what, code, doctor) => {
    const bundle: Unpacked = new Map([...clean].map(([path, bytes]) => [path, Buffer.from(bytes)]));
    doctor(bundle, ids);
    const found = await review(world, bundle, machine, answers);
    expect(codesOf(found)).toContain(code);
    expect(found).toMatchObject({ signed: null, memory: null });
  });
});
