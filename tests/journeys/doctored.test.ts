// SECURITY T-20, T-21: the server is in bad hands and sends signers something else than people approved. Each machine refuses,
// and says why. Where a server could make hashes fit again, it did.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openBundle,
  type ApprovalLine,
  type Entry,
  type Manifest,
  type PublishedEntry,
  type Rebuilt,
  type RecordLine,
  type SigningRefusalCode,
} from '@waymark/domain';
import { addSignature, prepareSnapshot, publishSnapshot, rebuildForms } from '@waymark/services';
import { suspendRecord } from '../../packages/services/src/records/suspend.ts';
import { holdCeremony, type Ceremony } from '../support/ceremony.ts';
import { TAMPERED } from '../support/doctoredForms.ts';
import {
  addFile,
  editApprovals,
  editBytes,
  editDirectory,
  editManifest,
  editRecord,
  editRequest,
  editSigned,
  editText,
  put,
  textIn,
} from '../support/doctoring.ts';
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
let ids: Record<'changed' | 'added' | 'retired' | 'suspended' | 'kept', string>;

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
  await amend<Entry>(world, kept, (doc) => ({ ...doc, names: { en: { text: 'Still the kept one' } } }));
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
    channels: doc.channels.map((channel) =>
      channel.type === 'phone' ? { ...channel, value: { number: { kind: 'e164', digits: DIGITS } } } : channel,
    ),
  }));
  ids = { changed, retired, suspended, kept, added: await add('added') };
  await retire(world, retired);
  await suspendRecord(world.as('curator'), suspended, { reason: 'wrong', note: '' });
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  clean = await takeBundle(world, publishing, sequence);
  answers = answersTo(await review(world, clean, machine));
  const manifest = JSON.parse(textIn(clean, 'v1/manifest.json')) as Manifest;
  rebuilt = await rebuildForms(openBundle(clean).files, manifest, join(world.dir, 'forms'));
});

afterAll(() => world.close());

/** `waymark verify --memory` needs a running client, which ends with a test; here the machine remembers what it signed. */
function rememberAsPublished(): void {
  for (const memory of machine.snapshots) memory.published = true;
}

const lineAbout = (lines: ApprovalLine[], id: string) =>
  lines.find((line): line is RecordLine => line.kind === 'record' && line.id === id) ?? fail(id);
const fail = (id: string): never => {
  throw new Error(`No line is about ${id}`);
};
const newestOf = (line: RecordLine) => line.revisions.at(-1) ?? fail(line.id);
const withoutLine = (id: string) => (lines: ApprovalLine[]) =>
  lines.filter((line) => !('id' in line) || line.id !== id);
const flip = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;
const entry = (record: unknown) => record as PublishedEntry;
const redial = (record: unknown, digits = '4930000000') => {
  for (const channel of entry(record).channels) if (channel.type === 'phone') channel.value.number.digits = digits;
};

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

type Doctored = [what: string, code: SigningRefusalCode, doctor: (bundle: Unpacked) => void];

