import { generateKeyPairSync, sign as signEd25519 } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  completedBy,
  formatCheckpoint,
  formatNote,
  leafHash,
  rootOf,
  SIGNATURE,
  signNote,
  SplitView,
  splitView,
  tileBytes,
  tilePath,
  tilesOf,
  verifierKey,
  verifyCheckpoints,
  verifySplitView,
  type Subtree,
} from '@waymark/domain';
import { verifyEd25519 as verify } from '@waymark/services';

const utf8ToBytes = (text: string) => new TextEncoder().encode(text);

function newLog() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const key = verifierKey('example.org/log', SIGNATURE.ed25519, Buffer.from(x, 'base64url'));
  return {
    key,
    head: async (size: number, tree: Subtree) => {
      const text = formatCheckpoint({ origin: key.name, size, root: Buffer.from(rootOf(tree, size)).toString('hex') });
      const signed = await signNote({ text, signatures: [] }, key, (m) => signEd25519(null, m, privateKey));
      return formatNote(signed);
    },
  };
}

/** A history; `changed` is the number of the event that one of two histories has otherwise. */
function historyOf(size: number, changed = -1): Subtree {
  const nodes = new Map<string, Uint8Array>();
  const read: Subtree = (level, index) => nodes.get(`${level}/${index}`)!;
  for (let i = 0; i < size; i += 1) {
    const leaf = leafHash(utf8ToBytes(i === changed ? `other ${i}` : `event ${i}`));
    completedBy(i, leaf, read).forEach(([l, p, h]) => nodes.set(`${l}/${p}`, h));
  }
  return read;
}

const serve = (tree: Subtree, size: number) => {
  const tiles = tilesOf(size).filter(({ level }) => level !== 'entries');
  const files = new Map(tiles.map((tile) => [tilePath(tile), tileBytes(tile, tree)]));
  return async (path: string) => files.get(path);
};

// SECURITY L-06.
it('finds 100 of 100 split views, and each proof convinces somebody who knows nothing but the key', async () => {
  const log = newLog();
  let proven = 0;
  for (let i = 0; i < 100; i += 1) {
    const seen = 1 + ((i * 37) % 300);
    // Every third fork is shown at the same size, the others after the log grew.
    const shown = i % 3 === 0 ? seen : seen + 1 + ((i * 11) % 90);
    const forged = historyOf(shown, (i * 7) % seen);
    const known = await log.head(seen, historyOf(seen));
    const next = await log.head(shown, forged);
    const options = { log: log.key, verify, readFile: serve(forged, shown) };
    const found = await verifyCheckpoints(known, next, options);
    if (found.relation !== 'split') continue;
    const text = JSON.stringify(splitView(log.key, { note: known }, { note: next }, found.path));
    const { heads } = await verifySplitView(SplitView.parse(JSON.parse(text)), verify);
    if (heads[0].size === seen && heads[1].size === shown) proven += 1;
  }
  expect(proven).toBe(100);
});

it('proves nothing against a log that only grew, whatever somebody puts into the proof', async () => {
  const log = newLog();
  const tree = historyOf(200);
  const forged = historyOf(200, 4);
  const [small, large] = [await log.head(70, tree), await log.head(200, tree)];
  const grown = await verifyCheckpoints(small, large, { log: log.key, verify, readFile: serve(tree, 200) });
  expect(grown.relation).toBe('grown');
  const fork = await log.head(200, forged);
  const split = await verifyCheckpoints(small, fork, { log: log.key, verify, readFile: serve(forged, 200) });
  const path = split.relation === 'split' ? split.path : [];
  expect(path.length).toBeGreaterThan(0);
  for (const [a, b, hashes, why] of [
    [small, large, path, 'do not lead to the larger head'],
    [small, large, [], 'do not lead to the larger head'],
    [large, small, path, 'do not lead to the larger head'],
    [large, large, [], 'both heads are the same'],
    [small, fork, [...path, path[0]!], 'do not lead to the larger head'],
  ] as const) {
    const proof = splitView(log.key, { note: a }, { note: b }, hashes);
    await expect(verifySplitView(proof, verify)).rejects.toThrow(why);
  }
});

it('takes no heads that another log signed', async () => {
  const [log, other] = [newLog(), newLog()];
  const proof = splitView(
    log.key,
    { note: await other.head(5, historyOf(5)) },
    { note: await log.head(5, historyOf(5, 2)) },
    [],
  );
  await expect(verifySplitView(proof, verify)).rejects.toMatchObject({ code: 'not-signed' });
});

it('says that a log shrank, and asks for no proof of it', async () => {
  const log = newLog();
  const tree = historyOf(9);
  const options = { log: log.key, verify, readFile: serve(tree, 9) };
  const found = await verifyCheckpoints(await log.head(9, tree), await log.head(5, tree), options);
  expect(found.relation).toBe('shrunk');
});
