import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AuditLeaf,
  auditLeafHash,
  compareHeads,
  entriesIn,
  leafHash,
  parseCheckpoint,
  parseNote,
  tileOver,
  tilePath,
  tilesOf,
  type Checkpoint,
} from '@waymark/domain';
import { auditHead, change } from '@waymark/store';
import { filesIn } from '../../../../tests/support/tree.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { openPublicLog, publishedHead, type PublicLog } from './open.ts';
import { publishLog } from './publish.ts';

const open = (world: World) =>
  openPublicLog({ profile: 'demo', dataDir: world.dir, logOrigin: 'demo.example.org/log' });

/** Many small events at once: jobs may write them. */
async function happen(world: World, events: number): Promise<void> {
  await change(world.asSystem('test'), 'system', async ({ audit, newId }) => {
    for (let i = 0; i < events; i += 1) await audit('mail.sent', `mail:${newId()}`, { secret: `canary-${i}` });
  });
}

const read = (log: PublicLog) => async (path: string) => readFile(join(log.dir, path)).catch(() => undefined);
const headOf = async (log: PublicLog) => (await publishedHead({ dir: log.dir, key: log.key! }))!;

/** What any reader must be able to do with the folder at any moment: verify the head and everything under it. */
async function requireWhole(log: PublicLog, before?: Checkpoint): Promise<Checkpoint> {
  const head = await headOf(log);
  const empty = {
    origin: head.origin,
    size: 0,
    root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  };
  expect(await compareHeads(before ?? empty, head, read(log))).toEqual({
    relation: before?.size === head.size ? 'same' : 'grown',
  });
  return head;
}

