import { atomFeed, canonicalJson, changelogMarkdown, type Changelog, type SnapshotFile } from '@waymark/domain';
import { stageText } from '../stagedFile.ts';

/**
 * Writes what changed, for programs, people and feed readers.
 * @param repoUrl where clients find the tree: its host names the feed
 */
export async function stageNews(changelog: Changelog, repoUrl: string, dir: string): Promise<SnapshotFile[]> {
  return [
    await stageText(dir, 'v1/changelog.json', 'application/json', `${canonicalJson(changelog)}\n`),
    await stageText(dir, 'v1/changelog.md', 'text/markdown', changelogMarkdown(changelog)),
    await stageText(dir, 'v1/feed.atom', 'application/atom+xml', atomFeed(changelog, authorityOf(repoUrl))),
  ];
}

/** A tree that is only known by its path, as in a demo, has no name of its own. */
function authorityOf(repoUrl: string): string {
  return URL.canParse(repoUrl) ? new URL(repoUrl).hostname : 'localhost';
}
