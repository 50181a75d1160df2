import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  cosignedPath,
  cosignNote,
  formatCheckpoint,
  formatNote,
  openCheckpoint,
  parseNote,
  signNote,
  SIGNATURE,
  verifierKey,
  witnessesOf,
  type Note,
  type SignBytes,
  type VerifierKey,
} from '@waymark/domain';
import { auditHead, auditSize, change, Problem } from '@waymark/store';
import { generatePrivateKey, toSigner } from '@waymark/tuf';
import { filesIn, temporaryFolder } from '../../../../tests/support/tree.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { addCosignature, type Cosigned } from './cosign.ts';
import { verifyEd25519 } from './ed25519.ts';
import { openPublicLog, type PublicLog } from './open.ts';
import { publishLog } from './publish.ts';
import { openLogSource } from './source.ts';
import { logStatus } from './status.ts';
import { witnessLog } from './witness.ts';

type Cosigner = { key: VerifierKey; sign: SignBytes };
type Ground = { world: World; log: PublicLog; one: Cosigner; two: Cosigner };

function newCosigner(name: string): Cosigner {
  const signer = toSigner(generatePrivateKey());
  const publicKey = Buffer.from(signer.publicKey.keyval.public, 'hex');
  return { key: verifierKey(name, SIGNATURE.cosignature, publicKey), sign: signer.sign };
}

/** A published log that knows two witnesses. */
async function newGround(): Promise<Ground> {
  const world = await newWorld();
  const [one, two] = [newCosigner('one.example/w'), newCosigner('two.example/w')];
  const log = await openPublicLog({
    profile: 'demo',
    dataDir: world.dir,
    logOrigin: 'demo.example.org/log',
    logWitnesses: [one.key, two.key],
  });
  await grow({ world, log });
  return { world, log, one, two };
}

async function grow({ world, log }: Pick<Ground, 'world' | 'log'>): Promise<void> {
  await change(world.asSystem('test'), 'system', ({ audit, newId }) => audit('mail.sent', `mail:${newId()}`, {}));
  await publishLog(world.as('admin'), log);
}

const served = ({ log }: Pick<Ground, 'log'>) => readFile(join(log.dir, 'checkpoint'), 'utf8');
const seconds = ({ world }: Pick<Ground, 'world'>) => Math.floor(world.now().getTime() / 1000);
/** What a witness with a good clock sends of a note. */
const cosigned = async (ground: Ground, by: Cosigner, note?: string, at = seconds(ground)) =>
  formatNote(await cosignNote(parseNote(note ?? (await served(ground))), by.key, by.sign, at));
const handBack = ({ world, log }: Ground, note: string): Promise<Cosigned> =>
  addCosignature(world.as('admin'), log, note);

async function wordsOn({ log, one, two }: Ground, note: string): Promise<[string, number][]> {
  const head = await openCheckpoint(note, log.key!, verifyEd25519, [one.key, two.key]);
  return witnessesOf(head).map(({ key, at }) => [key.name, at]);
}

it('serves the head with the cosignatures that witnesses hand back, the latest of each', async () => {
  const ground = await newGround();
  const { world, log, one, two } = ground;
  const events = await auditSize(world.store.read);
  const [before, now] = [await served(ground), seconds(ground)];
  expect(await handBack(ground, await cosigned(ground, one))).toMatchObject({
    witnesses: ['one.example/w'],
    isNewest: true,
  });
  // The second one took its copy before the first handed back.
  await handBack(ground, await cosigned(ground, two, before));
  expect(await wordsOn(ground, await served(ground))).toEqual([
    ['one.example/w', now],
    ['two.example/w', now],
  ]);
  await handBack(ground, await cosigned(ground, one, before, now + 60));
  await handBack(ground, await cosigned(ground, one, before, now - 60));
  expect(new Map(await wordsOn(ground, await served(ground))).get('one.example/w')).toBe(now + 60);
  // The log's own signature is the one that stood there; whoever knows no witness reads the head as before.
  const head = await openCheckpoint(await served(ground), log.key!, verifyEd25519);
  expect(head.note.startsWith(before)).toBe(true);
  // An event about it would make a newer head, which nobody cosigned.
  expect(await auditSize(world.store.read)).toBe(events);
  expect(await publishLog(world.as('admin'), log)).toMatchObject({ size: events });
  expect(await wordsOn(ground, await served(ground))).toHaveLength(2);
});

it('keeps a cosignature with the head it belongs to, and never puts an older head in place of a newer one', async () => {
  const ground = await newGround();
  const { log, one, two } = ground;
  const old = await served(ground);
  await handBack(ground, await cosigned(ground, one));
  const size = (await openCheckpoint(old, log.key!, verifyEd25519)).size;
  await grow(ground);
  const newer = await served(ground);
  expect(await wordsOn(ground, newer)).toEqual([]);
  expect((await logStatus(ground.world.as('admin'), log)).witnesses).toMatchObject([
    { name: 'one.example/w', cosigned: { size } },
    { name: 'two.example/w', cosigned: null },
  ]);
  // Two comes late, with the older head.
  expect(await handBack(ground, await cosigned(ground, two, old))).toMatchObject({ size, isNewest: false });
  expect(await served(ground)).toBe(newer);
  const kept = await readFile(join(log.dir, cosignedPath(two.key)), 'utf8');
  expect(await wordsOn(ground, kept)).toEqual([['two.example/w', seconds(ground)]]);
  // One cosigns the newer, and then hands the older in again.
  await handBack(ground, await cosigned(ground, one));
  const files = await filesIn(log.dir);
  expect(await handBack(ground, await cosigned(ground, one, old, seconds(ground) + 5))).toMatchObject({
    isNewest: false,
  });
  expect(await filesIn(log.dir)).toEqual(files);
});

