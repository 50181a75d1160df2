import { describe, expect, it } from 'vitest';
import { Entry } from './entry.ts';
import { Organisation } from './organisation.ts';
import type { DirectoryRecord } from './record.ts';
import { livingValues, sealTombstone, Tombstone, tombstonesOf } from './tombstone.ts';

const ID = '0190a000-0000-7000-8000-000000000001';
const OTHER = '0190a000-0000-7000-8000-000000000002';

const phone = (digits: string, overrides: object = {}) => ({
  id: `p${digits}`,
  type: 'phone',
  value: { number: { kind: 'e164', digits } },
  ...overrides,
});
const page = (id: string, href: string, overrides: object = {}) => ({ id, type: 'url', value: { href }, ...overrides });

function retired(reason: string, overrides: object = {}): DirectoryRecord {
  const doc = Entry.parse({
    id: ID,
    slug: 'line',
    slugHistory: ['former-line'],
    kind: 'child-helpline',
    names: { en: { text: 'Line' } },
    organisation: OTHER,
    channels: [phone('4930123456'), page('web', 'https://line.example.org/')],
    retirement: { reason, successors: [OTHER], redirect: 'ask' },
    ...overrides,
  });
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: ID,
    type: 'entry',
    slug: 'line',
    state: 'retired',
    revision: 2,
    contentHash: '',
    createdAt: at,
    updatedAt: at,
    doc,
  };
}

const sealed = (record: DirectoryRecord, living: string[] = []) =>
  tombstonesOf(record).map((stone) => sealTombstone(stone, new Set(living)));
// As `printf '+4930123456' | sha256sum` says.
const NUMBER_HASH = 'a909469fabf3f43d0b7b6c42a85a6e7e8ceb36c7a2f0f1b9c15b80dc16384cb7';
const PAGE_HASH = 'ca1dc2376c63cf164069ddf56883e9129f2c4a224359fc0492b124bb0cc987ce';

describe('the tombstone of a retired entry', () => {
  it('says when, why and where people go, under every handle it had', () => {
    expect(sealed(retired('closed'))).toEqual([
      {
        type: 'entry',
        id: ID,
        slugs: ['former-line', 'line'],
        names: { en: { text: 'Line' } },
        retiredAt: '2026-01-01T00:00:00.000Z',
        reason: 'closed',
        successors: [OTHER],
        redirect: 'ask',
        deadValues: [
          { type: 'phone', value: '+4930123456' },
          { type: 'url', value: 'https://line.example.org/' },
        ],
      },
    ]);
  });

  it('publishes an unsafe value only as its hash', () => {
    const [tombstone] = sealed(retired('unsafe'));
    expect(tombstone?.deadValues).toEqual([
      { type: 'phone', sha256: NUMBER_HASH },
      { type: 'url', sha256: PAGE_HASH },
    ]);
    expect(JSON.stringify(tombstone)).not.toContain('line.example.org');
  });

  it('calls no value dead that somebody still answers: the winner of a merge keeps the number', () => {
    const [tombstone] = sealed(retired('merged-into'), ['+4930123456']);
    expect(tombstone?.deadValues).toEqual([{ type: 'url', value: 'https://line.example.org/' }]);
  });

  it('tells a short number of one country from that of another', () => {
    const short = {
      id: 'short',
      type: 'phone',
      value: { number: { kind: 'short', digits: '116111', country: 'DE' } },
      reach: { dialableFrom: ['DE'] },
    };
    const [tombstone] = sealed(retired('closed', { channels: [short] }));
    expect(tombstone?.deadValues).toEqual([{ type: 'phone', value: 'DE:116111', country: 'DE' }]);
  });
});

describe('the tombstone of a retired channel', () => {
  const gone = { at: '2026-01-01', reason: 'number-changed', successorChannel: 'new', overlapUntil: '2026-06-30' };

  it('stays with an entry that lives, and names the channel that follows', () => {
    const doc = retired('closed', {
      channels: [phone('4930123456', { id: 'old', retired: gone }), phone('4930999999', { id: 'new' })],
      retirement: undefined,
    });
    expect(sealed({ ...doc, state: 'active' })).toEqual([
      {
        type: 'channel',
        id: ID,
        channel: 'old',
        retiredAt: '2026-01-01',
        reason: 'number-changed',
        successorChannel: 'new',
        overlapUntil: '2026-06-30',
        deadValues: [{ type: 'phone', value: '+4930123456' }],
      },
    ]);
  });

  it('hashes its value when the whole entry turned out unsafe', () => {
    const stones = sealed(retired('unsafe', { channels: [phone('4930123456', { id: 'old', retired: gone })] }));
    expect(stones.map((stone) => stone.deadValues)).toEqual([[], [{ type: 'phone', sha256: NUMBER_HASH }]]);
  });
});

it('names the website of a retired organisation', () => {
  const doc = Organisation.parse({
    id: ID,
    slug: 'org',
    names: { en: { text: 'Org' } },
    type: 'ngo',
    website: 'https://org.example.org/',
    retirement: { reason: 'closed' },
  });
  const at = '2026-01-01T00:00:00.000Z';
  const stones = sealed({
    id: ID,
    type: 'organisation',
    slug: 'org',
    state: 'retired',
    revision: 2,
    contentHash: '',
    createdAt: at,
    updatedAt: at,
    doc,
  });
  expect(stones).toMatchObject([
    { type: 'organisation', deadValues: [{ type: 'url', value: 'https://org.example.org/' }] },
  ]);
  expect(Tombstone.safeParse(stones[0])).toMatchObject({ success: true });
});

it('counts the addresses of active channels as living, and no others', () => {
  const record = retired('closed', {
    channels: [
      phone('4930123456'),
      page('old', 'https://old.example.org/', { retired: { at: '2026-01-01', reason: 'closed' } }),
    ],
  });
  expect(livingValues(record)).toEqual(['+4930123456']);
});
