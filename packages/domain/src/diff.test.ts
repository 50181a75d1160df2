import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffDocuments } from './diff.ts';
import { mergeDocuments } from './merge.ts';
import { riskOf, pathsWithoutPrimaryEvidence } from './risk.ts';

const phone = (digits: string) => ({
  id: 'tel',
  type: 'phone',
  value: { number: { kind: 'short', digits, country: 'DE' } },
});
const entry = (more: object = {}) => ({
  kind: 'child-helpline',
  names: { de: { text: 'Nummer' } },
  channels: [phone('116111')],
  serves: [{ area: 'DE', basis: 'any', strength: 'primary' }],
  accepts: { 'child-help': { answer: 'yes' } },
  evidence: [],
  ...more,
});

describe('the difference of two documents', () => {
  it('names a changed number by the id of its channel, wherever the channel stands', () => {
    const web = { id: 'web', type: 'url', value: { href: 'https://example.org/' } };
    const before = entry({ channels: [phone('116111'), web] });
    const after = entry({ channels: [web, phone('116000')] });
    const changes = diffDocuments(before, after);
    expect(changes.map((c) => [c.path, c.op, c.class])).toEqual([
      ['/channels/tel/value', 'changed', 'contact-value'],
      ['/channels', 'reordered', 'format'],
    ]);
  });

  it('puts contact values first', () => {
    const after = entry({ names: { de: { text: 'Andere' } }, channels: [phone('1')], audience: ['child'] });
    expect(diffDocuments(entry(), after)[0]?.path).toBe('/channels/tel/value');
  });

  it('shows a new channel as one change, not one per member', () => {
    const after = entry({
      channels: [phone('116111'), { id: 'mail', type: 'email', value: { address: 'a@example.org' } }],
    });
    expect(diffDocuments(entry(), after)).toMatchObject([
      { path: '/channels/mail', op: 'added', class: 'contact-value' },
    ]);
  });

  it('sees no change in the order of plain words', () => {
    expect(diffDocuments(entry({ audience: ['child', 'parent'] }), entry({ audience: ['parent', 'child'] }))).toEqual(
      [],
    );
  });

  it('classes a text that appears or goes as a whole by its field', () => {
    const limits = { confidentialityLimits: { en: { text: 'We pass on a child at risk' } } };
    expect(diffDocuments(entry(), entry(limits))).toMatchObject([
      { path: '/confidentialityLimits/en', class: 'anonymity' },
    ]);
    expect(diffDocuments(entry(limits), entry())).toMatchObject([
      { path: '/confidentialityLimits/en', class: 'anonymity', op: 'removed' },
    ]);
  });

  it('names an area, a need and a translation by themselves', () => {
    const after = entry({
      names: { de: { text: 'Nummer' }, en: { text: 'Number' } },
      serves: [
        { area: 'DE', basis: 'any', strength: 'primary' },
        { area: 'AT', basis: 'any', strength: 'accepts' },
      ],
      accepts: { 'child-help': { answer: 'yes' }, grooming: { answer: 'no' } },
    });
    expect(diffDocuments(entry(), after).map((c) => c.path)).toEqual(['/serves/AT', '/accepts/grooming', '/names/en']);
  });
});

describe('the risk of a change', () => {
  const risk = (after: object, before: object = entry()) =>
    riskOf('update', diffDocuments(before, after), before, after);

  it('is R0 for spacing and case of a text', () =>
    expect(risk(entry({ names: { de: { text: 'NUMMER.' } } }))).toBe('R0'));
  it('is R1 for words', () => expect(risk(entry({ names: { de: { text: 'Kummer' } } }))).toBe('R1'));
  it('is R2 for a number', () => expect(risk(entry({ channels: [phone('116000')] }))).toBe('R2'));
  it('is R2 for whom it serves', () => expect(risk(entry({ serves: [] }))).toBe('R2'));
  it('is R3 for an emergency number', () => {
    const before = entry({ kind: 'emergency' });
    expect(risk(entry({ kind: 'emergency', channels: [phone('110')] }), before)).toBe('R3');
  });
  it('is R3 when an entry turns into the global portal with a new address', () => {
    expect(risk(entry({ kind: 'portal.global', channels: [phone('110')] }))).toBe('R3');
  });
  it('is R3 for "none known"', () => {
    const before = { coverage: [{ need: 'grooming', status: 'not-researched' }] };
    expect(risk({ coverage: [{ need: 'grooming', status: 'none-known' }] }, before)).toBe('R3');
  });
  it.each(['create', 'retire', 'restore', 'merge', 'lift'] as const)('is R3 for %s whatever changes', (kind) => {
    expect(riskOf(kind, [], entry(), entry())).toBe('R3');
  });
  it('is the highest of its changes, so a number cannot hide behind a typo', () => {
    expect(risk(entry({ names: { de: { text: 'nummer' } }, channels: [phone('2')] }))).toBe('R2');
  });
});

