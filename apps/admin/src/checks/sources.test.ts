import { describe, expect, it } from 'vitest';
import { Channel, EvidenceKind, METHODS, reliabilityOf, type Evidence } from '@waymark/domain';
import { asSeen, liveMethodOf, methodOfSource, ownPages, sourcesFor } from './sources.ts';

const source = (id: string, rest: Partial<Evidence> = {}): Evidence => ({
  id,
  kind: 'official-page',
  url: `https://example.org/${id}`,
  title: id,
  sensitivity: 'public',
  supports: ['/channels/tel'],
  ...rest,
});

describe('a source in a check', () => {
  it('says how one looked, and what others say confirms nothing', () => {
    for (const kind of EvidenceKind.options)
      expect(methodOfSource({ kind }) === undefined).toBe(reliabilityOf({ kind }) === 'tertiary');
    expect(methodOfSource({ kind: 'official-register' })).toBe('official-register-check');
  });

  it('comes first when it can confirm, speaks for the unit, is reliable and fresh', () => {
    const list = [
      source('answer', { kind: 'ai-answer' }),
      source('elsewhere', { supports: ['/names'] }),
      source('older', { capturedAt: '2026-01-01' }),
      source('newer', { capturedAt: '2026-02-01' }),
      source('gone', { supersededBy: 'newer' }),
      source('letter', { url: undefined }),
    ];
    expect(sourcesFor(list, ['/channels/tel']).map(({ id }) => id)).toEqual(['newer', 'older', 'elsewhere', 'answer']);
  });

  it('is kept as seen today, without what it said before', () => {
    const before = source('page', { excerpt: 'Call 1', archiveUrl: 'https://example.org/archive' });
    expect(asSeen(before, ['/channels/tel'], '2026-03-01')).toEqual({
      ...source('page'),
      capturedAt: '2026-03-01',
      supports: ['/channels/tel'],
    });
  });
});

describe('the pages of the service itself', () => {
  const web = (id: string, href: string) => Channel.parse({ id, type: 'url', value: { href } });
  const channels = [web('report', 'https://example.org/report'), web('web', 'https://example.org/')];

  it('are where its channels lead and the website of its organisation, each once', () => {
    const pages = ownPages({ channels, evidence: [] }, 'https://example.org/');
    expect(pages.map(({ url }) => url)).toEqual(['https://example.org/report', 'https://example.org/']);
    expect(new Set(pages.map(({ id }) => id)).size).toBe(2);
    expect(pages.every((page) => methodOfSource(page) === 'official-site-check')).toBe(true);
  });

  it('are not offered beside the same page as a source, but beside what others say of it', () => {
    const page = source('page', { url: 'https://example.org/report' });
    expect(ownPages({ channels, evidence: [page] }, undefined)).toHaveLength(1);
    expect(ownPages({ channels, evidence: [{ ...page, kind: 'other-directory' }] }, undefined)).toHaveLength(2);
  });
});

describe('a channel that is tried', () => {
  const number = { number: { kind: 'short' as const, digits: '116111', country: 'DE' as const } };
  const reach = { dialableFrom: ['DE'] };
  const place = { lines: ['Example street 1'], city: 'Example', country: 'DE' as const };

  it.each([
    ['test-call', { id: 'a', type: 'phone', value: number, reach }],
    ['test-message', { id: 'a', type: 'sms', value: number, reach }],
    ['form-reachability', { id: 'a', type: 'url', value: { href: 'https://example.org/' } }],
    [undefined, { id: 'a', type: 'postal', value: place }],
  ] as const)('is tried by %s', (method, channel) => {
    expect(liveMethodOf(Channel.parse(channel))).toBe(method);
    if (method) expect(METHODS[method].family).toBe('live');
  });
});
