import { describe, expect, it } from 'vitest';
import { deltaBetween, deltaPath } from '../delta.ts';
import { canonicalJson } from '../hash.ts';
import type { Manifest, SnapshotFile } from '../manifest.ts';
import { pureHash, type SnapshotFiles } from './files.ts';
import { openDeltas, type DeltaFacts } from './formsOfDeltas.ts';
import type { SignerMemory } from './memory.ts';
import type { TargetsPayload } from './payload.ts';
import { hashOfText, newProof } from './proof.ts';
import { newFindings, NO_CONFIRMATIONS } from './refusal.ts';

const id = (n: number) => `0190a000-0000-7000-8000-00000000000${n}`;
const line = (n: number, names: string) =>
  canonicalJson({ type: 'organisation', id: id(n), names: { en: { text: names } }, revision: 1 });
const textOf = (lines: readonly string[]) => lines.map((each) => `${each}\n`).join('');

/** Snapshots by number: 1 is older than this machine's memory, 2 is the last it verified, 3 would be signed. */
const SNAPSHOTS: Record<number, string[]> = {
  1: [line(1, 'One'), line(2, 'Two')],
  2: [line(1, 'One'), line(2, 'Second'), line(3, 'Three')],
  3: [line(1, 'First'), line(3, 'Three'), line(4, 'Four')],
};
const digestOf = (n: number) => hashOfText(textOf(SNAPSHOTS[n] ?? []));
const deltaOf = (from: number, to: number) => textOf([...deltaBetween(SNAPSHOTS[from] ?? [], SNAPSHOTS[to] ?? [])]);

type Given = { from: number; to: number; text?: string; path?: string; fromDigest?: string };

const fileOf = ({
  from,
  to,
  text = deltaOf(from, to),
  path = deltaPath(from, to),
  fromDigest,
}: Given): SnapshotFile => ({
  path,
  mediaType: 'application/x-ndjson',
  bytes: text.length,
  sha256: hashOfText(text),
  delta: {
    fromSequence: from,
    fromContentDigest: fromDigest ?? digestOf(from),
    toSequence: to,
    toContentDigest: digestOf(to),
  },
});

/** What is refused, and what nothing was said of. */
async function look(deltas: readonly Given[], published: readonly Given[] = [], hasMemory = true) {
  const files = deltas.map(fileOf);
  const texts = new Map([
    ['v1/directory.ndjson', textOf(SNAPSHOTS[3] ?? [])],
    ...deltas.map((given) => [fileOf(given).path, given.text ?? deltaOf(given.from, given.to)] as const),
  ]);
  const target = (text: string) => ({ length: text.length, hashes: { sha256: hashOfText(text) }, custom: {} });
  const payload = {
    targets: Object.fromEntries(files.map(({ path }) => [path, target(texts.get(path) ?? '')])),
  } as unknown as TargetsPayload; // As much as is looked at.
  const lying: SnapshotFiles = {
    paths: () => [...texts.keys()],
    async *read(path) {
      yield new TextEncoder().encode(texts.get(path));
    },
  };
  // Of memory and manifest too as much as is looked at.
  const last = {
    manifest: { sequence: 2, contentDigest: digestOf(2), files: published.map(fileOf) },
  } as unknown as SignerMemory;
  const facts: DeltaFacts = {
    manifest: { sequence: 3, contentDigest: digestOf(3), files } as unknown as Manifest,
    last: hasMemory ? last : undefined,
    memory: {
      snapshots: hasMemory ? [last] : [],
      async *directory(sequence) {
        yield* SNAPSHOTS[sequence] ?? [];
      },
      async *tombstones() {},
    },
  };
  const findings = newFindings(NO_CONFIRMATIONS);
  const proof = newProof(payload, findings);
  const open = await openDeltas({ payload, files: lying, newHash: pureHash, findings }, facts, proof);
  for (const each of SNAPSHOTS[3] ?? []) open.see((JSON.parse(each) as { id: string }).id, each);
  open.end();
  return { refused: findings.end().map(({ code, detail }) => `${code} ${detail}`), rest: proof.rest() };
}

describe('a delta', () => {
  it('is made again from the snapshot that this machine remembers, and refused when it is another', async () => {
    expect(await look([{ from: 2, to: 3 }])).toEqual({ refused: [], rest: [] });
    // Whole or not, every line of it is true: only making it again shows that one is missing.
    const text = deltaOf(2, 3).split('\n').slice(1).join('\n');
    expect((await look([{ from: 2, to: 3, text }])).refused).toEqual(['form-differs v1/delta/2-3.ndjson']);
  });

  it('is taken over as it was signed before, and not otherwise', async () => {
    expect(await look([{ from: 1, to: 2 }], [{ from: 1, to: 2 }])).toEqual({ refused: [], rest: [] });
    const other = await look([{ from: 1, to: 2, text: deltaOf(1, 3) }], [{ from: 1, to: 2 }]);
    expect(other.refused).toEqual([expect.stringContaining('v1/delta/1-2.ndjson: it does not lead to this snapshot')]);
    expect((await look([{ from: 1, to: 2 }])).refused).toHaveLength(1);
  });

  it('from before what this machine remembers may hold nothing that the directory does not', async () => {
    expect(await look([{ from: 1, to: 3 }])).toEqual({ refused: [], rest: [] });
    const lines = deltaOf(1, 3).split('\n').slice(0, -1);
    const refusedWith = async (changed: readonly string[]) =>
      (await look([{ from: 1, to: 3, text: textOf(changed) }])).refused;
    expect(await refusedWith(lines.map((each) => each.replace('First', 'Worst')))).toEqual([
      expect.stringContaining(`v1/delta/1-3.ndjson: ${id(1)} is another record`),
    ]);
    const upsert = canonicalJson({ op: 'upsert', id: id(9), record: JSON.parse(line(9, 'Nine')) });
    expect(await refusedWith([...lines, upsert])).toEqual([expect.stringContaining(`it brings in ${id(9)}`)]);
    const withdrawal = canonicalJson({ op: 'withdraw', id: id(4) });
    expect(await refusedWith([lines[0]!, lines[1]!, withdrawal])).toEqual([
      expect.stringContaining(`it takes ${id(4)} away`),
    ]);
  });

  it.each([
    ['is out of order', (lines: string[]) => lines.toReversed()],
    ['says more than a step does', (lines: string[]) => [lines[0]!.replace('{', '{"more":1,')]],
    ['is no JSON', () => ['{']],
  ])('from before is refused when it %s', async (_what, edit) => {
    const text = textOf(edit(deltaOf(1, 3).split('\n').slice(0, -1)));
    expect((await look([{ from: 1, to: 3, text }])).refused).toEqual([
      expect.stringContaining('a line is no step of a delta, or out of its order'),
    ]);
  });

  it('is refused when it says another base or another place than it has', async () => {
    expect((await look([{ from: 2, to: 3, fromDigest: digestOf(1) }])).refused).toHaveLength(1);
    expect((await look([{ from: 2, to: 3, path: 'v1/delta/1-3.ndjson' }])).refused).toHaveLength(1);
  });

  it('of older snapshots is left to others on the first day', async () => {
    const first = await look([{ from: 1, to: 2 }], [], false);
    expect(first).toEqual({ refused: [], rest: ['v1/delta/1-2.ndjson'] });
  });
});
