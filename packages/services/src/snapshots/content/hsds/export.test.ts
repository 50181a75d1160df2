import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  Entry,
  Hours,
  Organisation,
  toPublished,
  type DirectoryRecord,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';
import { buildEntry, uuid } from '../../../../../../tests/support/world.ts';
import { exportHsds } from './export.ts';
import { toSchedules, type Validity } from './schedules.ts';
import { toService } from './service.ts';
import type { HsdsService } from './shapes.ts';
import { FIGURES, TABLES, toTables, type TableName } from './tables.ts';
import { uuidV5 } from './uuidV5.ts';

const OFFICIAL = new URL('../../../../../../tests/data/hsds/', import.meta.url);

/** The official schemas by file name, closed: a member they do not name is an error, as in the project's own validation. */
function officialSchemas(): Map<string, Record<string, unknown>> {
  const names = readdirSync(OFFICIAL).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, closed(JSON.parse(readFileSync(new URL(name, OFFICIAL), 'utf8')))]));
}

function closed(schema: unknown): Record<string, unknown> {
  const tree = schema as Record<string, unknown>; // A JSON Schema file.
  for (const member of Object.values(tree)) if (typeof member === 'object' && member !== null) closed(member);
  if (tree['type'] === 'object' && 'properties' in tree) tree['additionalProperties'] = false;
  return tree;
}

const schemas = officialSchemas();

function validatorOf(table: string): ValidateFunction {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      uri: (text: string) => URL.canParse(text),
      email: /^[^@\s]+@[^@\s]+$/,
      'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
      date: /^\d{4}-\d{2}-\d{2}$/,
      time: true,
    },
  });
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  return ajv.getSchema(`${table}.json`)!;
}

const VALIDITY: Validity = { from: new Date('2026-11-28T00:00:00Z'), until: new Date('2027-03-10T00:00:00Z') };
const AT = '2026-01-01T00:00:00.000Z';

function published(type: 'entry' | 'organisation', doc: Entry | Organisation) {
  const { id, slug } = doc;
  const common = { state: 'active', revision: 1, contentHash: '', createdAt: AT, updatedAt: AT } as const;
  return toPublished({ id, slug, type, doc, ...common } as DirectoryRecord);
}

/** What ships with the product: real entries, as they would be published. */
function starterDirectory() {
  const file = new URL('../../../../../../data/starter-directory.json', import.meta.url);
  const { entries, organisations } = JSON.parse(readFileSync(file, 'utf8')) as {
    entries: unknown[];
    organisations: unknown[];
  };
  return {
    entries: entries.map((doc) => published('entry', Entry.parse(doc)) as PublishedEntry),
    organisations: new Map(
      organisations.map((doc) => {
        const organisation = published('organisation', Organisation.parse(doc)) as PublishedOrganisation;
        return [organisation.id, organisation] as const;
      }),
    ),
  };
}

const everything = (): PublishedEntry =>
  published(
    'entry',
    Entry.parse({
      ...buildEntry({ slug: 'everything', organisation: uuid(1) }),
      id: uuid(7),
      names: { de: { text: 'Alles', origin: 'official' }, en: { text: 'Everything' } },
      otherNames: [{ id: 'old', name: 'Formerly' }],
      summary: { en: { text: 'A summary' } },
      howTo: { en: { text: 'How to' } },
      programme: 'A programme',
      ages: { min: 0, max: 25 },
      serves: ['DE', 'US-CA', '150', 'group:EU', '001'].map((area) => ({ area, basis: 'any', strength: 'accepts' })),
      memberships: [{ network: 'inhope', status: 'provisional' }],
      operational: { status: 'temporarily-closed', notice: { en: { text: 'Closed for a while' } } },
      anonymity: { level: 'anonymous', conditions: { en: { text: 'Unless you say who you are' } } },
      channels: [
        { id: 'web', type: 'url', value: { href: 'https://help.example.org/' } },
        { id: 'form', type: 'url', value: { href: 'https://help.example.org/form' } },
        { id: 'chat', type: 'chat', value: { href: 'https://chat.example.org/' } },
        { id: 'mail', type: 'email', value: { address: 'help@example.org' } },
        { id: 'mail-2', type: 'email', value: { address: 'other@example.org' } },
        { id: 'wa', type: 'messaging', value: { service: 'whatsapp', handle: '+4930123456' } },
        { id: 'in', type: 'in-app', value: { platform: 'Some app' } },
        {
          id: 'short',
          type: 'phone',
          value: { number: { kind: 'short', digits: '116111', country: 'DE', extension: '007' } },
          reach: { dialableFrom: ['DE', 'AT'] },
          languages: [
            { tag: 'de', via: 'staff' },
            { tag: 'sr-Latn', via: 'interpreter' },
            { tag: 'gsg', mode: 'signed' },
          ],
          hours: {
            kind: 'weekly',
            tz: 'Europe/Berlin',
            holidays: 'closed',
            weekly: [{ days: ['fr', 'sa'], from: '18:00', to: '02:00' }],
            exceptions: [{ from: '2026-12-24', to: '2026-12-26', closed: true }],
          },
        },
        {
          id: 'sms',
          type: 'sms',
          value: { number: { kind: 'e164', digits: '4930123456', extension: '12' } },
          hours: { kind: 'always' },
        },
        {
          id: 'tty',
          type: 'textphone',
          value: { number: { kind: 'e164', digits: '4930123457' } },
          reach: { worldwide: true },
        },
        { id: 'post', type: 'postal', value: { lines: ['Street 1', 'Floor 2'], city: 'Berlin', country: 'DE' } },
        {
          id: 'desk',
          type: 'in-person',
          value: {
            lines: ['Street 1'],
            city: 'Berlin',
            region: 'BE',
            postalCode: '10115',
            country: 'DE',
            access: 'Lift',
          },
        },
      ],
    }),
  ) as PublishedEntry;

