import { z } from 'zod';
import { Channel } from './channel.ts';
import { Area, Country } from './country.ts';
import { CalendarDate, Id, LocalId, Slug } from './identity.ts';
import { localText, requiredLocalText } from './localText.ts';
import { Membership } from './organisation.ts';
import { plainText } from './text.ts';
import {
  Answer,
  AnonymityLevel,
  Audience,
  Kind,
  MustNot,
  Need,
  OperationalStatus,
  ServesBasis,
  Strength,
} from './vocabulary.ts';
import { Evidence, SourceUrl } from './evidence.ts';
import { Retirement } from './retirement.ts';

/** For whom an entry is responsible: the area and what must lie in it (DOMAIN §3.3). One per area, so `/serves/DE` names it. */
export const Serves = z
  .strictObject({
    area: Area,
    basis: ServesBasis.default('any'),
    strength: Strength.default('primary'),
    needs: z.array(Need).max(19).optional(),
    except: z.array(Area).max(50).optional(),
  })
  .meta({ id: 'Serves' });
export type Serves = z.infer<typeof Serves>;

/** Whether an entry takes a report about one need; an explicit "no" is a fact. */
export const Acceptance = z
  .strictObject({ answer: Answer, note: plainText({ max: 300 }).optional() })
  .meta({ id: 'Acceptance' });

export const AfterReport = z
  .strictObject({
    steps: z
      .array(
        z.strictObject({
          id: LocalId,
          actor: plainText({ max: 80 }),
          what: localText(300),
          typicalTime: plainText({ max: 80 }).optional(),
        }),
      )
      .max(10)
      .optional(),
    feedback: z.enum(['none', 'reference-number', 'tracking', 'unknown']).optional(),
    canRemove: Answer.optional(),
    canInvestigate: Answer.optional(),
    sharesWith: z
      .array(plainText({ max: 120 }))
      .max(20)
      .optional(),
  })
  .meta({ id: 'AfterReport', description: 'What happens to a report' });

function uniqueBy<T>(list: readonly T[], key: (item: T) => string): boolean {
  return new Set(list.map(key)).size === list.length;
}

/** One hotline, helpline, portal, tool or body, as the public knows it (DOMAIN §3.3). */
export const Entry = z
  .strictObject({
    id: Id,
    slug: Slug,
    slugHistory: z.array(Slug).max(20).optional(),
    kind: Kind,
    names: requiredLocalText(200),
    otherNames: z
      .array(z.strictObject({ id: LocalId, name: plainText({ max: 200 }), until: CalendarDate.optional() }))
      .max(20)
      .optional(),
    summary: localText(280).optional(),
    howTo: localText(600).optional(),
    whatToHave: localText(300).optional(),
    organisation: Id.meta({ description: 'Who answers for it' }),
    analystsBy: Id.optional(),
    onBehalfOf: z.array(Id).max(10).optional(),
    programme: plainText({ max: 80 }).optional(),
    serves: z
      .array(Serves)
      .max(260)
      .refine((list) => uniqueBy(list, (s) => s.area), { error: 'Name each area once' })
      .default([]),
    locatedIn: Country.optional(),
    dataGoesTo: z.array(Country).max(50).optional(),
    accepts: z.partialRecord(Need, Acceptance).default({}),
    mustNot: z.array(MustNot).max(4).optional(),
    audience: z.array(Audience).max(9).default(['public']),
    ages: z
      .strictObject({ min: z.int().min(0).max(120).optional(), max: z.int().min(0).max(120).optional() })
      .optional(),
    anonymity: z
      .strictObject({ level: AnonymityLevel, conditions: localText(300).optional() })
      .default({ level: 'unknown' }),
    confidentialityLimits: localText(600).optional(),
    mandate: z
      .strictObject({
        kind: z.enum(['statutory', 'delegated', 'voluntary']),
        basis: localText(300).optional(),
        source: SourceUrl.optional(),
        statutoryForProviders: z.boolean().optional(),
      })
      .optional(),
    afterReport: AfterReport.optional(),
    channels: z
      .array(Channel)
      .max(50)
      .refine((list) => uniqueBy(list, (c) => c.id), { error: 'Give each channel its own id' })
      .default([]),
    memberships: z
      .array(Membership)
      .max(30)
      .refine((list) => uniqueBy(list, (m) => m.network), { error: 'Name each network once' })
      .default([]),
    pairedWith: z.array(Id).max(5).optional(),
    supersedes: z.array(Id).max(10).optional(),
    operational: z
      .strictObject({
        status: OperationalStatus,
        notice: localText(300).optional(),
        from: CalendarDate.optional(),
        until: CalendarDate.optional(),
      })
      .default({ status: 'unknown' }),
    priority: z.int().min(1).max(99).optional(),
    publishTo: z
      .strictObject({
        web: z.boolean().optional(),
        snapshot: z.boolean().optional(),
        hsds: z.boolean().optional(),
        partners: z.boolean().optional(),
      })
      .optional(),
    notesInternal: plainText({ max: 4000, multiline: true }).optional(),
    retirement: Retirement.optional(),
    evidence: z
      .array(Evidence)
      .max(100)
      .refine((list) => uniqueBy(list, (e) => e.id), { error: 'Give each evidence its own id' })
      .default([]),
  })
  .meta({ id: 'Entry', description: 'One hotline, helpline, portal, tool or body, as the public knows it' });
export type Entry = z.infer<typeof Entry>;
