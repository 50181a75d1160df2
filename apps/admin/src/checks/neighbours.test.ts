import { describe, expect, it } from 'vitest';
import { neighboursOf } from './neighbours.ts';

const row = (recordId: string, claimedBy: string | null = null) => ({
  recordId,
  claimedBy: claimedBy === null ? null : { id: claimedBy, name: claimedBy },
});
const NOBODY: ReadonlySet<string> = new Set();

describe('the entries around the one that is checked', () => {
  it('are those beside it in the queue', () => {
    const rows = [row('a'), row('b'), row('c')];
    expect(neighboursOf(rows, 'b', 'me', NOBODY)).toEqual({ previous: 'a', next: 'c' });
    expect(neighboursOf(rows, 'a', 'me', NOBODY).previous).toBeNull();
    expect(neighboursOf(rows, 'c', 'me', NOBODY).next).toBeNull();
  });

  it('pass over what somebody else is at, but not what is mine', () => {
    const rows = [row('a'), row('b', 'other'), row('c', 'me')];
    expect(neighboursOf(rows, 'a', 'me', NOBODY).next).toBe('c');
  });

  it('pass over what was done in this sitting', () => {
    const rows = [row('a'), row('b'), row('c')];
    expect(neighboursOf(rows, 'c', 'me', new Set(['b']))).toEqual({ previous: 'a', next: null });
  });

  it('are the first of the queue for an entry that is not in it', () => {
    expect(neighboursOf([row('a')], 'z', 'me', NOBODY)).toEqual({ previous: null, next: 'a' });
  });
});
