import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CALENDAR, ed25519Key, signingCalendar, type PublicKeyFile } from '@waymark/domain';
import { keyidOf } from './key.ts';
import { buildRoot } from './root.ts';
import { keyOwnersOf, parseSigningPolicy, readSigningPolicy, rootKeysOf, urgentKeysOf } from './policy.ts';
import { newSigner, now, tempDir } from './testing.ts';

const newKey = () => newSigner().publicKey.keyval.public;

const people = ['Anna', 'Ben', 'Chris'];

type Holder = { name: string; key: unknown; organisation?: string };
type Role = { threshold: number; holders: Holder[] };
type Json = {
  root: Role;
  targets: Role;
  urgent?: Role;
  online: Record<string, unknown>;
  lifetimes?: Record<string, { valid: number; windowOpens: number; alarm: number }>;
  [more: string]: unknown;
};

function soundPolicy(): Json {
  const holders = () => people.map((name): Holder => ({ name, key: newKey() }));
  return {
    kind: 'waymark-signing-policy',
    format: 1,
    root: { threshold: 2, holders: holders() },
    targets: { threshold: 2, holders: holders() },
    urgent: { threshold: 1, holders: holders() },
    online: { snapshot: newKey(), timestamp: newKey() },
  };
}

function keyFile(change: (file: PublicKeyFile) => void = () => {}): PublicKeyFile {
  const { publicKey, keyid } = newSigner();
  const file: PublicKeyFile = { kind: 'waymark-public-key', format: 1, name: 'anna', keyid, publicKey };
  change(file);
  return file;
}

const holder = (role: Role | undefined, index = 0) => role!.holders[index]!;