describe('the HSDS export', () => {
  it('of the whole starter directory is valid for the official schemas of 3.1, closed', () => {
    const { entries, organisations } = starterDirectory();
    const page = JSON.parse(exportHsds(entries, organisations, VALIDITY).page) as { contents: HsdsService[] };
    expect(page).toMatchObject({
      total_items: 238,
      total_pages: 1,
      size: 238,
      first_page: true,
      last_page: true,
      empty: false,
    });
    const isValid = validatorOf('service');
    for (const service of page.contents) expect(isValid(service) ? [] : isValid.errors, service.name).toEqual([]);
  });

  it('of an entry with everything in it is valid too, nested and in tables', () => {
    const service = toService(everything(), undefined, VALIDITY);
    const isValid = validatorOf('service');
    expect(isValid(service) ? [] : isValid.errors).toEqual([]);
    const tables = toTables([service], []);
    for (const name of Object.keys(TABLES) as TableName[]) {
      const isRow = validatorOf(name);
      for (const row of tables[name]) expect(isRow(row) ? [] : isRow.errors, name).toEqual([]);
    }
  });

  it('has the tables of the official package, with what they require, each id once and each link leading somewhere', () => {
    const { entries, organisations } = starterDirectory();
    const services = entries.map((entry) => toService(entry, organisations.get(entry.organisation), VALIDITY));
    const { zip } = exportHsds(entries, organisations, VALIDITY);
    const files = unzipSync(zip);
    const tables = toTables(
      services,
      (JSON.parse(exportHsds(entries, organisations, VALIDITY).page) as { contents: HsdsService[] }).contents.flatMap(
        ({ organization }) => organization ?? [],
      ),
    );
    const described = JSON.parse(Buffer.from(files['datapackage.json']!).toString()) as {
      resources: { name: TableName; path: string; schema: { fields: { name: string; type: string }[] } }[];
    };
    expect(Buffer.from(files['README.txt']!).toString()).toContain('HSDS cannot hold');
    for (const { name, path, schema } of described.resources) {
      const official = schemas.get(`${name}.json`) as {
        path: string;
        required: string[];
        tabular_required?: string[];
        properties: Record<string, { type: string }>;
      };
      expect(path).toBe(official.path);
      for (const { name: column, type } of schema.fields)
        expect([column, official.properties[column]?.type]).toEqual([column, type]);
      const [header = ''] = Buffer.from(files[path]!).toString().split('\r\n');
      expect(header).toBe(schema.fields.map((field) => `"${field.name}"`).join(','));
      for (const row of tables[name])
        expect(Object.keys(row)).toEqual(
          expect.arrayContaining([...official.required, ...(official.tabular_required ?? [])]),
        );
    }
    const ids = new Set(Object.values(tables).flatMap((rows) => rows.map(({ id }) => id)));
    const links = Object.values(tables).flatMap((rows) =>
      rows.flatMap((row) => Object.entries(row).filter(([column]) => column.endsWith('_id'))),
    );
    expect(links.filter(([, id]) => !ids.has(id))).toEqual([]);
    expect([...FIGURES].sort()).toEqual(['extension', 'interval', 'maximum_age', 'minimum_age', 'timezone']);
  });

  it('is the same bytes for the same directory', () => {
    const { entries, organisations } = starterDirectory();
    const once = exportHsds(entries, organisations, VALIDITY);
    const later = { from: new Date('2026-11-29T12:00:00Z'), until: new Date('2027-03-11T12:00:00Z') };
    const again = exportHsds(entries, organisations, later);
    expect(again.page).toBe(once.page);
    expect(Buffer.from(again.zip).equals(Buffer.from(once.zip))).toBe(true);
  });

  it('never writes a short number in an international form, and says from where it works', () => {
    const [phone] = toService(everything(), undefined, VALIDITY).phones!;
    expect(phone).toMatchObject({
      number: '116111',
      type: 'voice',
      description: 'Can be dialled from: Germany, Austria. Extension 007',
    });
    expect(phone).not.toHaveProperty('extension');
    expect(phone?.attributes?.map(({ taxonomy_term: term }) => term.code)).toEqual(['DE', 'AT']);
  });

  it('keeps what has no field in words', () => {
    const service = toService(everything(), undefined, VALIDITY);
    expect(service).toMatchObject({
      name: 'Everything',
      alternate_name: 'Alles',
      url: 'https://help.example.org/',
      additional_urls: [{ label: 'url' }, { label: 'chat' }],
      email: 'help@example.org',
      status: 'temporarily closed',
      alert: 'Closed for a while',
      application_process: 'How to\nwhatsapp: +4930123456\nIn Some app: in the app\nE-mail: other@example.org',
      interpretation_services: 'Serbian (Latin)',
      minimum_age: 0,
      maximum_age: 25,
    });
    expect(service.languages?.map(({ code, note }) => [code, note])).toContainEqual(['sr', 'sr-Latn; interpreter']);
    expect(service.service_areas?.map(({ uri }) => uri)).toContain('https://unstats.un.org/unsd/methodology/m49/#001');
  });
});

