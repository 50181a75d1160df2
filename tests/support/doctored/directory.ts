// Records that nobody approved.
import { editDirectory, editManifest, editRecord, editText } from '../doctoring.ts';
import { entry, redial, type Doctored } from './case.ts';

export const DIRECTORY: Doctored[] = [
  ['a number was changed', 'published-differs', (b) => editRecord(b, 'added', (r) => redial(r))],
  [
    'a number of the changed entry is another than approved',
    'published-differs',
    (b) => editRecord(b, 'changed', (r) => redial(r)),
  ],
  ['a number of an untouched entry was changed', 'approval-missing', (b) => editRecord(b, 'kept', (r) => redial(r))],
  ['the old number came back', 'published-differs', (b) => editRecord(b, 'changed', (r) => redial(r, '4930123456'))],
  [
    'a web address leads elsewhere',
    'host-changed',
    (b) =>
      editRecord(b, 'kept', (r) =>
        entry(r).channels.forEach((c) => c.type === 'url' && (c.value.href = 'https://other.example.net/')),
      ),
  ],
  [
    'a name was changed',
    'approval-missing',
    (b) => editRecord(b, 'kept', (r) => (entry(r).names = { en: { text: 'Another' } })),
  ],
  ['a revision goes back', 'revision-back', (b) => editRecord(b, 'kept', (r) => (r.revision = 1))],
  ['a revision is made up', 'approval-missing', (b) => editRecord(b, 'changed', (r) => (r.revision = 9))],
  [
    'an entry is made up',
    'approval-missing',
    (b) =>
      editDirectory(b, (all) => [
        ...all,
        { ...entry(all.find((r) => r.slug === 'kept')), id: 'ffffffff-ffff-7fff-8fff-ffffffffffff', slug: 'made-up' },
      ]),
  ],
  [
    'an entry left, and nobody says why',
    'removal-unexplained',
    (b) => editDirectory(b, (all) => all.filter((r) => r.slug !== 'kept')),
  ],
  [
    'the retired entry is back',
    'approval-missing',
    (b, ids) => editManifest(b, (m) => ((m.changes.retired = []), m.changes.suspended.push(ids.retired))),
  ],
  [
    'the suspended entry is said to be retired',
    'approval-missing',
    (b, ids) => editManifest(b, (m) => ((m.changes.suspended = []), m.changes.retired.push(ids.suspended))),
  ],
  ['records are out of order', 'records-unsorted', (b) => editDirectory(b, (all) => all.toReversed())],
  ['a record stands twice', 'records-unsorted', (b) => editDirectory(b, (all) => all.flatMap((r) => [r, r]))],
  [
    'a line has a name twice',
    'record-malformed',
    (b) => editText(b, 'v1/directory.ndjson', (text) => text.replace('{"', '{"id":"x","')),
  ],
  ['a line is no JSON', 'record-malformed', (b) => editText(b, 'v1/directory.ndjson', (text) => `${text}{\n`)],
  [
    'a record has a field more',
    'record-malformed',
    (b) => editRecord(b, 'added', (r) => Object.assign(r, { more: 1 })),
  ],
];
