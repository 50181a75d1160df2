import { z } from 'zod';
import { EvidenceKind, Sensitivity } from './vocabulary.ts';
import { CalendarDate, ContentHash, Instant, LocalId } from './identity.ts';
import { LanguageTag } from './language.ts';
import { plainText } from './text.ts';

export { coversPath, evidenceFor, reliabilityOf } from './evidenceFor.ts';

/** Path of a fact inside a record, by ids and never by positions: `/channels/tel/value`, `/serves/DE`. */
export const FactPath = z
  .string()
  .regex(/^(\/[^/\s]+)+$/, { error: 'A path such as /channels/tel/value or /serves/DE' })
  .max(200)
  .meta({ id: 'FactPath' });
export type FactPath = z.infer<typeof FactPath>;

/** Where an evidence can be read; http is allowed because old sources are http. */
export const SourceUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s/@]+(\/\S*)?$/, {
    error: 'A web address that starts with https:// (or http:// for old sources)',
  })
  .meta({ id: 'SourceUrl' });

/** Where a fact can be seen (DOMAIN §3.5). `supports` lists the paths of this record it speaks for; a path covers what lies below it. */
export const Evidence = z
  .strictObject({
    id: LocalId,
    kind: EvidenceKind,
    url: SourceUrl.optional(),
    archiveUrl: SourceUrl.optional(),
    capturedAt: z.union([CalendarDate, Instant]).optional(),
    contentSha256: ContentHash.optional(),
    title: plainText({ max: 300 }),
    publisher: plainText({ max: 200 }).optional(),
    publishedAt: CalendarDate.optional(),
    language: LanguageTag.optional(),
    locator: plainText({ max: 500 }).optional(),
    excerpt: plainText({ max: 500, multiline: true }).optional(),
    sensitivity: Sensitivity.default('public'),
    supersededBy: LocalId.optional(),
    supports: z.array(FactPath).max(100).default([]),
  })
  .meta({ id: 'Evidence', description: 'Where a fact can be seen' });
export type Evidence = z.infer<typeof Evidence>;