it('publishes no line but those of the log and of witnesses it knows', async () => {
  const ground = await newGround();
  const { log, one } = ground;
  const stranger = newCosigner('stranger.example/w');
  await handBack(ground, await cosigned(ground, stranger, await cosigned(ground, one)));
  for (const text of [await served(ground), await readFile(join(log.dir, cosignedPath(one.key)), 'utf8')]) {
    expect(text).toContain('— one.example/w ');
    expect(text).not.toContain('stranger');
  }
});

it('refuses what no known witness signed, or not this head of ours, and leaves no trace', async () => {
  const ground = await newGround();
  const { world, log, one } = ground;
  await handBack(ground, await cosigned(ground, one));
  const note = await served(ground);
  const { size } = await auditHead(world.store.read);
  const signedByLog = async (head: { size: number; root: string }) =>
    formatNote(
      await signNote(
        { text: formatCheckpoint({ origin: log.key!.name, ...head }), signatures: [] },
        log.key!,
        log.sign!,
      ),
    );
  const good = await cosigned(ground, one);
  const line = good.trimEnd().split('\n').at(-1)!;
  const otherTime = ({ text, signatures }: Note): Note => ({
    text,
    signatures: signatures.map((line) =>
      line.name === one.key.name
        ? { ...line, signature: line.signature.map((byte, i) => (i === 7 ? byte ^ 1 : byte)) }
        : line,
    ),
  });
  const impostor = { ...newCosigner('one.example/w'), key: one.key };
  const cases: [string, string, string][] = [
    ['only the log itself', note.replace(/— one.+\n/, ''), 'cosignature-unknown'],
    [
      'a stranger',
      await cosigned(ground, newCosigner('x.example/w'), note.replace(/— one.+\n/, '')),
      'cosignature-unknown',
    ],
    ['another key under the name of a witness', await cosigned(ground, impostor), 'cosignature-wrong'],
    [
      'a letter changed',
      good.replace(
        line,
        line.replace(/.(?=....$)/, (c) => (c === 'A' ? 'B' : 'A')),
      ),
      'cosignature-wrong',
    ],
    ['another time than was signed', formatNote(otherTime(parseNote(good))), 'cosignature-wrong'],
    ['no signature of the log', good.replace(/— demo.+\n/, ''), 'cosignature-wrong'],
    ['a time ahead of ours', await cosigned(ground, one, note, seconds(ground) + 3600), 'cosignature-wrong'],
    ['no note', 'hello', 'cosignature-wrong'],
    [
      'another history',
      await cosigned(ground, one, await signedByLog({ size, root: 'ab'.repeat(32) })),
      'head-unknown',
    ],
    [
      'a head that is still to come',
      await cosigned(ground, one, await signedByLog({ size: size + 1, root: 'ab'.repeat(32) })),
      'head-unknown',
    ],
  ];
  const before = await filesIn(log.dir);
  for (const [what, given, code] of cases) {
    const answer = await handBack(ground, given).then(
      () => 'taken',
      (error: unknown) => (error instanceof Problem ? error.refusal.code : String(error)),
    );
    expect(`${what}: ${answer}`).toBe(`${what}: ${code}`);
  }
  const off = { ...log, key: null, sign: null, off: 'its key is missing' };
  await expect(addCosignature(world.as('admin'), off, good)).rejects.toMatchObject({
    refusal: { code: 'head-unknown' },
  });
  expect(await filesIn(log.dir)).toEqual(before);
  expect(await auditSize(world.store.read)).toBe(size);
});

it('lets a witness look at a log that serves cosignatures, its own and those of others', async () => {
  const ground = await newGround();
  const { world, log, one, two } = ground;
  const look = (cosigner: Cosigner, memory: string) =>
    witnessLog({ log: log.key!, readFile: openLogSource(log.dir), memory, cosigner, now: world.now() });
  const [first, second] = [await temporaryFolder(), await temporaryFolder()];
  const seen = await look(one, first);
  await handBack(ground, await readFile(seen.checkpoint, 'utf8'));
  expect(await look(one, first)).toMatchObject({ relation: 'same' });
  const next = await look(two, second);
  await handBack(ground, await readFile(next.checkpoint, 'utf8'));
  expect((await wordsOn(ground, await served(ground))).map(([name]) => name)).toEqual([
    'one.example/w',
    'two.example/w',
  ]);
  await grow(ground);
  expect(await look(one, first)).toMatchObject({ relation: 'grown' });
});
