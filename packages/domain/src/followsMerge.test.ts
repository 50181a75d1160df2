import { expect, it } from 'vitest';
import { followsMerge } from './followsMerge.ts';

const [STAYS, GOES, OTHER] = ['stays', 'goes', 'other'];
const merge = { kind: 'merge', recordId: STAYS, mergedId: GOES, mergedRevision: 4 };
const linking = {
  id: OTHER,
  type: 'entry' as const,
  revision: 2,
  doc: { id: OTHER, pairedWith: [GOES], programme: 'A' },
};
const going = { id: GOES, type: 'entry' as const, revision: 4, doc: { id: GOES, programme: 'A' } };
const retirement = { reason: 'merged-into', successors: [STAYS] };

it('lets a merge do what follows from it', () => {
  expect(followsMerge(linking, { state: 'active', doc: { ...linking.doc, pairedWith: [STAYS] } }, merge)).toBe(true);
  expect(followsMerge(going, { state: 'retired', doc: { ...going.doc, retirement } }, merge)).toBe(true);
});

it.each([
  ['more is changed', linking, { state: 'active', doc: { id: OTHER, pairedWith: [STAYS], programme: 'B' } }, merge],
  ['the link goes elsewhere', linking, { state: 'active', doc: { ...linking.doc, pairedWith: ['third'] } }, merge],
  ['the linking record is retired', linking, { state: 'retired', doc: { ...linking.doc, pairedWith: [STAYS] } }, merge],
  ['nothing named what goes', { ...linking, doc: { id: OTHER } }, { state: 'active', doc: { id: OTHER } }, merge],
  [
    'it is no merge',
    linking,
    { state: 'active', doc: { ...linking.doc, pairedWith: [STAYS] } },
    { ...merge, kind: 'update' },
  ],
  ['the one that goes is not retired', going, { state: 'active', doc: { ...going.doc, retirement } }, merge],
  [
    'it is retired into another',
    going,
    { state: 'retired', doc: { ...going.doc, retirement: { successors: [OTHER] } } },
    merge,
  ],
  ['it is changed on the way', going, { state: 'retired', doc: { id: GOES, programme: 'B', retirement } }, merge],
  ['it moved meanwhile', { ...going, revision: 5 }, { state: 'retired', doc: { ...going.doc, retirement } }, merge],
] as const)('and nothing else: %s', (_what, before, after, by) => {
  expect(followsMerge(before, after, by)).toBe(false);
});
