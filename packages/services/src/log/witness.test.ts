import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCheckpoint, SIGNATURE, SplitView, verifierKey, verifySplitView, type VerifierKey } from '@waymark/domain';
import { change } from '@waymark/store';
import { generatePrivateKey, toSigner } from '@waymark/tuf';
import { filesIn, temporaryFolder } from '../../../../tests/support/tree.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { verifyEd25519 } from './ed25519.ts';
import { openPublicLog, type PublicLog } from './open.ts';
import { publishLog } from './publish.ts';
import { openLogSource } from './source.ts';
import { witnessLog, type Witness } from './witness.ts';

const LOG_KEY = '42'.repeat(32);

/** A world whose log has a key of our choice, so that a second one can pose as the same log. */
async function newLog(events: number): Promise<{ world: World; log: PublicLog }> {
  const world = await newWorld();
  const log = await openPublicLog({
    profile: 'demo',
    dataDir: world.dir,
    logOrigin: 'demo.example.org/log',
    logKey: LOG_KEY,
  });
  await grow(world, log, events);
  return { world, log };
}

async function grow(world: World, log: PublicLog, events: number): Promise<void> {
  await change(world.asSystem('test'), 'system', async ({ audit, newId }) => {
    for (let i = 0; i < events; i += 1) await audit('mail.sent', `mail:${newId()}`, {});
  });
  await publishLog(world.as('admin'), log);
}

async function newWitness(log: PublicLog, world: World): Promise<Witness & { cosigner: { key: VerifierKey } }> {
  const signer = toSigner(generatePrivateKey());
  const publicKey = Buffer.from(signer.publicKey.keyval.public, 'hex');
  return {
    log: log.key!,
    readFile: openLogSource(log.dir),
    memory: await temporaryFolder(),
    cosigner: { key: verifierKey('witness.example/w1', SIGNATURE.cosignature, publicKey), sign: signer.sign },
    now: world.now(),
  };
}

it('remembers a log that grows, and cosigns each head', async () => {
  const { world, log } = await newLog(5);
  const witness = await newWitness(log, world);
  expect(await witnessLog(witness)).toMatchObject({ relation: 'first', known: null });
  const first = (await witnessLog(witness)).size;
  await grow(world, log, 300);
  expect(await witnessLog(witness)).toMatchObject({ relation: 'grown', known: first, size: first + 300 });
  expect(await witnessLog(witness)).toMatchObject({ relation: 'same' });
  const note = await readFile(join(witness.memory, 'checkpoint'), 'utf8');
  const { verified, size } = await openCheckpoint(note, log.key!, verifyEd25519, [witness.cosigner.key]);
  expect(size).toBe(first + 300);
  expect(verified.at(-1)).toEqual({ key: witness.cosigner.key, at: world.now().getTime() / 1000 });
  expect(Object.keys(await filesIn(witness.memory)).sort()).toEqual([
    'checkpoint',
    `heads/${first}.checkpoint`,
    `heads/${first + 300}.checkpoint`,
  ]);
});

it('proves two histories of one size, and of two sizes, to somebody who has only the file', async () => {
  for (const more of [0, 40]) {
    const [honest, forged] = [await newLog(20), await newLog(20 + more)];
    const witness = await newWitness(honest.log, honest.world);
    await witnessLog(witness);
    const before = await filesIn(witness.memory);
    const seen = await witnessLog({ ...witness, readFile: openLogSource(forged.log.dir) });
    expect(seen.relation).toBe('split');
    const { [`split-view-${seen.size}.json`]: proof = '', ...rest } = await filesIn(witness.memory);
    // The forged head is not remembered: the next look compares with the last good one.
    expect(rest).toEqual(before);
    const text = Buffer.from(proof, 'base64').toString();
    const { heads } = await verifySplitView(SplitView.parse(JSON.parse(text)), verifyEd25519);
    expect(heads.map(({ size }) => size)).toEqual([seen.known, seen.size]);
    expect(await witnessLog(witness)).toMatchObject({ relation: 'same' });
  }
});

it('refuses a log that shrank: an old copy is no proof, another short history is', async () => {
  const { world, log } = await newLog(10);
  const witness = await newWitness(log, world);
  await witnessLog(witness);
  const old = await readFile(join(log.dir, 'checkpoint'));
  await grow(world, log, 10);
  await witnessLog(witness);
  const before = await filesIn(witness.memory);
  await writeFile(join(log.dir, 'checkpoint'), old);
  expect(await witnessLog(witness)).toMatchObject({ relation: 'shrunk', proof: null });
  expect(await filesIn(witness.memory)).toEqual(before);

  // One we had seen at that size, and one of a size we had not, while the tiles of the larger tree are still there.
  const sameSize = await newLog(10);
  expect(await witnessLog({ ...witness, readFile: openLogSource(sameSize.log.dir) })).toMatchObject({
    relation: 'split',
  });
  const between = await newLog(14);
  await writeFile(join(log.dir, 'checkpoint'), await readFile(join(between.log.dir, 'checkpoint')));
  const seen = await witnessLog(witness);
  expect(seen.relation).toBe('split');
  const proof = SplitView.parse(JSON.parse(await readFile(seen.proof!, 'utf8')));
  expect((await verifySplitView(proof, verifyEd25519)).heads.map(({ size }) => size)).toEqual([seen.size, seen.known]);
});

it('concludes nothing from a foreign signature, missing tiles or no log at all, and remembers nothing', async () => {
  const { world, log } = await newLog(10);
  const witness = await newWitness(log, world);
  const stranger = toSigner(generatePrivateKey());
  const other = verifierKey(log.key!.name, SIGNATURE.ed25519, Buffer.from(stranger.publicKey.keyval.public, 'hex'));
  await expect(witnessLog({ ...witness, log: other })).rejects.toMatchObject({ code: 'not-signed' });
  await expect(witnessLog({ ...witness, readFile: async () => undefined })).rejects.toThrow('no checkpoint');
  await rm(join(log.dir, 'tile'), { recursive: true });
  await expect(witnessLog(witness)).rejects.toMatchObject({ code: 'tile-wrong' });
  expect(await filesIn(witness.memory)).toEqual({});
});
