// T-01 arbitrary software, T-07 thresholds, T-09 kinds of keys.
import {
  entryLine,
  EVIL,
  file,
  keyOf,
  newRing,
  signature,
  signedBy,
  type Forge,
  type Json,
} from '../../packages/reader/src/testing.ts';
import {
  evilTargets,
  flip,
  pathOf,
  publishNext,
  replaceDirectory,
  edit,
  serveEvil,
  serveRoot,
  serveSnapshot,
  serveTargets,
  type Attack,
} from './attack.ts';

const thief = keyOf('thief');

const METADATA: [string, (forge: Forge) => string][] = [
  ['the next root', (forge) => `metadata/${forge.version.root}.root.json`],
  ['the timestamp', () => 'metadata/timestamp.json'],
  ['the snapshot metadata', (forge) => `metadata/${forge.version.snapshot}.snapshot.json`],
  ['the targets metadata', (forge) => `metadata/${forge.version.targets}.targets.json`],
];

const flips: Attack[] = METADATA.flatMap(([what, path]) =>
  [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((at): Attack => ({
    group: 'T-01',
    name: `one bit flipped ${Math.round(at * 100)} % into ${what}`,
    act(forge) {
      forge.publishRoot();
      publishNext(forge);
      flip(forge, path(forge), at);
    },
    ours: 'refused',
  })),
);

const unsigned: Attack[] = METADATA.map(([what, path], i): Attack => ({
  group: 'T-01',
  name: `no signature at all on ${what}`,
  act(forge) {
    const part = (['root', 'timestamp', 'snapshot', 'targets'] as const)[i] ?? 'root';
    if (part === 'root') return serveRoot(forge, signedBy(forge.rootOf(newRing(), 2), []));
    if (part === 'timestamp') return forge.stamp({}, []);
    if (part === 'snapshot')
      return serveSnapshot(forge, signedBy({ ...forge.last.snapshot, version: forge.version.snapshot + 1 }, []));
    publishNext(forge);
    serveEvil(forge, []);
    return edit(forge, path(forge), (bytes) => bytes);
  },
  ours: 'alarm',
}));

const strangers: Attack[] = [
  { group: 'T-01', name: 'a stranger signs the timestamp', act: (forge) => forge.stamp({}, [thief]), ours: 'alarm' },
  {
    group: 'T-01',
    name: 'a stranger signs the snapshot metadata',
    act: (forge) =>
      serveSnapshot(forge, signedBy({ ...forge.last.snapshot, version: forge.version.snapshot + 1 }, [thief])),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'two strangers sign the targets metadata',
    act: (forge) => serveEvil(forge, [thief, keyOf('accomplice')]),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'two strangers sign the next root',
    act: (forge) => serveRoot(forge, signedBy(forge.rootOf(newRing('evil-'), 2), newRing('evil-').root)),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'the timestamp key signs targets metadata',
    act: (forge) => serveEvil(forge, [...forge.ring.timestamp, ...forge.ring.snapshot]),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'the targets keys sign a timestamp',
    act: (forge) => forge.stamp({}, forge.ring.targets),
    ours: 'alarm',
  },
];

const types: Attack[] = [
  {
    group: 'T-01',
    name: 'a timestamp that says it is snapshot metadata',
    act: (forge) => forge.stamp({ _type: 'snapshot' }),
    ours: 'alarm',
  },
  { group: 'T-01', name: 'a timestamp without a type', act: (forge) => forge.stamp({ _type: null }), ours: 'alarm' },
  {
    group: 'T-01',
    name: 'snapshot metadata that says it is targets metadata',
    act: (forge) => forge.pointAt({ snapshot: { _type: 'targets' } }),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'targets metadata that says it is root',
    act: (forge) => serveEvil(forge, forge.ring.targets, { _type: 'root' }),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'metadata of version 2 of the specification',
    act: (forge) => forge.stamp({ spec_version: '2.0.0' }),
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'metadata without a version of the specification',
    act: (forge) => forge.stamp({ spec_version: null }),
    ours: 'alarm',
  },
];

const substituted: Attack[] = (
  [
    ['another directory in its place', () => Buffer.from(`${entryLine({ digits: EVIL })}\n`)],
    ['a directory one byte longer', (bytes) => Buffer.concat([bytes, Buffer.from(' ')])],
    ['a directory cut short', (bytes) => bytes.subarray(0, -1)],
    ['an empty directory', () => Buffer.alloc(0)],
    ['a directory with one bit flipped', (bytes) => Buffer.from(bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)))],
    ['a directory of five megabytes', (bytes) => Buffer.concat([bytes, Buffer.alloc(5_000_000)])],
  ] as [string, (bytes: Buffer) => Buffer][]
).map(([name, change]) => ({
  group: 'T-01',
  name,
  act(forge) {
    publishNext(forge);
    replaceDirectory(forge, change);
  },
  ours: 'alarm',
}));

