import { z } from 'zod';

/** Record ids: UUIDv7 from birth, stable for ever (DESIGN §4, HSDS demands UUIDs). */
export const Id = z.uuid().meta({ id: 'Id', description: 'UUID, stable for ever' });
export type Id = z.infer<typeof Id>;

/** Human handle of a record; unique and never reused. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'Use lower-case letters, digits and single hyphens, e.g. us-cybertipline',
  })
  .max(80)
  .meta({ id: 'Slug', description: 'Human handle, never reused' });

/** Name of a thing inside its record (a channel, an evidence): short, stable, used in paths. */
export const LocalId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'Use lower-case letters, digits and hyphens, 40 at most' })
  .meta({ id: 'LocalId', description: 'Id stable within the record; paths name it' });

/** UTC, with `Z` (DESIGN §4 Time). */
export const Instant = z.iso.datetime().meta({ id: 'Instant', description: 'UTC ISO-8601 with Z' });

export const CalendarDate = z.iso.date().meta({ id: 'CalendarDate', description: 'YYYY-MM-DD' });

export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'ContentHash', description: 'SHA-256 over canonical JSON, hex' });
export type ContentHash = z.infer<typeof ContentHash>;

/** An id that is not taken: the one wished for, or that with a number. */
export function freeId(wish: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  if (!known.has(wish)) return wish;
  for (let n = 2; ; n += 1) {
    const id = `${wish.slice(0, 36)}-${n}`;
    if (!known.has(id)) return id;
  }
}
