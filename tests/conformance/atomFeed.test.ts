// The Atom feed as somebody else's parser and RFC 4287 see it, over a history longer than a feed.
import { expect, it } from 'vitest';
import { atomFeed, type Changelog, type ChangelogSnapshot } from '@waymark/domain';
import { readAtom, type Atom } from '../support/atom.ts';

const NAMES = ['A *line* <b>&amp;', ']]> <!-- "quoted" \'too\'', 'خط المساعدة', '子ども 👩‍👧', '&#x1; not a character'];
const none = { added: 0, changed: 0, retired: 0, suspended: 0, withdrawn: 0 };

function snapshot(sequence: number): ChangelogSnapshot {
  const name = NAMES[sequence % NAMES.length]!;
  const ref = { id: '0190a000-0000-7000-8000-000000000001', type: 'entry' as const, slug: 'line', name };
  return {
    sequence,
    kind: sequence % 9 === 0 ? 'patch' : 'full',
    createdAt: new Date(Date.UTC(2026, 0, 1, 6 * sequence)).toISOString(),
    counts: { ...none, added: 1, changed: 1 },
    added: [ref],
    changed: [{ ...ref, fields: ['Phone number', name] }],
    retired: [],
    suspended: [],
    withdrawn: [],
  };
}

/** The feed beside snapshot `n`: newest first. */
const feedAt = (n: number): string => {
  const snapshots = Array.from({ length: n }, (_, i) => snapshot(n - i));
  return atomFeed({ schema: '1.2', snapshots } satisfies Changelog, 'directory.example.org');
};

it('is valid with every snapshot of 60, ordered, and names each snapshot by one id for ever', () => {
  const ids = new Map<string, string>();
  let before: Atom | undefined;
  for (let n = 0; n <= 60; n += 1) {
    const feed = readAtom(feedAt(n));
    expect(feed.entries).toHaveLength(Math.min(n, 50));
    expect(new Set(feed.entries.map(({ id }) => id)).size).toBe(feed.entries.length);
    const dates = feed.entries.map(({ updated }) => Date.parse(updated));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    if (n > 0) expect(feed.updated).toBe(feed.entries[0]?.updated);
    // What a feed reader saw stays what it saw: id, date and words.
    for (const { id, ...entry } of feed.entries) {
      expect(JSON.stringify(entry)).toBe(ids.get(id) ?? JSON.stringify(entry));
      ids.set(id, JSON.stringify(entry));
    }
    expect(feed.id).toBe(before?.id ?? feed.id);
    expect(ids.has(feed.id)).toBe(false);
    for (const iri of [feed.id, ...feed.links, ...ids.keys()]) expect(URL.canParse(iri), iri).toBe(true);
    before = feed;
  }
  expect(ids.size).toBe(60);
});

it('shows names as their letters: nothing of them is markup, neither of the feed nor of what it says', () => {
  for (const [at, name] of NAMES.entries()) {
    const entry = readAtom(feedAt(60)).entries.find(({ id }) => id.endsWith(`:${50 + at}`))!;
    const html = entry.content.replace(/<\/?(?:h2|ul|li|p)>/g, '\n');
    expect(html).not.toContain('<');
    const letters = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' } as const;
    const text = html.replace(/&(lt|gt|quot|#39|amp);/g, (_all, word: keyof typeof letters) => letters[word]);
    expect(text).toContain(name);
  }
});

const GOOD = feedAt(3);
it.each<[string, (feed: string) => string]>([
  ['no id', (feed) => feed.replace(/<id>.*<\/id>\n/, '')],
  ['two titles', (feed) => feed.replace(/(<title>.*<\/title>)/, '$1$1')],
  ['an entry without a date', (feed) => feed.replace(/(<entry>[^]*?)<updated>.*<\/updated>/, '$1')],
  ['a date without a zone', (feed) => feed.replace(/\.000Z/, '')],
  ['no author', (feed) => feed.replace(/<author>.*<\/author>\n/, '')],
  ['an id that leads nowhere by itself', (feed) => feed.replace('<id>tag:', '<id>')],
  ['a link that is not absolute', (feed) => feed.replace('<author>', '<link href="feed.atom"/><author>')],
  ['an element of nobody', (feed) => feed.replace('<author>', '<note>x</note><author>')],
  ['markup that is not closed', (feed) => feed.replace('</feed>', '')],
  ['another namespace', (feed) => feed.replace('2005/Atom', '2006/Atom')],
])('would be refused with %s', (_what, spoil) => {
  expect(spoil(GOOD)).not.toBe(GOOD);
  expect(() => readAtom(spoil(GOOD))).toThrow();
});
