import { canonicalJson } from '../hash.ts';
import type { Manifest } from '../manifest.ts';
import { isWithheld, type PublishedRecord } from '../published.ts';
import type { DirectoryRecord } from '../record.ts';
import {
  hashOfValue,
  normalisedValue,
  sealTombstone,
  Tombstone,
  tombstonesOf,
  type DeadValue,
  type OpenTombstone,
} from '../tombstone.ts';
import { Refused, type Findings } from './refusal.ts';

export type Tombstones = {
  /** By the id of a record, or that of an entry and of its channel. */
  byKey: ReadonlyMap<string, Tombstone>;
  /** By the id of a record: its own, and those of its channels. */
  byId: ReadonlyMap<string, readonly Tombstone[]>;
};

export const NO_TOMBSTONES: Tombstones = { byKey: new Map(), byId: new Map() };

function keyOf(stone: Tombstone): string {
  return stone.type === 'channel' ? `${stone.id} ${stone.channel}` : stone.id;
}

/** Reads `v1/tombstones.ndjson`. @throws Refused `record-malformed` */
export async function readTombstones(lines: AsyncIterable<string>): Promise<Tombstones> {
  const byKey = new Map<string, Tombstone>();
  const byId = new Map<string, Tombstone[]>();
  for await (const line of lines) {
    const stone = parseStone(line);
    if (!stone || byKey.has(keyOf(stone)))
      throw new Refused(
        'record-malformed',
        `v1/tombstones.ndjson line ${byKey.size + 1} is no tombstone, or stands twice`,
      );
    byKey.set(keyOf(stone), stone);
    byId.set(stone.id, [...(byId.get(stone.id) ?? []), stone]);
  }
  return { byKey, byId };
}

function parseStone(line: string): Tombstone | undefined {
  try {
    return Tombstone.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/**
 * Ids of records of whose tombstones one says what it did not say before: that takes approvals. Sorted. That a value is
 * called dead no longer takes none: somebody may answer it again.
 */
export function idsToProve(before: Tombstones, after: Tombstones): string[] {
  const isNew = (stone: Tombstone) => !isSaidBefore(stone, before);
  return [...after.byId]
    .filter(([, stones]) => stones.some(isNew))
    .map(([id]) => id)
    .sort();
}

function isSaidBefore(stone: Tombstone, { byKey }: Tombstones): boolean {
  const before = byKey.get(keyOf(stone));
  return before !== undefined && isWithin(stone, before);
}

/** The same but for dead values, and of those none that the other does not name. */
function isWithin(stone: Tombstone, other: Tombstone): boolean {
  return bare(stone) === bare(other) && missingIn(stone, other).length === 0;
}

function bare(stone: Tombstone): string {
  return canonicalJson({ ...stone, deadValues: [] });
}

/** An address that a tombstone should call dead, if no published record answers it. */
export type Owed = Pick<DeadValue, 'value' | 'sha256'> & { id: string };

function missingIn({ id, deadValues }: Tombstone, there: Tombstone): Owed[] {
  const named = new Set(there.deadValues.map((each) => canonicalJson(each)));
  return deadValues.filter((each) => !named.has(canonicalJson(each))).map((each) => ({ ...each, id }));
}

/**
 * Tombstones stay for ever, as they are; those of records whose approvals were looked at are left out.
 * @returns what they called dead and no longer do
 */
export function checkKept(
  before: Tombstones,
  after: Tombstones,
  judged: ReadonlySet<string>,
  findings: Findings,
): Owed[] {
  const owed: Owed[] = [];
  for (const [key, stone] of before.byKey) {
    if (judged.has(stone.id)) continue;
    const now = after.byKey.get(key);
    if (now) owed.push(...missingIn(stone, now));
    else
      findings.refuse('tombstone-lost', `${key}, retired ${stone.retiredAt}`, { kind: 'tombstones', value: stone.id });
  }
  return owed;
}

/** Refuses every tombstone of a record that says what it did not say before. For records that nobody proved. */
export function refuseUnproven(id: string, before: Tombstones, after: Tombstones, findings: Findings): void {
  for (const stone of after.byId.get(id) ?? []) {
    if (isSaidBefore(stone, before)) continue;
    const code = before.byKey.has(keyOf(stone)) ? 'tombstone-changed' : 'tombstone-unapproved';
    findings.refuse(code, `${keyOf(stone)}, retired ${stone.retiredAt}`);
  }
}

/**
 * Whether a record, and each channel that its approved document calls retired, left the tombstone that was approved, and no
 * other. Which of its addresses are dead depends on others too.
 * @returns what would be dead and is not called so
 */
export function checkStones(record: DirectoryRecord, { byId }: Tombstones, name: string, findings: Findings): Owed[] {
  // What its curators keep inside leaves none.
  const open = new Map(isWithheld(record) ? [] : tombstonesOf(record).map((each) => [keyOf(each.stone), each]));
  const owed: Owed[] = [];
  for (const stone of byId.get(record.id) ?? []) {
    const approved = open.get(keyOf(stone));
    open.delete(keyOf(stone));
    const whole = approved && withAllDead(approved);
    if (whole && isWithin(stone, whole)) owed.push(...missingIn(whole, stone));
    else findings.refuse('tombstone-wrong', `${name}: ${keyOf(stone)}`);
  }
  for (const key of open.keys()) findings.refuse('tombstone-missing', `${name}: ${key}`);
  return owed;
}

function withAllDead(open: OpenTombstone): Tombstone {
  return sealTombstone(open, new Set());
}

/** Why a record that clients had is not in the snapshot, by the manifest's word. */
export function departureOf(id: string, { changes }: Manifest): 'retired' | 'suspended' | 'withdrawn' | undefined {
  return (['retired', 'suspended', 'withdrawn'] as const).find((way) => changes[way].includes(id));
}

/** Told of every record that is published: its addresses are not dead. */
export type LivingCheck = {
  see(record: PublishedRecord): void;
  /** After the last record. */
  end(): void;
};

/**
 * Whether a tombstone calls dead what a published record answers, which would make apps block it.
 * @param owed what has to be called dead unless somebody answers it
 */
export function openLivingCheck({ byKey }: Tombstones, owed: readonly Owed[], findings: Findings): LivingCheck {
  const dead = sought([...byKey.values()].flatMap(({ deadValues }) => deadValues));
  const missing = sought(owed);
  const answered = new Set<string>();
  return {
    see(record) {
      for (const value of addressesOf(record)) {
        if (dead(value) !== undefined)
          findings.refuse('tombstone-wrong', `${value} is called dead, and ${record.slug} answers it`);
        const found = missing(value);
        if (found !== undefined) answered.add(found);
      }
    },
    end() {
      for (const { id, value = '', sha256 = value } of owed)
        if (!answered.has(sha256))
          findings.refuse('dead-value-missing', `${sha256}, of ${id}`, { kind: 'tombstones', value: id });
    },
  };
}

/** Finds an address among values and hashes of values. @returns that which it is among them */
function sought(among: readonly Pick<DeadValue, 'value' | 'sha256'>[]): (value: string) => string | undefined {
  const values = new Set(among.flatMap(({ value }) => value ?? []));
  const hashes = new Set(among.flatMap(({ sha256 }) => sha256 ?? []));
  return (value) => {
    if (values.has(value)) return value;
    const hash = hashes.size > 0 ? hashOfValue(value) : '';
    return hashes.has(hash) ? hash : undefined;
  };
}

function addressesOf(record: PublishedRecord): string[] {
  if (record.type === 'entry') return record.channels.map(normalisedValue);
  return record.type === 'organisation' && record.website !== undefined ? [record.website] : [];
}
