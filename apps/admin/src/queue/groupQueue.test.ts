import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../contract.ts';
import { groupQueue } from './groupQueue.ts';

const item = (id: string, kind: QueueItem['kind'], urgent = false): QueueItem => ({
  id,
  kind,
  title: id,
  subtitle: '',
  href: '/',
  since: '2026-06-05T10:00:00.000Z',
  urgent,
});

describe('the queue', () => {
  it('shows what is urgent first, whatever it is, then what holds up others, then one’s own drafts', () => {
    const groups = groupQueue([
      item('a', 'draft'),
      item('b', 'review'),
      item('c', 'review', true),
      item('d', 'suspension'),
    ]);
    expect(groups.map((group) => [group.key, group.items.map(({ id }) => id)])).toEqual([
      ['urgent', ['c']],
      ['suspension', ['d']],
      ['review', ['b']],
      ['draft', ['a']],
    ]);
  });

  it('keeps the order of the server within a group, and loses nothing', () => {
    const items = [item('2', 'review'), item('1', 'review'), item('3', 'snapshot')];
    expect(groupQueue(items).flatMap((group) => group.items.map(({ id }) => id))).toEqual(['2', '1', '3']);
  });

  it('has no group without items', () => expect(groupQueue([])).toEqual([]));
});
