import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from './hash.ts';

describe('the content hash', () => {
  it('does not depend on the order of members', () =>
    expect(contentHash({ a: 1, b: [2] })).toBe(contentHash({ b: [2], a: 1 })));
  it('depends on the order of lists', () => expect(contentHash([1, 2])).not.toBe(contentHash([2, 1])));
  it('treats an undefined member as absent', () => expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}'));
  it('refuses text that is not well-formed, since two such texts would hash alike', () => {
    expect(() => contentHash({ a: '\ud800' })).toThrow('well-formed');
    expect(() => contentHash({ '\ud801': 1 })).toThrow('well-formed');
  });
  it.each([0.1, Number.NaN, 2 ** 60])('refuses the number %s', (n) =>
    expect(() => contentHash({ n })).toThrow('whole numbers'),
  );
  it('says the same with and without the texts of members met before', () => {
    const channels = [{ id: 'tel' }];
    const known = new Map<object, string>();
    expect(canonicalJson({ channels, notes: 'n' }, known)).toBe('{"channels":[{"id":"tel"}],"notes":"n"}');
    expect(canonicalJson({ b: channels, a: null }, known)).toBe('{"a":null,"b":[{"id":"tel"}]}');
  });
  it('is RFC 8785, as another program writes it', () => {
    const text = fc.string({ unit: 'binary' }).filter((s) => s.isWellFormed());
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('tree'),
      ),
      list: fc.array(tie('value')),
      tree: fc.dictionary(fc.oneof(text, fc.constantFrom('10', '9', 'é', '\u{1F600}', '\uFB33')), tie('value')),
    })).value;
    fc.assert(
      fc.property(tree, (value) => canonicalJson(value) === canonicalize(value)),
      { numRuns: 2000 },
    );
  });
});
