import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Entry } from './entry.ts';
import { Organisation } from './organisation.ts';
import { referencesOf, relink } from './references.ts';
import { parseDocument } from './record.ts';
import { channelKey, differencesToUnite, sameChannels, unite } from './unite.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const phone = (key: string, digits: string) => ({
  id: key,
  type: 'phone',
  value: { number: { kind: 'e164', digits } },
});
const page = (key: string, url: string, supports: string[]) => ({
  id: key,
  kind: 'official-page',
  title: url,
  url,
  supports,
});
const entry = (own: Record<string, unknown> = {}, n = 1): Entry =>
  Entry.parse({
    id: id(n),
    slug: `entry-${n}`,
    kind: 'child-helpline',
    names: { en: { text: 'Example' } },
    organisation: id(9),
    ...own,
  });

// Few values, so that the two have much in common and ids collide.
const some = <T>(arbitrary: fc.Arbitrary<T>, key: (item: T) => string) =>
  fc.uniqueArray(arbitrary, { selector: key, maxLength: 4 });
const localId = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const channel = fc.record({
  id: localId,
  type: fc.constantFrom('phone', 'sms'),
  value: fc
    .constantFrom('4930111111', '4930222222', '4930333333')
    .map((digits) => ({ number: { kind: 'e164', digits } })),
});
const source = fc
  .record({
    id: localId,
    url: fc.constantFrom('https://a.example.org/', 'https://b.example.org/', 'https://c.example.org/'),
    supports: fc.uniqueArray(fc.constantFrom('/names', '/anonymity', '/channels/a/value', '/channels/b'), {
      maxLength: 3,
    }),
  })
  .map(({ id: key, url, supports }) => page(key, url, supports));
const anEntry = (n: number) =>
  fc
    .record({
      names: fc.dictionary(
        fc.constantFrom('en', 'de'),
        fc.constantFrom('One', 'Two').map((text) => ({ text })),
        { minKeys: 1 },
      ),
      otherNames: some(fc.record({ id: localId, name: fc.constantFrom('One', 'Three', 'Four') }), (o) => o.id),
      anonymity: fc.constantFrom('unknown', 'anonymous', 'confidential').map((level) => ({ level })),
      serves: some(
        fc.constantFrom('DE', 'AT', 'CH').map((area) => ({ area })),
        (s) => s.area,
      ),
      memberships: some(
        fc.constantFrom('chi', 'inhope').map((network) => ({ network })),
        (m) => m.network,
      ),
      pairedWith: fc
        .uniqueArray(fc.constantFrom(id(1), id(2), id(3), id(4)), { maxLength: 3 })
        .map((ids) => ids.filter((of) => of !== id(n))),
      channels: some(channel, (c) => c.id),
      evidence: some(source, (e) => e.id),
    })
    .map((own) => entry(own, n));

const namesOf = ({ names, otherNames = [] }: Entry) =>
  new Set([...Object.values(names).map(({ text }) => text), ...otherNames.map(({ name }) => name)]);
const sources = ({ evidence }: Entry) => new Set(evidence.map(({ url }) => url));
const channels = (doc: Entry) => new Set(doc.channels.map(channelKey));
const both = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>) => new Set([...a, ...b]);

describe('two entries as one', () => {
  it('keep every channel, source, name, area and membership of both, whichever stays', () => {
    fc.assert(
      fc.property(anEntry(1), anEntry(2), (a, b) => {
        for (const united of [unite('entry', a, b), unite('entry', b, a)]) {
          expect(channels(united)).toEqual(both(channels(a), channels(b)));
          expect(sources(united)).toEqual(both(sources(a), sources(b)));
          expect(namesOf(united)).toEqual(both(namesOf(a), namesOf(b)));
          for (const key of ['serves', 'memberships'] as const)
            expect(united[key].length).toBe(
              both(new Set(a[key].map((one) => JSON.stringify(one))), new Set(b[key].map((one) => JSON.stringify(one))))
                .size,
            );
        }
      }),
    );
  });

  it('are a valid document with ids of its own, and none of the ids of the one that stays changes', () => {
    fc.assert(
      fc.property(anEntry(1), anEntry(2), (a, b) => {
        const united = unite('entry', a, b);
        // The schema refuses two channels or sources of one id.
        expect(parseDocument('entry', united)).toMatchObject({ ok: true });
        expect(united).toMatchObject({ id: a.id, slug: a.slug });
        for (const own of a.channels) {
          const kept = united.channels.find((one) => one.id === own.id);
          expect(kept && channelKey(kept)).toBe(channelKey(own));
        }
        expect(united.evidence.slice(0, a.evidence.length).map((e) => e.id)).toEqual(a.evidence.map((e) => e.id));
        const links = referencesOf('entry', united);
        expect(links.filter((link) => link.id === a.id)).toEqual([]);
        expect(links.filter((link) => link.id === b.id).map(({ path }) => path)).toEqual(['/supersedes']);
      }),
    );
  });

  it('are the one, where both say the same', () => {
    fc.assert(
      fc.property(anEntry(1), (a) => {
        expect(unite('entry', a, a)).toEqual(a);
      }),
    );
  });

  it('say what was chosen, whoever stays', () => {
    fc.assert(
      fc.property(anEntry(1), anEntry(2), (a, b) => {
        const choose = (from: Entry, to: Entry, side: 'stays' | 'goes') =>
          unite(
            'entry',
            from,
            to,
            Object.fromEntries(
              differencesToUnite('entry', from, to).map(({ path, before, after }) => [
                path,
                before !== undefined && after !== undefined ? side : before === undefined ? 'goes' : 'stays',
              ]),
            ),
          );
        const [one, other] = [choose(a, b, 'stays'), choose(b, a, 'goes')];
        for (const key of ['names', 'anonymity', 'kind'] as const) expect(one[key]).toEqual(other[key]);
      }),
    );
  });
});

