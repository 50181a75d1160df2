import { describe, expect, it } from 'vitest';
import { webCrypto } from './browser/webCrypto.ts';
import { makeSeed, open } from './index.ts';
import { packSeed, unpackSeed } from './seed.ts';
import { NEWER, setUp, tempDir } from './testing.reader.ts';
import { entryLine, EVIL, fetchFrom, Forge, keyOf, signedBy } from './testing.ts';
import { ownEngine } from './tuf/update.ts';

describe('the reader', () => {
  it('looks at start, for withdrawals every hour and for everything every sixth, never on the dot', async () => {
    const waits: number[] = [];
    let next: () => void = () => undefined;
    const forge = new Forge();
    forge.publish();
    const fetch = fetchFrom(() => forge.files);
    const { zip } = await makeSeed({ url: 'https://one.example', root: forge.root(1), fetch, now: forge.now });
    const randoms = [0, 0.5, 1];
    const timers = {
      set(run: () => void, wait: number) {
        waits.push(wait);
        next = run;
        return () => undefined;
      },
    };
    const reader = await open({
      dir: await tempDir(),
      seed: zip,
      urls: 'https://one.example',
      engine: 'own',
      platform: { fetch, timers, random: () => randoms[waits.length % 3] ?? 0 },
    });
    const looks: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      await expect.poll(() => waits.length).toBe(i + 1);
      forge.publish({ digits: `49301234${1000 + i}` });
      next();
      looks.push(reader.snapshot.sequence);
    }
    expect(looks).toEqual([1, 1, 1, 1, 1, 1, 7]);
    expect(waits.slice(0, 3).map((wait) => wait / 3_600_000)).toEqual([0.8, 1, 1.2]);
    reader.close();
  });

  it('is not opened without a seed and without a memory', async () => {
    await expect(open({ dir: await tempDir(), urls: 'https://one.example', auto: false })).rejects.toThrow(
      'the seed has no',
    );
  });

  it('refuses a seed that was tampered with', async () => {
    const forge = new Forge();
    forge.publish();
    const fetch = fetchFrom(() => forge.files);
    const { zip } = await makeSeed({ url: 'https://one.example', root: forge.root(1), fetch, now: forge.now });
    const files = new Map(unpackSeed(zip));
    files.set('targets/v1/directory.ndjson', Buffer.from(`${entryLine({ digits: EVIL })}\n`));
    await expect(open({ dir: await tempDir(), seed: packSeed(files), urls: [], auto: false })).rejects.toThrow(
      'not the file',
    );
    expect(packSeed(unpackSeed(zip))).toEqual(zip);
  });

  it('verifies the same with the crypto of browsers, native or not', async () => {
    const forge = new Forge();
    forge.publish();
    const fetch = fetchFrom(() => forge.files);
    const { zip } = await makeSeed({ url: 'https://one.example', root: forge.root(1), fetch, now: forge.now });
    const none = {
      importKey: () => Promise.reject(new Error('no Ed25519')),
      digest: globalThis.crypto.subtle.digest.bind(globalThis.crypto.subtle),
    };
    // As far as the reader asks of it; and `null`, which a page without TLS has there, whatever the type says.
    for (const subtle of [globalThis.crypto.subtle, none as unknown as typeof globalThis.crypto.subtle, undefined]) {
      const crypto = await webCrypto(subtle ?? (null as unknown as undefined));
      const platform = { fetch, crypto, engine: ownEngine(crypto) };
      const reader = await open({
        dir: await tempDir(),
        seed: zip,
        urls: 'https://one.example',
        auto: false,
        platform,
      });
      expect((await reader.refresh()).state).toBe('fresh');
      forge.stamp({}, [keyOf('thief')]);
      expect((await reader.refresh()).problems[0]?.problem.code).toBe('signature');
      forge.stamp();
    }
  });

  it('does not fall over a listener that throws', async () => {
    const { reader, forge } = await setUp({ engine: 'own' });
    reader.subscribe(() => {
      throw new Error('mine');
    });
    forge.publish({ digits: NEWER });
    expect((await reader.refresh()).changed).toBe(true);
  });

  it('is not led by a root that is signed well and lists one key under two ids', async () => {
    const { reader, forge } = await setUp({ engine: 'tuf-js' });
    const [first] = forge.ring.targets;
    const keys = { ...(forge.last.root['keys'] as object), ['ab'.repeat(32)]: first?.json };
    const root = forge.rootOf(forge.ring, 2, { keys });
    forge.files.set('metadata/2.root.json', signedBy(root, forge.ring.root.slice(0, 2)));
    expect((await reader.refresh()).problems[0]?.problem.code).toBe('malformed');
  });
});
