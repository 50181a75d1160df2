import { countryName, csvLine, pickText, type Documents, type RecordType } from '@waymark/domain';
import { eachMatching, listedName, type Context, type RecordQuery } from '@waymark/store';
import { documentsInLines, documentsInOne } from './documents.ts';

/** As what a list of organisations or country profiles can be taken out. */
export const LIST_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];
export type ListType = Exclude<RecordType, 'entry'>;

/**
 * A filtered list of organisations or country profiles, piece by piece: an overview in which no spreadsheet finds a formula, or
 * the documents. Entries have an export of their own, which can be brought back.
 */
export function exportList(
  ctx: Context,
  type: ListType,
  query: RecordQuery,
  format: ListFormat,
): AsyncGenerator<string> {
  if (format === 'csv')
    return type === 'organisation' ? csvOf(ctx, type, query, OF_ORGANISATION) : csvOf(ctx, type, query, OF_COUNTRY);
  return format === 'json' ? documentsInOne(ctx, type, query) : documentsInLines(ctx, type, query);
}

type Columns<Type extends ListType> = Record<string, (doc: Documents[Type]) => string>;

const OF_ORGANISATION: Columns<'organisation'> = {
  name: ({ names }) => pickText(names),
  acronym: ({ acronym = '' }) => acronym,
  type: ({ type }) => type,
  country: ({ locatedIn = '' }) => locatedIn,
  website: ({ website = '' }) => website,
  domains: ({ domains }) => domains.map(({ host }) => host).join(' '),
  networks: ({ memberships }) => memberships.map(({ network }) => network).join('; '),
};
const OF_COUNTRY: Columns<'country'> = {
  name: (doc) => countryName(listedName('country', doc), 'en'),
};

async function* csvOf<Type extends ListType>(
  { store }: Context,
  type: Type,
  query: RecordQuery,
  columns: Columns<Type>,
): AsyncGenerator<string> {
  yield csvLine(['id', 'slug', ...Object.keys(columns), 'state', 'revision', 'updatedAt']);
  for await (const { id, slug, doc, state, revision, updatedAt } of eachMatching(store.read, type, query)) {
    const cells = Object.values(columns).map((cell) => cell(doc as Documents[Type])); // Of that type alone.
    yield csvLine([id, slug, ...cells, state, String(revision), updatedAt]);
  }
}
