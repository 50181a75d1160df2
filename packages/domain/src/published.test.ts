import { describe, expect, it } from 'vitest';
import { Entry } from './entry.ts';
import { Organisation } from './organisation.ts';
import { CountryProfile } from './countryProfile.ts';
import {
  isWithheld,
  PublishedEntry,
  PublishedOrganisation,
  PublishedCountryProfile,
  PublishedRecord,
  toDocument,
  toPublished,
  UNVERIFIED,
  verificationAt,
} from './published.ts';
import type { DirectoryRecord, Documents, RecordType } from './record.ts';

const ID = '0190a000-0000-7000-8000-000000000001';

function record<T extends RecordType>(type: T, doc: Documents[T]): DirectoryRecord {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: doc.id,
    type,
    slug: doc.slug,
    state: 'active',
    revision: 3,
    contentHash: '',
    createdAt: at,
    updatedAt: at,
    doc,
  };
}

const entry = (overrides: object = {}) =>
  Entry.parse({
    id: ID,
    slug: 'line',
    kind: 'child-helpline',
    names: { en: { text: 'Line' } },
    organisation: ID,
    ...overrides,
  });

const organisation = (overrides: object = {}) =>
  Organisation.parse({ id: ID, slug: 'org', names: { en: { text: 'Org' } }, type: 'police', ...overrides });

const source = (id: string, overrides: object = {}) => ({
  id,
  kind: 'official-page',
  title: 'Page',
  url: `https://help.example.org/${id}`,
  ...overrides,
});

describe('the published form of a record', () => {
  it('holds nothing that is for curators alone', () => {
    const published = toPublished(
      record(
        'organisation',
        organisation({
          notesInternal: 'call first',
          contactsInternal: [{ id: 'c', name: 'Somebody' }],
          confirmationDomain: 'example.org',
        }),
      ),
    );
    expect(JSON.stringify(published)).not.toMatch(/call first|Somebody|confirmationDomain|Internal/);
  });

  it('holds no field that nobody decided to publish', () => {
    const strange = { ...entry(), addedLater: 'secret' } as Entry;
    expect(JSON.stringify(toPublished(record('entry', strange)))).not.toContain('secret');
  });

  it('keeps internal and restricted evidence inside', () => {
    const evidence = [
      source('open'),
      source('mail', { sensitivity: 'internal' }),
      source('case', { sensitivity: 'restricted' }),
    ];
    const published = toPublished(record('entry', entry({ evidence })));
    expect(published.sources.map((s) => s.id)).toEqual(['open']);
  });

  it('leaves retired channels to their tombstones', () => {
    const channels = [
      { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } },
      {
        id: 'old',
        type: 'url',
        value: { href: 'https://old.example.org/' },
        retired: { at: '2026-01-01', reason: 'closed' },
      },
    ];
    const published = toPublished(record('entry', entry({ channels })));
    expect(published).toMatchObject({ channels: [{ id: 'tel' }] });
    expect(JSON.stringify(published)).not.toContain('old.example.org');
  });

  it('shows no source that would advertise an address retired as unsafe', () => {
    const published = toPublished(
      record(
        'entry',
        entry({
          channels: [
            {
              id: 'web',
              type: 'url',
              value: { href: 'https://squatted.example.com/' },
              retired: { at: '2026-01-01', reason: 'unsafe' },
            },
          ],
          evidence: [
            source('own'),
            source('squatted', { url: 'https://squatted.example.com/contact' }),
            source('quote', { excerpt: 'Now at SQUATTED.example.com' }),
          ],
        }),
      ),
    );
    expect(published.sources.map((s) => s.id)).toEqual(['own']);
  });

  it('leaves out machine text that nobody reviewed where a wrong word does harm', () => {
    const texts = {
      en: { text: 'Call us', origin: 'official' },
      fr: { text: 'Appelez', origin: 'machine' },
      de: { text: 'Ruf an', origin: 'machine', reviewedAt: '2026-01-01T00:00:00Z' },
    };
    const helpline = toPublished(
      record('entry', entry({ summary: texts, operational: { status: 'operating', notice: texts } })),
    );
    expect(helpline).toMatchObject({ summary: { en: {}, de: {} }, operational: { notice: { en: {}, de: {} } } });
    expect(JSON.stringify(helpline)).not.toContain('Appelez');
    const finder = toPublished(record('entry', entry({ kind: 'directory', summary: texts })));
    expect(JSON.stringify(finder)).toContain('Appelez');
  });

  it('never leaves a record without a name', () => {
    const names = { fr: { text: 'Ligne', origin: 'machine' } };
    expect(toPublished(record('entry', entry({ names })))).toMatchObject({ names });
  });

  it("tells records apart by type and keeps an organisation's own type beside it", () => {
    expect(toPublished(record('organisation', organisation()))).toMatchObject({
      type: 'organisation',
      organisationType: 'police',
    });
  });

  it.each([
    ['entry', record('entry', entry({ evidence: [source('open')] }))],
    ['organisation', record('organisation', organisation())],
    ['country', record('country', CountryProfile.parse({ id: ID, slug: 'de', country: 'DE' }))],
  ] as const)('is valid for its schema and leads back to the document: %s', (_type, from) => {
    const published = toPublished(from);
    expect(PublishedRecord.safeParse(published)).toMatchObject({ success: true });
    expect(toDocument(published)).toEqual(from.doc);
  });

  it('has these keys: a new one is a decision to publish for ever', () => {
    const keys = (schema: { shape: object }) => Object.keys(schema.shape).sort().join(' ');
    expect([keys(PublishedEntry), keys(PublishedOrganisation), keys(PublishedCountryProfile)]).toMatchInlineSnapshot(`
      [
        "accepts afterReport ages analystsBy anonymity audience channels confidentialityLimits dataGoesTo howTo id kind leftOutOf locatedIn mandate memberships mustNot names onBehalfOf operational organisation otherNames pairedWith priority programme revision serves slug slugHistory sources summary supersedes type updatedAt verification whatToHave",
        "acronym description domains id identifiers locatedIn memberships names organisationType otherNames parent revision slug slugHistory sources successor transparency type updatedAt website",
        "country coverage emergency id legal neighbours officialLanguages revision slug sources timeZones type updatedAt",
      ]
    `);
  });
});

