// T-10 names of paths, T-11 delegations, T-12 endless data, T-13 slow retrieval.
import {
  ENTRY,
  entryLine,
  EVIL,
  keyOf,
  sha256,
  signedBy,
  targetPath,
  type Forge,
  type Json,
} from '../../packages/reader/src/testing.ts';
import { edit, evilTargets, publishNext, serveTargets, urgentList, type Answer, type Attack } from './attack.ts';

const paths: Attack[] = (
  [
    '../v1/directory.ndjson',
    '/v1/directory.ndjson',
    'v1//directory.ndjson',
    'v1/directory.ndjson?x',
    'v1/directory.ndjson#x',
    'v1/%64irectory.ndjson',
    'v1/directory.ndjson ',
    'V1/directory.ndjson',
    '__proto__',
    'constructor',
  ] as const
).map((path) => ({
  group: 'T-10',
  name: `the directory only under the name ${JSON.stringify(path)}`,
  act(forge) {
    const signed = evilTargets(forge);
    const targets = signed['targets'] as Record<string, Json>;
    const others = Object.entries(targets).filter(([name]) => !name.startsWith('v1/directory'));
    const renamed = Object.fromEntries([...others, [path, targets['v1/directory.ndjson']]]) as Json;
    serveTargets(forge, signedBy({ ...signed, targets: renamed }, forge.ring.targets));
  },
  ours: 'quiet',
}));

const thief = keyOf('thief');
const withdrawal = (forge: Forge): Json => ({ id: ENTRY, reason: 'unsafe', since: forge.date(0) });

function delegations(forge: Forge, change: (role: Json) => Json[], keys?: Json): void {
  const before = forge.last.targets['delegations'] as { keys: Json; roles: [Json] };
  const signed = {
    ...forge.last.targets,
    version: forge.version.targets + 1,
    delegations: { keys: keys ?? before.keys, roles: change(before.roles[0]) },
  };
  forge.last.targets = signed;
  serveTargets(forge, signedBy(signed, forge.ring.targets));
}

/** The urgent role with these targets, signed by the duty key. */
function urgentNames(forge: Forge, targets: Json, over: Json = {}): void {
  forge.version.urgent += 1;
  const signed = { ...forge.last.urgent, version: forge.version.urgent, targets, ...over };
  forge.files.set(`metadata/${forge.version.urgent}.urgent.json`, signedBy(signed, forge.ring.urgent));
  forge.pointAt();
}

const meta = (bytes: Buffer): Json => ({ length: bytes.length, hashes: { sha256: sha256(bytes) } });

function evilDirectory(forge: Forge): Buffer {
  const bytes = Buffer.from(`${entryLine({ digits: EVIL })}\n`);
  forge.files.set(targetPath('v1/directory.ndjson', bytes), bytes);
  return bytes;
}

const delegated: Attack[] = [
  {
    group: 'T-11',
    name: 'a stranger signs the urgent role',
    act(forge) {
      forge.signUrgent([withdrawal(forge)], [thief]);
      forge.pointAt();
    },
    ours: 'alarm',
  },
  {
    group: 'T-11',
    name: 'nobody signs the urgent role',
    act(forge) {
      forge.signUrgent([withdrawal(forge)], []);
      forge.pointAt();
    },
    ours: 'alarm',
  },
  {
    group: 'T-11',
    name: 'the duty key lists the directory itself',
    act: (forge) =>
      urgentNames(forge, {
        ...(forge.last.urgent['targets'] as Json),
        'v1/directory.ndjson': meta(evilDirectory(forge)),
      }),
    ours: 'harmless',
  },
  {
    group: 'T-11',
    name: 'the duty key lists a directory under urgent/',
    act(forge) {
      const bytes = evilDirectory(forge);
      forge.files.set(targetPath('urgent/directory.ndjson', bytes), bytes);
      urgentNames(forge, { ...(forge.last.urgent['targets'] as Json), 'urgent/directory.ndjson': meta(bytes) });
    },
    ours: 'harmless',
  },
  ...(
    [
      [
        'puts a number into its list',
        (forge) => ({
          schema: '1',
          sequence: 9,
          issuedAt: forge.date(0),
          withdrawn: [],
          upsert: [{ id: ENTRY, digits: EVIL }],
        }),
        'harmless',
      ],
      [
        'withdraws with a record beside it',
        (forge) => ({
          schema: '1',
          sequence: 9,
          issuedAt: forge.date(0),
          withdrawn: [{ ...withdrawal(forge), id: 'nobody', record: entryLine({ digits: EVIL }) }],
        }),
        'harmless',
      ],
      [
        'writes a list of another schema',
        (forge) => ({ schema: '2', sequence: 9, issuedAt: forge.date(0), withdrawn: [withdrawal(forge)] }),
        'quiet',
      ],
      [
        'writes a list without a number',
        (forge) => ({ schema: '1', issuedAt: forge.date(0), withdrawn: [withdrawal(forge)] }),
        'alarm',
      ],
      ['writes a list that is none', () => ({ schema: '1', sequence: 9, withdrawn: 'all' }), 'alarm'],
      ['names no entry', () => ({ schema: '1', sequence: 9, withdrawn: [{ reason: 'unsafe' }] }), 'alarm'],
      [
        'takes a number of its list back',
        (forge) => ({ schema: '1', sequence: 0, issuedAt: forge.date(0), withdrawn: [withdrawal(forge)] }),
        'alarm',
      ],
    ] as [string, (forge: Forge) => unknown, Attack['ours']][]
  ).map(([name, list, ours]): Attack => ({
    group: 'T-11',
    name: `the duty key ${name}`,
    act: (forge) => urgentNames(forge, { 'urgent/withdrawn.json': meta(urgentList(forge, list(forge))) }),
    ours,
  })),
  {
    group: 'T-11',
    name: 'a list of withdrawals that was tampered with',
    act(forge) {
      forge.withdraw([]);
      const targets = forge.last.urgent['targets'] as Record<string, { hashes: { sha256: string } }>;
      const hash = targets['urgent/withdrawn.json']?.hashes.sha256 ?? '';
      // A change of the same length.
      edit(forge, `targets/urgent/${hash}.withdrawn.json`, (bytes) =>
        Buffer.from(bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte))),
      );
    },
    ours: 'alarm',
  },
  {
    group: 'T-11',
    name: 'the urgent role delegated twice, once to a thief',
    act(forge) {
      const keys = {
        ...Object.fromEntries(forge.ring.urgent.map(({ id, json }) => [id, json])),
        [thief.id]: thief.json,
      };
      forge.signUrgent([withdrawal(forge)], [thief]);
      delegations(forge, (role) => [{ ...role, keyids: [thief.id] }, role], keys);
    },
    ours: 'alarm',
  },
  {
    group: 'T-11',
    name: 'a role of everything delegated before the urgent one',
    act(forge) {
      const keys = {
        ...Object.fromEntries(forge.ring.urgent.map(({ id, json }) => [id, json])),
        [thief.id]: thief.json,
      };
      const evil = { ...forge.last.urgent, version: 1, targets: { 'v1/directory.ndjson': meta(evilDirectory(forge)) } };
      forge.files.set('metadata/1.evil.json', signedBy(evil, [thief]));
      delegations(
        forge,
        (role) => [{ name: 'evil', keyids: [thief.id], threshold: 1, terminating: false, paths: ['*/*'] }, role],
        keys,
      );
    },
    ours: 'harmless',
  },
  {
    group: 'T-11',
    name: 'the urgent role delegating to itself',
    act: (forge) =>
      urgentNames(forge, forge.last.urgent['targets'] as Json, { delegations: forge.last.targets['delegations'] }),
    ours: 'harmless',
  },
  {
    group: 'T-11',
    name: 'the urgent role for every path',
    act(forge) {
      delegations(forge, (role) => [{ ...role, paths: ['*', '*/*'] }]);
      urgentNames(forge, {
        ...(forge.last.urgent['targets'] as Json),
        'v1/directory.ndjson': meta(evilDirectory(forge)),
      });
    },
    ours: 'harmless',
  },
];