describe('publishing the audit log', () => {
  it('writes a signed head, tiles and entries, and nothing while nothing happens', async () => {
    const world = await newWorld();
    const log = await open(world);
    const head = await publishLog(world.as('admin'), log);
    const now = await auditHead(world.store.read);
    expect(head).toEqual({ origin: 'demo.example.org/log', ...now });
    expect(await requireWhole(log)).toMatchObject(now);
    const files = await filesIn(log.dir);
    expect(Object.keys(files).sort()).toEqual(
      ['checkpoint', 'key', ...tilesOf(now.size).map((tile) => tilePath(tile))].sort(),
    );
    await publishLog(world.as('admin'), log);
    expect(await filesIn(log.dir)).toEqual(files);
  });

  it('keeps payloads and salts to itself: an entry is the public leaf and nothing else', async () => {
    const world = await newWorld();
    await happen(world, 40);
    const log = await open(world);
    const { size } = (await publishLog(world.as('admin'), log))!;
    const bundle = await readFile(join(log.dir, `tile/entries/000.p/${size}`));
    const tile = await readFile(join(log.dir, `tile/0/000.p/${size}`));
    const entries = entriesIn(bundle);
    expect(entries.length).toBe(size);
    for (const [seq, entry] of entries.entries()) {
      const hash = Buffer.from(leafHash(entry));
      expect(hash.equals(tile.subarray(seq * 32, seq * 32 + 32))).toBe(true);
      const leaf = AuditLeaf.parse(JSON.parse(Buffer.from(entry).toString()));
      expect(leaf.seq).toBe(seq);
      expect(hash.equals(Buffer.from(auditLeafHash(leaf)))).toBe(true);
    }
    const everything = Object.values(await filesIn(log.dir)).map((base64) => Buffer.from(base64, 'base64').toString());
    expect(everything.join('')).not.toContain('canary-');
    expect(everything.join('')).not.toContain('@example.org');
  });

  it('grows: partial tiles become full ones, full ones never change, and every head extends the one before', async () => {
    const world = await newWorld();
    const log = await open(world);
    let before = await publishLog(world.as('admin'), log).then(() => requireWhole(log));
    const full = new Map<string, string>();
    for (const events of [1, 200, 60, 240, 20]) {
      await happen(world, events);
      await publishLog(world.as('admin'), log);
      before = await requireWhole(log, before);
      const files = await filesIn(log.dir);
      for (const [path, bytes] of full) expect(files[path], path).toBe(bytes);
      for (const [path, bytes] of Object.entries(files)) if (/^tile\/[^.]+$/.test(path)) full.set(path, bytes);
    }
    expect([...full.keys()].sort()).toEqual(['tile/0/000', 'tile/0/001', 'tile/entries/000', 'tile/entries/001']);
    // Those that a full one replaced are gone; those of the last head are there.
    const partials = Object.keys(await filesIn(log.dir)).filter((path) => path.includes('.p/'));
    expect(partials.filter((path) => /\/00[01]\.p\//.test(path) && !path.startsWith('tile/1'))).toEqual([]);
    expect(partials).toContain(tilePath(tileOver(0, before.size - 1, before.size)));
  });

  it('leaves the old head or the new one when the process dies before any step', async () => {
    const world = await newWorld();
    const log = await open(world);
    // On the way the first tile becomes full.
    await happen(world, 200);
    await publishLog(world.as('admin'), log);
    let old = await requireWhole(log);
    let deaths = 0;
    for (let nth = 0; ; nth += 1) {
      await happen(world, 10);
      let steps = 0;
      const onStep = () => {
        if (steps++ === nth) throw new Error('killed');
      };
      const died = await publishLog(world.as('admin'), log, { onStep }).then(
        () => false,
        (error: Error) => error.message === 'killed',
      );
      if (!died) break;
      deaths += 1;
      const head = await requireWhole(log, old);
      await publishLog(world.as('admin'), log);
      old = await requireWhole(log, head);
    }
    expect(deaths).toBeGreaterThanOrEqual(9);
    expect(old.size).toBeGreaterThan(256);
  });

  it('signs no second history: not after an old backup, not over a rewritten database', async () => {
    const world = await newWorld();
    const log = await open(world);
    await happen(world, 5);
    await publishLog(world.as('admin'), log);
    const files = await filesIn(log.dir);
    const other = await newWorld();
    await expect(publishLog(other.as('admin'), log)).rejects.toThrow('was an old backup restored?');
    await happen(other, 50);
    await expect(publishLog(other.as('admin'), log)).rejects.toThrow('another history');
    expect(await filesIn(log.dir)).toEqual(files);
  });

  it('goes on with its key after a restart, and is off under another name, another key, or without its key', async () => {
    const world = await newWorld();
    const log = await open(world);
    await publishLog(world.as('admin'), log);
    expect((await open(world)).key?.keyId).toBe(log.key?.keyId);
    const settings = { profile: 'demo', dataDir: world.dir, logOrigin: 'demo.example.org/log' } as const;
    for (const [change, why] of [
      [{ logOrigin: 'demo.example.org/other' }, 'is not by this key under this name'],
      [{ logKey: '11'.repeat(32) }, 'is not by this key under this name'],
    ] as const) {
      expect(await openPublicLog({ ...settings, ...change })).toMatchObject({
        key: null,
        sign: null,
        off: expect.stringContaining(why),
      });
    }
    await rm(join(world.dir, 'keys/log.key'));
    const lost = await openPublicLog(settings);
    expect(lost.off).toContain('log.key is missing');
    const files = await filesIn(log.dir);
    expect(await publishLog(world.as('admin'), lost)).toBeUndefined();
    expect(await filesIn(log.dir)).toEqual(files);
    expect(Object.keys(await filesIn(join(world.dir, 'keys')))).toEqual([]);
  });

  it('notices a head that somebody else wrote', async () => {
    const world = await newWorld();
    const log = await open(world);
    await publishLog(world.as('admin'), log);
    const path = join(log.dir, 'checkpoint');
    const note = await readFile(path, 'utf8');
    const { size } = parseCheckpoint(parseNote(note).text);
    await writeFile(path, note.replace(`\n${size}\n`, `\n${size - 1}\n`));
    await expect(publishLog(world.as('admin'), log)).rejects.toMatchObject({ code: 'signature-wrong' });
    expect((await open(world)).off).toContain('is not by this key');
  });

  it('makes an encrypted key in production, once, and needs the passphrase', async () => {
    const world = await newWorld();
    const settings = { profile: 'production', dataDir: world.dir, logOrigin: 'directory.example.org/log' } as const;
    expect((await openPublicLog(settings)).off).toContain('WAYMARK_LOG_KEY');
    const log = await openPublicLog({ ...settings, keyPassphrase: 'correct horse' });
    expect(await readFile(join(world.dir, 'keys/log.key'), 'utf8')).toContain('"encryption"');
    expect((await openPublicLog({ ...settings, keyPassphrase: 'correct horse' })).key?.keyId).toBe(log.key?.keyId);
    expect((await openPublicLog({ ...settings, keyPassphrase: 'wrong' })).off).toContain('wrong passphrase');
  });
});