describe('what is said of verification', () => {
  const channels = [
    { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } },
    {
      id: 'web',
      type: 'url',
      value: { href: 'https://help.example.org/' },
      reach: { worldwide: true, alternativeFromAbroad: 'tel' },
    },
  ];
  const verified = {
    entry: {
      confidence: 'medium' as const,
      lastConfirmed: '2026-01-01T00:00:00.000Z',
      methods: ['source' as const],
      expiresAt: '2026-09-01T00:00:00.000Z',
    },
    channels: { web: { confidence: 'high' as const, lastConfirmed: null, methods: [], expiresAt: null } },
  };

  it('stands with the entry and each channel, and is none where nobody looked', () => {
    const published = toPublished(record('entry', entry({ channels })), { ...verified, withheld: new Set() });
    expect(published).toMatchObject({
      verification: verified.entry,
      channels: [
        { id: 'tel', verification: UNVERIFIED },
        { id: 'web', verification: { confidence: 'high' } },
      ],
    });
    expect(PublishedRecord.safeParse(published)).toMatchObject({ success: true });
    expect(toDocument(published)).toEqual(entry({ channels }));
  });

  it('may keep a channel inside, and then nothing points to it', () => {
    const published = toPublished(record('entry', entry({ channels })), { ...verified, withheld: new Set(['tel']) });
    expect(published).toMatchObject({ channels: [{ id: 'web', reach: { worldwide: true } }] });
    expect(JSON.stringify(published)).not.toContain('"tel"');
  });

  it('is the standing at that moment', () => {
    const standing = {
      contradicted: false,
      highUntil: null,
      mediumUntil: '2026-07-01T00:00:00.000Z',
      lowUntil: '2026-10-01T00:00:00.000Z',
      lastConfirmedAt: '2026-01-01T00:00:00.000Z',
      families: ['source' as const],
      remindAt: '2026-05-01T00:00:00.000Z',
      dueAt: '2026-07-01T00:00:00.000Z',
      expiresAt: '2026-09-28T00:00:00.000Z',
    };
    const says = (now: string) => verificationAt(standing, now).confidence;
    expect([says('2026-06-30T00:00:00.000Z'), says('2026-07-01T00:00:00.000Z')]).toEqual(['medium', 'low']);
    expect(verificationAt(standing, '2026-02-01T00:00:00.000Z')).toMatchObject({
      lastConfirmed: standing.lastConfirmedAt,
      methods: ['source'],
      expiresAt: standing.expiresAt,
    });
  });
});

it('withholds an entry that its curators keep out of snapshots, and no other', () => {
  expect(isWithheld(record('entry', entry({ publishTo: { snapshot: false } })))).toBe(true);
  expect(isWithheld(record('entry', entry({ publishTo: { web: false } })))).toBe(false);
  expect(isWithheld(record('entry', entry()))).toBe(false);
});

it('says where else an entry is not shown, and gives that back as its curators said it', () => {
  const kept = toPublished(record('entry', entry({ publishTo: { snapshot: true, web: true, hsds: false } })));
  expect(kept).toMatchObject({ leftOutOf: ['hsds'] });
  expect(toDocument(kept)).toMatchObject({ publishTo: { hsds: false } });
  expect(toPublished(record('entry', entry({ publishTo: { hsds: true } })))).not.toHaveProperty('leftOutOf');
});
