import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckResult, judge, type Raise, type WatchState } from './watchRule.ts';

const START = Date.parse('2026-03-01T12:00:00.000Z');
const after = (hours: number) => new Date(START + hours * 3_600_000).toISOString();

/** Looks at the given hours, and what each raised. */
function looks(...results: [hours: number, result: CheckResult][]) {
  let state: WatchState | undefined;
  const raised: (Raise | undefined)[] = [];
  for (const [hours, result] of results) {
    const judged = judge(result, state, after(hours), 0);
    state = judged.state;
    raised.push(judged.raise);
  }
  return { state, raised, kinds: raised.map((raise) => raise?.kind) };
}

const ok: CheckResult = { outcome: 'ok' };
const gone: CheckResult = { outcome: 'not-found', status: 404 };
const broken: CheckResult = { outcome: 'server-error', status: 503 };
const missing: CheckResult = { outcome: 'value-missing' };
const taken: CheckResult = { outcome: 'domain-changed', to: 'parked.example' };

describe('two failures a day apart make an alarm', () => {
  it('and not one, nor two within the day', () => {
    expect(looks([0, gone]).kinds).toEqual([undefined]);
    expect(looks([0, gone], [23.9, gone]).kinds).toEqual([undefined, undefined]);
    expect(looks([0, gone], [24, gone]).raised[1]).toEqual({
      kind: 'not-found',
      unsafe: false,
      detail: { status: 404, failingSince: after(0), failures: 2 },
    });
  });

  it('whatever keeps the page from being reached', () => {
    const timeout: CheckResult = { outcome: 'timeout' };
    expect(looks([0, gone], [6, timeout], [25, broken]).kinds).toEqual([undefined, undefined, 'server-error']);
  });

  it('but not two different findings', () => {
    expect(looks([0, gone], [25, missing]).kinds).toEqual([undefined, undefined]);
    expect(looks([0, gone], [25, missing], [50, missing]).kinds).toEqual([undefined, undefined, 'value-missing']);
  });

  it('and a good answer between begins anew', () => {
    const { kinds, state } = looks([0, gone], [6, ok], [25, gone], [48, gone]);
    expect(kinds).toEqual([undefined, undefined, undefined, undefined]);
    expect(state).toMatchObject({ failures: 2, failingSince: after(25) });
  });

  it('while a look that could not be done says nothing', () => {
    const blind: CheckResult = { outcome: 'not-checked', reason: 'resolver' };
    const sentAway: CheckResult = { outcome: 'refused', status: 403 };
    const { kinds } = looks([0, gone], [6, blind], [25, sentAway], [26, gone]);
    expect(kinds).toEqual([undefined, undefined, undefined, 'not-found']);
    expect(looks([0, blind], [24, blind], [48, sentAway], [96, sentAway]).kinds.filter(Boolean)).toEqual([]);
  });
});

describe('another registrable domain', () => {
  it('makes an alarm at once, marked unsafe', () => {
    expect(looks([0, taken]).raised[0]).toEqual({
      kind: 'domain-changed',
      unsafe: true,
      detail: { to: 'parked.example', failingSince: after(0), failures: 1 },
    });
  });

  it('is told once, and again when it is yet another', () => {
    const other: CheckResult = { outcome: 'domain-changed', to: 'shop.example' };
    expect(looks([0, taken], [6, taken], [30, taken], [31, other]).kinds).toEqual([
      'domain-changed',
      undefined,
      undefined,
      'domain-changed',
    ]);
  });
});

it('takes a redirect within the organisation for a good answer, and one to http for a failure', () => {
  const moved: CheckResult = { outcome: 'redirected', to: 'https://www.example.org/help', sameOrganisation: true };
  const { state, kinds } = looks([0, gone], [24, moved]);
  expect(kinds).toEqual([undefined, undefined]);
  expect(state).toMatchObject({ failures: 0, finalUrl: 'https://www.example.org/help' });
  const insecure: CheckResult = { ...moved, to: 'http://www.example.org/help', reason: 'insecure' };
  expect(looks([0, insecure], [24, insecure]).raised[1]).toMatchObject({
    kind: 'redirected',
    unsafe: false,
    detail: { reason: 'insecure' },
  });
});