const REQUEST: Doctored[] = [
  ['is no request', 'request-malformed', (b) => put(b, 'request.json', '{"kind":"something"}')],
  ['is for the root', 'role-wrong', (b) => editRequest(b, (r) => (r.role = 'root'))],
  [
    'says another digest',
    'digest-wrong',
    (b) =>
      put(
        b,
        'request.json',
        textIn(b, 'request.json').replace(
          /("digest": ?")(.)/,
          (_all, key: string, first: string) => `${key}${flip(first)}`,
        ),
      ),
  ],
  ['holds a field that no client reads', 'payload-malformed', (b) => editSigned(b, (s) => (s['more'] = 1))],
  ['holds a float', 'payload-malformed', (b) => editSigned(b, (s) => (s.version = 1.5))],
  ['lives for ten years', 'expiry-out-of-range', (b) => editSigned(b, (s) => (s.expires = '2036-01-01T00:00:00Z'))],
  ['is over already', 'expiry-out-of-range', (b) => editSigned(b, (s) => (s.expires = '2020-01-01T00:00:00Z'))],
  ['was made next year', 'created-in-future', (b) => editRequest(b, (r) => (r.createdAt = '2030-01-01T00:00:00.000Z'))],
  ['names another version outside than inside', 'payload-malformed', (b) => editRequest(b, (r) => (r.version += 1))],
  ['goes back to version 1', 'version-back', (b) => editRequest(b, (r) => (r.version = r.signed.version = 1))],
  [
    'follows other metadata',
    'previous-differs',
    (b) => editRequest(b, (r) => r.previous && (r.previous.sha256 = flip(r.previous.sha256))),
  ],
  ['follows nothing', 'previous-differs', (b) => editRequest(b, (r) => (r.previous = null))],
  [
    'comes with metadata that lists other files',
    'previous-differs',
    (b) => put(b, 'previous.targets.json', textIn(b, 'previous.targets.json').replace('"length": ', '"length": 1')),
  ],
  [
    'trusts a new key for urgent/*',
    'delegations-changed',
    (b) => editSigned(b, (s) => (s.delegations = { keys: {}, roles: [] })),
  ],
];

const FILES: Doctored[] = [
  ['lacks the directory', 'file-missing', (b) => void b.delete('v1/directory.ndjson')],
  [
    'lacks a schema',
    'file-missing',
    (b) => void b.delete([...b.keys()].find((path) => path.startsWith('v1/schema/')) ?? ''),
  ],
  [
    'has another CSV than would be signed',
    'file-wrong',
    (b) => put(b, 'v1/directory.csv', textIn(b, 'v1/directory.csv').replace('4930123456', '4930000000')),
  ],
  [
    'has another directory than would be signed',
    'file-wrong',
    (b) => put(b, 'v1/directory.ndjson', textIn(b, 'v1/directory.ndjson').replace('4930123456', '4930000000')),
  ],
  [
    'signs a file nobody names',
    'file-unlisted',
    (b) => editSigned(b, (s) => (s.targets['v1/more.json'] = structuredClone(s.targets['v1/manifest.json']!))),
  ],
  [
    'signs a file under urgent/',
    'path-unknown',
    (b) => editSigned(b, (s) => (s.targets['urgent/withdrawn.json'] = structuredClone(s.targets['v1/manifest.json']!))),
  ],
  ['leaves a file unsigned', 'manifest-differs', (b) => editSigned(b, (s) => delete s.targets['v1/directory.csv'])],
  [
    'signs another hash than the manifest names',
    'manifest-differs',
    (b) =>
      editSigned(
        b,
        (s) => (s.targets['v1/directory.csv']!.hashes.sha256 = flip(s.targets['v1/directory.csv']!.hashes.sha256)),
      ),
  ],
  [
    'says another sequence beside a file',
    'custom-wrong',
    (b) => editSigned(b, (s) => (s.targets['v1/directory.csv']!.custom['sequence'] = 99)),
  ],
  [
    'has a manifest with a field more',
    'manifest-malformed',
    (b) => editManifest(b, (m) => Object.assign(m, { more: 1 })),
  ],
  [
    'was made by another version of the program',
    'program-differs',
    (b) => editManifest(b, (m) => (m.codeTables.tzdata = '2020a')),
  ],
  ['comes without the news it goes on from', 'previous-differs', (b) => void b.delete('previous.changelog.json')],
  ['is a demo', 'demo-assurance', (b) => editManifest(b, (m) => (m.assurance = 'demo'))],
  [
    'names another content digest',
    'content-digest-wrong',
    (b) => editManifest(b, (m) => (m.contentDigest = flip(m.contentDigest))),
  ],
  [
    'holds another number in directory.json',
    'form-differs',
    (b) => editText(b, 'v1/directory.json', (text) => text.replaceAll('4930123456', '4930000000')),
  ],
  ['counts more entries', 'counts-wrong', (b) => editManifest(b, (m) => (m.counts.entries += 1))],
  ['hides a change from the list of changes', 'changes-wrong', (b) => editManifest(b, (m) => (m.changes.changed = []))],
  [
    'says that a living entry is retired',
    'changes-wrong',
    (b) => editManifest(b, (m) => void m.changes.retired.push(ids.kept)),
  ],
  ['has the number of a snapshot that is out', 'sequence-back', (b) => editManifest(b, (m) => (m.sequence = 1))],
  [
    'builds on a snapshot nobody here saw',
    'memory-behind',
    (b) => editManifest(b, (m) => (m.previous = { sequence: 7, contentDigest: m.contentDigest })),
  ],
  [
    'builds on another content',
    'previous-differs',
    (b) => editManifest(b, (m) => (m.previous = { sequence: 1, contentDigest: m.contentDigest })),
  ],
  ['begins from nothing', 'sequence-back', (b) => editManifest(b, (m) => (m.previous = null))],
];

const DIRECTORY: Doctored[] = [
  ['a number was changed', 'published-differs', (b) => editRecord(b, 'added', (r) => redial(r))],
  [
    'a number of the changed entry is another than approved',
    'published-differs',
    (b) => editRecord(b, 'changed', (r) => redial(r)),
  ],
  ['a number of an untouched entry was changed', 'approval-missing', (b) => editRecord(b, 'kept', (r) => redial(r))],
  ['the old number came back', 'published-differs', (b) => editRecord(b, 'changed', (r) => redial(r, '4930123456'))],
  [
    'a web address leads elsewhere',
    'host-changed',
    (b) =>
      editRecord(b, 'kept', (r) =>
        entry(r).channels.forEach((c) => c.type === 'url' && (c.value.href = 'https://other.example.net/')),
      ),
  ],
  [
    'a name was changed',
    'approval-missing',
    (b) => editRecord(b, 'kept', (r) => (entry(r).names = { en: { text: 'Another' } })),
  ],
  ['a revision goes back', 'revision-back', (b) => editRecord(b, 'kept', (r) => (r.revision = 1))],
  ['a revision is made up', 'approval-missing', (b) => editRecord(b, 'changed', (r) => (r.revision = 9))],
  [
    'an entry is made up',
    'approval-missing',
    (b) =>
      editDirectory(b, (all) => [
        ...all,
        { ...entry(all.find((r) => r.slug === 'kept')), id: 'ffffffff-ffff-7fff-8fff-ffffffffffff', slug: 'made-up' },
      ]),
  ],
  [
    'an entry left, and nobody says why',
    'removal-unexplained',
    (b) => editDirectory(b, (all) => all.filter((r) => r.slug !== 'kept')),
  ],
  [
    'the retired entry is back',
    'approval-missing',
    (b) => editManifest(b, (m) => ((m.changes.retired = []), m.changes.suspended.push(ids.retired))),
  ],
  [
    'the suspended entry is said to be retired',
    'approval-missing',
    (b) => editManifest(b, (m) => ((m.changes.suspended = []), m.changes.retired.push(ids.suspended))),
  ],
  ['records are out of order', 'records-unsorted', (b) => editDirectory(b, (all) => all.toReversed())],
  ['a record stands twice', 'records-unsorted', (b) => editDirectory(b, (all) => all.flatMap((r) => [r, r]))],
  [
    'a line has a name twice',
    'record-malformed',
    (b) => editText(b, 'v1/directory.ndjson', (text) => text.replace('{"', '{"id":"x","')),
  ],
  ['a line is no JSON', 'record-malformed', (b) => editText(b, 'v1/directory.ndjson', (text) => `${text}{\n`)],
  [
    'a record has a field more',
    'record-malformed',
    (b) => editRecord(b, 'added', (r) => Object.assign(r, { more: 1 })),
  ],
  ['the tombstone is gone', 'tombstone-missing', (b) => editText(b, 'v1/tombstones.ndjson', () => '')],
  [
    'the tombstone leads to another successor',
    'tombstone-wrong',
    (b) =>
      editText(b, 'v1/tombstones.ndjson', (text) => text.replace('"successors":[]', `"successors":["${ids.kept}"]`)),
  ],
  [
    'a tombstone calls a number dead that somebody answers',
    'tombstone-wrong',
    (b) =>
      editText(b, 'v1/tombstones.ndjson', (text) =>
        text.replace('"deadValues":[', '"deadValues":[{"type":"phone","value":"+4930123456"},').replace('},]', '}]'),
      ),
  ],
  [
    'a tombstone is no tombstone',
    'record-malformed',
    (b) => editText(b, 'v1/tombstones.ndjson', (text) => `${text}{}\n`),
  ],
];

const APPROVALS: Doctored[] = [
  ['are missing', 'approvals-missing', (b) => void b.delete('approvals.ndjson')],
  ['are empty', 'approvals-missing', (b) => put(b, 'approvals.ndjson', '')],
  ['cannot be read', 'approvals-malformed', (b) => put(b, 'approvals.ndjson', `${textIn(b, 'approvals.ndjson')}{}\n`)],
  [
    'are for another snapshot',
    'approvals-missing',
    (b) => editApprovals(b, ([head]) => void Object.assign(head!, { sequence: 1 })),
  ],
  [
    'are not sorted',
    'approvals-malformed',
    (b) =>
      editApprovals(b, (lines) =>
        lines.flatMap((line): ApprovalLine[] => (line.kind === 'record' ? [line, line] : [line])),
      ),
  ],
  ['lack the new entry', 'approval-missing', (b) => editApprovals(b, withoutLine(ids.added))],
  ['lack the changed entry', 'approval-missing', (b) => editApprovals(b, withoutLine(ids.changed))],
  ['lack the retirement', 'approval-missing', (b) => editApprovals(b, withoutLine(ids.retired))],
  ['lack the suspension', 'approval-missing', (b) => editApprovals(b, withoutLine(ids.suspended))],
  [
    'lack one of two people',
    'too-few-approvals',
    (b) => editApprovals(b, (lines) => void newestOf(lineAbout(lines, ids.added)).approvals.pop()),
  ],
  [
    'lack everybody',
    'too-few-approvals',
    (b) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).approvals = [])),
  ],
  [
    'count one person twice',
    'too-few-approvals',
    (b) =>
      editApprovals(b, (lines) => {
        const { approvals } = newestOf(lineAbout(lines, ids.added));
        approvals[1] = approvals[0]!;
      }),
  ],
  [
    'are of another entry',
    'approval-of-other-content',
    (b) =>
      editApprovals(
        b,
        (lines) =>
          void (newestOf(lineAbout(lines, ids.changed)).approvals = newestOf(lineAbout(lines, ids.added)).approvals),
      ),
  ],
  [
    'hold another document',
    'document-differs',
    (b) => editApprovals(b, (lines) => redial(newestOf(lineAbout(lines, ids.changed)).doc)),
  ],
  [
    'hold a document that is none',
    'document-differs',
    (b) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).doc = {})),
  ],
  [
    'name another kind of proposal',
    'approval-missing',
    (b) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.added)).proposal.kind = 'update')),
  ],
  [
    'started from another revision',
    'approval-of-other-content',
    (b) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).proposal.baseRevision = 0)),
  ],
  [
    'are about another record',
    'approval-of-other-content',
    (b) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).proposal.recordId = ids.kept)),
  ],
  [
    'skip a revision',
    'approval-missing',
    (b) => editApprovals(b, (lines) => void lineAbout(lines, ids.changed).revisions.shift()),
  ],
  [
    'say that nobody has to approve',
    'policy-weaker',
    (b) =>
      editApprovals(b, (lines) => {
        for (const line of lines) if (line.kind === 'policy') line.policy.approvals.R3 = 1;
      }),
  ],
  [
    'lack the policy',
    'policy-unknown',
    (b) => editApprovals(b, (lines) => lines.filter(({ kind }) => kind !== 'policy')),
  ],
];

