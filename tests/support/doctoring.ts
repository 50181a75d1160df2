// What a server in bad hands could send to signers: bundles that were changed, and made to fit again as far as a server can.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  canonicalJson,
  signedDigest,
  type ApprovalLine,
  type Manifest,
  type PublishedRecord,
  type Tombstone,
} from '@waymark/domain';
import type { Unpacked } from './signing.ts';

type Signed = {
  version: number;
  expires: string;
  targets: Record<string, { length: number; hashes: { sha256: string }; custom: Record<string, unknown> }>;
  delegations?: unknown;
} & Record<string, unknown>;
export type Request = {
  role: string;
  version: number;
  createdAt: string;
  signed: Signed;
  previous: { version: number; sha256: string } | null;
  digest: string;
} & Record<string, unknown>;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const textIn = (bundle: Unpacked, path: string) => Buffer.from(bundle.get(path) ?? []).toString();
export const put = (bundle: Unpacked, path: string, text: string | Uint8Array) =>
  void bundle.set(path, Buffer.from(text));

/** Changes the request; its digest is made to fit, as a server would. */
export function editRequest(bundle: Unpacked, edit: (request: Request) => void): void {
  const request = JSON.parse(textIn(bundle, 'request.json')) as Request;
  edit(request);
  try {
    request.digest = signedDigest(request.signed);
  } catch {
    // What cannot be signed has no digest; the review should say so.
  }
  put(bundle, 'request.json', JSON.stringify(request));
}

/** Changes what is to be signed. */
export const editSigned = (bundle: Unpacked, edit: (signed: Signed) => void) =>
  editRequest(bundle, ({ signed }) => edit(signed));

/** Changes lines of `approvals.ndjson`. */
export function editApprovals(bundle: Unpacked, edit: (lines: ApprovalLine[]) => ApprovalLine[] | void): void {
  const lines = linesOf<ApprovalLine>(bundle, 'approvals.ndjson');
  const edited = edit(lines) ?? lines;
  put(bundle, 'approvals.ndjson', edited.map((line) => `${canonicalJson(line)}\n`).join(''));
}

/** Changes a line of the directory, and makes every other form and hash fit. */
export function editRecord(bundle: Unpacked, slug: string, edit: (record: PublishedRecord) => void): void {
  editDirectory(bundle, (records) => {
    const record = records.find((each) => each.slug === slug);
    if (!record) throw new Error(`There is no ${slug}`);
    edit(record);
    return records;
  });
}

/** Changes the directory, and makes every other form and hash fit. */
export function editDirectory(bundle: Unpacked, edit: (records: PublishedRecord[]) => PublishedRecord[]): void {
  const records = edit(linesOf<PublishedRecord>(bundle, 'v1/directory.ndjson'));
  put(bundle, 'v1/directory.ndjson', records.map((record) => `${canonicalJson(record)}\n`).join(''));
  reseal(bundle);
}

/** Changes the tombstones, counts them, and makes every hash fit. */
export function editStones(bundle: Unpacked, edit: (stones: Tombstone[]) => Tombstone[] | void): void {
  const stones = linesOf<Tombstone>(bundle, 'v1/tombstones.ndjson');
  const edited = edit(stones) ?? stones;
  put(bundle, 'v1/tombstones.ndjson', edited.map((stone) => `${canonicalJson(stone)}\n`).join(''));
  resealHashes(bundle);
  editManifest(bundle, ({ counts }) => (counts.tombstones = edited.length));
}

/** Changes the manifest, and makes what is to be signed fit. */
export function editManifest(bundle: Unpacked, edit: (manifest: Manifest) => void): void {
  const manifest = JSON.parse(textIn(bundle, 'v1/manifest.json')) as Manifest;
  edit(manifest);
  put(bundle, 'v1/manifest.json', `${canonicalJson(manifest)}\n`);
  sealTargets(bundle, manifest);
}

/** Changes a text, and makes every hash fit. */
export function editText(bundle: Unpacked, path: string, edit: (text: string) => string): void {
  editBytes(bundle, path, (bytes) => Buffer.from(edit(bytes.toString())));
}

/** Changes a file, and makes every hash fit. */
export function editBytes(bundle: Unpacked, path: string, edit: (bytes: Buffer) => Uint8Array): void {
  put(bundle, path, edit(Buffer.from(bundle.get(path) ?? [])));
  resealHashes(bundle);
}

/** A file more, named and signed like the others. */
export function addFile(bundle: Unpacked, path: string, text: string, like: string): void {
  put(bundle, path, text);
  editManifest(bundle, ({ files }) => {
    const mediaType = files.find((file) => file.path === like)?.mediaType ?? '';
    files.push({ path, mediaType, bytes: 0, sha256: '' });
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
  });
  editSigned(bundle, ({ targets }) => (targets[path] = structuredClone(targets[like]!)));
  editText(bundle, path, (same) => same);
}

/** Makes the other forms of the directory, the manifest and the payload fit the lines. */
export function reseal(bundle: Unpacked): void {
  const ndjson = textIn(bundle, 'v1/directory.ndjson');
  const contentDigest = sha256(Buffer.from(ndjson));
  const lines = ndjson.split('\n').slice(0, -1);
  const { schemaVersion } = JSON.parse(textIn(bundle, 'v1/manifest.json')) as Manifest;
  put(
    bundle,
    'v1/directory.json',
    `{"schema":"${schemaVersion}","records":[\n${lines.join(',\n')}\n],"contentDigest":"${contentDigest}"}\n`,
  );
  put(bundle, 'v1/directory.ndjson.gz', gzipSync(ndjson));
  resealHashes(bundle);
}

function resealHashes(bundle: Unpacked): void {
  editManifest(bundle, (manifest) => {
    manifest.contentDigest = sha256(Buffer.from(textIn(bundle, 'v1/directory.ndjson')));
    for (const file of manifest.files) {
      const bytes = bundle.get(file.path) ?? new Uint8Array();
      Object.assign(file, { bytes: bytes.length, sha256: sha256(bytes) });
    }
  });
}

function sealTargets(bundle: Unpacked, manifest: Manifest): void {
  editSigned(bundle, ({ targets }) => {
    for (const [path, target] of Object.entries(targets)) {
      const bytes = bundle.get(path) ?? new Uint8Array();
      target.length = bytes.length;
      target.hashes.sha256 = sha256(bytes);
      Object.assign(target.custom, {
        sequence: manifest.sequence,
        schema: manifest.schemaVersion,
        contentSha256: manifest.contentDigest,
      });
    }
  });
}

function linesOf<T>(bundle: Unpacked, path: string): T[] {
  return textIn(bundle, path)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