const targetFiles: Attack[] = [
  ...substituted,
  {
    group: 'T-01',
    name: 'the old directory under the new name',
    act(forge) {
      const before = ['v1/directory.ndjson', 'v1/directory.ndjson.gz'].map((name) =>
        forge.files.get(pathOf(forge, name)),
      );
      publishNext(forge);
      ['v1/directory.ndjson', 'v1/directory.ndjson.gz'].forEach((name, i) =>
        edit(forge, pathOf(forge, name), () => before[i] ?? Buffer.alloc(0)),
      );
    },
    ours: 'alarm',
  },
  {
    group: 'T-01',
    name: 'the targets of another repository',
    act(forge) {
      const other = newRing('other-');
      forge.ring.timestamp = other.timestamp;
      forge.ring.snapshot = other.snapshot;
      forge.ring.targets = other.targets;
      forge.publish({ digits: EVIL });
    },
    ours: 'alarm',
  },
];

const thresholds: Attack[] = [
  {
    group: 'T-07',
    name: 'one of two signatures on targets metadata',
    act: (forge) => serveEvil(forge, forge.ring.targets.slice(0, 1)),
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'one signature twice under one key id',
    act(forge) {
      const signed = evilTargets(forge);
      const [alice] = forge.ring.targets;
      if (alice) serveTargets(forge, file(signed, [signature(signed, alice), signature(signed, alice)]));
    },
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'one person signs under the key id of another',
    act(forge) {
      const signed = evilTargets(forge);
      const [alice, bob] = forge.ring.targets;
      if (alice && bob) serveTargets(forge, file(signed, [signature(signed, alice), signature(signed, alice, bob)]));
    },
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'one good signature, one of other content',
    act(forge) {
      const signed = evilTargets(forge);
      const [alice, bob] = forge.ring.targets;
      if (alice && bob)
        serveTargets(forge, file(signed, [signature(signed, alice), signature(forge.last.targets, bob)]));
    },
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'one signature, and the key of the timestamp for a second',
    act: (forge) => serveEvil(forge, [...forge.ring.targets.slice(0, 1), ...forge.ring.timestamp]),
    ours: 'alarm',
  },
  ...([0, -1, 1.5, '1', null, true, []] as unknown[]).map((threshold): Attack => ({
    group: 'T-07',
    name: `a root whose threshold for targets is ${JSON.stringify(threshold)}, and targets signed by nobody`,
    act(forge) {
      const roles = rolesOf(forge, (role) => ({ ...role, threshold }));
      // A fraction cannot be signed at all: the bytes are put together by hand.
      serveRoot(forge, signLoosely(forge, { ...forge.rootOf(forge.ring, 2), roles }));
      serveEvil(forge, []);
    },
    ours: 'alarm',
  })),
  {
    group: 'T-07',
    name: 'a root that lists one key twice in a role',
    act(forge) {
      const roles = rolesOf(forge, ({ keyids }) => ({ keyids: [keyids[0], keyids[0]], threshold: 2 }));
      serveRoot(forge, signedBy({ ...forge.rootOf(forge.ring, 2), roles }, forge.ring.root));
      serveEvil(forge, forge.ring.targets.slice(0, 1));
    },
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'a root that lists one public key under two ids',
    act(forge) {
      const [alice] = forge.ring.targets;
      if (!alice) return;
      const twin = { ...alice, id: 'ab'.repeat(32) };
      const root = forge.rootOf(forge.ring, 2);
      const keys = { ...(root['keys'] as Json), [twin.id]: alice.json };
      const roles = rolesOf(forge, () => ({ keyids: [alice.id, twin.id], threshold: 2 }));
      serveRoot(forge, signedBy({ ...root, keys, roles }, forge.ring.root));
      const signed = evilTargets(forge);
      serveTargets(forge, file(signed, [signature(signed, alice), signature(signed, alice, twin)]));
    },
    ours: 'alarm',
  },
  {
    group: 'T-07',
    name: 'a root whose threshold is above its keys',
    act(forge) {
      serveRoot(
        forge,
        signedBy(
          { ...forge.rootOf(forge.ring, 2), roles: rolesOf(forge, (role) => ({ ...role, threshold: 9 })) },
          forge.ring.root,
        ),
      );
      serveEvil(forge, forge.ring.targets);
    },
    ours: 'alarm',
  },
];

