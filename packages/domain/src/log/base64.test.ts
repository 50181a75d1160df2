import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

describe('base64', () => {
  it('comes back as it went, for every length', () => {
    for (let n = 0; n < 70; n += 1) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 37 + n) & 255);
      expect(toBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
      expect([...fromBase64(toBase64(bytes))]).toEqual([...bytes]);
    }
  });

  it.each(['A', 'AA', 'AA=', 'AAA', 'AB==', 'AAB=', 'A A=', 'AA==\n', 'AA==AA==', '_-__'])('refuses %j', (text) => {
    expect(() => fromBase64(text)).toThrow('not base64');
  });
});
