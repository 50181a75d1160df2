import { gunzipSync } from 'node:zlib';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { sha256 } from '@waymark/tuf';
import {
  auditProofDefect,
  canonicalJson,
  SCHEMA_VERSION,
  type Changelog,
  type Manifest,
  type SnapshotCounts,
} from '@waymark/domain';
import { requireDeltas } from './checkDeltas.ts';
import { requireForms } from './checkForms.ts';
import { SnapshotDefect } from './snapshotDefect.ts';

/** What a snapshot says of itself, once everything in it was found to agree. */
export type CheckedSnapshot = { manifest: Manifest; records: number; tombstones: number; validated: number };

/**
 * Looks at the verified targets of a snapshot as a careful app would: files against the manifest, every document against
 * the JSON Schema published beside it, the content digest, the order of ids, and the counts. Needs nothing but the files.
 * @throws SnapshotDefect at the first thing that is wrong
 */
export async function checkSnapshot(targets: ReadonlyMap<string, Buffer>): Promise<CheckedSnapshot> {
  const manifest = parse(fileOf(targets, 'v1/manifest.json'), 'v1/manifest.json') as Manifest; // Validated two lines below.
  requireKnownMajor(manifest);
  const validators = compile(targets, manifest.schemaVersion);
  let validated = validate(validators, 'manifest', manifest, 'v1/manifest.json');
  requireAuditProof(manifest);
  requireFiles(targets, manifest);

  const lines = linesIn(fileOf(targets, 'v1/directory.ndjson'));
  const counts = newCounts();
  const byId = new Map<string, string>();
  let last = '';
  for (const [at, line] of lines.entries()) {
    const where = `v1/directory.ndjson line ${at + 1}`;
    const record = parse(line, where) as CountedRecord; // Validated in the next line.
    validated += validate(validators, 'record', record, where);
    if (record.id <= last) throw new SnapshotDefect(`${where}: ${record.id} does not come after ${last}`);
    last = record.id;
    byId.set(record.id, line);
    countRecord(counts, record);
    if (at % 500 === 0) await new Promise(setImmediate);
  }
  requireDeltas(manifest, (path) => fileOf(targets, path), byId);
  const whole = requireSameRecords(targets, manifest, lines);
  // Its records are the lines, which are valid: one of them shows the shape.
  validated += validate(validators, 'directory', { ...whole, records: whole.records.slice(0, 1) }, 'v1/directory.json');

  const tombstones = linesIn(fileOf(targets, 'v1/tombstones.ndjson'));
  for (const [at, line] of tombstones.entries()) {
    const where = `v1/tombstones.ndjson line ${at + 1}`;
    validated += validate(validators, 'tombstone', parse(line, where), where);
  }
  const changelog = parse(fileOf(targets, 'v1/changelog.json'), 'v1/changelog.json') as Changelog; // Validated in the next line.
  validated += validate(validators, 'changelog', changelog, 'v1/changelog.json');
  const sequences = changelog.snapshots.map(({ sequence }) => sequence);
  requireForms(targets.keys(), (path) => targets.get(path), { lines: byId, tombstones, sequences });
  requireCounts(manifest.counts, { ...counts, tombstones: tombstones.length });
  return { manifest, records: lines.length, tombstones: tombstones.length, validated };
}

type Name = 'manifest' | 'record' | 'tombstone' | 'changelog' | 'directory';

function requireKnownMajor({ schemaVersion }: Manifest): void {
  const major = (version: unknown) => String(version).split('.')[0];
  if (major(schemaVersion) !== major(SCHEMA_VERSION)) {
    throw new SnapshotDefect(`the snapshot has schema version ${schemaVersion}; this program reads ${SCHEMA_VERSION}`);
  }
}

function compile(targets: ReadonlyMap<string, Buffer>, version: string): Record<Name, ValidateFunction> {
  const of = (name: Name) => {
    const path = `v1/schema/${name}-${version}.json`;
    try {
      return validatorFor(fileOf(targets, path), path);
    } catch (cause) {
      throw cause instanceof SnapshotDefect ? cause : new SnapshotDefect(`${path} is not a JSON Schema`, { cause });
    }
  };
  return {
    manifest: of('manifest'),
    record: of('record'),
    tombstone: of('tombstone'),
    changelog: of('changelog'),
    directory: of('directory'),
  };
}

/** By the text of the schema: from one snapshot to the next it is the same, and understanding it takes longer than its use. */
const understood = new Map<string, ValidateFunction>();
const MOST_UNDERSTOOD = 20;