describe('primary evidence for new facts', () => {
  const changed = diffDocuments(entry(), entry({ channels: [phone('116000')] }));
  const source = (kind: 'official-page' | 'news', supports: string[]) => ({
    id: 'e',
    kind,
    title: 't',
    sensitivity: 'public' as const,
    supports,
  });

  it('is missing when none is given', () =>
    expect(pathsWithoutPrimaryEvidence('update', changed, [], [])).toEqual(['/channels/tel/value']));
  it('is not given by news', () => {
    expect(pathsWithoutPrimaryEvidence('update', changed, [source('news', ['/channels/tel'])], [])).toHaveLength(1);
  });
  it('is given by an official page that supports the channel', () => {
    expect(pathsWithoutPrimaryEvidence('update', changed, [source('official-page', ['/channels/tel'])], [])).toEqual(
      [],
    );
  });
  it('does not speak for another channel whose id begins alike', () => {
    expect(
      pathsWithoutPrimaryEvidence('update', changed, [source('official-page', ['/channels/te'])], []),
    ).toHaveLength(1);
  });
  it('is not given by what spoke for the old value, until somebody looked again', () => {
    const page = source('official-page', ['/channels/tel']);
    expect(pathsWithoutPrimaryEvidence('update', changed, [page], [page])).toHaveLength(1);
    expect(pathsWithoutPrimaryEvidence('update', changed, [{ ...page, capturedAt: '2026-11-22' }], [page])).toEqual([]);
  });
  it('is not asked for what is taken away', () => {
    expect(pathsWithoutPrimaryEvidence('update', diffDocuments(entry(), entry({ channels: [] })), [], [])).toEqual([]);
  });
});

describe('the three-way merge', () => {
  it('takes disjoint fields from both sides', () => {
    const current = entry({ names: { de: { text: 'Neu' } } });
    const proposed = entry({ channels: [phone('116000')] });
    const { merged, conflicts } = mergeDocuments(entry(), current, proposed);
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(entry({ names: { de: { text: 'Neu' } }, channels: [phone('116000')] }));
  });

  it('shows the same field changed twice as a conflict', () => {
    const { conflicts } = mergeDocuments(entry(), entry({ channels: [phone('1')] }), entry({ channels: [phone('2')] }));
    expect(conflicts.map((c) => c.path)).toEqual(['/channels/tel/value']);
  });

  it('shows a channel taken away here and changed there as a conflict', () => {
    const { conflicts } = mergeDocuments(entry(), entry({ channels: [] }), entry({ channels: [phone('2')] }));
    expect(conflicts.map((c) => c.path)).toEqual(['/channels/tel']);
  });

  it('keeps channels both sides added', () => {
    const [a, b] = [phone('1'), phone('2')].map((c, i) => ({ ...c, id: `new${i}` }));
    const { merged, conflicts } = mergeDocuments(
      entry(),
      entry({ channels: [phone('116111'), a] }),
      entry({ channels: [phone('116111'), b] }),
    );
    expect(conflicts).toEqual([]);
    expect((merged as { channels: { id: string }[] }).channels.map((c) => c.id).sort()).toEqual([
      'new0',
      'new1',
      'tel',
    ]);
  });

  const doc = fc.record(
    {
      names: fc.dictionary(fc.constantFrom('de', 'en', 'fr'), fc.record({ text: fc.constantFrom('a', 'b', 'c') })),
      channels: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('x', 'y', 'z'),
          value: fc.constantFrom('1', '2', '3'),
          hours: fc.constantFrom('h', 'g'),
        }),
        { selector: (c) => c.id },
      ),
      accepts: fc.dictionary(
        fc.constantFrom('grooming', 'csam-url'),
        fc.record({ answer: fc.constantFrom('yes', 'no') }),
      ),
      priority: fc.constantFrom(1, 2, 3),
    },
    { requiredKeys: ['names', 'channels', 'accepts'] },
  );

  it('changes nothing when nobody changed anything, and takes the one side that changed', () => {
    fc.assert(
      fc.property(doc, doc, (base, other) => {
        expect(
          diffDocuments(mergeDocuments(base, base, other).merged, other).filter((c) => c.op !== 'reordered'),
        ).toEqual([]);
        expect(
          diffDocuments(mergeDocuments(base, other, base).merged, other).filter((c) => c.op !== 'reordered'),
        ).toEqual([]);
      }),
    );
  });

  it('finds the same conflicts from either side, and loses no change of either without one', () => {
    fc.assert(
      fc.property(doc, doc, doc, (base, a, b) => {
        const left = mergeDocuments(base, a, b);
        const right = mergeDocuments(base, b, a);
        expect(left.conflicts.map((c) => c.path).sort()).toEqual(right.conflicts.map((c) => c.path).sort());
        if (left.conflicts.length > 0) return;
        const merged = new Map(diffDocuments(base, left.merged).map((c) => [c.path, c.after]));
        for (const change of [...diffDocuments(base, a), ...diffDocuments(base, b)]) {
          if (change.op !== 'reordered') expect(merged.get(change.path)).toEqual(change.after);
        }
      }),
    );
  });
});
