import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  leafHash,
  nodeHash,
  rootOf,
  SIGNATURE,
  signNote,
  tileBytes,
  tilePath,
  tilesOf,
  verifierKey,
  verifySplitView,
  type Subtree,
  type VerifierKey,
} from '@waymark/domain';
import { checkHead, isGood, type RememberedHead } from './checkHead.ts';
import { toHex } from './hex.ts';
import { verifyInBrowser } from './webCrypto.ts';

type Log = { key: VerifierKey; head: (size: number, tree: Subtree) => Promise<RememberedHead> };

/** A history of numbered events, one of which another history has otherwise. */
const historyOf =
  (changed = -1): Subtree =>
  (level, at) =>
    level === 0
      ? leafHash(new TextEncoder().encode(`${at === changed ? 'other' : 'event'} ${at}`))
      : nodeHash(historyOf(changed)(level - 1, at * 2), historyOf(changed)(level - 1, at * 2 + 1));

const serve = (tree: Subtree, size: number) => {
  const tiles = tilesOf(size).filter(({ level }) => level !== 'entries');
  const files = new Map(tiles.map((tile) => [tilePath(tile), tileBytes(tile, tree)]));
  return { verify: verifyInBrowser, readFile: async (path: string) => files.get(path) };
};

async function newLog(): Promise<Log> {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = verifierKey('directory.example.org/log', SIGNATURE.ed25519, publicKey);
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, new Uint8Array(message)));
  return {
    key,
    head: async (size, tree) => {
      const text = formatCheckpoint({ origin: key.name, size, root: toHex(rootOf(tree, size)) });
      const note = await signNote({ text, signatures: [] }, key, sign);
      return { key: formatVerifierKey(key), checkpoint: formatNote(note) };
    },
  };
}

describe('the published head, in the browser', () => {
  const [honest, forged] = [historyOf(), historyOf(2)];
  let log: Log;
  beforeAll(async () => {
    log = await newLog();
  });

  it('is remembered the first time, and extended afterwards', async () => {
    const first = await checkHead(await log.head(5, honest), undefined, serve(honest, 5));
    expect(first).toMatchObject({ relation: 'first', size: 5, known: null });
    const grown = await checkHead(await log.head(9, honest), await log.head(5, honest), serve(honest, 9));
    expect(grown).toMatchObject({ relation: 'grown', size: 9, known: 5, proof: null });
    expect([first, grown].every(isGood)).toBe(true);
  });

  it.each([5, 9])('of another history, of %d events, becomes a proof for everybody', async (size) => {
    const found = await checkHead(await log.head(size, forged), await log.head(5, honest), serve(forged, size));
    expect(found).toMatchObject({ relation: 'split', known: 5, size });
    expect(isGood(found)).toBe(false);
    const { heads } = await verifySplitView(found.proof!, verifyInBrowser);
    expect(heads.map((head) => head.size)).toEqual([5, size]);
  });

  it('is not remembered when it shrank, or when the log has another key', async () => {
    const shrunk = await checkHead(await log.head(4, honest), await log.head(9, honest), serve(honest, 4));
    const other = await newLog();
    const rekeyed = await checkHead(await other.head(9, honest), await log.head(5, honest), serve(honest, 9));
    expect([shrunk.relation, rekeyed.relation]).toEqual(['shrunk', 'other-key']);
    expect([shrunk, rekeyed].some(isGood)).toBe(false);
  });

  it('proves nothing with a changed letter, without tiles, or in a browser without Ed25519', async () => {
    const head = await log.head(5, honest);
    const changed = { ...head, checkpoint: head.checkpoint.replace('\n5\n', '\n6\n') };
    await expect(checkHead(changed, undefined, serve(honest, 6))).rejects.toMatchObject({ problem: 'signature' });
    const nothing = { verify: verifyInBrowser, readFile: async () => undefined };
    await expect(checkHead(head, undefined, nothing)).rejects.toMatchObject({ problem: 'tiles' });
    const { subtle } = crypto;
    Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
    try {
      await expect(checkHead(head, undefined, serve(honest, 5))).rejects.toMatchObject({ problem: 'unsupported' });
    } finally {
      Object.defineProperty(crypto, 'subtle', { value: subtle, configurable: true });
    }
  });
});
