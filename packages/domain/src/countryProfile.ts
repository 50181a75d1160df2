import { z } from 'zod';
import { Country } from './country.ts';
import { CalendarDate, Id, LocalId, Slug } from './identity.ts';
import { LanguageTag } from './language.ts';
import { requiredLocalText } from './localText.ts';
import { TimeZone } from './timeZone.ts';
import { CoverageStatus, Need } from './vocabulary.ts';
import { plainText } from './text.ts';
import { Evidence, SourceUrl } from './evidence.ts';

export const LegalNote = z
  .strictObject({
    id: LocalId,
    topic: z.enum(['mandatory-reporters', 'provider-duty', 'possession', 'reporter-protection', 'age-of-consent-note']),
    text: requiredLocalText(600),
    jurisdictionLevel: z.enum(['national', 'subnational', 'supranational']).optional(),
    source: SourceUrl.optional(),
    edition: plainText({ max: 60 }).optional(),
    checkedAt: CalendarDate.optional(),
  })
  .meta({ id: 'LegalNote' });

export const Coverage = z
  .strictObject({
    need: Need,
    status: CoverageStatus,
    checkedAt: CalendarDate,
    nextReview: CalendarDate.optional(),
    note: plainText({ max: 300 }).optional(),
  })
  .meta({ id: 'Coverage' });

/** What we know about a country: which needs are covered, with "none known" as a dated, evidenced fact (DOMAIN §3.8). */
export const CountryProfile = z
  .strictObject({
    id: Id,
    slug: Slug,
    country: Country,
    emergency: z.array(Id).max(10).optional(),
    timeZones: z.array(TimeZone).max(30).optional(),
    officialLanguages: z.array(LanguageTag).max(30).optional(),
    neighbours: z.array(Country).max(30).optional(),
    legal: z.array(LegalNote).max(30).optional(),
    coverage: z
      .array(Coverage)
      .max(19)
      .refine((list) => new Set(list.map((c) => c.need)).size === list.length, { error: 'Name each need once' })
      .default([]),
    notesInternal: plainText({ max: 4000, multiline: true }).optional(),
    evidence: z.array(Evidence).max(100).default([]),
  })
  .meta({ id: 'CountryProfile', description: 'What we know about a country' });
export type CountryProfile = z.infer<typeof CountryProfile>;
