import { DEFAULT_CALENDAR } from '@waymark/domain';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishSignedTargets, targetsRequest } from './publish.ts';
import { publishRoot } from './publishRoot.ts';
import { resignWhenDue } from './resign.ts';
import { readRepository } from './repository.ts';
import { signRequest } from './signRequest.ts';
import { factsOf } from './targets.ts';
import {
  codeOf,
  copyOf,
  directoryOf,
  filesIn,
  later,
  newClient,
  newDutyTree,
  newKeyring,
  newTree,
  now,
  publish,
  rootKeysOf,
  sequenceOf,
  signersOf,
  textOf,
  withdraw,
  withdrawalsOf,
  type Keyring,
} from './testing.ts';
import type { OnStep } from './writeFiles.ts';

class Crash extends Error {}
type Tree = { dir: string; ring: Keyring };

/** An `onStep` that stops the run before its n-th step, counted from 0. */
function crashBefore(nth: number): OnStep {
  let count = 0;
  return () => {
    if (count++ === nth) throw new Crash();
  };
}

async function stepsOf(run: (onStep: OnStep) => Promise<unknown>): Promise<string[]> {
  const steps: string[] = [];
  await run((step) => void steps.push(step));
  return steps;
}

/** Remembers every numbered file ever seen, and fails when one comes back with other bytes. */
function versionWitness() {
  const seen = new Map<string, string>();
  return async (dir: string) => {
    for (const [path, content] of Object.entries(await filesIn(dir))) {
      if (!/metadata\/\d+\./.test(path)) continue;
      expect(content, `${path} came back with other bytes`).toBe(seen.get(path) ?? content);
      seen.set(path, content);
    }
  };
}

function resign({ dir, ring }: Tree, onStep: OnStep = () => {}) {
  return resignWhenDue({ dir, signers: signersOf(ring), now, onStep });
}

async function crash(run: Promise<unknown>): Promise<void> {
  await expect(run).rejects.toBeInstanceOf(Crash);
}

