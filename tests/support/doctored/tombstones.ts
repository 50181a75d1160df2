// Tombstones that nobody approved: apps would purge and block by them.
import type { Tombstone } from '@waymark/domain';
import { editApprovals, editStones, editText } from '../doctoring.ts';
import type { Unpacked } from '../signing.ts';
import type { Doctored } from './case.ts';
import { lineAbout, newestOf, withoutLine } from './lines.ts';

const NOBODY = 'ffffffff-ffff-7fff-8fff-ffffffffffff';

/** Adds one like that of the retired entry. */
const inventRecord = (bundle: Unpacked, id: string, like: string) =>
  editStones(bundle, (stones) => [...stones, { ...stoneOf(stones, like), id, deadValues: [] }]);

/** Adds one like that of the channel that was retired before. */
const inventChannel = (bundle: Unpacked, id: string, like: string) =>
  editStones(bundle, (stones) => [
    ...stones,
    { ...stoneOf(stones, like), id, channel: 'web', deadValues: [] } as Tombstone, // Of a channel, as that is.
  ]);

const stoneOf = (stones: Tombstone[], id: string): Tombstone => {
  const found = stones.find((stone) => stone.id === id);
  if (!found) throw new Error(`No tombstone is of ${id}`);
  return found;
};
const without = (bundle: Unpacked, id: string) =>
  editStones(bundle, (stones) => stones.filter((each) => each.id !== id));

export const STONES: Doctored[] = [
  ['all are gone', 'tombstone-missing', (b) => editStones(b, () => [])],
  ['that of a channel is gone', 'tombstone-missing', (b, ids) => without(b, ids.changed)],
  ['that of a channel retired long ago is gone', 'tombstone-lost', (b, ids) => without(b, ids.kept)],
  [
    'one leads to another successor',
    'tombstone-wrong',
    (b, ids) => editStones(b, (stones) => void Object.assign(stoneOf(stones, ids.retired), { successors: [ids.kept] })),
  ],
  [
    'one calls a number dead that somebody answers',
    'tombstone-wrong',
    (b, ids) =>
      editStones(
        b,
        (stones) => void stoneOf(stones, ids.retired).deadValues.push({ type: 'phone', value: '+4930123456' }),
      ),
  ],
  ['one is of a living channel of a new entry', 'tombstone-wrong', (b, ids) => inventChannel(b, ids.added, ids.kept)],
  [
    'one is of a living channel that nobody touched',
    'tombstone-unapproved',
    (b, ids) => inventChannel(b, ids.kept, ids.kept),
  ],
  ['one is of a channel that nobody knows', 'tombstone-unapproved', (b, ids) => inventChannel(b, NOBODY, ids.kept)],
  [
    'one is of a living entry that nobody touched',
    'tombstone-unapproved',
    (b, ids) => inventRecord(b, ids.kept, ids.retired),
  ],
  ['one is of a changed entry', 'tombstone-wrong', (b, ids) => inventRecord(b, ids.changed, ids.retired)],
  ['one is of an entry that nobody knows', 'tombstone-unapproved', (b, ids) => inventRecord(b, NOBODY, ids.retired)],
  [
    'one that was published says something else',
    'tombstone-changed',
    (b, ids) => editStones(b, (stones) => void (stoneOf(stones, ids.kept).reason = 'unsafe')),
  ],
  [
    'one that was published calls another number dead',
    'tombstone-changed',
    (b, ids) =>
      editStones(b, (stones) => void stoneOf(stones, ids.kept).deadValues.push({ type: 'phone', value: '+493077777' })),
  ],
  [
    'one that was published spares its number',
    'dead-value-missing',
    (b, ids) => editStones(b, (stones) => void (stoneOf(stones, ids.kept).deadValues = [])),
  ],
  [
    'a new one spares its number',
    'dead-value-missing',
    (b, ids) => editStones(b, (stones) => void (stoneOf(stones, ids.changed).deadValues = [])),
  ],
  [
    'one of a suspended entry gives another reason',
    'tombstone-wrong',
    (b, ids) => editStones(b, (stones) => void (stoneOf(stones, ids.suspended).reason = 'unsafe')),
  ],
  [
    'nobody shows who approved one of an entry that clients never had',
    'tombstone-unapproved',
    (b, ids) => editApprovals(b, withoutLine(ids.brief)),
  ],
  [
    'nobody shows who approved one of a suspended entry',
    'tombstone-unapproved',
    (b, ids) =>
      editApprovals(b, (lines) => lines.filter((line) => line.kind !== 'record' || line.id !== ids.suspended)),
  ],
  [
    'too few approved one of an entry that clients never had',
    'too-few-approvals',
    (b, ids) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.brief)).approvals = [])),
  ],
  ['one is no tombstone', 'record-malformed', (b) => editText(b, 'v1/tombstones.ndjson', (text) => `${text}{}\n`)],
];
