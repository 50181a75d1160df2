import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it, describe } from 'vitest';
import {
  auditLeafHash,
  canonicalJson,
  commitmentTo,
  SCHEMA_VERSION,
  type AuditProof,
  type Manifest,
} from '@waymark/domain';
import { sha256 } from '@waymark/tuf';
import { editedDatabase } from '../../../../tests/support/rawDatabase.ts';
import { download, publishAs, publishingOf } from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld, retire } from '../../../../tests/support/world.ts';
import { checkSnapshot } from './check.ts';
import { SnapshotDefect } from './snapshotDefect.ts';

type Targets = Map<string, Buffer>;

/** Of a world that all tests share, since nobody changes it; each has files of its own to spoil. */
async function publishedTargets(): Promise<Targets> {
  published ??= publish();
  return new Map(await published);
}

let published: Promise<Targets> | undefined;

async function publish(): Promise<Targets> {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const { organisation } = await enterEntry(world);
  const { id } = await enterEntry(world, { organisation });
  await retire(world, id);
  await publishAs(world, publishing);
  return (await download(publishing)).targets;
}

const text = (targets: Targets, path: string) => String(targets.get(path));

/** Replaces a file and makes the manifest name the new one: what a publisher could sign by mistake. */
function put(targets: Targets, path: string, content: string | Buffer): void {
  const bytes = Buffer.from(content);
  targets.set(path, bytes);
  edit(targets, (manifest) => ({
    ...manifest,
    files: manifest.files.map((file) =>
      file.path === path ? { ...file, bytes: bytes.length, sha256: sha256(bytes) } : file,
    ),
  }));
}

function edit(targets: Targets, change: (manifest: Manifest) => object): void {
  const manifest = JSON.parse(text(targets, 'v1/manifest.json')) as Manifest;
  targets.set('v1/manifest.json', Buffer.from(`${canonicalJson(change(manifest))}\n`));
}

function remove(targets: Targets, path: string): void {
  targets.delete(path);
  edit(targets, (manifest) => ({ ...manifest, files: manifest.files.filter((file) => file.path !== path) }));
}

/** Replaces the records in all their forms. */
function putRecords(targets: Targets, lines: string[]): void {
  const ndjson = lines.map((line) => `${line}\n`).join('');
  const contentDigest = sha256(Buffer.from(ndjson));
  put(targets, 'v1/directory.ndjson', ndjson);
  put(targets, 'v1/directory.ndjson.gz', gzipSync(ndjson));
  put(
    targets,
    'v1/directory.json',
    `{"schema":"${SCHEMA_VERSION}","records":[${lines.join(',')}],"contentDigest":"${contentDigest}"}`,
  );
  // The other forms are compared too, so they go: this is about the records.
  for (const path of ['v1/directory.sqlite', 'v1/directory.html', 'v1/hsds.json', 'v1/hsds.zip']) remove(targets, path);
  edit(targets, (manifest) => inALogOfOne({ ...manifest, contentDigest }));
}

/** The manifest with the proof of a log that holds nothing but its digest. */
function inALogOfOne(manifest: Manifest): Manifest {
  const { sequence, contentDigest } = manifest;
  const payload = { sequence, contentDigest };
  const leaf = { ...manifest.auditProof.leaf, seq: 0, commitment: commitmentTo('salt', payload) };
  const root = bytesToHex(auditLeafHash(leaf));
  return { ...manifest, audit: { size: 1, root }, auditProof: { leaf, payload, salt: 'salt', index: 0, proof: [] } };
}

const bytesToHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const editProof = (targets: Targets, change: (proof: AuditProof) => object) =>
  edit(targets, (manifest) => ({
    ...manifest,
    auditProof: { ...manifest.auditProof, ...change(manifest.auditProof) },
  }));

const lines = (targets: Targets) => text(targets, 'v1/directory.ndjson').trimEnd().split('\n');