describe('a crash while publishing', () => {
  it(
    'before any step leaves the old set or the new, and the next publish goes on by itself',
    { timeout: 240_000 },
    async () => {
      const start = await newTree();
      await publish(start, 'old');
      const rehearsal = { ...start, dir: await copyOf(start.dir) };
      const steps = await stepsOf((onStep) => publish(rehearsal, 'new', { onStep }));
      expect(steps).toHaveLength(15);

      for (const [nth, step] of steps.entries()) {
        const tree = { ...start, dir: await copyOf(start.dir) };
        const witness = versionWitness();
        const oldClient = await newClient(tree.dir);
        await oldClient.look();

        await crash(publish(tree, 'new', { onStep: crashBefore(nth) }));
        await witness(tree.dir);
        const expected = step === 'sync metadata/timestamp.json' ? 'new' : 'old';
        expect(textOf(await (await newClient(tree.dir)).look()), `fresh client, crash before ${step}`).toBe(expected);
        expect(textOf(await oldClient.look()), `old client, crash before ${step}`).toBe(expected);

        await publish(tree, 'other');
        await witness(tree.dir);
        expect(textOf(await (await newClient(tree.dir)).look()), `after crash before ${step}`).toBe('other');
        expect(textOf(await oldClient.look())).toBe('other');
        expect((await readRepository(tree.dir)).leftovers).toEqual({ targets: [], urgent: [], snapshotRole: [] });
        expect(Object.keys(await filesIn(tree.dir)).filter((path) => path.startsWith('.'))).toEqual([]);
      }
    },
  );

  it('before any step of the next publish too never gives a number twice', { timeout: 240_000 }, async () => {
    const start = await newTree();
    await publish(start, 'old');
    for (const file of ['2.targets', '2.snapshot', 'timestamp']) {
      const once = { ...start, dir: await copyOf(start.dir) };
      await crash(publish(once, 'second', { onStep: (step) => crashAt(step, `sync metadata/${file}.json`) }));
      const rehearsal = { ...start, dir: await copyOf(once.dir) };
      const steps = await stepsOf((onStep) => publish(rehearsal, 'third', { onStep }));
      for (const second of steps.keys()) {
        const tree = { ...start, dir: await copyOf(once.dir) };
        const witness = versionWitness();
        await witness(tree.dir);
        await crash(publish(tree, 'third', { onStep: crashBefore(second) }));
        await witness(tree.dir);
        await publish(tree, 'fourth');
        await witness(tree.dir);
        const { published, leftovers } = await readRepository(tree.dir);
        expect(published?.targets.metadata.signed.targets).toHaveProperty(['v1/directory.json']);
        expect(leftovers).toEqual({ targets: [], urgent: [], snapshotRole: [] });
      }
    }
  });

  it('skips the number a crash has used, and removes the file that nothing led to', async () => {
    const tree = await newTree();
    await publish(tree, 'old');
    await crash(publish(tree, 'lost', { onStep: (step) => crashAt(step, 'write metadata/2.snapshot.json') }));
    expect((await readRepository(tree.dir)).leftovers.targets).toEqual(['metadata/2.targets.json']);
    const result = await publish(tree, 'new');
    expect(result).toMatchObject({ targetsVersion: 3, snapshotVersion: 2, timestampVersion: 2 });
    expect(Object.keys(await filesIn(tree.dir))).not.toContain('metadata/2.targets.json');
  });

  it('before the first publish was finished leaves a tree that can be published to', { timeout: 240_000 }, async () => {
    const start = await newTree();
    const rehearsal = { ...start, dir: await copyOf(start.dir) };
    const steps = await stepsOf((onStep) => publish(rehearsal, 'one', { onStep }));
    for (const nth of steps.keys()) {
      const tree = { ...start, dir: await copyOf(start.dir) };
      await crash(publish(tree, 'one', { onStep: crashBefore(nth) }));
      await publish(tree, 'two');
      expect(textOf(await (await newClient(tree.dir)).look())).toBe('two');
    }
  });

  it('clears what was half-written', async () => {
    const tree = await newTree();
    await mkdir(join(tree.dir, '.staging'), { recursive: true });
    await writeFile(join(tree.dir, '.staging/metadata%1.targets.json'), '{ half');
    await publish(tree, 'one');
    expect(Object.keys(await filesIn(tree.dir)).filter((path) => path.startsWith('.'))).toEqual([]);
  });
});

describe('a crash while publishing what was signed elsewhere', () => {
  it(
    'before any step: the same signatures can be published again, under the same number',
    { timeout: 240_000 },
    async () => {
      const start = await newTree();
      await publish(start, 'old');
      const files = directoryOf('new');
      const request = await targetsRequest({ dir: start.dir, files: files.map(factsOf), now });
      const signatures = [await signRequest(request, start.ring.targets[0]!)];
      const online = signersOf(start.ring);
      const release = (dir: string, onStep: OnStep = () => {}) =>
        publishSignedTargets({ dir, request, signatures, files, online, now, onStep });
      const steps = await stepsOf(async (onStep) => release(await copyOf(start.dir), onStep));
      for (const [nth, step] of steps.entries()) {
        const dir = await copyOf(start.dir);
        const witness = versionWitness();
        await crash(release(dir, crashBefore(nth)));
        await witness(dir);
        const isOut = step === 'sync metadata/timestamp.json';
        if (isOut) expect(await codeOf(release(dir))).toBe('request-outdated');
        else expect((await release(dir)).targetsVersion).toBe(2);
        await witness(dir);
        expect(textOf(await (await newClient(dir)).look()), `crash before ${step}`).toBe('new');
        expect((await readRepository(dir)).leftovers).toEqual({ targets: [], urgent: [], snapshotRole: [] });
      }
    },
  );

  it(
    'before any step of a withdrawal leaves the old list or the new, and the next goes on',
    { timeout: 240_000 },
    async () => {
      const start = await newDutyTree();
      await withdraw(start, withdrawalsOf(1));
      const steps = await stepsOf(async (onStep) =>
        withdraw({ ...start, dir: await copyOf(start.dir) }, withdrawalsOf(2), { onStep }),
      );
      expect(steps.filter((step) => step.startsWith('rename metadata'))).toEqual([
        'rename metadata/2.urgent.json',
        'rename metadata/3.snapshot.json',
        'rename metadata/timestamp.json',
      ]);
      for (const [nth, step] of steps.entries()) {
        const tree = { ...start, dir: await copyOf(start.dir) };
        const witness = versionWitness();
        const client = await newClient(tree.dir);
        await client.look();
        await crash(withdraw(tree, withdrawalsOf(2), { onStep: crashBefore(nth) }));
        await witness(tree.dir);
        const seen = await client.look();
        expect(sequenceOf(seen), `crash before ${step}`).toBe(step === 'sync metadata/timestamp.json' ? 2 : 1);
        await withdraw(tree, withdrawalsOf(3));
        await witness(tree.dir);
        expect(sequenceOf(await client.look())).toBe(3);
        expect((await readRepository(tree.dir)).leftovers.urgent).toEqual([]);
      }
    },
  );
});

