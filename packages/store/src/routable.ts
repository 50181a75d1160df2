import { and, asc, eq, gt, inArray, ne, sql, type SQL } from 'drizzle-orm';
import type { CountryProfile, Entry } from '@waymark/domain';
import { record, recordFacet, suspension, verificationState } from './tables.ts';
import type { Reader } from './store.ts';
import type { VerificationStateRow } from './verificationStates.ts';

/** What routing needs of an entry that is not retired: its document, how it is listed, its standing, and why it is out of sight. */
export type RoutableRow = {
  id: string;
  name: string;
  revision: number;
  state: 'active' | 'suspended';
  doc: Entry;
  standing: VerificationStateRow | null;
  /** Of a suspended entry: `unsafe: …`, `wrong: …`. */
  suspendedAs: string | null;
};

/** Entries, suspended ones too, that serve one of these countries (`001` = everywhere). */
export async function routableServing(read: Reader, countries: readonly string[]): Promise<RoutableRow[]> {
  if (countries.length === 0) return [];
  const serving = read
    .select({ seq: recordFacet.seq })
    .from(recordFacet)
    .where(
      and(eq(recordFacet.type, 'entry'), eq(recordFacet.facet, 'country'), inArray(recordFacet.value, [...countries])),
    );
  return select(read, inArray(record.seq, serving));
}

/** All of them by id, `batch` at a time. */
export async function* eachRoutable(read: Reader, batch = 500): AsyncGenerator<RoutableRow[]> {
  for (let after = ''; ;) {
    const rows = await select(read, gt(record.id, after), batch);
    yield rows;
    const last = rows.at(-1);
    if (rows.length < batch || !last) return;
    after = last.id;
  }
}

async function select(read: Reader, where: SQL, limit = Number.MAX_SAFE_INTEGER): Promise<RoutableRow[]> {
  const rows = await read
    .select({
      id: record.id,
      name: record.name,
      revision: record.revision,
      state: record.state,
      doc: record.doc,
      standing: verificationState,
      // The newest: a record that came back from retirement may have an older one that nobody lifted.
      suspendedAs: sql<string | null>`case when ${record.state} = 'suspended' then (
        select ${suspension.reason} from ${suspension}
        where ${suspension.recordId} = ${record.id} and ${suspension.liftedAt} is null
        order by ${suspension.at} desc limit 1) end`,
    })
    .from(record)
    .leftJoin(verificationState, eq(verificationState.recordId, record.id))
    .where(and(eq(record.type, 'entry'), ne(record.state, 'retired'), where))
    .orderBy(asc(record.id))
    .limit(limit);
  return rows.map((row) => ({
    ...row,
    // The query leaves out the third state, and the type says which document it is.
    state: row.state as RoutableRow['state'],
    doc: row.doc as Entry,
  }));
}

/** Country profiles that hold: of these countries, or all. */
export async function activeProfiles(
  read: Reader,
  countries?: readonly string[],
): Promise<{ id: string; doc: CountryProfile }[]> {
  // The slug of a profile is its code in lower case.
  const slugs = countries?.map((country) => country.toLowerCase());
  const rows = await read
    .select({ id: record.id, doc: record.doc })
    .from(record)
    .where(
      and(
        eq(record.type, 'country'),
        eq(record.state, 'active'),
        slugs === undefined ? undefined : inArray(record.slug, slugs),
      ),
    );
  return rows.map(({ id, doc }) => ({ id, doc: doc as CountryProfile })); // The type says which document it is.
}
