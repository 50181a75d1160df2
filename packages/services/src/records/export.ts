import {
  channelAddress,
  countryName,
  csvLine,
  languageName,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type RecordType,
} from '@waymark/domain';
import {
  eachMatching,
  listedName,
  offeredLanguages,
  servedCountries,
  type Context,
  type RecordQuery,
} from '@waymark/store';

const COLUMNS = [
  'id',
  'slug',
  'name',
  'kind',
  'state',
  'revision',
  'countries',
  'languages',
  'networks',
  'contacts',
  'updatedAt',
] as const;

/** The filtered list as CSV (RFC 4180), line by line; no cell can be read as a formula by a spreadsheet. */
export async function* exportRecordsCsv(ctx: Context, type: RecordType, query: RecordQuery): AsyncGenerator<string> {
  yield csvLine([...COLUMNS]);
  for await (const record of eachMatching(ctx.store.read, type, query)) yield csvLine(cellsOf(record));
}

function cellsOf(record: DirectoryRecord): string[] {
  const entry = record.type === 'entry' ? (record.doc as Entry) : undefined;
  const named = record.doc as Entry | Organisation;
  return [
    record.id,
    record.slug,
    record.type === 'country'
      ? countryName(listedName('country', record.doc), 'en')
      : listedName(record.type, record.doc),
    entry?.kind ?? record.type,
    record.state,
    String(record.revision),
    (entry ? servedCountries(entry) : []).join(' '),
    (entry ? offeredLanguages(entry) : []).map((l) => languageName(l, 'en')).join('; '),
    ('memberships' in named ? named.memberships : []).map((m) => m.network).join('; '),
    (entry?.channels ?? [])
      .map(
        (c) => `${c.type} ${c.type === 'phone' || c.type === 'sms' ? `tel:${channelAddress(c)}` : channelAddress(c)}`,
      )
      .join('; '),
    record.updatedAt,
  ];
}