describe('a crash while re-signing', () => {
  it('before any step leaves a tree that verifies, and the next run finishes', { timeout: 240_000 }, async () => {
    const start = await newTree({ now: later(-20 * 24) });
    await publish(start, 'old', {
      now: later(-20 * 24),
      calendar: { ...DEFAULT_CALENDAR, timestamp: { valid: 168, windowOpens: 66, alarm: 48 } },
    });
    const fresh = { ...start, dir: await copyOf(start.dir) };
    const steps = await stepsOf((onStep) => resign(fresh, onStep));
    expect(steps).toHaveLength(6);
    for (const nth of steps.keys()) {
      const tree = { ...start, dir: await copyOf(start.dir) };
      const witness = versionWitness();
      await crash(resign(tree, crashBefore(nth)));
      await witness(tree.dir);
      await resign(tree);
      await witness(tree.dir);
      expect(textOf(await (await newClient(tree.dir)).look())).toBe('old');
      expect((await resign(tree)).signed).toEqual([]);
    }
  });
});

describe('a crash while exchanging keys', () => {
  it(
    'before any step leaves clients a root and a timestamp that fit, and the next run finishes',
    { timeout: 240_000 },
    async () => {
      const start = await newTree();
      await publish(start, 'text');
      const next = newKeyring();
      const both = {
        root: [...start.ring.root, ...next.root],
        targets: [...start.ring.targets, ...next.targets],
        snapshotRole: [start.ring.snapshotRole, next.snapshotRole],
        timestamp: [start.ring.timestamp, next.timestamp],
      };
      const rotate = (dir: string, onStep?: OnStep) =>
        publishRoot({
          dir,
          keys: rootKeysOf(next),
          profile: 'demo',
          signers: both,
          now,
          ...(onStep ? { onStep } : {}),
        });
      const steps = await stepsOf(async (onStep) => rotate(await copyOf(start.dir), onStep));
      expect(steps.filter((step) => step.startsWith('rename'))).toEqual([
        'rename metadata/2.targets.json',
        'rename metadata/2.snapshot.json',
        'rename metadata/timestamp.json',
        'rename metadata/2.root.json',
      ]);
      for (const [nth, step] of steps.entries()) {
        const tree = { dir: await copyOf(start.dir), ring: next };
        const witness = versionWitness();
        const oldClient = await newClient(tree.dir);
        await oldClient.look();
        await crash(rotate(tree.dir, crashBefore(nth)));
        await witness(tree.dir);
        expect(textOf(await oldClient.look()), `old client, crash before ${step}`).toBe('text');
        expect(textOf(await (await newClient(tree.dir)).look()), `fresh client, crash before ${step}`).toBe('text');

        if ((await readRepository(tree.dir)).root.signed.version === 1) await rotate(tree.dir);
        await witness(tree.dir);
        await publish(tree, 'by the new keys alone');
        expect(textOf(await oldClient.look())).toBe('by the new keys alone');
        expect((await (await newClient(tree.dir)).look()).rootVersion).toBe(2);
      }
    },
  );
});

function crashAt(step: string, at: string): void {
  if (step === at) throw new Crash();
}