describe('laying one entry over another', () => {
  it('takes the same number for the same channel, and keeps another one with its id apart', () => {
    const stays = entry({ channels: [phone('tel', '4930222222')] });
    const goes = entry({ channels: [phone('phone', '4930222222'), phone('tel', '4930111111')] }, 2);
    expect(unite('entry', stays, goes).channels).toMatchObject([
      { id: 'tel', value: { number: { digits: '4930222222' } } },
      { id: 'tel-2', value: { number: { digits: '4930111111' } } },
    ]);
    expect(sameChannels(goes, stays)).toEqual(new Map([['phone', 'tel']]));
  });

  it('never takes a channel out of use because the other one retired it', () => {
    const gone = { ...phone('tel', '4930222222'), retired: { at: '2026-01-01', reason: 'closed' } };
    const united = unite('entry', entry({ channels: [phone('tel', '4930222222')] }), entry({ channels: [gone] }, 2));
    expect(united.channels.map(({ id: key, retired }) => [key, retired !== undefined])).toEqual([
      ['tel', false],
      ['tel-2', true],
    ]);
  });

  it('lets a source follow its channel, and speak for no value that was not taken', () => {
    const stays = entry({ anonymity: { level: 'anonymous' }, channels: [phone('tel', '4930222222')] });
    const goes = entry(
      {
        anonymity: { level: 'confidential' },
        channels: [phone('tel', '4930111111')],
        evidence: [page('own', 'https://a.example.org/', ['/channels/tel/value', '/anonymity'])],
      },
      2,
    );
    expect(unite('entry', stays, goes).evidence).toMatchObject([{ id: 'own', supports: ['/channels/tel-2/value'] }]);
    const chosen = unite('entry', stays, goes, { '/anonymity': 'goes' });
    expect(chosen.anonymity).toEqual({ level: 'confidential' });
    expect(chosen.evidence).toMatchObject([{ supports: ['/channels/tel-2/value', '/anonymity'] }]);
  });

  it('believes who knows something before who says that nothing is known', () => {
    const united = unite('entry', entry(), entry({ anonymity: { level: 'anonymous' } }, 2));
    expect(united.anonymity).toEqual({ level: 'anonymous' });
  });
});

it('unites organisations with their domains, registers and short names', () => {
  const organisation = (n: number, own: object) =>
    Organisation.parse({ id: id(n), slug: `o-${n}`, names: { en: { text: 'Trust' } }, type: 'ngo', ...own });
  const united = unite(
    'organisation',
    organisation(1, { acronym: 'TR', domains: [{ host: 'a.example.org' }], parent: id(2) }),
    organisation(2, {
      acronym: 'TRU',
      domains: [{ host: 'b.example.org' }],
      identifiers: [{ scheme: 'x', value: '1' }],
    }),
  );
  expect(united.acronym).toBe('TR');
  expect(united.otherNames).toEqual([{ id: 'name', name: 'TRU' }]);
  expect(united.domains.map(({ host }) => host)).toEqual(['a.example.org', 'b.example.org']);
  expect(united.identifiers).toEqual([{ scheme: 'x', value: '1' }]);
  expect(united).not.toHaveProperty('parent');
});

it('links follow, once, and never to the record itself', () => {
  const doc = entry({ organisation: id(9), pairedWith: [id(2), id(3)], supersedes: [id(2)] });
  expect(relink('entry', doc, id(2), id(3))).toEqual({ ...doc, pairedWith: [id(3)], supersedes: [id(3)] });
  expect(relink('entry', doc, id(2), id(1))).toEqual({ ...doc, pairedWith: [id(3)], supersedes: [] });
  expect(relink('entry', doc, id(8), id(1))).toBe(doc);
  expect(relink('country', { emergency: [id(2)] }, id(2), id(3))).toEqual({ emergency: [id(3)] });
});