const on = (wanted: RegExp, answer: Answer) => (path: string) => (wanted.test(path) ? answer : undefined);
const page = '<!doctype html><title>Welcome</title><p>Please sign in to the network.';

const hosts: Attack[] = [
  { group: 'T-12', name: 'a timestamp without end', answer: on(/timestamp/, 'endless'), ours: 'alarm' },
  { group: 'T-12', name: 'a next root without end', answer: on(/root/, 'endless'), ours: 'alarm' },
  {
    group: 'T-12',
    name: 'snapshot metadata without end',
    act: publishNext,
    answer: on(/snapshot/, 'endless'),
    ours: 'alarm',
  },
  {
    group: 'T-12',
    name: 'targets metadata without end',
    act: publishNext,
    answer: on(/targets\.json/, 'endless'),
    ours: 'alarm',
  },
  {
    group: 'T-12',
    name: 'a directory without end',
    act: publishNext,
    answer: on(/directory/, 'endless'),
    ours: 'alarm',
  },
  {
    group: 'T-13',
    name: 'a host that takes the request and says nothing',
    answer: on(/timestamp/, 'silence'),
    ours: 'quiet',
  },
  {
    group: 'T-13',
    name: 'a host that hangs up in the middle of the timestamp',
    answer: on(/timestamp/, 'cut'),
    ours: 'quiet',
  },
  {
    group: 'T-13',
    name: 'a host that hangs up in the middle of the directory',
    act: publishNext,
    answer: on(/directory/, 'cut'),
    ours: 'quiet',
  },
  {
    group: 'T-13',
    name: 'a host that gives the timestamp a byte at a time',
    answer: on(/timestamp/, 'drip'),
    ours: 'quiet',
  },
  { group: 'T-12', name: 'an error of the server', answer: on(/./, { status: 500 }), ours: 'quiet' },
  { group: 'T-12', name: 'a server that is busy', answer: on(/timestamp/, { status: 503 }), ours: 'quiet' },
  {
    group: 'T-12',
    name: 'a gateway that fails at the directory',
    act: publishNext,
    answer: on(/directory/, { status: 502 }),
    ours: 'quiet',
  },
  {
    group: 'T-12',
    name: 'a page with status 200 for every address',
    answer: on(/./, { status: 200, body: page }),
    ours: 'quiet',
  },
  {
    group: 'T-12',
    name: 'a page with status 200 for the next root',
    answer: on(/root/, { status: 200, body: page }),
    ours: 'quiet',
  },
  {
    group: 'T-12',
    name: 'an empty answer for the next root',
    answer: on(/root/, { status: 200, body: '' }),
    ours: 'quiet',
  },
  { group: 'T-12', name: 'nothing at all', answer: on(/./, { status: 404 }), ours: 'quiet' },
  {
    group: 'T-12',
    name: 'nothing at all, and it is forbidden to ask',
    answer: on(/./, { status: 403 }),
    ours: 'quiet',
  },
  {
    group: 'T-12',
    name: 'half of the timestamp',
    answer: (path, forge) =>
      path.includes('timestamp')
        ? { status: 200, body: (forge.files.get(path) ?? Buffer.alloc(0)).subarray(0, 200) }
        : undefined,
    ours: 'quiet',
  },
];

export const hostAttacks: Attack[] = [...paths, ...delegated, ...hosts];
