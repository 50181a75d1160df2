import { describe, expect, it } from 'vitest';
import type { Evidence } from '@waymark/domain';
import { freeId, freshEvidence, seenAgain, withSource } from './newEvidence.ts';

const old: Evidence = {
  id: 'own-page',
  kind: 'official-page',
  url: 'https://example.org/contact',
  title: 'Contact',
  capturedAt: '2025-01-01',
  sensitivity: 'public',
  supports: ['/channels/tel/value'],
};
const tel = '/channels/tel/value';

describe('evidence for a changed value', () => {
  it('does not take what was seen before the change for evidence of it', () => {
    expect(freshEvidence([old], [old], tel)).toEqual([]);
  });

  it('counts a source looked at again today', () => {
    const again = seenAgain([old], old.id, [tel], '2026-06-05');
    expect(freshEvidence(again, [old], tel).map(({ id }) => id)).toEqual(['own-page']);
    expect(again[0]?.supports).toEqual([tel]);
  });

  it('uses a known address again instead of naming it twice', () => {
    const list = withSource([old], 'https://example.org/contact', 'official-page', ['/serves/DE'], '2026-06-05');
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ supports: [tel, '/serves/DE'], capturedAt: '2026-06-05' });
  });

  it('adds a new address with its host as title and id, of the kind that was said', () => {
    const list = withSource([old], 'https://www.example.net/a', 'law', [tel], '2026-06-05');
    expect(list[1]).toMatchObject({ id: 'example-net', kind: 'law', title: 'example.net/a', supports: [tel] });
  });

  it('never gives an id twice', () => {
    expect(freeId('tel', [{ id: 'tel' }, { id: 'tel-2' }])).toBe('tel-3');
    expect(freeId('نص', [])).toBe('item');
  });
});