describe('hours as schedules', () => {
  const schedules = (hours: object, validity = VALIDITY) =>
    toSchedules(Hours.parse(hours), 'phone tel', validity, (path) => uuidV5(uuid(1), path));
  const said = (hours: object, validity?: Validity) =>
    schedules(hours, validity).map(({ byday, opens_at: opens, closes_at: closes, valid_from: from, valid_to: to }) => [
      byday,
      opens,
      closes,
      from,
      to,
    ]);
  const office = { kind: 'weekly', tz: 'Europe/Berlin', weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }] };

  it('are split where the clocks change while the snapshot is valid', () => {
    const summer = { from: new Date('2027-03-01T00:00:00Z'), until: new Date('2027-06-01T00:00:00Z') };
    expect(said(office, summer)).toEqual([
      ['MO,TU', '09:00+01:00', '17:00+01:00', '2026-10-25', '2027-03-27'],
      ['MO,TU', '09:00+02:00', '17:00+02:00', '2027-03-28', '2027-10-30'],
    ]);
  });

  it('are one where they do not', () => {
    expect(said({ ...office, tz: 'Asia/Kolkata' })).toEqual([
      ['MO,TU', '09:00+05:30', '17:00+05:30', undefined, undefined],
    ]);
    expect(schedules({ ...office, tz: 'Asia/Kolkata' })[0]?.timezone).toBe(5.5);
  });

  it('are split at midnight', () => {
    const night = { kind: 'weekly', tz: 'UTC', weekly: [{ days: ['fr', 'su'], from: '18:00', to: '02:00' }] };
    expect(said(night).map((row) => row.slice(0, 3))).toEqual([
      ['FR,SU', '18:00Z', '23:59Z'],
      ['MO,SA', '00:00Z', '02:00Z'],
    ]);
    const untilMidnight = { kind: 'weekly', tz: 'UTC', weekly: [{ days: ['mo'], from: '18:00', to: '00:00' }] };
    expect(said(untilMidnight).map((row) => row.slice(0, 3))).toEqual([['MO', '18:00Z', '23:59Z']]);
  });

  it('are all days when it is always open, and never a guess', () => {
    expect(said({ kind: 'always' }).map((row) => row.slice(0, 3))).toEqual([
      ['MO,TU,WE,TH,FR,SA,SU', '00:00Z', '23:59Z'],
    ]);
    expect(schedules({ kind: 'unknown' })).toEqual([]);
    expect(schedules({ kind: 'by-arrangement' })[0]).toMatchObject({ description: 'By arrangement' });
  });

  it('say in words what HSDS has no field for', () => {
    const exceptions = [{ from: '2026-12-24', to: '2026-12-26', closed: true }];
    expect(schedules({ ...office, holidays: 'closed', exceptions })[0]?.notes).toBe(
      'Applies to: phone tel. Public holidays: closed. Other hours (Europe/Berlin): 2026-12-24 to 2026-12-26 closed',
    );
  });
});

it('makes ids as RFC 9562 does', () => {
  // The example of its appendix A.4: the DNS namespace and www.example.com.
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});
