import { describe, expect, it } from 'vitest';
import { readInWorker } from './readInWorker.ts';

const table = (rows: number) => Buffer.from(`a,b\n${Array.from({ length: rows }, () => 'x,y\n').join('')}`);

describe('reading in a thread', () => {
  it('gives the rows, and says on the way how many there are', async () => {
    const seen: number[] = [];
    const { source } = await readInWorker(table(1600), { onProgress: ({ rows }) => seen.push(rows) });
    expect(source?.rows).toHaveLength(1600);
    expect(seen).toEqual([500, 1000, 1500]);
  });

  it('ends when it is cancelled', async () => {
    const control = new AbortController();
    const reading = readInWorker(table(5000), { signal: control.signal });
    control.abort();
    expect(await reading).toMatchObject({ refusal: { code: 'cancelled' } });
  });

  it('ends when it takes too long', async () => {
    expect(await readInWorker(table(5000), { timeLimit: 1 })).toMatchObject({ refusal: { code: 'out-of-time' } });
  });

  it('ends when it takes too much memory, and the program goes on', async () => {
    expect(await readInWorker(table(5000), { memoryLimit: 4 })).toMatchObject({ refusal: { code: 'out-of-memory' } });
  });
});
