// T-16 one key stolen, T-22 one publisher alone: nobody gets a changed number accepted.
import {
  entryLine,
  EVIL,
  file,
  newRing,
  otherLines,
  sha256,
  signature,
  signedBy,
  type Forge,
  type Json,
} from '../../packages/reader/src/testing.ts';
import {
  evilTargets,
  replaceDirectory,
  serveEvil,
  serveRoot,
  serveSnapshot,
  serveTargets,
  targetsNaming,
  type Attack,
} from './attack.ts';

const evil = newRing('evil-');

const timestampKey: [string, (forge: Forge) => void][] = [
  [
    'names snapshot metadata of its own',
    (forge) =>
      serveSnapshot(forge, signedBy({ ...forge.last.snapshot, version: forge.version.snapshot + 1 }, evil.snapshot)),
  ],
  [
    'signs snapshot metadata itself',
    (forge) =>
      serveSnapshot(
        forge,
        signedBy({ ...forge.last.snapshot, version: forge.version.snapshot + 1 }, forge.ring.timestamp),
      ),
  ],
  [
    'names snapshot metadata of another repository',
    (forge) => serveSnapshot(forge, signedBy({ ...forge.last.snapshot, version: 99 }, evil.snapshot)),
  ],
  ['puts targets into the timestamp', (forge) => forge.stamp({ meta: { 'targets.json': forge.named('targets') } })],
  ['names a file with a path', (forge) => forge.stamp({ meta: { '../evil.json': forge.named('snapshot') } })],
];

const bothOnline: [string, (forge: Forge) => void][] = [
  ['sign targets metadata', (forge) => serveEvil(forge, [...forge.ring.snapshot, ...forge.ring.timestamp])],
  [
    'leave the signatures of the last targets metadata on other content',
    (forge) =>
      serveTargets(
        forge,
        file(
          evilTargets(forge),
          forge.ring.targets.slice(0, 2).map((key) => signature(forge.last.targets, key)),
        ),
      ),
  ],
  ['name targets metadata of keys of their own', (forge) => serveEvil(forge, evil.targets)],
  [
    'name the metadata of another role as targets',
    (forge) =>
      serveTargets(forge, signedBy({ ...forge.last.urgent, version: forge.version.targets + 1 }, forge.ring.urgent)),
  ],
  [
    'put another directory behind the old metadata',
    (forge) => {
      forge.pointAt();
      replaceDirectory(forge, () => Buffer.from(`${entryLine({ digits: EVIL })}\n`));
      forge.publish({ digits: EVIL });
      replaceDirectory(forge, () => Buffer.from('x'));
    },
  ],
];

const oneRootKey: [string, (forge: Forge) => void][] = [
  [
    'a root of its own keys',
    (forge) => serveRoot(forge, signedBy(forge.rootOf(evil, 2), [...forge.ring.root.slice(0, 1), ...evil.root])),
  ],
  [
    'a root that needs one signature',
    (forge) =>
      serveRoot(forge, signedBy(forge.rootOf(forge.ring, 2, { roles: lowered(forge) }), forge.ring.root.slice(0, 1))),
  ],
  [
    'a root with its own targets keys',
    (forge) =>
      serveRoot(
        forge,
        signedBy(forge.rootOf({ ...forge.ring, targets: evil.targets }, 2), forge.ring.root.slice(0, 1)),
      ),
  ],
  [
    'a root that it signs twice',
    (forge) => {
      const signed = forge.rootOf({ ...forge.ring, targets: evil.targets }, 2);
      const [alice, bob] = forge.ring.root;
      if (alice && bob) serveRoot(forge, file(signed, [signature(signed, alice), signature(signed, alice, bob)]));
    },
  ],
  ['targets metadata', (forge) => serveEvil(forge, forge.ring.root)],
];

const onePublisher: [string, (forge: Forge) => Json][] = [
  ['changes a number', (forge) => evilTargets(forge)],
  ['adds an entry', (forge) => targetsNaming(forge, [entryLine(), ...otherLines(1)])],
  ['removes an entry', (forge) => targetsNaming(forge, [])],
  ['empties the directory', (forge) => ({ ...forge.last.targets, version: forge.version.targets + 1, targets: {} })],
  ['changes the kind of an entry', (forge) => targetsNaming(forge, [entryLine({ over: { kind: 'emergency' } })])],
  [
    'takes an expiry away',
    (forge) =>
      targetsNaming(forge, [
        entryLine({
          over: { verification: { confidence: 'high', lastConfirmed: null, methods: [], expiresAt: null } },
        }),
      ]),
  ],
  ['raises a confidence', (forge) => targetsNaming(forge, [entryLine({ digits: EVIL, over: { revision: 99 } })])],
  ['makes its key the duty key', (forge) => ({ ...evilTargets(forge), delegations: { keys: {}, roles: [] } })],
  ['signs for ten years', (forge) => evilTargets(forge, { expires: forge.date(3650) })],
  [
    'changes the sequence alone',
    (forge) => ({ ...forge.last.targets, version: forge.version.targets + 1, 'x-note': sha256(Buffer.from('x')) }),
  ],
];

function lowered(forge: Forge): Json {
  const roles = forge.rootOf(forge.ring, 2)['roles'] as Record<string, Json>;
  return Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, { ...role, threshold: 1 }]));
}

const named = (group: string, who: string, rows: [string, (forge: Forge) => void][]): Attack[] =>
  rows.map(([name, act]) => ({ group, name: `${who} ${name}`, act, ours: 'alarm' }));

export const theftAttacks: Attack[] = [
  ...named('T-16', 'who has the timestamp key', timestampKey),
  ...named('T-16', 'who has both online keys may', bothOnline),
  ...named('T-16', 'who has one root key signs', oneRootKey),
  ...named(
    'T-16',
    'who has one targets key and both online keys',
    onePublisher
      .slice(0, 3)
      .map(([name, signed]) => [
        name,
        (forge) => serveTargets(forge, signedBy(signed(forge), [...forge.ring.targets.slice(0, 1), ...evil.targets])),
      ]),
  ),
  ...named(
    'T-22',
    'one publisher alone',
    onePublisher.map(([name, signed]) => [
      name,
      (forge) => serveTargets(forge, signedBy(signed(forge), forge.ring.targets.slice(0, 1))),
    ]),
  ),
];
