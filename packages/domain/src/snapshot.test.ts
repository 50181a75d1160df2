import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from './policy.ts';
import type { Actor } from './role.ts';
import {
  confirmSnapshotRefusal,
  discardSnapshotRefusal,
  gateOf,
  publishSnapshotRefusal,
  type SnapshotFacts,
} from './snapshot.ts';

const person = (id: string, roles: Actor['roles'] = ['publisher']): Actor => ({
  id,
  name: id,
  roles,
  status: 'active',
});
const facts = (overrides: Partial<SnapshotFacts> = {}): SnapshotFacts => ({
  state: 'prepared',
  preparedBy: 'preparer',
  confirmedBy: null,
  gate: { needsSecond: false, reasons: [] },
  outdated: false,
  signaturesMissing: 0,
  ...overrides,
});
const gated = { gate: { needsSecond: true, reasons: ['the last entry leaves'] } };

describe('the gate', () => {
  const losses = (entriesLeaving: number, areasLost: string[] = []) => ({
    entriesBefore: 100,
    entriesLeaving,
    areasLost,
  });
  it('lets exactly the allowed share go, and stops one entry more', () => {
    expect(gateOf(DEFAULT_POLICY, losses(5)).needsSecond).toBe(false);
    expect(gateOf(DEFAULT_POLICY, losses(6))).toEqual({
      needsSecond: true,
      reasons: ['6 of 100 entries leave, which is more than 5 %'],
    });
  });
  it("stops when a country's last entry leaves, and names it", () => {
    expect(gateOf(DEFAULT_POLICY, losses(1, ['001', 'DE'])).reasons).toEqual(['The last entry leaves: worldwide, DE']);
  });
  it('follows the policy', () => {
    const policy = { ...DEFAULT_POLICY, gate: { maxLossPercent: 50, lastOfCountry: false } };
    expect(gateOf(policy, losses(50, ['DE']))).toEqual({ needsSecond: false, reasons: [] });
  });
  it('lets the first snapshot pass', () => {
    expect(gateOf(DEFAULT_POLICY, { entriesBefore: 0, entriesLeaving: 0, areasLost: [] }).needsSecond).toBe(false);
  });
});

describe('publishing', () => {
  const refusal = (snapshot: SnapshotFacts, actor: Actor, online = true) =>
    publishSnapshotRefusal(snapshot, actor, online)?.code;
  it('takes a publisher', () => {
    expect(refusal(facts(), person('a', ['curator', 'reviewer', 'admin']))).toBe('not-permitted');
    expect(refusal(facts(), { ...person('a'), status: 'disabled' })).toBe('not-permitted');
    expect(refusal(facts(), person('preparer'))).toBeUndefined();
  });
  it.each(['publishing', 'published', 'discarded'] as const)('refuses what is %s', (state) => {
    expect(refusal(facts({ state }), person('a'))).toBe('snapshot-not-prepared');
  });
  it('refuses what the directory left behind', () =>
    expect(refusal(facts({ outdated: true }), person('a'))).toBe('snapshot-outdated'));
  it('refuses without keys', () => expect(refusal(facts(), person('a'), false)).toBe('publishing-off'));
  it.each([
    ['nobody', null, 'preparer'],
    ['the preparer', 'preparer', 'other'],
    ['the publisher', 'other', 'other'],
  ])('refuses a large loss that was confirmed by %s', (_who, confirmedBy, publisher) => {
    expect(refusal(facts({ ...gated, confirmedBy }), person(publisher))).toBe('gate-second-publisher');
  });
  it('lets a large loss pass with a second publisher, whoever of the others publishes', () => {
    expect(refusal(facts({ ...gated, confirmedBy: 'second' }), person('preparer'))).toBeUndefined();
    expect(refusal(facts({ ...gated, confirmedBy: 'second' }), person('third'))).toBeUndefined();
  });
});

describe('confirming', () => {
  const refusal = (snapshot: SnapshotFacts, actor: Actor) => confirmSnapshotRefusal(snapshot, actor)?.code;
  it('takes a publisher other than the one who prepared', () => {
    expect(refusal(facts(gated), person('preparer'))).toBe('second-person-needed');
    expect(refusal(facts(gated), person('second', ['admin']))).toBe('not-permitted');
    expect(refusal(facts(gated), person('second'))).toBeUndefined();
  });
  it('happens once', () =>
    expect(refusal(facts({ ...gated, confirmedBy: 'x' }), person('second'))).toBe('already-confirmed'));
  it('is refused for what moved or is over', () => {
    expect(refusal(facts({ ...gated, outdated: true }), person('second'))).toBe('snapshot-outdated');
    expect(refusal(facts({ ...gated, state: 'published' }), person('second'))).toBe('snapshot-not-prepared');
  });
});

it('lets a publisher discard what waits, and nothing else', () => {
  expect(discardSnapshotRefusal({ state: 'prepared' }, person('a'))).toBeUndefined();
  expect(discardSnapshotRefusal({ state: 'published' }, person('a'))?.code).toBe('snapshot-not-prepared');
  expect(discardSnapshotRefusal({ state: 'prepared' }, person('a', ['curator']))?.code).toBe('not-permitted');
});
