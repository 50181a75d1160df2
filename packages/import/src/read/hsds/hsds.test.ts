import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { read } from '../read.ts';

const ID = '00000000-0000-4000-8000-000000000001';

/** A service as others publish it, with what our schema has no place for. */
const SERVICE = {
  id: ID,
  name: 'County line',
  description: 'Talk to us',
  url: 'https://county.example.org/',
  status: 'active',
  email: 'help@county.example.org',
  application_process: 'Call or write.\nNo appointment: just come',
  additional_urls: [{ label: 'Booking', url: 'https://county.example.org/book' }],
  phones: [
    { number: '+1 415 555 2671', type: 'voice', extension: 12 },
    { number: '211', type: 'voice' },
    { number: '+1 415 555 2672', type: 'fax' },
  ],
  schedules: [
    { byday: 'MO,TU', opens_at: '09:00', closes_at: '17:00', freq: 'WEEKLY', description: 'Mondays and Tuesdays' },
  ],
  service_areas: [{ name: 'Springfield County' }, { name: 'United States' }],
  languages: [{ code: 'en', name: 'English' }],
  contacts: [{ name: 'Somebody' }],
};

async function docsOf(input: string | Uint8Array) {
  const { source, refusal } = await read(typeof input === 'string' ? Buffer.from(input) : input);
  if (refusal !== undefined) throw new Error(refusal.detail);
  return { docs: source?.rows.map(({ doc }) => doc), source };
}

describe('HSDS of others', () => {
  it('gives what is certain, and the rest as text for a person', async () => {
    const { docs, source } = await docsOf(JSON.stringify({ contents: [SERVICE] }));
    expect(docs).toEqual([
      {
        id: ID,
        names: { und: { text: 'County line' } },
        summary: { und: { text: 'Talk to us' } },
        howTo: { und: { text: 'Call or write.\nNo appointment: just come' } },
        serves: [{ area: 'US' }],
        channels: [
          {
            id: 'phone',
            type: 'phone',
            value: {
              number: {
                kind: 'e164',
                digits: '14155552671',
                country: 'US',
                source: '+1 415 555 2671',
                extension: '12',
              },
            },
            languages: [{ tag: 'en' }],
          },
          {
            id: 'phone-2',
            type: 'phone',
            value: { number: { kind: 'short', digits: '211', country: 'US' } },
            languages: [{ tag: 'en' }],
          },
          { id: 'url', type: 'url', value: { href: 'https://county.example.org/' }, languages: [{ tag: 'en' }] },
          {
            id: 'url-2',
            type: 'url',
            label: { und: { text: 'Booking' } },
            value: { href: 'https://county.example.org/book' },
            languages: [{ tag: 'en' }],
          },
          { id: 'email', type: 'email', value: { address: 'help@county.example.org' }, languages: [{ tag: 'en' }] },
        ],
        operational: { status: 'operating' },
        notesInternal: 'fax: +1 415 555 2672\nService area: Springfield County\nHours: Mondays and Tuesdays',
      },
    ]);
    expect(source?.reading).toEqual({ format: 'hsds', encoding: 'utf-8', passedOver: { contacts: 1 } });
  });

  it('leaves a number as it stands where nobody can say what it is', async () => {
    const { docs } = await docsOf(JSON.stringify({ ...SERVICE, service_areas: [], phones: [{ number: '211' }] }));
    expect(docs).toMatchObject([{ channels: [{ value: { number: { source: '211' } } }, {}, {}, {}] }]);
  });

  it('takes the zone whose clocks changed with the hours before one that stands there all year', async () => {
    const inSummer = { byday: 'MO', opens_at: '09:00-05:00', closes_at: '17:00-05:00' };
    const schedules = [{ ...inSummer, valid_from: '2025-03-09', valid_to: '2025-11-01' }];
    const { docs } = await docsOf(JSON.stringify({ ...SERVICE, service_areas: [{ name: 'Canada' }], schedules }));
    expect(docs).toMatchObject([
      { notesInternal: expect.stringContaining('Hours: Mo 09:00-17:00 (America/Winnipeg)') as string },
    ]);
  });

  it('may be a page of organisations with their services inside', async () => {
    const page = {
      contents: [
        {
          id: '2',
          name: 'County',
          services: [
            { id: ID, name: 'Line' },
            { id: '3', name: 'Chat' },
          ],
        },
      ],
    };
    const { docs, source } = await docsOf(JSON.stringify(page));
    expect(docs).toMatchObject([
      { id: ID, organisation: '2' },
      { id: '3', organisation: '2' },
    ]);
    expect(source?.organisations).toEqual([{ id: '2', names: { und: { text: 'County' } } }]);
  });

  it('says on which line of the file each service begins', async () => {
    const page = JSON.stringify({ empty: false, contents: [SERVICE, SERVICE] }, null, 1);
    const { source } = await docsOf(page);
    const begins = page.split('\n').flatMap((text, at) => (text === '  {' ? [at + 1] : []));
    expect(source?.rows.map(({ line }) => line)).toEqual(begins);
  });

  it('is read from tables, in folders and by names in the singular too', async () => {
    const { docs } = await docsOf(
      zipSync({
        'data/service.csv': strToU8(`id,organization_id,name,status\n${ID},2,Line,active\n`),
        'data/organization.csv': strToU8('id,name\n2,County\n'),
        'data/phone.csv': strToU8(`id,service_id,number,type\n4,${ID},+14155552671,voice\n`),
        'data/language.csv': strToU8('id,phone_id,code\n5,4,es\n'),
        'data/service_area.csv': strToU8(`id,service_id,name\n6,${ID},Mexico\n`),
      }),
    );
    expect(docs).toMatchObject([
      {
        names: { und: { text: 'Line' } },
        organisation: '2',
        serves: [{ area: 'MX' }],
        channels: [{ type: 'phone', value: { number: { digits: '14155552671' } }, languages: [{ tag: 'es' }] }],
      },
    ]);
  });

  it('is refused with the name of the table that is broken', async () => {
    const bytes = zipSync({ 'services.csv': strToU8('id,name\n1,a\n'), 'phones.csv': strToU8('id,number\n1,"2\n') });
    const { refusal } = await read(bytes);
    expect(refusal).toMatchObject({ code: 'quote-unclosed', place: { file: 'phones.csv', line: 2 } });
    expect(refusal?.detail).toMatch(/^In phones\.csv: /);
  });
});
