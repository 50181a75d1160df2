// T-02 rollback, T-03 equivocation, T-04 freeze, T-05 fast-forward.
import { EVIL, signedBy, type Forge, type Json } from '../../packages/reader/src/testing.ts';
import { evilTargets, publishNext, serveTargets, type Attack } from './attack.ts';

const restore = (forge: Forge, old: ReadonlyMap<string, Buffer>): void => {
  forge.files.clear();
  for (const [path, bytes] of old) forge.files.set(path, bytes);
};

/** Points at the files of the first snapshot again, under new numbers. */
function pointBack(forge: Forge, role: 'snapshot' | 'targets'): void {
  forge.version[role] = 1;
  if (role === 'snapshot') forge.stamp();
  else forge.pointAt();
}

const rollback: Attack[] = [
  {
    group: 'T-02',
    name: 'the timestamp from before',
    act: (forge, old) =>
      void forge.files.set('metadata/timestamp.json', old.get('metadata/timestamp.json') ?? Buffer.alloc(0)),
    ours: 'alarm',
  },
  { group: 'T-02', name: 'the whole tree from before', act: restore, ours: 'alarm' },
  {
    group: 'T-02',
    name: 'a timestamp of a lower number, signed now',
    act(forge) {
      forge.version.timestamp = 0;
      forge.stamp();
    },
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'old snapshot metadata under a new timestamp',
    act: (forge) => pointBack(forge, 'snapshot'),
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'old targets metadata under new online metadata',
    act: (forge) => pointBack(forge, 'targets'),
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'the whole tree from before, to a new install',
    device: 'fresh',
    act: restore,
    ours: 'alarm',
    stockTakes: 'a root alone knows no numbers; the seed does (SNAPSHOTS §2.4)',
  },
  {
    group: 'T-02',
    name: 'old targets metadata under new online metadata, to a new install',
    device: 'fresh',
    act: (forge) => pointBack(forge, 'targets'),
    ours: 'alarm',
    stockTakes: 'a root alone knows no numbers; the seed does (SNAPSHOTS §2.4)',
  },
  {
    group: 'T-02',
    name: 'old snapshot metadata under a new timestamp, to a new install',
    device: 'fresh',
    act: (forge) => pointBack(forge, 'snapshot'),
    ours: 'alarm',
    stockTakes: 'a root alone knows no numbers; the seed does (SNAPSHOTS §2.4)',
  },
  {
    group: 'T-02',
    name: 'snapshot metadata that no longer names the targets',
    act: (forge) => forge.pointAt({ snapshot: { meta: {} } }),
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'snapshot metadata that no longer names the urgent role',
    act: (forge) => forge.pointAt({ snapshot: { meta: { 'targets.json': forge.named('targets') } } }),
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'the urgent role at a lower number',
    act(forge) {
      forge.version.urgent = 0;
      forge.signUrgent([]);
      forge.pointAt();
    },
    ours: 'alarm',
  },
  {
    group: 'T-02',
    name: 'a snapshot with a lower sequence, signed by people',
    act(forge) {
      forge.sequence = 0;
      forge.publish({ digits: EVIL });
    },
    ours: 'alarm',
    stockTakes: 'the number of a snapshot is ours, not TUF’s',
  },
  {
    group: 'T-02',
    name: 'the timestamp from before, to a device whose own has expired',
    clock: 10,
    act: (forge, old) =>
      void forge.files.set('metadata/timestamp.json', old.get('metadata/timestamp.json') ?? Buffer.alloc(0)),
    ours: 'refused',
  },
];

const equivocation: Attack[] = [
  {
    group: 'T-03',
    name: 'another timestamp under the same number',
    act(forge) {
      serveTargets(forge, signedBy(evilTargets(forge), forge.ring.targets));
      forge.version.timestamp -= 2;
      forge.stamp();
    },
    ours: 'alarm',
  },
  {
    group: 'T-03',
    name: 'a timestamp under the same number that ends later',
    act(forge) {
      forge.version.timestamp -= 1;
      forge.stamp({ expires: forge.date(6) });
    },
    ours: 'alarm',
  },
  {
    group: 'T-03',
    name: 'other snapshot metadata under the number that was announced',
    act(forge) {
      publishNext(forge);
      forge.files.set(
        `metadata/${forge.version.snapshot}.snapshot.json`,
        signedBy({ ...forge.last.snapshot, expires: forge.date(29) }, forge.ring.snapshot),
      );
    },
    ours: 'alarm',
  },
  {
    group: 'T-03',
    name: 'other targets metadata under the number that was announced',
    act(forge) {
      publishNext(forge);
      forge.files.set(
        `metadata/${forge.version.targets}.targets.json`,
        signedBy({ ...evilTargets(forge), version: forge.version.targets }, forge.ring.targets),
      );
    },
    ours: 'alarm',
  },
];

