import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BulkAction, changedEntry, isProposing, withSharedEvidence, type EntryChange } from './bulkAction.ts';
import { diffDocuments } from './diff.ts';
import { Entry } from './entry.ts';
import { countChange, impactOf, toEffects, type ImpactTally, type ReachableEntry } from './impact.ts';
import { parseDocument } from './record.ts';

const ID = '0190a000-0000-7000-8000-000000000001';
const web = { id: 'web', type: 'url', value: { href: 'https://example.org/' } };
const mail = { id: 'mail', type: 'email', value: { address: 'help@example.org' } };
const line = { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } };
const entry = (more: object = {}): Entry =>
  Entry.parse({
    id: ID,
    slug: 'one',
    kind: 'child-helpline',
    names: { en: { text: 'One' } },
    organisation: ID,
    ...more,
  });

const language = fc.record(
  { tag: fc.constantFrom('de', 'en', 'ar'), mode: fc.constantFrom('spoken', 'written', 'signed') },
  { requiredKeys: ['tag'] },
);
const channel = fc
  .tuple(
    fc.constantFrom(web, mail, line),
    fc.record(
      {
        languages: fc.array(language, { maxLength: 3 }),
        cost: fc.constantFrom({ level: 'free' }, { level: 'standard', note: 'As any call' }),
        anonymity: fc.constantFrom('anonymous', 'identified'),
        retired: fc.constant({ at: '2026-01-01', reason: 'closed' }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([shape, more]) => ({ ...shape, ...more }));
const membership = fc.record({
  network: fc.constantFrom('inhope', 'chi', 'icmec'),
  status: fc.constantFrom('member', 'associate'),
});
const entries = fc
  .record(
    {
      channels: fc.uniqueArray(channel, { selector: ({ id }) => id, maxLength: 3 }),
      memberships: fc.uniqueArray(membership, { selector: ({ network }) => network, maxLength: 2 }),
      audience: fc.subarray(['public', 'child', 'parent'], { minLength: 1 }),
      accepts: fc.constantFrom({}, { grooming: { answer: 'yes' } }),
      operational: fc.constantFrom({ status: 'operating' }, { status: 'unknown' }),
      ages: fc.constantFrom({ min: 6 }, { min: 6, max: 18 }),
      locatedIn: fc.constantFrom('DE', 'FR'),
      mustNot: fc.subarray(['url-only', 'do-not-send-files'], { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map(entry);

const types = fc.option(fc.subarray(['url', 'phone', 'chat'], { minLength: 1 }), { nil: undefined });
const actions = fc
  .oneof(
    fc
      .oneof(
        fc.record({
          field: fc.constant('operational'),
          value: fc.constantFrom({ status: 'closed' }, { status: 'unknown' }),
        }),
        fc.record({ field: fc.constant('audience'), value: fc.subarray(['parent', 'child'], { minLength: 1 }) }),
        fc.record({ field: fc.constant('ages'), value: fc.constantFrom(null, { min: 6 }) }),
        fc.record({ field: fc.constant('locatedIn'), value: fc.constantFrom(null, 'DE') }),
        fc.record({ field: fc.constant('mustNot'), value: fc.constantFrom(null, ['url-only']) }),
        fc.record({
          field: fc.constant('accepts'),
          value: fc.record({
            need: fc.constantFrom('grooming', 'sextortion'),
            acceptance: fc.constantFrom(null, { answer: 'no' }),
          }),
        }),
      )
      .map((said) => ({ action: 'set', ...said })),
    fc.record({
      action: fc.constant('set-on-channels'),
      field: fc.constant('cost'),
      value: fc.constantFrom(null, { level: 'free' }),
      channels: types,
    }),
    fc.record({ action: fc.constant('add-language'), language, channels: types }),
    fc.record({ action: fc.constant('add-network'), membership }),
  )
  .map((said) => BulkAction.parse(said) as EntryChange); // None of the others is drawn.

/** Where an action may touch a document. */
function placesOf(change: EntryChange): RegExp {
  switch (change.action) {
    case 'set':
      return new RegExp(`^/${change.field}${change.field === 'accepts' ? `/${change.value.need}` : ''}(/|$)`);
    case 'set-on-channels':
      return new RegExp(`^/channels/[a-z]+/${change.field}$`);
    case 'add-language':
      return /^\/channels\/[a-z]+\/languages$/;
    case 'add-network':
      return new RegExp(`^/memberships/${change.membership.network}$`);
  }
}

describe('an action on one of many entries', () => {
  it('touches nothing but its own place, says so when nothing is to do, and done twice is done once', () => {
    let changed = 0;
    fc.assert(
      fc.property(actions, entries, (change, before) => {
        const asItWas = structuredClone(before);
        const after = changedEntry(change, before);
        expect(before).toEqual(asItWas);
        if ('refusal' in after) {
          expect(['nothing-changed', 'no-such-channel']).toContain(after.refusal.code);
          return;
        }
        changed += 1;
        const paths = diffDocuments(before, after.doc).map(({ path }) => path);
        expect(paths.length).toBeGreaterThan(0);
        for (const path of paths) expect(path).toMatch(placesOf(change));
        expect(parseDocument('entry', after.doc)).toMatchObject({ ok: true });
        expect(changedEntry(change, after.doc)).toEqual({ refusal: { code: 'nothing-changed' } });
      }),
      { numRuns: 500 },
    );
    expect(changed).toBeGreaterThan(100);
  });

  it('leaves channels alone that are retired, of another type, or offer the language already', () => {
    const old = { ...line, id: 'old', retired: { at: '2026-01-01', reason: 'closed' } };
    const known = { ...line, languages: [{ tag: 'de' }] };
    const add = { action: 'add-language', language: { tag: 'de', mode: 'spoken' } } as const;
    expect(changedEntry({ ...add, channels: ['phone'] }, entry({ channels: [old, known, web] }))).toEqual({
      refusal: { code: 'nothing-changed' },
    });
    expect(changedEntry({ ...add, channels: ['phone'] }, entry({ channels: [old, web] }))).toEqual({
      refusal: { code: 'no-such-channel' },
    });
  });

  it('does not turn a membership into another one', () => {
    const member = entry({ memberships: [{ network: 'chi', status: 'associate' }] });
    expect(changedEntry({ action: 'add-network', membership: { network: 'chi', status: 'member' } }, member)).toEqual({
      refusal: { code: 'nothing-changed', detail: 'It is in this network as “associate”' },
    });
  });

  it('takes values of the schema of that very field alone', () => {
    for (const wrong of [
      { action: 'set', field: 'slug', value: 'other' },
      { action: 'set', field: 'operational', value: { status: 'fine' } },
      { action: 'set', field: 'operational', value: null },
      { action: 'set', field: 'audience', value: [] },
      { action: 'set-on-channels', field: 'value', value: null },
      { action: 'add-language', language: { tag: 'not a tag' } },
      { action: 'delete' },
    ])
      expect(BulkAction.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });

  it('lets one source speak for what changed, under an id that is free', () => {
    const one = { kind: 'official-page', title: 'List', sensitivity: 'public' } as const;
    const twice = withSharedEvidence(withSharedEvidence(entry(), one, ['/ages']), one, ['/audience']);
    expect(twice.evidence.map(({ id, supports }) => [id, supports])).toEqual([
      ['shared', ['/ages']],
      ['shared-2', ['/audience']],
    ]);
  });

  it('is a proposal unless it is work or an event', () => {
    expect(isProposing({ action: 'submit' })).toBe(false);
    expect(isProposing({ action: 'assign', assignee: null })).toBe(false);
    expect(isProposing({ action: 'add-network', membership: { network: 'chi', status: 'member' } })).toBe(true);
  });
});

it('counts together what goes together: two that were all there was leave nobody', () => {
  const helpline = (area: string): ReachableEntry => ({
    ...entry({ serves: [{ area }], accepts: { grooming: { answer: 'yes' } } }),
    state: 'active',
  });
  const going = [helpline('DE'), helpline('DE')];
  const tally: ImpactTally = new Map();
  for (const before of going) countChange(tally, before, undefined);
  expect(toEffects(tally)).toEqual([{ area: 'DE', need: 'grooming', before: 2, after: 0, lost: true }]);
  expect(impactOf(going[0], undefined, going.slice(1))).toEqual([
    { area: 'DE', need: 'grooming', before: 2, after: 1, lost: false },
  ]);
});
