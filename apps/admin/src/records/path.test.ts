import { describe, expect, it } from 'vitest';
import { factAt, factPathOf, pointerOf, valueAt, withFact, withValue } from './path.ts';

const doc = {
  names: { en: { text: 'Example line' } },
  channels: [
    { id: 'web', type: 'url', value: { href: 'https://example.org/' } },
    { id: 'tel', type: 'phone', value: { number: { kind: 'short', digits: '116111', country: 'DE' } } },
  ],
  serves: [{ area: 'DE' }, { area: 'AT' }],
};

describe('places in a document', () => {
  it('names a place by ids, whatever the position', () => {
    expect(factPathOf(doc, '/channels/1/value/number')).toBe('/channels/tel/value/number');
    expect(factPathOf(doc, '/serves/1')).toBe('/serves/AT');
    expect(factPathOf(doc, '/names/en/text')).toBe('/names/en/text');
  });

  it('finds the position of a fact again after the list was reordered', () => {
    const reordered = { ...doc, channels: [...doc.channels].reverse() };
    expect(pointerOf(reordered, '/channels/tel/value')).toBe('/channels/0/value');
    expect(factAt(reordered, '/channels/tel/value/number/digits')).toBe('116111');
  });

  it('says that a fact is not there instead of taking the one at its position', () => {
    expect(pointerOf(doc, '/channels/chat/value')).toBeUndefined();
    expect(factAt(doc, '/serves/FR')).toBeUndefined();
  });
});

describe('changing a document', () => {
  it('changes one place and leaves every other branch the same object', () => {
    const next = withValue(doc, '/channels/1/value/number/digits', '116000');
    expect(valueAt(next, '/channels/1/value/number/digits')).toBe('116000');
    expect(next['names']).toBe(doc.names);
    expect(valueAt(next, '/channels/0')).toBe(doc.channels[0]);
    expect(doc.channels[1]?.value).toEqual({ number: { kind: 'short', digits: '116111', country: 'DE' } });
  });

  it('takes an emptied object away with its last member', () => {
    expect(withValue({ ages: { min: 3 }, slug: 'a' }, '/ages/min', undefined)).toEqual({ slug: 'a' });
  });

  it('adds a fact to its list, and removes it', () => {
    const added = withFact(doc, '/serves/FR', { area: 'FR' });
    expect(added['serves']).toEqual([{ area: 'DE' }, { area: 'AT' }, { area: 'FR' }]);
    expect(withFact(added, '/serves/AT', undefined)['serves']).toEqual([{ area: 'DE' }, { area: 'FR' }]);
  });

  it('does nothing when a fact to be removed is not there', () => {
    expect(withFact(doc, '/serves/FR', undefined)).toBe(doc);
  });
});