const LOG: Doctored[] = [
  [
    'an approval says another actor',
    'event-not-in-log',
    (b) =>
      editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.added)).approvals[0]!.leaf.actor = 'somebody')),
  ],
  [
    'an approval is proven by something else',
    'event-not-in-log',
    (b) =>
      editApprovals(b, (lines) => {
        const event = newestOf(lineAbout(lines, ids.added)).approvals[0]!;
        event.proof[0] = flip(event.proof[0]!);
      }),
  ],
  [
    'an approval says another hash',
    'commitment-wrong',
    (b) =>
      editApprovals(b, (lines) => {
        const { said } = newestOf(lineAbout(lines, ids.added)).approvals[0]!;
        said!.payload = { contentHash: '0'.repeat(64) };
      }),
  ],
  [
    'an application says other people',
    'commitment-wrong',
    (b) =>
      editApprovals(
        b,
        (lines) =>
          void Object.assign(newestOf(lineAbout(lines, ids.added)).applied.said!.payload as object, {
            contributors: [],
          }),
      ),
  ],
  [
    'an application is another event',
    'approval-missing',
    (b) =>
      editApprovals(b, (lines) => {
        const step = newestOf(lineAbout(lines, ids.added));
        step.applied = step.approvals[0]!;
      }),
  ],
  [
    'a suspension is another event',
    'approval-missing',
    (b) =>
      editApprovals(b, (lines) => {
        for (const line of lines)
          if (line.kind === 'suspension') line.event = newestOf(lineAbout(lines, ids.added)).applied;
      }),
  ],
  ['it is shorter than before', 'log-back', (b) => editManifest(b, (m) => (m.audit.size = 3))],
  [
    'nothing proves that it only grew',
    'log-rewritten',
    (b) => editApprovals(b, ([head]) => void Object.assign(head!, { grown: [] })),
  ],
  [
    'the proof that it grew is broken',
    'log-rewritten',
    (b) =>
      editApprovals(b, ([head]) => {
        if (head?.kind === 'waymark-approvals') for (const growth of head.grown) growth.proof = growth.proof.map(flip);
      }),
  ],
  ['it has another root', 'event-not-in-log', (b) => editManifest(b, (m) => (m.audit.root = flip(m.audit.root)))],
  [
    'it does not hold the content',
    'content-not-in-log',
    (b) => editManifest(b, (m) => (m.auditProof.proof = m.auditProof.proof.map(flip))),
  ],
  ['it holds another content', 'content-not-in-log', (b) => editRecord(b, 'added', (r) => redial(r))],
];

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
  ['the approvals', APPROVALS],
  ['the log', LOG],
])('%s', (_part, cases) => {
  it.each(cases)('%s: %s', async (_what, code, doctor) => {
    const bundle: Unpacked = new Map([...clean].map(([path, bytes]) => [path, Buffer.from(bytes)]));
    doctor(bundle);
    const found = await review(world, bundle, machine, answers);
    expect(codesOf(found)).toContain(code);
    expect(found).toMatchObject({ signed: null, memory: null });
  });
});
