import { describe, expect, it } from 'vitest';
import { factAt, withFact } from './factValue.ts';

const doc = {
  names: { en: { text: 'One' } },
  serves: [{ area: 'DE', basis: 'any' }],
  channels: [
    { id: 'web', value: { href: 'https://example.org/' } },
    { id: 'tel', value: { number: { digits: '1' } }, cost: { level: 'free' } },
  ],
};

describe('a fact', () => {
  it('is found by ids, whatever the order', () => {
    expect(factAt(doc, '/channels/tel/value')).toEqual({ number: { digits: '1' } });
    expect(factAt(doc, '/serves/DE')).toEqual({ area: 'DE', basis: 'any' });
    for (const path of ['/channels/fax/value', '/serves/0', '/ages', '/names/constructor'])
      expect(factAt(doc, path), path).toBeUndefined();
  });

  it('is replaced, added and taken away, and the document it came from stays', () => {
    const before = structuredClone(doc);
    const number = { number: { digits: '2' } };
    expect(factAt(withFact(doc, '/channels/tel/value', number), '/channels/tel')).toMatchObject({
      value: number,
      cost: {},
    });
    expect(withFact(doc, '/serves/FR', { basis: 'any' })).toMatchObject({ serves: [{ area: 'DE' }, { area: 'FR' }] });
    expect(withFact(doc, '/serves/DE', null)).toMatchObject({ serves: [] });
    expect(withFact(doc, '/ages', { max: 17 })).toMatchObject({ ages: { max: 17 }, names: doc.names });
    expect(withFact(doc, '/channels/tel/cost', null)).not.toHaveProperty('channels.1.cost');
    expect(doc).toEqual(before);
  });
});
