import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zip, type AsyncZippable } from 'fflate';
import type { Manifest } from '@waymark/domain';
import type { PublicFiles } from '@waymark/tuf';
import { HEADERS_FILE } from './headers.ts';

// Compressed beside the server's own thread: a whole directory takes seconds.
const zipped = promisify<AsyncZippable, Uint8Array>(zip);

/**
 * What lies in the public tree beside the signed files (SNAPSHOTS §4.4): a page for people, what hosts need to be told, and
 * what app builds embed. Copies get them and the server sends them, in this order; the page for people last, as it tells of the rest.
 */
export const STATIC_PARTS = [
  'embed/root.json',
  'embed/seed.zip',
  '.well-known/hotline-feed.json',
  'feed.atom',
  '.nojekyll',
  '_headers',
  '404.html',
  'index.html',
] as const;
type StaticPart = (typeof STATIC_PARTS)[number];

export type Page = { path: StaticPart; bytes: Buffer };

/** Whether a path of the tree is one of these. */
export function isStaticPart(path: string): path is StaticPart {
  return (STATIC_PARTS as readonly string[]).includes(path);
}

/** Zip knows no time before 1980; the same seed is the same bytes on whatever day. */
const ZIP_TIME = new Date(Date.UTC(1980, 0, 2));

/** Targets an app starts with, by the path clients ask for (SNAPSHOTS §4.8). */
const SEEDED = ['v1/manifest.json', 'v1/directory.ndjson', 'v1/tombstones.ndjson', 'urgent/withdrawn.json'];

/**
 * All static parts of a tree. None of them is signed, and no client trusts them.
 * @param dir the tree, whole
 */
export async function publicPages(dir: string, files: PublicFiles): Promise<Page[]> {
  const root = await newestRoot(dir, files);
  const pages = [
    ...(await lightPages(dir, files)),
    { path: 'embed/seed.zip' as const, bytes: await seedOf(dir, files, root) },
  ];
  return pages.toSorted((a, b) => STATIC_PARTS.indexOf(a.path) - STATIC_PARTS.indexOf(b.path));
}

/** All but the seed, which is as large as the directory. */
export async function lightPages(dir: string, files: PublicFiles): Promise<Page[]> {
  const root = await newestRoot(dir, files);
  const firstRoot = await readFile(join(dir, files.roots[0] ?? ''));
  const manifestPath = files.targets.find((path) => pathOf(path) === 'v1/manifest.json');
  // Signed, and so is what it says; an older tree has none.
  const manifest = manifestPath && (JSON.parse(await readFile(join(dir, manifestPath), 'utf8')) as Manifest);
  const text = (path: StaticPart, words: string): Page => ({ path, bytes: Buffer.from(words) });
  return [
    { path: 'embed/root.json', bytes: root },
    text('.well-known/hotline-feed.json', `${JSON.stringify(feedOf(files, firstRoot, root), null, 2)}\n`),
    ...(await feedForPeople(dir, files)),
    text('.nojekyll', ''),
    text('_headers', HEADERS_FILE),
    text('404.html', page('Not found', '<p>There is no such file here.</p>')),
    text('index.html', page('A directory of child-protection hotlines', stateForPeople(files, manifest, root))),
  ];
}

function newestRoot(dir: string, { roots }: PublicFiles): Promise<Buffer> {
  return readFile(join(dir, roots.at(-1) ?? ''));
}

/** The signed feed under a name that stays: a feed reader comes back to one address. */
async function feedForPeople(dir: string, { targets }: PublicFiles): Promise<Page[]> {
  const signed = targets.find((path) => pathOf(path) === 'v1/feed.atom');
  return signed === undefined ? [] : [{ path: 'feed.atom', bytes: await readFile(join(dir, signed)) }];
}

/** The machine-readable door: where things are, and which root to compare with what was said elsewhere. */
function feedOf({ versions, logHead }: PublicFiles, firstRoot: Buffer, root: Buffer) {
  return {
    metadata: '../metadata',
    targets: '../targets',
    ...(logHead.length > 0 ? { log: '../log' } : {}),
    rootVersion: versions.root,
    rootSha256: sha256(root),
    firstRootSha256: sha256(firstRoot),
  };
}

/**
 * Metadata and data of one snapshot, as an app ships them: a fresh install then refuses anything older (SNAPSHOTS §4.8).
 * Names without version and hash, as `@waymark/reader` takes them.
 */
async function seedOf(dir: string, files: PublicFiles, root: Buffer): Promise<Buffer> {
  const entries: [name: string, bytes: Buffer][] = [
    ['metadata/root.json', root],
    ['metadata/timestamp.json', files.timestamp.bytes],
    ['metadata/snapshot.json', await readFile(join(dir, files.snapshotRole))],
  ];
  for (const path of files.roles) {
    const name = path.replace(/^metadata\/\d+\./, 'metadata/');
    entries.push([name, await readFile(join(dir, path))]);
  }
  for (const path of files.targets) {
    const name = pathOf(path);
    if (SEEDED.includes(name)) entries.push([`targets/${name}`, await readFile(join(dir, path))]);
  }
  const contents: AsyncZippable = Object.fromEntries(
    entries.map(([name, bytes]) => [name, [bytes, { mtime: ZIP_TIME }]]),
  );
  return Buffer.from(await zipped(contents));
}

/** `targets/v1/<sha256>.x` → `v1/x`. */
function pathOf(file: string): string {
  return file.slice('targets/'.length).replace(/(^|\/)[0-9a-f]{64}\./, '$1');
}

function stateForPeople(
  { versions, timestamp }: PublicFiles,
  manifest: Manifest | undefined | '',
  root: Buffer,
): string {
  const { signed } = JSON.parse(timestamp.bytes.toString()) as { signed: Record<string, unknown> };
  const facts: [string, string][] = [
    ...(manifest
      ? ([
          ['Snapshot', `${manifest.sequence}, made ${manifest.createdAt}, valid until ${manifest.validUntil}`],
          ['Content', `${manifest.counts.entries} entries, ${manifest.counts.countries} country profiles`],
          ['Content digest', manifest.contentDigest],
          ['Assurance', manifest.assurance],
        ] as [string, string][])
      : []),
    ['Versions', `root ${versions.root}, targets ${versions.targets}, snapshot ${versions.snapshotRole}`],
    ['SHA-256 of the newest root', sha256(root)],
    ['Signed last', `${String(signed['x-signed-at'])}, timestamp ${versions.timestamp}`],
  ];
  const rows = facts.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('\n');
  return `<p><strong>Nothing on this page is signed.</strong> Apps do not read it and people should not rely on it: it says
what the signed files beside it say, and whoever holds this web server can change it. Apps verify the signed files with a
<a href="https://theupdateframework.io">TUF</a> client that was shipped with a root they trust.</p>
<dl>
${rows}
</dl>
<p>For app builds: <a href="embed/root.json">root.json</a> and <a href="embed/seed.zip">seed.zip</a>; compare the SHA-256 above with
what the publishers say elsewhere. For machines: <a href=".well-known/hotline-feed.json">hotline-feed.json</a>. What changed, for feed readers: <a href="feed.atom">feed.atom</a>.</p>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}dd{margin:0 0 .5rem;overflow-wrap:anywhere}dt{font-weight:600}</style>
<h1>${escape(title)}</h1>
${body}
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
