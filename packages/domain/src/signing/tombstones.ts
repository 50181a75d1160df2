import { canonicalJson } from '../hash.ts';
import type { Manifest } from '../manifest.ts';
import type { PublishedRecord } from '../published.ts';
import type { DirectoryRecord } from '../record.ts';
import { hashOfValue, normalisedValue, Tombstone, tombstonesOf } from '../tombstone.ts';
import { Refused, type Findings } from './refusal.ts';

export type Tombstones = { byKey: ReadonlyMap<string, Tombstone>; size: number };

function keyOf(stone: Tombstone): string {
  return stone.type === 'channel' ? `${stone.id} ${stone.channel}` : stone.id;
}

/** Reads `v1/tombstones.ndjson`. @throws Refused `record-malformed` */
export async function readTombstones(lines: AsyncIterable<string>): Promise<Tombstones> {
  const byKey = new Map<string, Tombstone>();
  let size = 0;
  for await (const line of lines) {
    size += 1;
    const stone = parseStone(line);
    if (!stone || byKey.has(keyOf(stone)))
      throw new Refused('record-malformed', `v1/tombstones.ndjson line ${size} is no tombstone, or stands twice`);
    byKey.set(keyOf(stone), stone);
  }
  return { byKey, size };
}

function parseStone(line: string): Tombstone | undefined {
  try {
    return Tombstone.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/**
 * Tombstones stay for ever, but for a record that was restored, or a channel that its entry no longer calls retired.
 * @param before lines of the snapshot this machine verified
 * @param living whether a record stands in the new directory
 */
export async function checkNoneLost(
  before: AsyncIterable<string>,
  { byKey }: Tombstones,
  living: (id: string) => boolean,
  findings: Findings,
): Promise<void> {
  for await (const line of before) {
    const stone = parseStone(line);
    if (!stone || byKey.has(keyOf(stone)) || living(stone.id)) continue;
    findings.refuse('tombstone-lost', `${keyOf(stone)}, retired ${stone.retiredAt}`, {
      kind: 'tombstones',
      value: stone.id,
    });
  }
}

/** Whether what stays of a retired record is what was approved. Which of its numbers are dead depends on others. */
export function checkTombstone(record: DirectoryRecord, stones: Tombstones, name: string, findings: Findings): void {
  const found = stones.byKey.get(record.id);
  // Its absence is told where everything that left is looked at.
  if (!found) return;
  const expected = tombstonesOf(record).find(({ stone }) => stone.type !== 'channel')?.stone;
  const bare = (stone: Tombstone | undefined) => stone && canonicalJson({ ...stone, deadValues: [] });
  if (bare(found) !== bare(expected)) findings.refuse('tombstone-wrong', name);
}

/** Whether a retired record left a tombstone. */
export function hasTombstone(id: string, { byKey }: Tombstones): boolean {
  return byKey.has(id);
}

/** Why a record that clients had is not in the snapshot, by the manifest's word. */
export function departureOf(id: string, { changes }: Manifest): 'retired' | 'suspended' | 'withdrawn' | undefined {
  return (['retired', 'suspended', 'withdrawn'] as const).find((way) => changes[way].includes(id));
}

/** Told of every record that is published: none of its addresses may be called dead. */
export type LivingCheck = { see(record: PublishedRecord): void };

/** Whether a tombstone calls dead what a published record answers, which would make apps block it. */
export function openLivingCheck({ byKey }: Tombstones, findings: Findings): LivingCheck {
  const dead = [...byKey.values()].flatMap(({ deadValues }) => deadValues);
  const values = new Set(dead.flatMap(({ value }) => value ?? []));
  const hashes = new Set(dead.flatMap(({ sha256 }) => sha256 ?? []));
  const isDead = (value: string) => values.has(value) || (hashes.size > 0 && hashes.has(hashOfValue(value)));
  return {
    see(record) {
      for (const value of addressesOf(record))
        if (isDead(value)) findings.refuse('tombstone-wrong', `${value} is called dead, and ${record.slug} answers it`);
    },
  };
}

function addressesOf(record: PublishedRecord): string[] {
  if (record.type === 'entry') return record.channels.map(normalisedValue);
  return record.type === 'organisation' && record.website !== undefined ? [record.website] : [];
}
