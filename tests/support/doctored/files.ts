// Files that are others than the ones that were prepared.
import { editManifest, editSigned, editText, put, textIn } from '../doctoring.ts';
import { flip, type Doctored } from './case.ts';

export const FILES: Doctored[] = [
  ['lacks the directory', 'file-missing', (b) => void b.delete('v1/directory.ndjson')],
  [
    'lacks a schema',
    'file-missing',
    (b) => void b.delete([...b.keys()].find((path) => path.startsWith('v1/schema/')) ?? ''),
  ],
  [
    'has another CSV than would be signed',
    'file-wrong',
    (b) => put(b, 'v1/directory.csv', textIn(b, 'v1/directory.csv').replace('4930123456', '4930000000')),
  ],
  [
    'has another directory than would be signed',
    'file-wrong',
    (b) => put(b, 'v1/directory.ndjson', textIn(b, 'v1/directory.ndjson').replace('4930123456', '4930000000')),
  ],
  [
    'signs a file nobody names',
    'file-unlisted',
    (b) => editSigned(b, (s) => (s.targets['v1/more.json'] = structuredClone(s.targets['v1/manifest.json']!))),
  ],
  [
    'signs a file under urgent/',
    'path-unknown',
    (b) => editSigned(b, (s) => (s.targets['urgent/withdrawn.json'] = structuredClone(s.targets['v1/manifest.json']!))),
  ],
  ['leaves a file unsigned', 'manifest-differs', (b) => editSigned(b, (s) => delete s.targets['v1/directory.csv'])],
  [
    'signs another hash than the manifest names',
    'manifest-differs',
    (b) =>
      editSigned(
        b,
        (s) => (s.targets['v1/directory.csv']!.hashes.sha256 = flip(s.targets['v1/directory.csv']!.hashes.sha256)),
      ),
  ],
  [
    'says another sequence beside a file',
    'custom-wrong',
    (b) => editSigned(b, (s) => (s.targets['v1/directory.csv']!.custom['sequence'] = 99)),
  ],
  [
    'has a manifest with a field more',
    'manifest-malformed',
    (b) => editManifest(b, (m) => Object.assign(m, { more: 1 })),
  ],
  [
    'was made by another version of the program',
    'program-differs',
    (b) => editManifest(b, (m) => (m.codeTables.tzdata = '2020a')),
  ],
  ['comes without the news it goes on from', 'previous-differs', (b) => void b.delete('previous.changelog.json')],
  ['is a demo', 'demo-assurance', (b) => editManifest(b, (m) => (m.assurance = 'demo'))],
  [
    'names another content digest',
    'content-digest-wrong',
    (b) => editManifest(b, (m) => (m.contentDigest = flip(m.contentDigest))),
  ],
  [
    'holds another number in directory.json',
    'form-differs',
    (b) => editText(b, 'v1/directory.json', (text) => text.replaceAll('4930123456', '4930000000')),
  ],
  ['counts more entries', 'counts-wrong', (b) => editManifest(b, (m) => (m.counts.entries += 1))],
  ['hides a change from the list of changes', 'changes-wrong', (b) => editManifest(b, (m) => (m.changes.changed = []))],
  [
    'says that a living entry is retired',
    'changes-wrong',
    (b, ids) => editManifest(b, (m) => void m.changes.retired.push(ids.kept)),
  ],
  ['has the number of a snapshot that is out', 'sequence-back', (b) => editManifest(b, (m) => (m.sequence = 1))],
  [
    'builds on a snapshot nobody here saw',
    'memory-behind',
    (b) => editManifest(b, (m) => (m.previous = { sequence: 7, contentDigest: m.contentDigest })),
  ],
  [
    'builds on another content',
    'previous-differs',
    (b) => editManifest(b, (m) => (m.previous = { sequence: 1, contentDigest: m.contentDigest })),
  ],
  ['begins from nothing', 'sequence-back', (b) => editManifest(b, (m) => (m.previous = null))],
];
