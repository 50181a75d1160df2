import { describe, expect, it } from 'vitest';
import { formatWhen, relativeTo } from './When.tsx';

const now = new Date('2026-06-05T10:00:00Z');

describe('a point in time', () => {
  it.each([
    ['2026-06-05T09:57:30Z', '2 minutes ago'],
    ['2026-06-04T10:00:00Z', 'yesterday'],
    ['2026-06-05T09:59:58Z', 'now'],
    ['2026-06-08T10:00:00Z', 'in 3 days'],
  ])('%s is %s', (at, text) => expect(relativeTo(new Date(at), now, 'en')).toBe(text));

  it('that is a calendar day is that day in every zone', () =>
    expect(formatWhen('2026-06-05', 'date', 'en')).toBe('Jun 5, 2026'));
  it('that is none is shown as it came', () => expect(formatWhen('soon', 'date', 'en')).toBe('soon'));
});
