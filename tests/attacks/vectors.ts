import { Forge, type Json } from '../../packages/reader/src/testing.ts';
import { CURRENT, NEXT, type Attack } from './attack.ts';
import { chainAttacks } from './chains.ts';
import { hostAttacks } from './hosts.ts';
import { jsonAttacks } from './json.ts';
import { signatureAttacks } from './signatures.ts';
import { theftAttacks } from './theft.ts';
import { validVariants } from './valid.ts';
import { versionAttacks } from './versions.ts';

/** One tree as a device meets it, and what a client must answer. Everything is text, so any language can read it. */
export type Vector = {
  name: string;
  answer: 'accept' | 'refuse';
  /** The clock of the device. */
  now: string;
  /** What the device remembers: root alone, or all four of an earlier refresh. */
  remembered: Partial<Record<'root' | 'timestamp' | 'snapshot' | 'targets', string>>;
  /** What the host serves: 404 for anything else. */
  files: Record<string, string>;
  /** The number in the directory a client must end up with. */
  number: string;
};

const NOW = new Date('2026-06-01T00:00:00Z');

/** Bad ones, by group and name in the table of attacks: what a client of the profile can meet, with neither delegations nor hosts that misbehave. */
const CHOSEN = [
  'T-01 no signature at all on the timestamp',
  'T-01 a stranger signs the timestamp',
  'T-01 a stranger signs the snapshot metadata',
  'T-01 two strangers sign the targets metadata',
  'T-01 two strangers sign the next root',
  'T-01 the timestamp key signs targets metadata',
  'T-01 a timestamp that says it is snapshot metadata',
  'T-01 another directory in its place',
  'T-01 a directory one byte longer',
  'T-01 a directory cut short',
  'T-02 the timestamp from before',
  'T-02 the whole tree from before',
  'T-02 old snapshot metadata under a new timestamp',
  'T-02 old targets metadata under new online metadata',
  'T-04 an expired timestamp',
  'T-04 expired targets metadata',
  'T-04 an expired root',
  'T-04 a timestamp whose end is never',
  'T-06 old targets metadata under the new number',
  'T-06 snapshot metadata with a hash of other targets metadata',
  'T-07 one of two signatures on targets metadata',
  'T-07 one signature twice under one key id',
  'T-07 one person signs under the key id of another',
  'T-07 a root that lists one public key under two ids',
  'T-08 a root with a number left out',
  'T-08 a next root signed by the old holders alone',
  'T-08 a next root signed by the new holders alone',
  'T-08 keys that a new root has dropped',
  'T-12 a page with status 200 for the next root',
  'T-14 signatures that are no list',
  'T-16 who has both online keys may sign targets metadata',
  'T-22 one publisher alone changes a number',
];

/** The vectors, the same bytes in every run: fixed keys, fixed dates. */
export function vectors(): Vector[] {
  const all = [
    ...signatureAttacks,
    ...versionAttacks,
    ...chainAttacks,
    ...hostAttacks,
    ...jsonAttacks,
    ...theftAttacks,
  ];
  const bad = CHOSEN.map((wanted) => {
    const attack = all.find(({ group, name }) => `${group} ${name}` === wanted);
    if (!attack) throw new Error(`There is no attack ${wanted}`);
    return badVector(wanted, attack);
  });
  const good = validVariants.map(([name, publish]) => {
    const { forge, remembered } = start();
    publish(forge);
    return vectorOf({ name, answer: 'accept', number: NEXT }, remembered, forge.files);
  });
  const first = start();
  const fresh = { root: first.remembered.root };
  return [
    vectorOf({ name: 'a first refresh, from root 1', answer: 'accept', number: CURRENT }, fresh, first.forge.files),
    vectorOf({ name: 'nothing new', answer: 'accept', number: CURRENT }, first.remembered, first.forge.files),
    ...good,
    ...bad,
  ];
}

function start() {
  const forge = new Forge({ now: NOW, years: 100 });
  forge.publish({ digits: '493012340001', withdrawn: [] });
  const old = forge.copy();
  forge.publish({ digits: CURRENT, delta: false });
  const text = (path: string) => (forge.files.get(path) ?? '').toString();
  const { snapshot, targets } = forge.version;
  const remembered = {
    root: text('metadata/1.root.json'),
    timestamp: text('metadata/timestamp.json'),
    snapshot: text(`metadata/${snapshot}.snapshot.json`),
    targets: text(`metadata/${targets}.targets.json`),
  };
  return { forge, old, remembered };
}

function badVector(name: string, attack: Attack): Vector {
  const { forge, old, remembered } = start();
  attack.act?.(forge, old);
  const files = new Map(forge.files);
  for (const path of [`metadata/2.root.json`]) {
    const told = attack.answer?.(path, forge);
    if (typeof told === 'object') files.set(path, Buffer.from(told.body ?? ''));
  }
  return vectorOf({ name, answer: 'refuse', number: CURRENT }, remembered, files);
}

/** Packed files, deltas, manifests and the urgent role are left out: the profile needs none of them. Root 1 nobody asks for. */
function vectorOf(
  about: Pick<Vector, 'name' | 'answer' | 'number'>,
  remembered: Vector['remembered'],
  files: ReadonlyMap<string, Buffer>,
): Vector {
  const kept = [...files]
    .filter(([path]) => !/\.gz$|\/delta\/|manifest|urgent|\/1\.root/.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = kept.map(([path, bytes]) => [path, bytes.toString()] as const);
  return { ...about, now: NOW.toISOString().replace('.000', ''), remembered, files: Object.fromEntries(texts) };
}

/** The vectors as files below `packages/reader/generated/vectors`, with an index. */
export function vectorFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const index: Json[] = [];
  for (const [i, vector] of vectors().entries()) {
    const file = `${String(i + 1).padStart(2, '0')}-${vector.answer}.json`;
    index.push({ file, name: vector.name, answer: vector.answer });
    files.set(file, `${JSON.stringify(vector, null, 1)}\n`);
  }
  files.set('index.json', `${JSON.stringify(index, null, 1)}\n`);
  return files;
}
