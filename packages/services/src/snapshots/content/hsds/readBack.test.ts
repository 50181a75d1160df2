import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  Entry,
  Organisation,
  toPublished,
  type DirectoryRecord,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';
import { read, type ReadResult } from '@waymark/import';
import { buildEntry, uuid } from '../../../../../../tests/support/world.ts';
import { exportHsds } from './export.ts';
import { toOrganization } from './organization.ts';
import type { Validity } from './schedules.ts';
import { toService } from './service.ts';

const VALIDITY: Validity = { from: new Date('2026-11-28T00:00:00Z'), until: new Date('2027-03-10T00:00:00Z') };
const AT = '2026-01-01T00:00:00.000Z';

function published<T>(type: 'entry' | 'organisation', doc: Entry | Organisation): T {
  const { id, slug } = doc;
  const common = { state: 'active', revision: 1, contentHash: '', createdAt: AT, updatedAt: AT } as const;
  return toPublished({ id, slug, type, doc, ...common } as DirectoryRecord) as T;
}

function starterDirectory() {
  const file = new URL('../../../../../../data/starter-directory.json', import.meta.url);
  const { entries, organisations } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>;
  return {
    entries: entries!.map((doc) => published<PublishedEntry>('entry', Entry.parse(doc))),
    organisations: organisations!.map((doc) =>
      published<PublishedOrganisation>('organisation', Organisation.parse(doc)),
    ),
  };
}

const hours = (more: object) => ({ kind: 'weekly', tz: 'Europe/Berlin', ...more });

/** One of every way, with all that HSDS can say of it. */
const everything = published<PublishedEntry>(
  'entry',
  Entry.parse({
    ...buildEntry({ slug: 'everything', organisation: uuid(1) }),
    id: uuid(7),
    names: { en: { text: 'Everything' } },
    otherNames: [{ id: 'old', name: 'Formerly' }],
    summary: { en: { text: 'A summary' } },
    howTo: { en: { text: 'How to\nIn two lines' } },
    programme: 'A programme',
    ages: { min: 0, max: 25 },
    serves: ['DE', 'US-CA', '150', 'group:EU', '001'].map((area) => ({ area, basis: 'any', strength: 'accepts' })),
    memberships: [{ network: 'inhope', status: 'provisional' }],
    operational: { status: 'temporarily-closed', notice: { en: { text: 'Closed for a while' } } },
    anonymity: { level: 'anonymous', conditions: { en: { text: 'Unless you say who you are' } } },
    accepts: { 'csam-url': { answer: 'yes' }, grooming: { answer: 'no' } },
    audience: ['child', 'parent'],
    channels: [
      { id: 'web', type: 'url', value: { href: 'https://help.example.org/' } },
      { id: 'form', type: 'url', value: { href: 'https://help.example.org/form' } },
      { id: 'chat', type: 'chat', value: { href: 'https://chat.example.org/' } },
      { id: 'mail', type: 'email', value: { address: 'help@example.org' } },
      { id: 'mail-2', type: 'email', value: { address: 'other@example.org' } },
      {
        id: 'wa',
        type: 'messaging',
        value: { service: 'whatsapp', handle: '+4930123456', href: 'https://wa.me/4930123456' },
      },
      { id: 'in', type: 'in-app', value: { platform: 'Some app', path: { en: { text: 'Menu, Help' } } } },
      {
        id: 'short',
        type: 'phone',
        label: { en: { text: 'Day line' } },
        value: { number: { kind: 'short', digits: '116111', country: 'DE', extension: '007' } },
        reach: { dialableFrom: ['DE', 'AT'] },
        languages: [
          { tag: 'de', via: 'staff' },
          { tag: 'sr-Latn', via: 'interpreter', note: 'on request' },
          { tag: 'gsg', mode: 'signed' },
        ],
        hours: hours({
          holidays: 'closed',
          weekly: [
            { days: ['mo', 'tu'], from: '09:00', to: '12:30' },
            { days: ['fr', 'sa'], from: '18:00', to: '02:00' },
            { days: ['su'], from: '20:00', to: '00:00' },
          ],
          exceptions: [
            { from: '2026-12-24', to: '2026-12-26', closed: true },
            { from: '2026-12-31', to: '2026-12-31', intervals: [{ from: '09:00', to: '12:00' }] },
          ],
          sourceText: 'As printed',
        }),
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
      {
        id: 'rel',
        type: 'relay',
        value: { number: { kind: 'e164', digits: '4930123458' } },
        hours: { kind: 'by-arrangement' },
      },
      {
        id: 'post',
        type: 'postal',
        value: { lines: ['Street 1', 'Floor 2'], city: 'Berlin', region: 'BE', postalCode: '10115', country: 'DE' },
      },
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
        hours: hours({ weekly: [{ days: ['we'], from: '10:00', to: '16:00' }] }),
      },
    ],
  }),
);

/** What was read, as it would be published: what HSDS does not say is unknown. */
function asPublished(doc: unknown): PublishedEntry {
  const unknown = {
    accepts: {},
    audience: [],
    anonymity: { level: 'unknown' },
    serves: [],
    channels: [],
    memberships: [],
  };
  const whole = {
    ...everything,
    programme: undefined,
    ages: undefined,
    otherNames: undefined,
    summary: undefined,
    howTo: undefined,
  };
  return {
    ...whole,
    ...unknown,
    operational: { status: 'unknown' },
    ...(doc as Partial<PublishedEntry>),
  } as PublishedEntry;
}

/** Ids are made from our own, which HSDS does not have; when and how a fact was checked is no part of it. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => !['id', 'metadata', 'last_modified', 'assured_date', 'organization'].includes(key),
  );
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutIds(member)]));
}

const again = ({ source }: ReadResult) =>
  source?.rows.map(({ doc }) => withoutIds(toService(asPublished(doc), undefined, VALIDITY)));

describe('our own export of HSDS, read back', () => {
  const { entries, organisations } = starterDirectory();
  const all = [...entries, everything];
  const { page, zip } = exportHsds(all, new Map(organisations.map((one) => [one.id, one] as const)), VALIDITY);
  const once = all.map((entry) => withoutIds(toService(entry, undefined, VALIDITY)));

  it.each<[string, string, Uint8Array]>([
    ['as a page', 'hsds', Buffer.from(page)],
    ['as a package of tables', 'hsds-tabular', zip],
  ])('%s gives the same export', async (_, format, bytes) => {
    const result = await read(bytes);
    expect(result.refusal).toBeUndefined();
    expect(result.source?.reading.format).toBe(format);
    const read2 = again(result);
    for (const [at, service] of once.entries()) expect(read2?.[at], all[at]?.slug).toEqual(service);
  });

  it('keeps ids of entries and organisations, and what is known of organisations', async () => {
    const { source } = await read(zip);
    expect(source?.rows.map(({ doc }) => (doc as Entry).id)).toEqual(all.map(({ id }) => id));
    const known = (source?.organisations ?? []) as Partial<Organisation>[];
    const published = organisations.map(toOrganization);
    for (const { id, name, website } of published) {
      const found = known.find((one) => one.id === id);
      if (found === undefined) expect(entries.some(({ organisation }) => organisation === id)).toBe(false);
      else expect([found.names?.['und']?.text, found.website]).toEqual([name, website]);
    }
  });

  it('keeps ids of channels that have hours', async () => {
    const { source } = await read(Buffer.from(page));
    const doc = source?.rows.at(-1)?.doc as Entry;
    expect(doc.channels.filter(({ hours: known }) => known).map(({ id }) => id)).toEqual([
      'short',
      'sms',
      'rel',
      'desk',
    ]);
  });
});
