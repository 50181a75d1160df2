import { z } from 'zod';

/**
 * What a column can mean: the fields of an entry as lists of partners have them, and where the row comes from.
 * `many`: several columns may fill it (Phone 1, Phone 2).
 */
export const IMPORT_FIELDS = {
  id: { many: false },
  slug: { many: false },
  name: { many: false },
  otherName: { many: true },
  organisation: { many: false },
  kind: { many: false },
  country: { many: true },
  website: { many: true },
  reportLink: { many: false },
  chat: { many: false },
  phone: { many: true },
  sms: { many: true },
  whatsapp: { many: true },
  email: { many: true },
  languages: { many: true },
  hours: { many: false },
  anonymous: { many: false },
  cost: { many: false },
  summary: { many: false },
  notes: { many: true },
  source: { many: false },
  lastChecked: { many: false },
} as const satisfies Record<string, { many: boolean }>;

export const ImportField = z
  .enum(Object.keys(IMPORT_FIELDS) as [keyof typeof IMPORT_FIELDS])
  .meta({ id: 'ImportField', description: 'What a column of a file means' });
export type ImportField = z.infer<typeof ImportField>;
