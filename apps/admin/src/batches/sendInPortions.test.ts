import { HttpError } from 'ra-core';
import { describe, expect, it } from 'vitest';
import type { Selected } from './contract.ts';
import { PORTION, sendInPortions } from './sendInPortions.ts';

const items = Array.from({ length: 250 }, (_, n): Selected => ({
  id: String(n),
  kind: 'create',
  recordType: 'entry',
  recordName: `Entry ${n}`,
  contentHash: 'f'.repeat(64),
}));
const applied = (portion: readonly Selected[]) =>
  Promise.resolve(portion.map(({ id }) => ({ id, ok: true, state: 'applied' as const })));
const offline = () => Promise.reject(new HttpError('No connection', 0, { code: 'offline', status: 0, title: '' }));

describe('what was ticked', () => {
  it('goes in portions, in its order, and every row is answered', async () => {
    const portions: number[] = [];
    const progress: number[] = [];
    const { results, left } = await sendInPortions(
      items,
      (portion) => {
        portions.push(portion.length);
        return applied(portion);
      },
      (done) => progress.push(done) > 0,
    );
    expect([portions, progress]).toEqual([
      [100, 100, 50],
      [100, 200, 250],
    ]);
    expect(results.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(left).toEqual([]);
  });

  it('stops after the portion under way when somebody cancels, and knows what was not sent', async () => {
    const { results, left, problem } = await sendInPortions(items, applied, () => false);
    expect([results.length, left.length, problem]).toEqual([PORTION, 150, undefined]);
  });

  it('keeps what was answered when the connection breaks, and begins there again', async () => {
    let calls = 0;
    const sent = await sendInPortions(
      items,
      (portion) => ((calls += 1) === 2 ? offline() : applied(portion)),
      () => true,
    );
    expect(sent).toMatchObject({ problem: { code: 'offline' } });
    expect(sent.results).toHaveLength(100);
    expect((await sendInPortions(sent.left, applied, () => true)).results).toHaveLength(150);
  });
});
