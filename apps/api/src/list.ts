import { z, type ZodRawShape, type ZodType } from 'zod';

/** Deeper than any screen goes; a larger number would only make the database count. */
const LAST_PAGE = 100_000;
const LARGEST_PAGE = 200;

/**
 * The query of a list: page, size, one of the sorts offered, and the filters offered. Anything else is refused, so that no
 * list can be asked to order or filter by a column nobody meant to show (SECURITY Z-03).
 */
export function listQuery<const S extends readonly [string, ...string[]], F extends ZodRawShape>(sorts: S, filters: F) {
  return z.strictObject({
    page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
    perPage: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(25),
    sort: z.enum(sorts).default(sorts[0]),
    ...filters,
  });
}

/** `page` and `perPage` as the store counts. */
export function windowOf({ page, perPage }: { page: number; perPage: number }): { limit: number; offset: number } {
  return { limit: perPage, offset: (page - 1) * perPage };
}

/** A page of rows with the number of all. */
export function pageOf<T extends ZodType>(row: T) {
  return z.object({ data: z.array(row), total: z.int(), page: z.int(), perPage: z.int() });
}

/** Words separated by commas, each of the kind given. */
export function listOf<T extends ZodType<unknown, string>>(item: T, most: number) {
  return z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item).max(most));
}

/** `true`; `false` says the same as leaving it out. */
export const Flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** What somebody types into a search field. */
export const SearchText = z.string().trim().max(200);
