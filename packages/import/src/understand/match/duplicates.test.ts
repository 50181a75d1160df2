import { describe, expect, it } from 'vitest';
import { Entry, Organisation } from '@waymark/domain';
import { likelyEntries, likelyOrganisations } from './duplicates.ts';

const WORDS = ['Anker', 'Birch', 'Cedar', 'Delphin', 'Ember', 'Falke'];
const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const entry = (n: number, own: object): Entry =>
  Entry.parse({
    id: id(n),
    slug: `e-${n}`,
    kind: 'child-helpline',
    names: { en: { text: WORDS[n] ?? 'Other' } },
    organisation: id(99),
    serves: [{ area: 'DE' }],
    ...own,
  });
const organisation = (n: number, own: object): Organisation =>
  Organisation.parse({ id: id(n), slug: `o-${n}`, names: { en: { text: WORDS[n] ?? 'Other' } }, type: 'ngo', ...own });
const web = (href: string) => ({ channels: [{ id: 'web', type: 'url', value: { href } }] });
const short = (country: string) => ({
  serves: [{ area: country }],
  channels: [
    {
      id: 'tel',
      type: 'phone',
      value: { number: { kind: 'short', digits: '116111', country } },
      reach: { dialableFrom: [country] },
    },
  ],
});
const named = (text: string, language = 'en') => ({ names: { [language]: { text } } });
const of = async (...entries: Entry[]) => (await likelyEntries(entries, new Map())).pairs;

describe('entries that may be one', () => {
  it('share a name in one country, in any script, or an address', async () => {
    expect(await of(entry(1, named('Lighthouse')), entry(2, named('Lighthouse')))).toMatchObject([
      { firstId: id(1), secondId: id(2), reasons: ['same-name', 'same-country', 'same-kind'] },
    ]);
    expect(
      await of(entry(2, named('Телефон доверия Маяк', 'ru')), entry(1, named('Telefon doveriya Mayak'))),
    ).toHaveLength(1);
    expect(
      await of(entry(1, web('https://a.example.org/report')), entry(2, web('https://www.a.example.org/report/'))),
    ).toMatchObject([{ reasons: expect.arrayContaining(['same-address']) as unknown }]);
  });

  it('are no two in other countries or of other kinds, nor because of 116 111 or a host of many', async () => {
    expect(
      await of(entry(1, named('Lighthouse')), entry(2, { ...named('Lighthouse'), serves: [{ area: 'FR' }] })),
    ).toEqual([]);
    expect(await of(entry(1, named('Lighthouse')), entry(2, { ...named('Lighthouse'), kind: 'hotline.web' }))).toEqual(
      [],
    );
    expect(await of(...['DE', 'FR', 'AT', 'PL'].map((country, n) => entry(n, short(country))))).toEqual([]);
    const portal = (n: number) => entry(n, web(`https://portal.example.org/${n}`));
    expect(await of(portal(1), portal(2), portal(3), portal(4))).toEqual([]);
  });

  it('are not those that somebody paired', async () => {
    expect(await of(entry(1, named('Lighthouse')), entry(2, { ...named('Lighthouse'), pairedWith: [id(1)] }))).toEqual(
      [],
    );
  });
});

describe('organisations that may be one', () => {
  const register = (value: string) => ({ identifiers: [{ scheme: 'GB-CHC', value }] });
  const pairs = (...organisations: Organisation[]) => likelyOrganisations(organisations).pairs;

  it('have one number in a register, however it is written, one domain, or one name', () => {
    expect(pairs(organisation(1, register('1105 412')), organisation(2, register('1105412')))).toMatchObject([
      { reasons: expect.arrayContaining(['same-identifier']) as unknown },
    ]);
    const domain = (host: string) => ({ domains: [{ host }], ...named('Lighthouse Trust') });
    expect(
      pairs(organisation(1, domain('www.lighthouse.example')), organisation(2, domain('lighthouse.example')))[0]
        ?.reasons,
    ).toContain('same-domain');
    expect(pairs(organisation(1, named('Φάρος', 'el')), organisation(2, named('Faros')))).toHaveLength(1);
  });

  it('are two with two numbers in one register, in two countries, as parent and child, or because of a service they run together', () => {
    const name = named('Lighthouse Trust');
    const service = { domains: [{ host: 'complaints.example', role: 'service' }], locatedIn: 'DE' };
    expect(pairs(organisation(1, service), organisation(2, service))).toEqual([]);
    expect(
      pairs(organisation(1, { ...name, ...register('1') }), organisation(2, { ...name, ...register('2') })),
    ).toEqual([]);
    expect(pairs(organisation(1, { ...name, locatedIn: 'DE' }), organisation(2, { ...name, locatedIn: 'FR' }))).toEqual(
      [],
    );
    expect(pairs(organisation(1, name), organisation(2, { ...name, parent: id(1) }))).toEqual([]);
  });
});
