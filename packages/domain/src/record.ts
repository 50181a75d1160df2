import { z } from 'zod';
import { CountryProfile } from './countryProfile.ts';
import { Entry } from './entry.ts';
import { ContentHash, Id, Instant, Slug } from './identity.ts';
import { Organisation } from './organisation.ts';

/** What the directory holds: three types of document (DESIGN §2). */
export const RecordType = z.enum(['entry', 'organisation', 'country']).meta({ id: 'RecordType' });
export type RecordType = z.infer<typeof RecordType>;

/** Workflow state of an approved record; operational status and verification are other axes (DESIGN §4). */
export const RecordState = z.enum(['active', 'suspended', 'retired']).meta({ id: 'RecordState' });
export type RecordState = z.infer<typeof RecordState>;

/** The schema of each type's document. */
export const DOCUMENTS = { entry: Entry, organisation: Organisation, country: CountryProfile } as const;
export type Documents = { entry: Entry; organisation: Organisation; country: CountryProfile };
export type Document = Documents[RecordType];

/** An approved document with what the directory knows about it. `doc` is one of entry, organisation, country profile. */
export const DirectoryRecord = z
  .strictObject({
    id: Id,
    type: RecordType,
    slug: Slug,
    state: RecordState,
    revision: z.int().positive(),
    contentHash: ContentHash,
    createdAt: Instant,
    updatedAt: Instant,
    doc: z.union([Entry, Organisation, CountryProfile]),
  })
  .meta({ id: 'DirectoryRecord' });
export type DirectoryRecord<T extends RecordType = RecordType> = Omit<
  z.infer<typeof DirectoryRecord>,
  'doc' | 'type'
> & {
  type: T;
  doc: Documents[T];
};

/** One problem of a document: where (a JSON pointer) and what to do. */
export type DocumentProblem = { path: string; message: string };

/**
 * Parses a document of a type against its schema.
 * @returns the parsed document with defaults filled in, or its problems by JSON pointer. Never throws.
 */
export function parseDocument<T extends RecordType>(
  type: T,
  input: unknown,
): { ok: true; doc: Documents[T] } | { ok: false; problems: DocumentProblem[] } {
  const parsed = DOCUMENTS[type].safeParse(input, { error: inWords });
  if (parsed.success) return { ok: true, doc: parsed.data as Documents[T] };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({
      path: '/' + issue.path.map(String).join('/'),
      message: issue.message,
    })),
  };
}

/** For a person, what zod says for programmers. Schemas with words of their own keep them. */
function inWords({ code, input }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'invalid_type' && code !== 'invalid_value') return undefined;
  return input === undefined || input === null ? 'This is missing' : 'This is none of the possible values';
}