describe('a snapshot checked as an app would check it', () => {
  it('agrees with itself', async () => {
    expect(await checkSnapshot(await publishedTargets())).toMatchObject({ records: 2, tombstones: 1, validated: 6 });
  });

  it.each<[string, string, (targets: Targets) => void]>([
    ['a file is missing', 'v1/directory.csv is missing', (t) => void t.delete('v1/directory.csv')],
    ['a file is another', 'v1/directory.csv is not the file', (t) => void t.set('v1/directory.csv', Buffer.from('x'))],
    [
      'a file is signed that the manifest does not name',
      'v1/extra.json is signed',
      (t) => void t.set('v1/extra.json', Buffer.from('{}')),
    ],
    [
      'the manifest is not JSON',
      'v1/manifest.json is not JSON',
      (t) => void t.set('v1/manifest.json', Buffer.from('{')),
    ],
    [
      'the manifest lacks a member',
      'v1/manifest.json is not valid',
      (t) => edit(t, ({ audit: _audit, ...rest }) => rest),
    ],
    [
      'the schema version is of another age',
      'schema version 2.0',
      (t) => edit(t, (manifest) => ({ ...manifest, schemaVersion: '2.0' })),
    ],
    [
      'the content digest is wrong',
      'content digest',
      (t) => edit(t, (manifest) => ({ ...manifest, contentDigest: '0'.repeat(64) })),
    ],
    [
      'the counts are wrong',
      'counts 7 entries',
      (t) => edit(t, (manifest) => ({ ...manifest, counts: { ...manifest.counts, entries: 7 } })),
    ],
    [
      'the compressed file holds something else',
      '.gz holds something other',
      (t) => put(t, 'v1/directory.ndjson.gz', gzipSync('other')),
    ],
    [
      'the two forms differ',
      'directory.json holds other records',
      (t) => put(t, 'v1/directory.json', text(t, 'v1/directory.json').replace('operating', 'degraded')),
    ],
    [
      'its digest is not the one in the audit log',
      'the audit log holds another content digest',
      (t) => editProof(t, ({ payload }) => ({ payload: { ...payload, contentDigest: '0'.repeat(64) } })),
    ],
    [
      'its proof is of another snapshot',
      'proof of the audit log is of another snapshot',
      (t) => editProof(t, ({ payload }) => ({ payload: { ...payload, sequence: 7 } })),
    ],
    [
      'the leaf commits to something else',
      'does not commit to the content',
      (t) => editProof(t, () => ({ salt: 'another' })),
    ],
    [
      'the leaf is said to stand elsewhere in the log',
      'stands at another place',
      (t) => editProof(t, ({ index }) => ({ index: index - 1 })),
    ],
    [
      'the leaf was written by another hand',
      'does not lead to the head',
      (t) => editProof(t, ({ leaf }) => ({ leaf: { ...leaf, actor: 'system:ghost' } })),
    ],
    [
      'the head is of another log',
      'does not lead to the head',
      (t) => edit(t, ({ audit, ...rest }) => ({ ...rest, audit: { ...audit, root: 'f'.repeat(64) } })),
    ],
    ['the database is none', 'v1/directory.sqlite holds something other', (t) => put(t, 'v1/directory.sqlite', 'x')],
    [
      'the database misses an entry',
      'v1/directory.sqlite holds something other',
      (t) => put(t, 'v1/directory.sqlite', editedDatabase(t.get('v1/directory.sqlite')!, 'delete from entries')),
    ],
    [
      'a number in the database is another',
      'v1/directory.sqlite holds something other',
      (t) =>
        put(
          t,
          'v1/directory.sqlite',
          editedDatabase(t.get('v1/directory.sqlite')!, "update entries set json = replace(json, '3', '4')"),
        ),
    ],
    [
      'the page leaves an entry out',
      'v1/directory.html holds something other',
      (t) => put(t, 'v1/directory.html', text(t, 'v1/directory.html').replace(/<article[^]*<\/article>/, '')),
    ],
    [
      'the HSDS page is of another directory',
      'v1/hsds.json holds something other',
      (t) => put(t, 'v1/hsds.json', '{"contents":[]}'),
    ],
    ['the HSDS package is none', 'v1/hsds.zip holds something other', (t) => put(t, 'v1/hsds.zip', 'x')],
    [
      'the news leave a snapshot out',
      'v1/changelog.md holds something other',
      (t) => put(t, 'v1/changelog.md', '# Changes\n'),
    ],
    ['the feed is of another tree', 'v1/feed.atom holds something other', (t) => put(t, 'v1/feed.atom', '<feed/>')],
    ['the ids are out of order', 'does not come after', (t) => putRecords(t, lines(t).reverse())],
    ['an id comes twice', 'does not come after', (t) => putRecords(t, [...lines(t), lines(t).at(-1)!])],
    [
      'a record breaks its schema',
      'not valid for its schema',
      (t) =>
        putRecords(
          t,
          lines(t).map((line) => line.replace('"kind":"child-helpline"', '"kind":"casino"')),
        ),
    ],
    [
      'a tombstone breaks its schema',
      'tombstones.ndjson line 1',
      (t) =>
        put(
          t,
          'v1/tombstones.ndjson',
          text(t, 'v1/tombstones.ndjson').replace('"reason":"closed"', '"reason":"bored"'),
        ),
    ],
    [
      'a schema is no schema',
      'is not a JSON Schema',
      (t) => put(t, `v1/schema/record-${SCHEMA_VERSION}.json`, '{"type":"casino"}'),
    ],
  ])('is refused when %s', async (_what, message, spoil) => {
    const targets = await publishedTargets();
    spoil(targets);
    const defect = await checkSnapshot(targets).catch((error: unknown) => error);
    expect(defect).toBeInstanceOf(SnapshotDefect);
    expect((defect as SnapshotDefect).message).toContain(message);
  });

  it('stays valid for an earlier reader when fields are added', async () => {
    const targets = await publishedTargets();
    putRecords(
      targets,
      lines(targets).map((line) => canonicalJson({ ...(JSON.parse(line) as object), addedLater: true })),
    );
    edit(targets, (manifest) => ({ ...manifest, addedLater: { a: 1 } }));
    await expect(checkSnapshot(targets)).resolves.toMatchObject({ records: 2 });
  });

  it('is valid for what version 1.0 promised', async () => {
    const targets = await publishedTargets();
    const promised: [string, string[]][] = [
      ['record', lines(targets)],
      ['tombstone', text(targets, 'v1/tombstones.ndjson').trimEnd().split('\n')],
      ['manifest', [text(targets, 'v1/manifest.json')]],
      ['changelog', [text(targets, 'v1/changelog.json')]],
      ['directory', [text(targets, 'v1/directory.json')]],
    ];
    for (const [name, documents] of promised) {
      const schema = await readFile(new URL(`../../generated/${name}-1.0.json`, import.meta.url), 'utf8');
      const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(schema) as object);
      for (const document of documents)
        expect(isValid(JSON.parse(document)), `${name} ${JSON.stringify(isValid.errors)}`).toBe(true);
    }
  });
});
