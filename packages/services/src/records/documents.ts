import { SCHEMA_VERSION, type Documents, type RecordType } from '@waymark/domain';
import { eachMatching, type Context, type RecordQuery } from '@waymark/store';

const MEMBER = { entry: 'entries', organisation: 'organisations', country: 'countries' } as const satisfies Record<
  RecordType,
  string
>;

/** The documents of a list as one JSON object, piece by piece. */
export async function* documentsInOne(ctx: Context, type: RecordType, query: RecordQuery): AsyncGenerator<string> {
  yield `{"schema":${JSON.stringify(SCHEMA_VERSION)},"${MEMBER[type]}":[`;
  let before = '\n';
  for await (const doc of documentsOf(ctx, type, query)) {
    yield `${before}${JSON.stringify(doc)}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

/** The documents of a list, one in each line. */
export async function* documentsInLines(ctx: Context, type: RecordType, query: RecordQuery): AsyncGenerator<string> {
  for await (const doc of documentsOf(ctx, type, query)) yield `${JSON.stringify(doc)}\n`;
}

async function* documentsOf(
  { store }: Context,
  type: RecordType,
  query: RecordQuery,
): AsyncGenerator<Documents[RecordType]> {
  for await (const { doc } of eachMatching(store.read, type, query)) yield doc;
}
