import { describe, expect, it } from 'vitest';
import type { Changelog, ChangelogSnapshot } from '../../manifest.ts';
import { uuid } from '../../../../../tests/support/world.ts';
import { atomFeed } from './atomFeed.ts';
import { changelogMarkdown } from './changelogText.ts';

const ref = (name: string) => ({ id: uuid(1), type: 'entry' as const, slug: 'line', name });
const counts = { added: 0, changed: 0, retired: 0, suspended: 0, withdrawn: 0 };
const snapshot = (sequence: number, overrides: Partial<ChangelogSnapshot> = {}): ChangelogSnapshot => ({
  sequence,
  kind: 'full',
  createdAt: `2026-11-${String(sequence).padStart(2, '0')}T00:00:00.000Z`,
  counts,
  added: [],
  changed: [],
  retired: [],
  suspended: [],
  withdrawn: [],
  ...overrides,
});
const changelogOf = (...snapshots: ChangelogSnapshot[]): Changelog => ({ schema: '1.2', snapshots });
const changed = {
  counts: { ...counts, changed: 1 },
  changed: [{ ...ref('A *line* <b>'), fields: ['Phone number', 'Hours'] }],
};

describe('the news of the tree', () => {
  it('say for people what each snapshot changed: names, and fields by their labels', () => {
    const text = changelogMarkdown(changelogOf(snapshot(2, { ...changed, kind: 'patch' }), snapshot(1)));
    expect(text).toBe(
      '# Changes\n\n## Snapshot 2, 2026-11-02 (removals only)\n\n1 changed\n\n### Changed\n\n- A \\*line\\* \\<b\\>\\: Phone number, Hours\n\n## Snapshot 1, 2026-11-01\n\nnothing changed\n',
    );
  });

  it('only count what is too much to list', () => {
    const text = changelogMarkdown(changelogOf(snapshot(1, { counts: { ...counts, added: 3000 } })));
    expect(text).toContain('- 3000 records');
  });

  it('are a feed whose ids never change, and in which no name is markup', () => {
    const feed = atomFeed(changelogOf(snapshot(2, changed), snapshot(1)), 'directory.example.org');
    expect(feed).toContain('<id>tag:directory.example.org,2026:waymark:feed</id>');
    expect([...feed.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id).slice(1)).toEqual([
      'tag:directory.example.org,2026:waymark:snapshot:2',
      'tag:directory.example.org,2026:waymark:snapshot:1',
    ]);
    expect(feed).toContain('<updated>2026-11-02T00:00:00.000Z</updated>');
    expect(feed).toContain('A *line* &amp;lt;b&amp;gt;');
    expect(feed).not.toContain('<b>');
  });

  it('leave out of the feed what an older version published without a date', () => {
    const { createdAt: _createdAt, ...old } = snapshot(1);
    expect(atomFeed(changelogOf(snapshot(2), old), 'x.example').match(/<entry>/g)).toHaveLength(1);
  });
});
