// T-06 mix-and-match, T-08 chains of roots.
import { entryLine, EVIL, keyOf, newRing, signedBy, type Forge, type Json } from '../../packages/reader/src/testing.ts';
import {
  edit,
  evilTargets,
  pathOf,
  publishNext,
  serveRoot,
  serveSnapshot,
  serveTargets,
  targetsNaming,
  type Attack,
} from './attack.ts';

const withNext = (change: (forge: Forge) => void) => (forge: Forge) => {
  publishNext(forge);
  change(forge);
};

const mix: Attack[] = [
  {
    group: 'T-06',
    name: 'old targets metadata under the new number',
    act: withNext((forge) =>
      edit(
        forge,
        `metadata/${forge.version.targets}.targets.json`,
        () => forge.files.get('metadata/1.targets.json') ?? Buffer.alloc(0),
      ),
    ),
    ours: 'alarm',
  },
  {
    group: 'T-06',
    name: 'old snapshot metadata under the new number',
    act: withNext((forge) =>
      edit(
        forge,
        `metadata/${forge.version.snapshot}.snapshot.json`,
        () => forge.files.get('metadata/1.snapshot.json') ?? Buffer.alloc(0),
      ),
    ),
    ours: 'alarm',
  },
  ...(
    [
      ['a hash of other targets metadata', { hashes: { sha256: '0'.repeat(64) } }],
      ['a length of other targets metadata', { length: 7 }],
      ['a number of other targets metadata', { version: 2 }],
    ] as [string, Json][]
  ).map(([what, over]): Attack => ({
    group: 'T-06',
    name: `snapshot metadata with ${what}`,
    act(forge) {
      const bytes = signedBy(targetsNaming(forge, [entryLine({ digits: EVIL })]), forge.ring.targets);
      forge.version.targets += 1;
      forge.files.set(`metadata/${forge.version.targets}.targets.json`, bytes);
      forge.files.set('metadata/2.targets.json', bytes);
      forge.pointAt({
        snapshot: {
          meta: { 'targets.json': { ...forge.named('targets'), ...over }, 'urgent.json': forge.named('urgent') },
        },
      });
    },
    ours: 'alarm',
  })),
  {
    group: 'T-06',
    name: 'a timestamp with a hash of other snapshot metadata',
    act(forge) {
      publishNext(forge);
      forge.stamp({ meta: { 'snapshot.json': { ...forge.named('snapshot'), hashes: { sha256: '0'.repeat(64) } } } });
    },
    ours: 'alarm',
  },
  {
    group: 'T-06',
    name: 'a timestamp with another number of the snapshot metadata',
    act(forge) {
      publishNext(forge);
      const bytes = forge.files.get(`metadata/${forge.version.snapshot}.snapshot.json`) ?? Buffer.alloc(0);
      forge.files.set('metadata/9.snapshot.json', bytes);
      forge.stamp({ meta: { 'snapshot.json': { ...forge.named('snapshot'), version: 9 } } });
    },
    ours: 'alarm',
  },
  { group: 'T-06', name: 'a timestamp that names nothing', act: (forge) => forge.stamp({ meta: {} }), ours: 'alarm' },
  ...(['snapshot', 'targets'] as const).map((role): Attack => ({
    group: 'T-06',
    name: `no ${role} metadata where it was announced`,
    act: withNext((forge) => void forge.files.delete(`metadata/${forge.version[role]}.${role}.json`)),
    ours: 'quiet',
  })),
  {
    group: 'T-06',
    name: 'no timestamp',
    act: (forge) => void forge.files.delete('metadata/timestamp.json'),
    ours: 'quiet',
  },
  {
    group: 'T-06',
    name: 'no directory where it was announced',
    act: withNext((forge) => {
      for (const name of ['v1/directory.ndjson', 'v1/directory.ndjson.gz']) forge.files.delete(pathOf(forge, name));
    }),
    ours: 'quiet',
  },
];

const roots: Attack[] = [
  {
    group: 'T-08',
    name: 'a root with a number left out',
    act: (forge) => serveRoot(forge, signedBy(forge.rootOf(forge.ring, 3), forge.ring.root)),
    ours: 'alarm',
  },
  { group: 'T-08', name: 'root 1 as root 2', act: (forge) => serveRoot(forge, forge.root(1)), ours: 'alarm' },
  {
    group: 'T-08',
    name: 'a next root signed by one of two',
    act: (forge) =>
      serveRoot(
        forge,
        signedBy(forge.rootOf(newRing('evil-'), 2), [...forge.ring.root.slice(0, 1), ...newRing('evil-').root]),
      ),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a next root signed by the old holders alone',
    act: (forge) =>
      serveRoot(forge, signedBy(forge.rootOf({ ...forge.ring, root: newRing('new-').root }, 2), forge.ring.root)),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a next root signed by the new holders alone',
    act: (forge) =>
      serveRoot(forge, signedBy(forge.rootOf({ ...forge.ring, root: newRing('new-').root }, 2), newRing('new-').root)),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a chain with one root in it signed badly',
    act(forge) {
      forge.publishRoot();
      forge.publishRoot();
      forge.publishRoot();
      const bad = forge.rootOf(forge.ring, 3);
      forge.files.set('metadata/3.root.json', signedBy(bad, [keyOf('thief'), ...forge.ring.root.slice(0, 1)]));
    },
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a root without consistent snapshots',
    act: (forge) => forge.publishRoot(forge.ring, { consistent_snapshot: false }),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a root without a role',
    act: (forge) => forge.publishRoot(forge.ring, { roles: {} }),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'a root of a megabyte',
    act: (forge) => forge.publishRoot(forge.ring, { 'x-padding': 'x'.repeat(1_000_000) }),
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'keys that a new root has dropped',
    act(forge) {
      const ring = { ...forge.ring, targets: newRing('new-').targets };
      const before = forge.ring.targets;
      forge.publishRoot(ring);
      serveTargets(forge, signedBy(evilTargets(forge), before));
    },
    ours: 'alarm',
  },
  {
    group: 'T-08',
    name: 'an online key that a new root has dropped',
    act(forge) {
      const ring = { ...forge.ring, timestamp: newRing('new-').timestamp };
      forge.publishRoot(ring);
      serveSnapshot(
        forge,
        signedBy({ ...forge.last.snapshot, version: forge.version.snapshot + 1 }, forge.ring.snapshot),
      );
    },
    ours: 'alarm',
  },
];

export const chainAttacks: Attack[] = [...mix, ...roots];
