import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { factsOnList, networksOf } from './listFacts.ts';

type Part = Pick<Entry, 'memberships' | 'channels'>;
const web = (id: string): Entry['channels'][number] => ({ id, type: 'url', value: { href: 'https://example.org/' } });
const entry = (networks: string[], channels: Entry['channels'] = [web('web')]): Part => ({
  memberships: networks.map((network) => ({ network, status: 'member' })),
  channels,
});

describe('an official list', () => {
  it('offers the network most entries belong to first', () => {
    expect(networksOf([entry(['chi']), entry(['inhope', 'chi']), entry(['chi'])])).toEqual(['chi', 'inhope']);
  });

  it('confirms what it can show, by path', () => {
    expect(factsOnList(entry(['chi']), ['membership', 'name', 'contact'], 'chi')).toEqual([
      '/memberships/chi',
      '/names',
      '/organisation',
      '/channels/web/value',
    ]);
  });

  it('confirms nothing of an entry that is no member', () => {
    expect(factsOnList(entry(['inhope']), ['membership', 'name'], 'chi')).toEqual([]);
    expect(factsOnList(entry([]), ['membership'], undefined)).toEqual([]);
  });

  it('compares the first channel that is in use', () => {
    const old = { ...web('old'), retired: { at: '2026-01-01', reason: 'closed' as const } };
    expect(factsOnList(entry([], [old, web('new')]), ['contact'], undefined)).toEqual(['/channels/new/value']);
  });
});