describe('a signing policy', () => {
  it('gives keys, thresholds, names and days to a root that no rule speaks against', () => {
    const json = soundPolicy();
    const file = keyFile();
    holder(json.root).key = file;
    const policy = parseSigningPolicy(JSON.stringify(json));
    const keys = rootKeysOf(policy);
    expect(keys.root).toMatchObject({ threshold: 2, keys: [file.publicKey, {}, {}] });
    const owners = keyOwnersOf(policy);
    const calendar = signingCalendar(policy);
    const root = buildRoot({ previousVersion: 0, keys, owners, profile: 'production', now, calendar });
    expect(root.expires).toBe(new Date(now.getTime() + 365 * 86_400_000).toISOString().replace('.000', ''));
    expect(owners[file.keyid]).toBe('Anna');
    expect(urgentKeysOf(policy)).toMatchObject({ threshold: 1, keys: [{}, {}, {}] });
    const duty = ed25519Key(String(holder(json.urgent, 2).key));
    expect(owners[keyidOf(duty)]).toBe('Chris');
    expect(calendar).toEqual(DEFAULT_CALENDAR);
    expect(calendar).toMatchObject({
      root: { valid: 365 * 24, windowOpens: 180 * 24, alarm: 90 * 24 },
      timestamp: { valid: 72, windowOpens: 66, alarm: 48 },
    });
  });

  it('needs no urgent lane, and two organisations are enough', () => {
    const json = soundPolicy();
    delete json.urgent;
    json.root.holders.forEach((each, index) => (each.organisation = index === 0 ? 'One' : 'Other'));
    expect(urgentKeysOf(parseSigningPolicy(JSON.stringify(json)))).toBeUndefined();
  });

  it.each<[string, string, (json: Json) => void]>([
    ['threshold 1 for root', 'ask for 2 or more', (json) => (json.root.threshold = 1)],
    ['threshold 1 for targets', 'ask for 2 or more', (json) => (json.targets.threshold = 1)],
    ['threshold 0', 'root.threshold', (json) => (json.root.threshold = 0)],
    ['threshold 1.5', 'targets.threshold', (json) => (json.targets.threshold = 1.5)],
    ['no spare root key', 'name one more person', (json) => (json.root.threshold = 3)],
    ['no spare targets key', 'name one more person', (json) => json.targets.holders.pop()],
    ['a single duty key', 'urgent: 1 keys', (json) => (json.urgent!.holders = json.urgent!.holders.slice(0, 1))],
    ['a person twice in a role', 'one person, one key', (json) => (holder(json.root, 1).name = 'anna ')],
    [
      'one key for two people',
      'Anna (root) and Ben (root) have the same key',
      (json) => (holder(json.root, 1).key = holder(json.root).key),
    ],
    [
      "a person's root key as targets key",
      'Anna (root) and Anna (targets) have the same key',
      (json) => (holder(json.targets).key = holder(json.root).key),
    ],
    [
      'a targets key as duty key',
      'Ben (targets) and Ben (urgent)',
      (json) => (holder(json.urgent, 1).key = holder(json.targets, 1).key),
    ],
    [
      'one key for both online roles',
      'online snapshot and online timestamp',
      (json) => (json.online['timestamp'] = json.online['snapshot']),
    ],
    [
      'an online key as targets key',
      'Anna (targets) and online snapshot',
      (json) => (json.online['snapshot'] = holder(json.targets).key),
    ],
    [
      'the log key as duty key',
      'Anna (urgent) and online log',
      (json) => (json.online['log'] = holder(json.urgent).key),
    ],
    [
      'a key in capitals',
      'root.holders.0.key: A public key is 64 hexadecimal digits in lower case',
      (json) => (holder(json.root).key = newKey().toUpperCase()),
    ],
    [
      'a field more in a key',
      'publicKey',
      (json) => (holder(json.root).key = keyFile(({ publicKey }) => Object.assign(publicKey, { owner: 'anna' }))),
    ],
    [
      'a key file whose keyid is not that of its key',
      'take it from its owner again',
      (json) => (holder(json.root).key = keyFile((file) => (file.keyid = 'ab'.repeat(32)))),
    ],
    [
      'another kind of key',
      'keytype',
      (json) => (holder(json.root).key = keyFile(({ publicKey }) => Object.assign(publicKey, { keytype: 'rsa' }))),
    ],
    [
      'all root holders in one organisation',
      'give at least one key to another',
      (json) => json.root.holders.forEach((each) => (each.organisation = 'One')),
    ],
    [
      'an organisation named for some only',
      'of every holder, or of none',
      (json) => (holder(json.root).organisation = 'One'),
    ],
    [
      'an alarm before the window opens',
      'valid (120) > windowOpens (30) > alarm (45)',
      (json) => (json.lifetimes = { targetsDays: { valid: 120, windowOpens: 30, alarm: 45 } }),
    ],
    [
      'a window as long as the life',
      'lifetimes.timestampHours',
      (json) => (json.lifetimes = { timestampHours: { valid: 72, windowOpens: 72, alarm: 48 } }),
    ],
    [
      'half a day',
      'lifetimes',
      (json) => (json.lifetimes = { rootDays: { valid: 365.5, windowOpens: 180, alarm: 90 } }),
    ],
    ['a word it does not know', 'Unrecognized key: "treshold"', (json) => Object.assign(json.root, { treshold: 2 })],
    ['another document', 'kind', (json) => (json['kind'] = 'waymark-key')],
  ])('is refused with the fix: %s', (_what, fix, spoil) => {
    const json = soundPolicy();
    spoil(json);
    expect(() => parseSigningPolicy(JSON.stringify(json))).toThrow(fix);
  });

  it('is refused when it is no JSON', () => {
    expect(() => parseSigningPolicy('root: anna')).toThrow('not JSON');
  });

  it('lies in the data folder, or is not there', async () => {
    const dir = await tempDir();
    expect(await readSigningPolicy(dir)).toBeUndefined();
    await writeFile(join(dir, 'signing-policy.json'), JSON.stringify(soundPolicy()));
    expect((await readSigningPolicy(dir))?.root.threshold).toBe(2);
  });
});
