import { describe, expect, it } from 'vitest';
import { keyidOf } from './key.ts';
import { later, newKeyring, newSigner, now, rootKeysOf } from './testing.ts';
import { buildRoot, rootRefusals, type RootRefusal } from './root.ts';
import { TufProblem } from './problem.ts';

const production = { profile: 'production', previousVersion: 0, now } as const;
const demo = { ...production, profile: 'demo' } as const;

type Json = {
  version: number;
  expires: string;
  consistent_snapshot: boolean;
  keys: Record<string, { keytype: string; scheme: string; keyval: Record<string, string>; [more: string]: unknown }>;
  roles: Record<'root' | 'targets' | 'snapshot' | 'timestamp', { keyids: string[]; threshold: unknown }>;
  'x-keyowners': Record<string, string>;
};

/** A sound 2-of-3 root as JSON, as another program might hand it over, to be spoiled by the test. */
function soundRoot(): Json {
  const root = buildRoot({ ...production, keys: rootKeysOf(newKeyring(3), 2) });
  return JSON.parse(JSON.stringify(root.toJSON())) as Json;
}

function refusalsAfter(spoil: (root: Json) => void): RootRefusal[] {
  const root = soundRoot();
  spoil(root);
  return rootRefusals(root, production);
}

const first = (keyids: string[]) => keyids[0] ?? '';

describe('rootRefusals', () => {
  it('finds nothing against 2 of 3', () => {
    expect(rootRefusals(soundRoot(), production)).toEqual([]);
  });

  it('lets 1 of 1 pass in the demo profile only', () => {
    const root = buildRoot({ ...demo, keys: rootKeysOf(newKeyring(1), 1) }).toJSON();
    expect(rootRefusals(root, demo)).toEqual([]);
    expect(rootRefusals(root, production)).toEqual(['threshold-one', 'no-spare-key']);
  });

  const cases: [string, RootRefusal, (root: Json) => void][] = [
    ['another document', 'not-a-root', (root) => Object.assign(root, { _type: 'targets' })],
    ['an inconsistent snapshot', 'not-consistent-snapshot', (root) => (root.consistent_snapshot = false)],
    ['a skipped version', 'version-not-next', (root) => (root.version = 3)],
    ['a fraction of a second', 'date-malformed', (root) => (root.expires = root.expires.replace('Z', '.123Z'))],
    ['an offset from UTC', 'date-malformed', (root) => (root.expires = root.expires.replace('Z', '+02:00'))],
    ['a root that never expires', 'date-malformed', (root) => (root.expires = 'never')],
    ['ten years', 'expiry-out-of-range', (root) => (root.expires = '2099-01-01T00:00:00Z')],
    [
      'one week',
      'expiry-out-of-range',
      (root) =>
        (root.expires = later(7 * 24)
          .toISOString()
          .replace('.000', '')),
    ],
    ['a root expired already', 'expiry-out-of-range', (root) => (root.expires = '2020-01-01T00:00:00Z')],
    [
      'a fourth field in a key',
      'key-not-three-fields',
      (root) => Object.assign(root.keys[first(root.roles.root.keyids)] ?? {}, { 'x-owner': 'alice' }),
    ],
    [
      'RSA',
      'key-not-ed25519',
      (root) => Object.assign(root.keys[first(root.roles.root.keyids)] ?? {}, { keytype: 'rsa' }),
    ],
    [
      'a key under a name that is not its hash',
      'keyid-wrong',
      (root) => (root.keys['ab'.repeat(32)] = newSigner().publicKey),
    ],
    [
      'one public key under two ids',
      'same-key-two-ids',
      (root) => {
        const [mine = ''] = root.roles.targets.keyids;
        const twin = { ...root.keys[mine], scheme: 'ed25519' } as Json['keys'][string];
        root.keys['cd'.repeat(32)] = twin;
        root.roles.targets.keyids[1] = 'cd'.repeat(32);
      },
    ],
    [
      'one public key again in capitals',
      'same-key-two-ids',
      (root) => {
        const [mine = ''] = root.roles.targets.keyids;
        const value = root.keys[mine]?.keyval['public']?.toUpperCase() ?? '';
        const twin = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: value } } as const;
        root.keys[keyidOf(twin)] = twin;
      },
    ],
    [
      'a key twice in a role',
      'same-key-twice-in-role',
      (root) => root.roles.root.keyids.push(first(root.roles.root.keyids)),
    ],
    [
      'a person twice in a role',
      'same-person-twice-in-role',
      (root) => {
        const [one = '', two = ''] = root.roles.targets.keyids;
        root['x-keyowners'] = { [one]: 'alice', [two]: 'alice' };
      },
    ],
    [
      "somebody's root key among the targets keys",
      'same-key-in-two-roles',
      (root) => root.roles.targets.keyids.push(first(root.roles.root.keyids)),
    ],
    [
      'one key for snapshot and timestamp',
      'same-key-in-two-roles',
      (root) => (root.roles.snapshot.keyids = root.roles.timestamp.keyids),
    ],
    [
      'an online key among the root keys',
      'online-key-in-root-or-targets',
      (root) => root.roles.root.keyids.push(first(root.roles.timestamp.keyids)),
    ],
    [
      'an online key among the targets keys',
      'online-key-in-root-or-targets',
      (root) => root.roles.targets.keyids.push(first(root.roles.snapshot.keyids)),
    ],
    ['a key id without a key', 'key-unknown', (root) => root.roles.root.keyids.push('ef'.repeat(32))],
    ['threshold 0', 'threshold-malformed', (root) => (root.roles.timestamp.threshold = 0)],
    ['threshold -1', 'threshold-malformed', (root) => (root.roles.targets.threshold = -1)],
    ['threshold 1.5', 'threshold-malformed', (root) => (root.roles.targets.threshold = 1.5)],
    ['threshold "2"', 'threshold-malformed', (root) => (root.roles.targets.threshold = '2')],
    ['threshold 4 of 3', 'threshold-above-keys', (root) => (root.roles.root.threshold = 4)],
    ['threshold 1 for root', 'threshold-one', (root) => (root.roles.root.threshold = 1)],
    ['threshold 1 for targets', 'threshold-one', (root) => (root.roles.targets.threshold = 1)],
    ['3 of 3: one lost key stops everything', 'no-spare-key', (root) => (root.roles.root.threshold = 3)],
  ];

  it.each(cases)('refuses %s (%s)', (_, refusal, spoil) => {
    expect(refusalsAfter(spoil)).toContain(refusal);
  });

  it.each([undefined, null, 'root', 7, {}, { _type: 'root' }])('refuses %o instead of breaking', (value) => {
    expect(rootRefusals(value, production)).toEqual(['not-a-root']);
  });
});

describe('buildRoot', () => {
  it('throws with every reason, before anything can be signed', () => {
    const keys = rootKeysOf(newKeyring(1), 1);
    const build = () => buildRoot({ ...production, keys });
    expect(build).toThrow(TufProblem);
    expect(build).toThrow('threshold-one, no-spare-key');
  });
});
