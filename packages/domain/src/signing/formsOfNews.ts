import type { Comparison } from '../compare.ts';
import { departuresOf, nextChangelog } from '../forms/changelog.ts';
import { atomFeed } from '../forms/news/atomFeed.ts';
import { changelogMarkdown } from '../forms/news/changelogText.ts';
import { canonicalJson } from '../hash.ts';
import { Changelog, type Manifest } from '../manifest.ts';
import type { SignerMemory } from './memory.ts';
import { hashOfText, type Proof } from './proof.ts';
import type { Findings } from './refusal.ts';
import { openTarget } from './targets.ts';

const CHANGELOG = 'v1/changelog.json';
const MARKDOWN = 'v1/changelog.md';
const FEED = 'v1/feed.atom';

export type NewsFacts = {
  manifest: Manifest;
  last: SignerMemory | undefined;
  /** With the last snapshot; undefined on a machine that has none to compare with. */
  comparison: Comparison | undefined;
  /** `previous.changelog.json`, as it came. */
  previous: string | null;
};

/**
 * Whether the news tell what this machine found changed, above what was signed before, and in all three forms the same.
 * @returns what a person should know
 */
export async function checkNews(
  context: Parameters<typeof openTarget>[1],
  { manifest, last, comparison, previous }: NewsFacts,
  proof: Proof,
): Promise<string[]> {
  if (!proof.isSigned(CHANGELOG)) return [];
  const changelog = parse(await openTarget(CHANGELOG, context).text());
  if (!changelog) {
    proof.refuse(CHANGELOG, 'it is no changelog');
    return [];
  }
  const before = readBefore({ last, previous }, context.findings);
  if (comparison && before !== 'refused') {
    const { sequence, kind, createdAt, changes } = manifest;
    const departures = departuresOf(comparison.removed, new Set(changes.retired), new Set(changes.suspended));
    const next = nextChangelog(before, { sequence, kind, createdAt }, comparison, departures);
    proof.expect(CHANGELOG, hashOfText(`${canonicalJson(next)}\n`));
  }
  proof.expect(MARKDOWN, hashOfText(changelogMarkdown(changelog)));
  return proof.isSigned(FEED) ? checkFeed(context, { changelog, before, last }, proof) : [];
}

function parse(text: string): Changelog | undefined {
  try {
    return Changelog.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The changelog that was signed before, by the hash this machine remembers of it. */
function readBefore(
  { last, previous }: Pick<NewsFacts, 'last' | 'previous'>,
  findings: Findings,
): Changelog | undefined | 'refused' {
  const signed = signedBefore(last, CHANGELOG);
  if (signed === undefined) return undefined;
  const before = previous !== null && hashOfText(previous) === signed ? parse(previous) : undefined;
  if (before) return before;
  findings.refuse('previous-differs', 'previous.changelog.json is missing, or not the one that this machine verified');
  return 'refused';
}

function signedBefore(last: SignerMemory | undefined, path: string): string | undefined {
  return last?.manifest.files.find((file) => file.path === path)?.sha256;
}

/** The host that the tree is known by is a setting of the server: it stands in the feed, and nowhere else. */
async function checkFeed(
  context: Parameters<typeof openTarget>[1],
  {
    changelog,
    before,
    last,
  }: { changelog: Changelog; before: Changelog | undefined | 'refused'; last: SignerMemory | undefined },
  proof: Proof,
): Promise<string[]> {
  const [, authority] = /<id>tag:([A-Za-z0-9.-]+),/.exec(await openTarget(FEED, context).text()) ?? [];
  if (authority === undefined) {
    proof.refuse(FEED, 'it is no feed of this program');
    return [];
  }
  proof.expect(FEED, hashOfText(atomFeed(changelog, authority)));
  const was = signedBefore(last, FEED);
  const isSame = before === undefined || before === 'refused' || hashOfText(atomFeed(before, authority)) === was;
  return isSame ? [] : [`The feed of changes names ${authority} as its author, which it did not before.`];
}