const keyKinds: Attack[] = [
  ...(
    [
      ['that says it is an ECDSA key', { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256' }],
      ['that says it is an RSA key', { keytype: 'rsa', scheme: 'rsassa-pss-sha256' }],
      ['of an unknown kind', { keytype: 'quantum', scheme: 'quantum' }],
    ] as [string, Json][]
  ).map(([what, kind]): Attack => ({
    group: 'T-09',
    name: `a key ${what}`,
    act(forge) {
      const root = forge.rootOf(forge.ring, 2);
      const keys = Object.fromEntries(
        Object.entries(root['keys'] as Record<string, Json>).map(([id, key]) => [
          id,
          forge.ring.targets.some((target) => target.id === id) ? { ...key, ...kind } : key,
        ]),
      );
      serveRoot(forge, signedBy({ ...root, keys }, forge.ring.root));
      serveEvil(forge, forge.ring.targets);
    },
    ours: 'alarm',
  })),
  ...(
    [
      ['half a signature', (sig) => sig.slice(0, 64)],
      ['a signature and a byte more', (sig) => `${sig}00`],
      ['a signature that is no hex', (sig) => `zz${sig.slice(2)}`],
      ['an empty signature', () => ''],
      ['a signature of zeros', () => '00'.repeat(64)],
      ['a malleable signature, S plus the order of the group', malleable],
    ] as [string, (sig: string) => string][]
  ).map(([name, change]): Attack => ({
    group: 'T-09',
    name,
    act(forge) {
      const signed = { ...forge.last.timestamp, version: forge.version.timestamp + 1 };
      const [key] = forge.ring.timestamp;
      const made = key && signature(signed, key);
      forge.files.set('metadata/timestamp.json', file(signed, made ? [{ ...made, sig: change(made.sig) }] : []));
    },
    ours: 'alarm',
  })),
];

function rolesOf(forge: Forge, change: (role: { keyids: string[]; threshold: number }) => Json): Json {
  const roles = forge.rootOf(forge.ring, 2)['roles'] as Json;
  return { ...roles, targets: change(roles['targets'] as { keyids: string[]; threshold: number }) };
}

function signLoosely(forge: Forge, signed: Json): Buffer {
  try {
    return signedBy(signed, forge.ring.root);
  } catch {
    return file(
      signed,
      forge.ring.root.map((key) => signature({ ...signed, roles: {} }, key)),
    );
  }
}

/** RFC 8032 §5.1.7 asks for S below the order of the group, or one signature could be written in two ways. */
function malleable(sig: string): string {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = Buffer.from(sig.slice(64), 'hex').reverse();
  const sum = (BigInt(`0x${s.toString('hex')}`) + order).toString(16).padStart(64, '0');
  return sig.slice(0, 64) + Buffer.from(sum, 'hex').reverse().toString('hex');
}

export const signatureAttacks: Attack[] = [
  ...flips,
  ...unsigned,
  ...strangers,
  ...types,
  ...targetFiles,
  ...thresholds,
  ...keyKinds,
];
