import { Country, LanguageTag, TimeZone } from '@waymark/domain';
import { z } from 'zod';
import { fold } from './fold.ts';
import { IMPORT_FIELDS, ImportField } from './importField.ts';

const text = (max: number) => z.string().max(max);

/** Which column means what, what stands for missing columns, and how doubtful values are to be read. */
export const Mapping = z
  .strictObject({
    columns: z
      .array(
        z.strictObject({
          header: text(4000).meta({ description: 'Name of the column as it stands in the file' }),
          field: ImportField.nullable().meta({ description: 'null: the column is not read' }),
          language: LanguageTag.optional().meta({ description: 'Language of its text, for names and summaries' }),
        }),
      )
      .max(64)
      .meta({ description: 'In the order of the file' }),
    constants: z
      .partialRecord(ImportField, text(1000).min(1))
      .default({})
      .meta({ description: 'What stands for a column the file does not have, and for its empty cells' }),
    options: z
      .strictObject({
        dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
        country: Country.optional().meta({ description: 'Country of rows that name none' }),
        timeZone: TimeZone.optional().meta({ description: 'Time zone of hours where the country has several' }),
        ownTable: z.literal(true).optional().meta({
          description:
            'The file is our own table of entries, edited: its columns are read by their names, rows found by their id',
        }),
        language: LanguageTag.optional().meta({ description: 'Language of names and texts that do not say theirs' }),
      })
      .default({}),
  })
  .superRefine((mapping, context) => {
    const seen = new Set<ImportField>();
    for (const [at, { field }] of mapping.columns.entries()) {
      if (field === null || IMPORT_FIELDS[field].many) continue;
      if (seen.has(field))
        context.addIssue({
          code: 'custom',
          path: ['columns', at, 'field'],
          message: 'Another column fills this field already',
        });
      seen.add(field);
    }
  })
  .meta({ id: 'Mapping', description: 'How the columns of a file are understood' });
export type Mapping = z.infer<typeof Mapping>;

/** A mapping kept for the lists of one partner. */
export const MappingProfile = z
  .strictObject({ name: text(80).min(1), mapping: Mapping })
  .meta({ id: 'MappingProfile', description: 'A mapping with a name' });
export type MappingProfile = z.infer<typeof MappingProfile>;

/** A profile laid on a file of another day: its columns may have moved, gone or come. */
export interface AppliedProfile {
  mapping: Mapping;
  /** Columns of the file that the profile does not know; they are not read until somebody says what they mean. */
  unknown: string[];
  /** Columns of the profile that the file no longer has. */
  missing: string[];
}

/**
 * Lays a saved mapping on the header of a file, by the names of the columns and not by their places.
 * Of columns with one name, the first of the file is the first of the profile.
 */
export function applyMapping(saved: Mapping, header: readonly string[]): AppliedProfile {
  const left = [...saved.columns];
  const unknown: string[] = [];
  const columns = header.map((name) => {
    const at = left.findIndex((column) => fold(column.header) === fold(name));
    const [found] = at === -1 ? [] : left.splice(at, 1);
    if (found === undefined) unknown.push(name);
    return found === undefined ? { header: name, field: null } : { ...found, header: name };
  });
  return {
    mapping: { ...saved, columns },
    unknown,
    missing: left.filter(({ field }) => field !== null).map(({ header }) => header),
  };
}
