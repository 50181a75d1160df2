import { describe, expect, it } from 'vitest';
import { route } from './route.ts';
import type { RoutableEntry } from './route/directory.ts';
import { ask, buildRoutable, form, line, NOW, serving, takes } from './route/testing.ts';
import { CSAM_ONLINE } from './routeRequest.ts';
import { applyUrgent, gravestMark, urgentMarkOf, type UrgentList } from './urgentRule.ts';

const SINCE = '2026-06-05T09:00:00.000Z';
const EARLIER = '2026-06-04T09:00:00.000Z';
const NATIONAL = buildRoutable({
  id: 'qn-hotline',
  kind: 'hotline.web',
  serves: serving('QN'),
  accepts: takes(CSAM_ONLINE),
  channels: [form(), line('116111', 'QN')],
});
const GLOBAL = buildRoutable({
  id: 'world-portal',
  kind: 'portal.global',
  serves: serving('001'),
  accepts: takes(CSAM_ONLINE),
});
const WHOLE: UrgentList['withdrawn'][number] = { id: NATIONAL.id, reason: 'unsafe', since: SINCE };
const only = (...channels: string[]) => ({ ...WHOLE, channels });

const withdraw = (entries: readonly RoutableEntry[], ...withdrawn: UrgentList['withdrawn']) =>
  applyUrgent(entries, { withdrawn });
const answer = (entries: readonly RoutableEntry[], country = 'QN') =>
  route(ask({ need: 'csam-online', country }), { entries, countries: [] }, NOW);
const marksOf = (entry: RoutableEntry | undefined) => [
  entry && urgentMarkOf(entry)?.reason,
  ...(entry?.channels ?? []).map((channel) => urgentMarkOf(channel)?.reason),
];

describe('what the urgent lane withdraws', () => {
  it('is marked with reason and date, whole or by channel, and nothing else is touched', () => {
    const [whole, other] = withdraw([NATIONAL, GLOBAL], WHOLE);
    expect(whole).toEqual({ ...NATIONAL, withdrawn: { reason: 'unsafe', since: SINCE } });
    expect(other).toBe(GLOBAL);
    const [part] = withdraw([NATIONAL], only('tel'));
    expect(marksOf(part)).toEqual([undefined, undefined, 'unsafe']);
    expect(part?.channels[1]?.withdrawn).toEqual({ reason: 'unsafe', since: SINCE });
  });

  it('passes over ids and channels that nobody knows', () => {
    const entries = withdraw([NATIONAL], { ...WHOLE, id: 'gone' }, only('gone'));
    expect(entries[0]).toBe(NATIONAL);
  });

  it('takes an entry whole once no channel is left that anybody can use', () => {
    expect(marksOf(withdraw([NATIONAL], only('web', 'tel'))[0])).toEqual(['unsafe', 'unsafe', 'unsafe']);
    const retired = form({ retired: { at: '2026-01-01', reason: 'closed' } });
    const [left] = withdraw([{ ...NATIONAL, channels: [retired, line('116111', 'QN')] }], only('tel'));
    expect(marksOf(left)).toEqual(['unsafe', undefined, 'unsafe']);
  });

  it('holds in its wider sense when it is named twice, and tells the graver reason', () => {
    const milder = { ...only('tel'), reason: 'closed' as const };
    expect(marksOf(withdraw([NATIONAL], WHOLE, milder)[0])[0]).toBe('unsafe');
    expect(marksOf(withdraw([NATIONAL], milder, WHOLE)[0])[0]).toBe('unsafe');
    expect(marksOf(withdraw([NATIONAL], milder, only('tel'))[0])).toEqual([undefined, undefined, 'unsafe']);
    expect(marksOf(withdraw([NATIONAL], milder, only('web'))[0])).toEqual(['unsafe', 'unsafe', 'closed']);
    const marks = [
      { reason: 'wrong', since: SINCE },
      { reason: 'wrong', since: EARLIER },
    ] as const;
    expect([gravestMark(marks), gravestMark([...marks].reverse()), gravestMark([undefined])]).toEqual([
      marks[1],
      marks[1],
      undefined,
    ]);
  });
});

describe('the answer to somebody in a country whose last entry is withdrawn', () => {
  it('is who takes reports from anywhere, with the entry named and nothing of it to dial', () => {
    const { steps, withheld, notes } = answer(withdraw([NATIONAL, GLOBAL], WHOLE));
    expect(steps.map(({ id }) => id)).toEqual(['world-portal']);
    expect(steps[0]?.why).toContain('no-national-option');
    expect(withheld).toEqual([
      { id: 'qn-hotline', reason: 'temporarily-withdrawn', withdrawn: { reason: 'unsafe', since: SINCE } },
    ]);
    // It has something of its own, so nobody is told that none is known.
    expect(notes.filter((note) => note.startsWith('coverage:'))).toEqual([]);
  });

  it('is words where nobody else is left, never nothing', () => {
    const { steps, withheld } = answer(withdraw([NATIONAL], only('web', 'tel')));
    expect(steps).toMatchObject([{ id: 'generic:police', channels: [], country: 'QN' }]);
    expect(withheld).toMatchObject([{ id: 'qn-hotline', reason: 'temporarily-withdrawn' }]);
  });

  it('names a withdrawn channel although another one merely expired', () => {
    const old = form({ verification: { confidence: 'high', expiresAt: EARLIER } } as object);
    const entries = withdraw([{ ...NATIONAL, channels: [old, line('116111', 'QN')] }], only('tel'));
    expect(answer(entries).withheld).toMatchObject([{ id: 'qn-hotline', reason: 'temporarily-withdrawn' }]);
  });

  it('is an emergency number in words, when that is what was withdrawn', () => {
    const emergency = buildRoutable({
      id: 'qn-112',
      kind: 'emergency',
      serves: serving('QN'),
      channels: [line('112', 'QN')],
    });
    const request = ask({ need: 'contact-abuse', country: 'QN', danger: 'yes' });
    const entries = withdraw([emergency], { ...WHOLE, id: 'qn-112', reason: 'wrong' });
    const { steps, withheld } = route(request, { entries, countries: [] }, NOW);
    expect(steps[0]).toMatchObject({ id: 'generic:emergency', channels: [] });
    expect(withheld).toMatchObject([{ id: 'qn-112', withdrawn: { reason: 'wrong' } }]);
  });

  it('keeps the ways that are left, and says that one is withdrawn', () => {
    const [step] = answer(withdraw([NATIONAL, GLOBAL], only('tel'))).steps;
    expect(step).toMatchObject({ id: 'qn-hotline', channels: ['web'], caveats: ['partly-withdrawn'] });
  });

  it('says nothing of it in another country', () => {
    expect(answer(withdraw([NATIONAL, GLOBAL], WHOLE), 'QM').withheld).toEqual([]);
  });
});