const dates: [string, unknown][] = [
  ['never', 'never'],
  ['no date', ''],
  ['a year alone', '2099'],
  ['a date with an offset', '2099-01-01T00:00:00+02:00'],
  ['a date with fractions', '2099-01-01T00:00:00.123Z'],
  ['a number', 4_102_444_800],
  ['the 30th of February', '2099-02-30T99:00:00Z'],
];

const freeze: Attack[] = [
  {
    group: 'T-04',
    name: 'an expired timestamp',
    act: (forge) => forge.stamp({ expires: forge.date(-1) }),
    ours: 'quiet',
  },
  {
    group: 'T-04',
    name: 'a timestamp that expired a second ago',
    act: (forge) => forge.stamp({ expires: forge.date(-1 / 86_400) }),
    ours: 'quiet',
  },
  {
    group: 'T-04',
    name: 'expired snapshot metadata',
    act: (forge) => forge.pointAt({ snapshot: { expires: forge.date(-1) } }),
    ours: 'quiet',
  },
  {
    group: 'T-04',
    name: 'expired targets metadata',
    act: (forge) => serveTargets(forge, signedBy(evilTargets(forge, { expires: forge.date(-1) }), forge.ring.targets)),
    ours: 'quiet',
  },
  {
    group: 'T-04',
    name: 'an expired root',
    act: (forge) => forge.publishRoot(forge.ring, { expires: forge.date(-1) }),
    ours: 'quiet',
  },
  ...dates.map(([what, expires]): Attack => ({
    group: 'T-04',
    name: `a timestamp whose end is ${what}`,
    act: (forge) => forge.stamp({ expires }),
    ours: 'alarm',
  })),
  ...dates.slice(0, 2).map(([what, expires]): Attack => ({
    group: 'T-04',
    name: `targets metadata whose end is ${what}`,
    act: (forge) => serveTargets(forge, signedBy(evilTargets(forge, { expires }), forge.ring.targets)),
    ours: 'alarm',
  })),
];

const versions: [string, unknown][] = [
  ['2^53', 2 ** 53],
  ['0', 0],
  ['-1', -1],
  ['the text "9"', '9'],
  ['null', null],
  ['true', true],
  ['a list', [9]],
];

const fastForward: Attack[] = [
  ...versions.map(([what, version]): Attack => ({
    group: 'T-05',
    name: `a timestamp whose number is ${what}`,
    act(forge) {
      const timestamp = { ...forge.last.timestamp, version };
      forge.files.set('metadata/timestamp.json', signLoose(timestamp, forge));
    },
    ours: 'alarm',
  })),
  {
    group: 'T-05',
    name: 'a timestamp at 2^31 that leads nowhere',
    act(forge) {
      forge.version.timestamp = 2 ** 31 - 2;
      forge.version.snapshot = 2 ** 31 - 1;
      forge.stamp();
    },
    ours: 'quiet',
  },
  {
    group: 'T-05',
    name: 'a timestamp at 2^31 over what is published',
    act(forge) {
      forge.version.timestamp = 2 ** 31 - 2;
      forge.stamp();
    },
    ours: 'harmless',
  },
];

function signLoose(signed: Json, forge: Forge): Buffer {
  try {
    return signedBy(signed, forge.ring.timestamp);
  } catch {
    // What has no canonical form cannot be signed either; so with the signature of its neighbour.
    const text = signedBy({ ...signed, version: 7 }, forge.ring.timestamp).toString();
    return Buffer.from(text.replace('"version": 7', `"version": ${String(signed['version'])}`));
  }
}

export const versionAttacks: Attack[] = [...rollback, ...equivocation, ...freeze, ...fastForward];
