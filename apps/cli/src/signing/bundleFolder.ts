import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { BUNDLE, linesIn, type Bundle } from '@waymark/domain';
import { sha256 } from '@waymark/tuf';

/** A bundle that lies open in a folder; each reading starts anew. */
export type OpenBundle = { read(): Promise<Bundle>; close(): Promise<void> };

/**
 * Opens what a signer took along: a folder, or the zip as it was downloaded.
 * @param request a file; otherwise the one in the bundle
 * @throws Error naming what is missing or malformed
 */
export async function openBundleAt(place: string, request?: string): Promise<OpenBundle> {
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new Error(`${place} does not exist`);
  const dir = found.isDirectory() ? place : await unzipped(place);
  const close = async () => {
    if (dir !== place) await rm(dir, { recursive: true, force: true });
  };
  return { read: () => openFolder(dir, request), close };
}

async function openFolder(dir: string, request = join(dir, BUNDLE.request)): Promise<Bundle> {
  const paths = await filesBelow(join(dir, 'v1'), dir);
  const approvals = join(dir, BUNDLE.approvals);
  const hasApprovals = (await stat(approvals).catch(() => undefined))?.isFile() ?? false;
  const previous = await readFile(join(dir, BUNDLE.previous)).catch(() => undefined);
  const changelog = await readFile(join(dir, BUNDLE.changelog), 'utf8').catch(() => null);
  return {
    request: parse(await readFile(request).catch(() => undefined), request),
    files: { paths: () => paths, read: (path) => bytesOf(join(dir, path)) },
    approvals: hasApprovals ? linesIn(bytesOf(approvals), BUNDLE.approvals) : null,
    previousTargets: previous ? { json: parse(previous, BUNDLE.previous), sha256: sha256(previous) } : null,
    previousChangelog: changelog,
  };
}

function bytesOf(file: string): AsyncIterable<Uint8Array> {
  // No encoding is set, so the pieces are bytes.
  return createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
}

async function filesBelow(dir: string, root: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function parse(bytes: Buffer | undefined, file: string): unknown {
  if (!bytes) throw new Error(`${file} cannot be read`);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}

/** Names that a bundle may hold; nothing else is unpacked, so nothing lands outside the folder. */
const NAME =
  /^(request\.json|previous\.(targets|changelog)\.json|approvals\.ndjson|v1\/([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)$/;
const MOST_FILES = 400;
/** A bundle that would fill the disk of a signer is not one. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * Unpacks by the directory at the end of the zip: what is packed once more inside it may look like parts of it to a reader that
 * goes from the front.
 */
async function unzipped(file: string): Promise<string> {
  let files = 0;
  let bytes = 0;
  const parts = unzipSync(await readFile(file), {
    filter: ({ name, originalSize }) => {
      files += 1;
      bytes += originalSize;
      if (!NAME.test(name) || files > MOST_FILES)
        throw new Error(`The bundle holds ${JSON.stringify(name)}, which no bundle does`);
      if (bytes > MOST_BYTES) throw new Error('The bundle unpacks to more than any bundle');
      return true;
    },
  });
  const dir = await mkdtemp(join(tmpdir(), 'waymark-bundle-'));
  try {
    for (const [name, content] of Object.entries(parts)) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), content, { flag: 'wx', mode: 0o600 });
    }
    return dir;
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}