function validatorFor(schema: Buffer, path: string): ValidateFunction {
  const text = schema.toString();
  const known = understood.get(text);
  if (known) return known;
  // Patterns in the schemas say what formats would; `format` is for people there.
  const made = new Ajv2020({ strict: false, validateFormats: false }).compile(parse(text, path) as object);
  if (understood.size >= MOST_UNDERSTOOD) understood.clear();
  understood.set(text, made);
  return made;
}

function validate(validators: Record<Name, ValidateFunction>, name: Name, value: unknown, where: string): 1 {
  const isValid = validators[name];
  if (isValid(value)) return 1;
  const [error] = isValid.errors ?? [];
  throw new SnapshotDefect(
    `${where} is not valid for its schema: ${error?.instancePath || '/'} ${error?.message ?? ''}`,
  );
}

/** Versions before 1.2 carried no proof. */
function requireAuditProof(manifest: Manifest): void {
  if (Number(manifest.schemaVersion.split('.')[1]) < 2) return;
  const defect = auditProofDefect(manifest.auditProof, manifest);
  if (defect !== undefined) throw new SnapshotDefect(`v1/manifest.json: ${defect}`);
}

function requireFiles(targets: ReadonlyMap<string, Buffer>, { files }: Manifest): void {
  for (const { path, bytes, sha256: hash } of files) {
    const found = fileOf(targets, path);
    if (found.length !== bytes || sha256(found) !== hash)
      throw new SnapshotDefect(`${path} is not the file the manifest names`);
  }
  const named = new Set(['v1/manifest.json', ...files.map(({ path }) => path)]);
  const stranger = [...targets.keys()].find((path) => !named.has(path));
  if (stranger !== undefined) throw new SnapshotDefect(`${stranger} is signed, but the manifest does not name it`);
}

function requireSameRecords(targets: ReadonlyMap<string, Buffer>, manifest: Manifest, lines: readonly string[]) {
  const ndjson = fileOf(targets, 'v1/directory.ndjson');
  if (sha256(ndjson) !== manifest.contentDigest) {
    throw new SnapshotDefect('the content digest is not that of v1/directory.ndjson');
  }
  if (!gunzipSync(fileOf(targets, 'v1/directory.ndjson.gz')).equals(ndjson)) {
    throw new SnapshotDefect('v1/directory.ndjson.gz holds something other than v1/directory.ndjson');
  }
  const whole = parse(fileOf(targets, 'v1/directory.json'), 'v1/directory.json') as Record<string, unknown>; // Looked at below.
  const records: unknown[] = Array.isArray(whole['records']) ? whole['records'] : [];
  const same =
    records.length === lines.length &&
    whole['contentDigest'] === manifest.contentDigest &&
    whole['schema'] === manifest.schemaVersion &&
    records.every((record, at) => canonicalJson(record) === lines[at]);
  if (!same) throw new SnapshotDefect('v1/directory.json holds other records than v1/directory.ndjson');
  return { ...whole, records };
}

type Counted = Pick<SnapshotCounts, 'entries' | 'organisations' | 'countries' | 'channels'>;
type CountedRecord = { id: string; type: string; channels?: unknown[] };

function newCounts(): Counted {
  return { entries: 0, organisations: 0, countries: 0, channels: 0 };
}

function countRecord(counts: Counted, { type, channels }: CountedRecord): void {
  if (type === 'entry') {
    counts.entries += 1;
    counts.channels += channels?.length ?? 0;
  } else if (type === 'organisation') counts.organisations += 1;
  else counts.countries += 1;
}

function requireCounts(said: SnapshotCounts, found: Counted & { tombstones: number }): void {
  for (const [name, n] of Object.entries(found)) {
    const expected = said[name as keyof typeof found];
    if (expected !== n) throw new SnapshotDefect(`the manifest counts ${expected} ${name}, the files hold ${n}`);
  }
}

function fileOf(targets: ReadonlyMap<string, Buffer>, path: string): Buffer {
  const bytes = targets.get(path);
  if (!bytes) throw new SnapshotDefect(`${path} is missing`);
  return bytes;
}

function linesIn(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n').slice(0, -1);
}

function parse(text: Buffer | string, where: string): unknown {
  try {
    return JSON.parse(text.toString());
  } catch (cause) {
    throw new SnapshotDefect(`${where} is not JSON`, { cause });
  }
}
