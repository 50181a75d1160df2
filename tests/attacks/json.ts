// T-14 ambiguous JSON, T-15 clocks.
import { keyOf, signedBy, type Forge, type Json } from '../../packages/reader/src/testing.ts';
import { edit, evilTargets, publishNext, replaceText, serveTargets, type Attack } from './attack.ts';

const thief = keyOf('thief');

/** A timestamp put together by hand. */
const text = (forge: Forge, change: (text: string) => string | Buffer) =>
  edit(forge, 'metadata/timestamp.json', (bytes) => Buffer.from(change(bytes.toString())));

const json: Attack[] = [
  {
    group: 'T-14',
    name: 'a byte order mark before the timestamp',
    act: (forge) => text(forge, (t) => `\uFEFF${t}`),
    ours: 'refused',
  },
  {
    group: 'T-14',
    name: 'a timestamp in UTF-16',
    act: (forge) => text(forge, (t) => Buffer.from(t, 'utf16le')),
    ours: 'refused',
  },
  {
    group: 'T-14',
    name: 'bytes that are no UTF-8',
    act: (forge) =>
      text(forge, (t) =>
        Buffer.concat([Buffer.from(t.slice(0, -3)), Buffer.from([0xc3, 0x28]), Buffer.from(t.slice(-3))]),
      ),
    ours: 'refused',
  },
  { group: 'T-14', name: 'something behind the end', act: (forge) => text(forge, (t) => `${t}{}`), ours: 'refused' },
  {
    group: 'T-14',
    name: 'a comma too many',
    act: (forge) => text(forge, (t) => t.replace(/}\n}\n$/, '},\n}\n')),
    ours: 'refused',
  },
  { group: 'T-14', name: 'comments', act: (forge) => text(forge, (t) => `/* */${t}`), ours: 'refused' },
  {
    group: 'T-14',
    name: 'a list where the object should be',
    act: (forge) => text(forge, (t) => `[${t}]`),
    ours: 'alarm',
  },
  { group: 'T-14', name: 'null', act: (forge) => text(forge, () => 'null'), ours: 'alarm' },
  { group: 'T-14', name: 'no signed part', act: (forge) => text(forge, () => '{"signatures":[]}'), ours: 'alarm' },
  {
    group: 'T-14',
    name: 'signatures that are no list',
    act: (forge) => text(forge, (t) => t.replace(/"signatures": \[[^\]]*\]/, '"signatures": {}')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'signatures without key ids',
    act: (forge) => text(forge, (t) => t.replace('"keyid"', '"kid"')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'the number of the timestamp twice, the evil one last',
    act: (forge) =>
      text(forge, (t) =>
        t.replace(/"version": (\d+),\n {2}"expires"/, '"version": $1,\n  "version": 99,\n  "expires"'),
      ),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'the signed part twice, the evil one last',
    act: (forge) =>
      text(forge, (t) =>
        t.replace(/}\n$/, `, "signed": ${JSON.stringify({ ...forge.last.timestamp, version: 99 })}}\n`),
      ),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'a fraction among the signed values',
    act: (forge) => text(forge, (t) => t.replace('"spec_version"', '"x": 0.5, "spec_version"')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'half a character among the signed values',
    act: (forge) => text(forge, (t) => t.replace('"spec_version"', '"x": "\\ud800", "spec_version"')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'a key beside ASCII among the signed values',
    act: (forge) => text(forge, (t) => t.replace('"spec_version"', '"ä": 1, "spec_version"')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: '__proto__ among the signed values',
    act: (forge) => text(forge, (t) => t.replace('"spec_version"', '"__proto__": {"version": 99}, "spec_version"')),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'brackets a thousand deep',
    act: (forge) =>
      text(forge, (t) => t.replace('"spec_version"', `"x": ${'['.repeat(1000)}${']'.repeat(1000)}, "spec_version"`)),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'a hash in capitals',
    act(forge) {
      const named = forge.named('snapshot') as { hashes: { sha256: string } };
      forge.stamp({ meta: { 'snapshot.json': { ...named, hashes: { sha256: named.hashes.sha256.toUpperCase() } } } });
    },
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'a target without sha256',
    act(forge) {
      const signed = evilTargets(forge);
      const targets = signed['targets'] as Record<string, Json>;
      const weak = Object.fromEntries(
        Object.entries(targets).map(([path, target]) => [path, { ...target, hashes: { md5: '0'.repeat(32) } }]),
      );
      serveTargets(forge, signedBy({ ...signed, targets: weak }, forge.ring.targets));
    },
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'the custom metadata edited',
    act: withNextEdited('"sequence": 3', '"sequence": 4'),
    ours: 'alarm',
  },
  {
    group: 'T-14',
    name: 'the length of a target edited',
    act: withNextEdited('"length": ', '"length": 1'),
    ours: 'alarm',
  },
];

function withNextEdited(from: string, to: string) {
  return (forge: Forge) => {
    publishNext(forge);
    replaceText(forge, `metadata/${forge.version.targets}.targets.json`, from, to);
  };
}

const clocks: Attack[] = [
  { group: 'T-15', name: 'a clock a year ahead', clock: 365, ours: 'quiet' },
  { group: 'T-15', name: 'a clock four days ahead', clock: 4, act: publishNext, ours: 'quiet' },
  {
    group: 'T-15',
    name: 'a clock a year behind, and a timestamp from before',
    clock: -365,
    act: (forge, old) =>
      void forge.files.set('metadata/timestamp.json', old.get('metadata/timestamp.json') ?? Buffer.alloc(0)),
    ours: 'alarm',
  },
  {
    group: 'T-15',
    name: 'a clock a year behind, and a stranger’s timestamp',
    clock: -365,
    act: (forge) => forge.stamp({}, [thief]),
    ours: 'alarm',
  },
];

export const jsonAttacks: Attack[] = [...json, ...clocks];
