import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { once } from 'node:events';
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
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
  return {
    request: parse(await readFile(request).catch(() => undefined), request),
    files: { paths: () => paths, read: (path) => bytesOf(join(dir, path)) },
    approvals: hasApprovals ? linesIn(bytesOf(approvals), BUNDLE.approvals) : null,
    previousTargets: previous ? { json: parse(previous, BUNDLE.previous), sha256: sha256(previous) } : null,
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
  /^(request\.json|previous\.targets\.json|approvals\.ndjson|v1\/([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)$/;
const MOST_FILES = 400;
/** A bundle that would fill the disk of a signer is not one. */
const MOST_BYTES = 8 * 1024 ** 3;

async function unzipped(file: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-bundle-'));
  try {
    const parts = partsOf();
    for await (const chunk of bytesOf(file)) {
      parts.push(chunk);
      await parts.write(dir);
    }
    parts.end();
    await parts.write(dir);
    await parts.close();
    return dir;
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

/** Unpacks in memory what one piece of the zip gives, and writes it before the next one is read. */
function partsOf() {
  let waiting: { name: string; bytes: Uint8Array }[] = [];
  const open = new Map<string, ReturnType<typeof createWriteStream>>();
  let files = 0;
  let bytes = 0;
  let failure: Error | undefined;
  const unzip = new Unzip((entry) => {
    files += 1;
    if (!NAME.test(entry.name) || files > MOST_FILES) {
      failure ??= new Error(`The bundle holds ${JSON.stringify(entry.name)}, which no bundle does`);
      return;
    }
    entry.ondata = (error, data) => {
      failure ??= error ?? undefined;
      bytes += data.length;
      if (bytes > MOST_BYTES) failure ??= new Error('The bundle unpacks to more than any bundle');
      if (!failure) waiting.push({ name: entry.name, bytes: data });
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  return {
    push: (chunk: Uint8Array) => unzip.push(chunk),
    end: () => unzip.push(new Uint8Array(), true),
    async write(dir: string) {
      const ready = waiting;
      waiting = [];
      if (failure) throw failure;
      for (const part of ready) {
        const path = join(dir, part.name);
        let stream = open.get(path);
        if (!stream) {
          await mkdir(dirname(path), { recursive: true });
          stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
          open.set(path, stream);
        }
        if (!stream.write(part.bytes)) await once(stream, 'drain');
      }
    },
    async close() {
      for (const stream of open.values()) {
        stream.end();
        await once(stream, 'close');
      }
    },
  };
}
