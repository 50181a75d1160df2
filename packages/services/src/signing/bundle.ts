import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { APPROVALS_FILE, BUNDLE, refuse, type SigningRequest } from '@waymark/domain';
import { findSnapshot, Problem, type Context } from '@waymark/store';
import { treePath } from '@waymark/tuf';
import { isOutdated } from '../snapshots/list.ts';
import type { Publishing } from '../snapshots/publishing.ts';
import { stageOf } from '../snapshots/stage.ts';
import { currentSnapshot, readTarget } from '../snapshots/tree.ts';
import { standingRequest } from './request.ts';

/**
 * What is to be signed, as the file that travels to signers.
 * @throws Problem not-found, signing-request-void
 */
export async function showRequest(ctx: Context, publishing: Publishing, sequence: number): Promise<SigningRequest> {
  const { read } = ctx.store;
  const row = await findSnapshot(read, sequence);
  if (!row) throw new Problem(refuse('not-found'));
  const outdated = await isOutdated(read, row);
  return (await standingRequest(read, publishing, row, { now: ctx.now(), outdated })).row.request;
}

/**
 * Everything a signer takes to their own machine, as one zip: the request, the files it names, who approved what, and the
 * metadata it follows. The same snapshot gives the same bytes. It holds whole documents, internal notes too: it is for signers.
 * @returns pieces of the zip, made while they are taken
 * @throws Problem not-found, signing-request-void
 */
export async function bundle(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
): Promise<AsyncGenerator<Uint8Array>> {
  const request = await showRequest(ctx, publishing, sequence);
  return zipped(await partsOf(publishing, sequence, request));
}

type Part = { path: string; bytes: Buffer } | { path: string; file: string };

async function partsOf(publishing: Publishing, sequence: number, request: SigningRequest): Promise<Part[]> {
  const dir = stageOf(publishing, sequence);
  const { targets } = request.signed as { targets: Record<string, unknown> }; // Made by `targetsRequest` alone.
  const previous = request.previous
    ? [
        {
          path: BUNDLE.previous,
          bytes: await readFile(join(publishing.repoDir, treePath.targets(request.previous.version))),
        },
      ]
    : [];
  return [
    { path: BUNDLE.request, bytes: Buffer.from(`${JSON.stringify(request, null, 1)}\n`) },
    ...previous,
    ...(await previousChangelog(publishing.repoDir)),
    { path: APPROVALS_FILE, file: join(dir, APPROVALS_FILE) },
    ...Object.keys(targets)
      .sort()
      .map((path) => ({ path, file: join(dir, path) })),
  ];
}

/** The news that are published now: the next ones go on from them, and signers know their hash. */
async function previousChangelog(repoDir: string): Promise<Part[]> {
  const path = 'v1/changelog.json';
  const file = (await currentSnapshot(repoDir))?.manifest.files.find((each) => each.path === path);
  return file ? [{ path: BUNDLE.changelog, bytes: await readTarget(repoDir, path, file.sha256) }] : [];
}

/** By its clock on the wall, as zip has it: the same bytes in every zone. */
const NO_TIME = new Date(1980, 0, 1);
const PACKED = /\.(gz|zip|sqlite)$/;

async function* zipped(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const part of parts) {
    const entry = PACKED.test(part.path) ? new ZipPassThrough(part.path) : new ZipDeflate(part.path, { level: 6 });
    entry.mtime = NO_TIME;
    zip.add(entry);
    for await (const chunk of piecesOf(part)) {
      entry.push(chunk);
      yield* ready;
      ready = [];
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* ready;
}

async function* piecesOf(part: Part): AsyncGenerator<Uint8Array> {
  if ('bytes' in part) yield part.bytes;
  // No encoding is set, so the pieces are bytes.
  else yield* createReadStream(part.file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
}
