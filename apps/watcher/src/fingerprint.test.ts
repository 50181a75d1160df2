import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { distance, fingerprintOf, isAnotherPage } from './fingerprint.ts';

/** Texts of length of a page, none like another: our own documents, cut up. */
const documents = [
  'README.md',
  'packages/README.md',
  'packages/tuf/README.md',
  'apps/api/README.md',
  'data/SOURCES.md',
].flatMap((path) => {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  return text.match(/[\s\S]{1500}/g) ?? [];
});

it('keeps apart pages about the same thing by the same people', () => {
  const prints = documents.map((text) => fingerprintOf(text) ?? '');
  const alike = prints.flatMap((a, i) => prints.slice(i + 1).filter((b) => !isAnotherPage(a, b)));
  const pairs = (prints.length * (prints.length - 1)) / 2;
  expect(pairs).toBeGreaterThan(100);
  // A few may look alike; a takeover has a text much further away than these.
  expect(alike.length / pairs).toBeLessThan(0.1);
});

it('takes a page with a changed sentence for the same page', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.nat(), fc.stringMatching(/^[a-z ]{1,60}$/), (text, at, edit) => {
      const where = at % text.length;
      const edited = text.slice(0, where) + edit + text.slice(where + edit.length);
      expect(isAnotherPage(fingerprintOf(text) ?? '', fingerprintOf(edited) ?? '')).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('works without spaces, says nothing of a short text, and counts differences', () => {
  const thai = 'สายด่วนเด็ก โทรฟรี ตลอดยี่สิบสี่ชั่วโมง เรารับฟังทุกเรื่องไม่ว่าจะเป็นเรื่องอะไรก็ตามและจะไม่บอกใคร '.repeat(3);
  expect(fingerprintOf(thai)).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf('Call 116 111')).toBeUndefined();
  expect(fingerprintOf('')).toBeUndefined();
  expect(distance('0000000000000000', 'ffffffffffffffff')).toBe(64);
  expect(distance('00000000000000ff', '000000000000000f')).toBe(4);
});