it('keeps comparing with the old page until it told of the new one', () => {
  const old = { words: '0000000000000000' };
  const changed: CheckResult = { outcome: 'page-changed', mark: { words: 'ffffffffffffffff' } };
  const first = looks([0, { outcome: 'ok', mark: old }], [24, changed]);
  expect(first.state?.mark).toEqual(old);
  const second = looks([0, { outcome: 'ok', mark: old }], [24, changed], [48, changed]);
  expect(second.kinds.at(-1)).toBe('page-changed');
  expect(second.state?.mark).toEqual({ words: 'ffffffffffffffff' });
});

it('says of a missing value whether it ever stood there', () => {
  const seen: CheckResult = { outcome: 'ok', mark: { place: 40 } };
  expect(looks([0, seen], [24, missing], [48, missing]).raised[2]?.detail).toMatchObject({ seenBefore: true });
  expect(looks([0, missing], [24, missing]).raised[1]?.detail).toMatchObject({ seenBefore: false });
});

it('reminds of what lasts after 30 days, not before', () => {
  const hours = [0, ...Array.from({ length: 60 }, (_, day) => (day + 1) * 24)];
  const { kinds } = looks(...hours.map((hour): [number, CheckResult] => [hour, gone]));
  expect(kinds.flatMap((kind, day) => (kind ? [day] : []))).toEqual([1, 30, 60]);
});

it('looks again sooner after a failure, ever more seldom while it lasts, never sooner than said', () => {
  const pauses: number[] = [];
  let state: WatchState | undefined;
  let now = after(0);
  for (let i = 0; i < 8; i += 1) {
    ({ state } = judge(gone, state, now, 0));
    pauses.push((Date.parse(state.nextAt) - Date.parse(now)) / 3_600_000);
    now = state.nextAt;
  }
  expect(pauses).toEqual([6, 19, 24, 48, 96, 168, 168, 168]);
});

const results = fc.constantFrom<CheckResult>(
  ok,
  gone,
  broken,
  missing,
  taken,
  { outcome: 'timeout' },
  { outcome: 'dns-gone', reason: 'no-such-name' },
  { outcome: 'tls-expiring', days: 5 },
  { outcome: 'refused', status: 403 },
  { outcome: 'not-checked', reason: 'resolver' },
  { outcome: 'redirected', to: 'https://x.example/', sameOrganisation: true },
);

it('raises nothing for a good answer, names an alarm by what it found, and always knows when to look again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), results), { maxLength: 40 }), (steps) => {
      let state: WatchState | undefined;
      let hours = 0;
      for (const [wait, result] of steps) {
        hours += wait;
        const judged = judge(result, state, after(hours), 1);
        if (judged.raise) {
          expect(judged.raise.kind).toBe(result.outcome);
          expect(judged.raise.unsafe).toBe(result.outcome === 'domain-changed');
          if (!judged.raise.unsafe)
            expect(hours * 3_600_000 + START - Date.parse(judged.state.failingSince ?? '')).toBeGreaterThanOrEqual(
              86_400_000,
            );
        }
        if (result.outcome === 'ok') expect(judged.state).toMatchObject({ failures: 0, failingSince: null });
        expect(judged.state.nextAt > after(hours)).toBe(true);
        ({ state } = judged);
      }
    }),
    { numRuns: 3000 },
  );
});

it('takes no text of a page', () => {
  expect(CheckResult.safeParse({ outcome: 'ok', body: '<p>' }).success).toBe(false);
  expect(CheckResult.safeParse({ outcome: 'ok', mark: { words: 'call us on 116111' } }).success).toBe(false);
  expect(CheckResult.safeParse({ outcome: 'confirmed' }).success).toBe(false);
});
