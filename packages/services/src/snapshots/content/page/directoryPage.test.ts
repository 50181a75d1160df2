import { describe, expect, it } from 'vitest';
import { Entry, toPublished, type DirectoryRecord, type PublishedEntry } from '@waymark/domain';
import { buildEntry, uuid } from '../../../../../../tests/support/world.ts';
import { directoryPage } from './directoryPage.ts';

const AT = '2026-01-01T00:00:00.000Z';

function entryOf(n: number, overrides: object = {}): PublishedEntry {
  const doc = Entry.parse({ ...buildEntry({ slug: `line-${n}`, organisation: uuid(1) }), ...overrides, id: uuid(n) });
  const common = { state: 'active', revision: 1, contentHash: '', createdAt: AT, updatedAt: AT } as const;
  return toPublished({
    id: doc.id,
    slug: doc.slug,
    type: 'entry',
    doc,
    ...common,
  } as DirectoryRecord) as PublishedEntry;
}

const linked = (page: string) =>
  [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    ([, text]) => JSON.parse(text!) as object,
  );

describe('the page for people', () => {
  it('has an article for each entry, found by its country, with links that work', () => {
    const page = directoryPage(
      [entryOf(2), entryOf(3, { serves: [{ area: '001' }], names: { en: { text: 'Of the world' } } })],
      new Map(),
    );
    expect(page).toContain('<article id="line-2">');
    expect(page.indexOf('href="#in:001"')).toBeLessThan(page.indexOf('href="#in:DE"'));
    expect(page).toContain('<a href="#line-3" dir="auto">Of the world</a>');
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('links a number only where it works from everywhere', () => {
    const phone = (id: string, number: object, reach = {}) => ({ id, type: 'phone', value: { number }, reach });
    const channels = [
      phone('a', { kind: 'e164', digits: '4930123456' }),
      phone('b', { kind: 'short', digits: '116111', country: 'DE' }, { dialableFrom: ['DE'] }),
    ];
    const page = directoryPage([entryOf(2, { channels })], new Map());
    expect(page).toContain('href="tel:+4930123456"');
    expect(page).not.toContain('tel:116111');
    expect(page).toContain('<strong>116111</strong><br><span class="soft">Dial in Germany</span>');
  });

  it('runs nothing, whatever a name says', () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'& x';
    const page = directoryPage(
      [entryOf(2, { names: { en: { text: evil } }, summary: { en: { text: evil } } })],
      new Map(),
    );
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(linked(page)).toMatchObject([{ '@type': 'Service', name: evil, description: evil }]);
  });

  it('says the same to search engines in the words of schema.org', () => {
    const [service] = linked(directoryPage([entryOf(2)], new Map()));
    expect(service).toMatchObject({
      '@context': 'https://schema.org',
      '@id': `urn:uuid:${uuid(2)}`,
      areaServed: [{ '@type': 'Country', identifier: 'DE', name: 'Germany' }],
      availableChannel: [
        { '@type': 'ServiceChannel', servicePhone: { '@type': 'ContactPoint', telephone: '+4930123456' } },
        { '@type': 'ServiceChannel', serviceUrl: 'https://help.example.org/form' },
      ],
    });
  });
});
