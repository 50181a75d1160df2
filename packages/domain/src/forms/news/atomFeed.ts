import type { Changelog } from '../../manifest.ts';
import { escapeText } from '../escape.ts';
import { newsInShort, newsLines } from './changelogText.ts';

/** A feed reader asks often, and remembers what it saw. */
const NEWEST = 50;

/**
 * `v1/feed.atom` (RFC 4287): what the last snapshots changed. Ids are tags (RFC 4151) that never change: the host the tree was
 * first known by, and the number of the snapshot.
 * @param authority host name in the tags
 */
export function atomFeed({ snapshots }: Changelog, authority: string): string {
  const tag = (specific: string) => `tag:${authority},2026:waymark:${specific}`;
  // Older versions did not say when a snapshot was made, and a feed cannot do without.
  const dated = snapshots
    .slice(0, NEWEST)
    .flatMap(({ createdAt, ...snapshot }) => (createdAt === undefined ? [] : [{ ...snapshot, createdAt }]));
  const entries = dated.map((snapshot) => {
    const { sequence, createdAt } = snapshot;
    const lists = newsLines(snapshot).map(
      ({ title, lines }) =>
        `<h2>${escapeText(title)}</h2><ul>${lines.map((line) => `<li>${escapeText(line)}</li>`).join('')}</ul>`,
    );
    return `<entry>
<id>${escapeText(tag(`snapshot:${sequence}`))}</id>
<title>${escapeText(`Snapshot ${sequence}: ${newsInShort(snapshot)}`)}</title>
<updated>${createdAt}</updated>
<published>${createdAt}</published>
<content type="html">${escapeText(lists.join('') || '<p>Nothing changed.</p>')}</content>
</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeText(tag('feed'))}</id>
<title>Changes in the directory</title>
<updated>${dated[0]?.createdAt ?? '1970-01-01T00:00:00.000Z'}</updated>
<author><name>${escapeText(authority)}</name></author>
${entries.join('\n')}
</feed>
`;
}
