import { MADE_BY } from '../forms/program.ts';
import { canonicalJson } from '../hash.ts';
import { Manifest, type SnapshotFile } from '../manifest.ts';
import { linesIn, measure, measuring, textOf, type NewHash, type SnapshotFiles } from './files.ts';
import type { TargetsPayload } from './payload.ts';
import { Refused, type Findings } from './refusal.ts';

export const MANIFEST = 'v1/manifest.json';
export const DIRECTORY = 'v1/directory.ndjson';
export const TOMBSTONES = 'v1/tombstones.ndjson';

const PATH = /^v1\/[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
/** More than a manifest ever is. */
const LARGEST_MANIFEST = 32 * 1024 * 1024;

/** A file as it lies before the signer, measured against what would be signed of it. */
export type OpenTarget = {
  lines(): AsyncGenerator<string>;
  text(): Promise<string>;
  /** After it was read to its end. */
  check(): void;
};

/** Opens a file that would be signed. @throws Refused `file-missing` */
export function openTarget(
  path: string,
  {
    payload,
    files,
    newHash,
    findings,
  }: { payload: TargetsPayload; files: SnapshotFiles; newHash: NewHash; findings: Findings },
): OpenTarget {
  const signed = payload.targets[path];
  if (!signed || !files.paths().includes(path)) throw new Refused('file-missing', path);
  const measured = measuring(files.read(path), newHash, signed.length);
  return {
    lines: () => linesIn(measured.bytes(), path),
    text: () => textOf(measured.bytes(), path),
    check() {
      const found = measured.found();
      if (found.length !== signed.length || found.sha256 !== signed.hashes.sha256)
        findings.refuse('file-wrong', `${path} has ${found.length} bytes of SHA-256 ${found.sha256}`);
    },
  };
}

/** Reads the manifest. @throws Refused `file-missing`, `manifest-malformed` */
export async function readManifest(context: Parameters<typeof openTarget>[1]): Promise<Manifest> {
  if ((context.payload.targets[MANIFEST]?.length ?? 0) > LARGEST_MANIFEST)
    throw new Refused('manifest-malformed', 'It is larger than any manifest');
  const file = openTarget(MANIFEST, context);
  const text = await file.text();
  file.check();
  const manifest = parseManifest(text);
  // Two writings of one manifest would be two contents to somebody.
  if (`${canonicalJson(manifest)}\n` !== text) throw new Refused('manifest-malformed', 'It is not in canonical form');
  return manifest;
}

function parseManifest(text: string): Manifest {
  try {
    const parsed = Manifest.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Error(issue ? `${issue.path.map(String).join('/')}: ${issue.message}` : 'malformed');
  } catch (error) {
    throw new Refused('manifest-malformed', error instanceof Error ? error.message : String(error));
  }
}

/** Whether metadata and manifest name the same files, under paths that snapshots have, and say the same of them. */
export function checkListed(payload: TargetsPayload, manifest: Manifest, findings: Findings): void {
  const named = new Map(manifest.files.map((file) => [file.path, file]));
  for (const [path, { length, hashes, custom }] of Object.entries(payload.targets)) {
    const file = named.get(path);
    if (!PATH.test(path)) findings.refuse('path-unknown', path);
    else if (path !== MANIFEST && !file) findings.refuse('file-unlisted', path);
    else if (file && (file.bytes !== length || file.sha256 !== hashes.sha256))
      findings.refuse('manifest-differs', path);
    // The manifest does not name itself.
    const expected = customOf(manifest, file ?? { mediaType: 'application/json' });
    if (canonicalJson(custom) !== canonicalJson(expected)) findings.refuse('custom-wrong', path);
  }
  for (const path of named.keys())
    if (!Object.hasOwn(payload.targets, path)) findings.refuse('manifest-differs', `${path} would not be signed`);
  if (named.size !== manifest.files.length) findings.refuse('manifest-malformed', 'It names a file twice');
}

/** What the metadata says beside a file, all of it. */
function customOf(
  { sequence, schemaVersion, contentDigest }: Manifest,
  { mediaType, delta }: Pick<SnapshotFile, 'mediaType' | 'delta'>,
): Record<string, string | number> {
  const common = { sequence, schema: schemaVersion, contentSha256: contentDigest, mediaType };
  if (!delta) return common;
  return {
    ...common,
    from: delta.fromSequence,
    fromContentSha256: delta.fromContentDigest,
    to: delta.toSequence,
    toContentSha256: delta.toContentDigest,
  };
}

/** Whether this is a snapshot that people may sign at all, by its own word. */
export function checkKind(manifest: Manifest, findings: Findings): void {
  if (manifest.assurance === 'demo') findings.refuse('demo-assurance', `Snapshot ${manifest.sequence}`);
  const { schemaVersion, minReader, vocabularyVersion, codeTables } = manifest;
  // The same records would give other files, and nobody could tell those from forged ones.
  if (canonicalJson({ schemaVersion, minReader, vocabularyVersion, codeTables }) !== canonicalJson(MADE_BY))
    findings.refuse(
      'program-differs',
      `It says schema ${schemaVersion}, and this program makes ${MADE_BY.schemaVersion}`,
    );
}

/** Measures the files that nobody reads line by line. @param done paths that were measured already */
export async function checkOtherFiles(
  { payload, files, newHash, findings }: Parameters<typeof openTarget>[1],
  done: readonly string[],
): Promise<void> {
  const present = new Set(files.paths());
  for (const [path, { length, hashes }] of Object.entries(payload.targets)) {
    if (done.includes(path)) continue;
    if (!present.has(path)) {
      findings.refuse('file-missing', path);
      continue;
    }
    const found = await measure(files.read(path), newHash, length);
    if (found.length !== length || found.sha256 !== hashes.sha256)
      findings.refuse('file-wrong', `${path} has ${found.length} bytes of SHA-256 ${found.sha256}`);
  }
}
