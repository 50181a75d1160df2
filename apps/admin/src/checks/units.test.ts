import { describe, expect, it } from 'vitest';
import { Entry, type Standing } from '@waymark/domain';
import { standingsOf, unitsOf } from './units.ts';

const entry = (rest: object = {}) =>
  Entry.parse({
    id: '0190a6a2-0000-7000-8000-000000000001',
    slug: 'xx-line',
    kind: 'hotline.web',
    names: { en: { text: 'Example line', origin: 'official' } },
    organisation: '0190a6a2-0000-7000-8000-000000000002',
    serves: [{ area: 'KE' }],
    accepts: { 'csam-url': { answer: 'yes' } },
    channels: [
      { id: 'web', type: 'url', value: { href: 'https://example.org/' } },
      {
        id: 'old',
        type: 'url',
        value: { href: 'https://example.org/old' },
        retired: { at: '2026-01-01', reason: 'closed' },
      },
    ],
    ...rest,
  });

const until = (mediumUntil: string): Standing => ({
  contradicted: false,
  highUntil: null,
  mediumUntil,
  lowUntil: mediumUntil,
  lastConfirmedAt: null,
  families: [],
  remindAt: mediumUntil,
  dueAt: mediumUntil,
  expiresAt: null,
});

describe('what a check goes through', () => {
  it('is each channel in use, then the facts of the record in groups', () => {
    expect(unitsOf(entry()).map(({ id }) => id)).toEqual(['channel-web', 'identity', 'people', 'expectations']);
  });

  it('has no group for a list that is empty', () => {
    expect(unitsOf(entry()).some(({ id }) => id === 'memberships')).toBe(false);
    const member = entry({ memberships: [{ network: 'inhope', status: 'member' }] });
    expect(unitsOf(member).at(-1)).toMatchObject({ id: 'memberships', paths: ['/memberships'] });
    const silent = unitsOf(entry({ serves: [], accepts: {} })).find(({ id }) => id === 'people');
    expect(silent?.paths).toEqual(['/audience', '/ages']);
  });

  it('stands as its channel, or as the facts of its group', () => {
    const units = unitsOf(entry());
    const standing = {
      channels: { web: until('2026-05-01T00:00:00.000Z') },
      facts: {
        '/serves/KE': until('2026-02-01T00:00:00.000Z'),
        '/audience': until('2026-03-01T00:00:00.000Z'),
        '/names': until('2026-04-01T00:00:00.000Z'),
      },
    };
    const at = (id: string) =>
      units.filter((unit) => unit.id === id).flatMap((unit) => standingsOf(unit, standing).map((s) => s.mediumUntil));
    expect(at('channel-web')).toEqual(['2026-05-01T00:00:00.000Z']);
    expect(at('people')).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
    expect(at('identity')).toEqual(['2026-04-01T00:00:00.000Z']);
  });
});
