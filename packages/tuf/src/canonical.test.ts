import { describe, expect, it } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import { TufProblem } from './problem.ts';

describe('canonicalBytes', () => {
  it('sorts keys and writes no spaces', () => {
    expect(canonicalBytes({ b: [1, true, null], a: 'ä"\\' }).toString()).toBe('{"a":"ä\\"\\\\","b":[1,true,null]}');
  });

  it.each([
    ['a fraction', { a: { b: 1.5 } }, '$.a.b'],
    ['a number too large to be exact', { a: 1e21 }, '$.a'],
    ['undefined', { a: [undefined] }, '$.a[0]'],
    ['half a character', { a: '\ud83d' }, '$.a'],
    ['a Date, which would become {}', { a: new Date(0) }, '$.a'],
    ['a key outside ASCII', { a: { ä: 1 } }, '$.a'],
    ['a function', { a: () => 1 }, '$.a'],
  ])('refuses %s and names the place', (_, value, place) => {
    expect(() => canonicalBytes(value)).toThrow(TufProblem);
    expect(() => canonicalBytes(value)).toThrow(`cannot be signed: ${place} `);
  });
});
