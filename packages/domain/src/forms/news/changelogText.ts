import type { Changelog, ChangelogSnapshot, RecordRef } from '../../manifest.ts';

type News = Omit<ChangelogSnapshot, 'sequence' | 'kind'>;

const LISTS = [
  ['added', 'Added'],
  ['changed', 'Changed'],
  ['retired', 'Retired'],
  ['suspended', 'Out of sight for now'],
  ['withdrawn', 'No longer published'],
] as const;

/** `3 added, 1 retired`: what a snapshot changed, in one line. */
export function newsInShort({ counts }: Pick<News, 'counts'>): string {
  const said = LISTS.filter(([list]) => counts[list] > 0).map(
    ([list, word]) => `${counts[list]} ${word.toLowerCase()}`,
  );
  return said.length === 0 ? 'nothing changed' : said.join(', ');
}

/**
 * The lists of one snapshot as lines. Names, and of what changed the names of fields: never a value, since it may be dead or
 * unsafe by the time somebody reads it.
 */
export function newsLines(snapshot: News): { title: string; lines: string[] }[] {
  return LISTS.filter(([list]) => snapshot.counts[list] > 0).map(([list, title]) => {
    const refs: readonly (RecordRef & { fields?: string[] })[] = snapshot[list];
    // A list that is too long for the changelog is counted there, and only counted here.
    if (refs.length === 0) return { title, lines: [`${snapshot.counts[list]} records`] };
    return { title, lines: refs.map(({ name, fields }) => (fields?.length ? `${name}: ${fields.join(', ')}` : name)) };
  });
}

/** `v1/changelog.md`: what the last snapshots changed, newest first. */
export function changelogMarkdown({ snapshots }: Changelog): string {
  const parts = snapshots.map((snapshot) => {
    const { sequence, createdAt, kind } = snapshot;
    const day = createdAt === undefined ? '' : `, ${createdAt.slice(0, 10)}`;
    const lists = newsLines(snapshot).map(
      ({ title, lines }) => `### ${title}\n\n${lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')}\n`,
    );
    const what = kind === 'patch' ? ' (removals only)' : '';
    return `## Snapshot ${sequence}${day}${what}\n\n${newsInShort(snapshot)}\n${lists.map((list) => `\n${list}`).join('')}`;
  });
  return `# Changes\n\n${parts.join('\n')}`;
}

/** A name is text: it links nowhere and starts nothing. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&:]/g, (character) => `\\${character}`);
}
