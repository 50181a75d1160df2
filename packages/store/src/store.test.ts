import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insertSuspension, openSuspensions } from './records.ts';
import { openStore, type Store, type Writer } from './store.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../drizzle', import.meta.url));

function openFresh(): Store {
  const dir = mkdtempSync(join(tmpdir(), 'waymark-store-'));
  const store = openStore({ file: join(dir, 'waymark.sqlite'), migrations: MIGRATIONS });
  onTestFinished(() => {
    store.close();
    rmSync(dir, { recursive: true });
  });
  return store;
}

const at = '2026-01-01T00:00:00.000Z';
const write = (tx: Writer, id: string) =>
  insertSuspension(tx, { id, recordId: id, reason: 'unsafe', by: 'a', at, confirmBy: at });
const written = async (store: Store) => (await openSuspensions(store.read)).map((row) => row.id).sort();

describe('transactions that wait together', () => {
  it('are all on the disk when they are told so, in one commit', async () => {
    const store = openFresh();
    const before = store.generation();
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((id) => store.transaction((tx) => write(tx, id)).then(() => written(store))),
    );
    expect(seen).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(store.generation()).toBe(before + 1);
  });

  it('stand or fall alone: one that throws leaves nothing, and the others stay', async () => {
    const store = openFresh();
    const answers = await Promise.allSettled(
      ['a', 'b', 'c'].map((id) =>
        store.transaction(async (tx) => {
          await write(tx, id);
          if (id === 'b') throw new Error('refused');
          return id;
        }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await written(store)).toEqual(['a', 'c']);
  });

  it('come one after the other: each sees what those before it wrote', async () => {
    const store = openFresh();
    const counts = await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        store.transaction(async (tx) => {
          const before = (await openSuspensions(tx)).length;
          await write(tx, id);
          return before;
        }),
      ),
    );
    expect(counts).toEqual([0, 1, 2]);
  });

  it('change nothing when all of them throw', async () => {
    const store = openFresh();
    const before = store.generation();
    const refuse = (id: string) =>
      store.transaction(async (tx) => {
        await write(tx, id);
        throw new Error('refused');
      });
    await Promise.allSettled([refuse('a'), refuse('b')]);
    expect(await written(store)).toEqual([]);
    expect(store.generation()).toBe(before);
  });
});

it('refuses a transaction inside another', async () => {
  const store = openFresh();
  const nested = store.transaction(() => store.transaction((tx) => write(tx, 'a')));
  await expect(nested).rejects.toThrow('pass its tx on');
  expect(await written(store)).toEqual([]);
});
