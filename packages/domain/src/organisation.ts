import { z } from 'zod';
import { Country } from './country.ts';
import { CalendarDate, Id, LocalId, Slug } from './identity.ts';
import { LanguageTag } from './language.ts';
import { localText, requiredLocalText } from './localText.ts';
import { plainText } from './text.ts';
import { EmailAddress, WebUrl } from './url.ts';
import { OrganisationType } from './vocabulary.ts';
import { Evidence } from './evidence.ts';
import { PhoneNumber } from './phoneValue.ts';
import { Retirement } from './retirement.ts';

export const HostName = z
  .string()
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, {
    error: 'A host name in ASCII, such as example.org',
  })
  .meta({ id: 'HostName' });

/** A dated membership of a network (INHOPE, CHI, …). Status words are per network, so free short text. */
export const Membership = z
  .strictObject({
    network: LocalId,
    status: plainText({ max: 60 }).default('member'),
    since: CalendarDate.optional(),
    until: CalendarDate.optional(),
  })
  .meta({ id: 'Membership' });
export type Membership = z.infer<typeof Membership>;

/** A contact person or mailbox for the curators alone: never exported (DOMAIN §3.1.6). */
export const InternalContact = z
  .strictObject({
    id: LocalId,
    name: plainText({ max: 120 }).optional(),
    role: plainText({ max: 120 }).optional(),
    email: EmailAddress.optional(),
    phone: PhoneNumber.optional(),
    language: LanguageTag.optional(),
    lawfulBasis: plainText({ max: 200 }).optional(),
    retentionUntil: CalendarDate.optional(),
  })
  .meta({ id: 'InternalContact' });

/** Who runs entries (DOMAIN §3.2). */
export const Organisation = z
  .strictObject({
    id: Id,
    slug: Slug,
    slugHistory: z.array(Slug).max(20).optional(),
    names: requiredLocalText(200),
    acronym: plainText({ max: 40 }).optional(),
    otherNames: z
      .array(z.strictObject({ id: LocalId, name: plainText({ max: 200 }), until: CalendarDate.optional() }))
      .max(20)
      .optional(),
    type: OrganisationType,
    description: localText(600).optional(),
    locatedIn: Country.optional(),
    website: WebUrl.optional(),
    domains: z
      .array(
        z.strictObject({
          host: HostName,
          role: z.enum(['main', 'service', 'mail', 'former']).default('main'),
        }),
      )
      .max(30)
      .default([]),
    identifiers: z
      .array(z.strictObject({ scheme: plainText({ max: 40 }), value: plainText({ max: 80 }) }))
      .max(10)
      .optional(),
    parent: Id.optional(),
    successor: Id.optional(),
    memberships: z.array(Membership).max(30).default([]),
    transparency: z
      .strictObject({
        url: WebUrl,
        latestYear: z.int().min(1990).max(2100).optional(),
        cadence: plainText({ max: 60 }).optional(),
      })
      .optional(),
    contactsInternal: z.array(InternalContact).max(20).optional(),
    confirmationDomain: HostName.optional(),
    notesInternal: plainText({ max: 4000, multiline: true }).optional(),
    retirement: Retirement.optional(),
    evidence: z.array(Evidence).max(100).default([]),
  })
  .meta({ id: 'Organisation', description: 'Who runs entries' });
export type Organisation = z.infer<typeof Organisation>;
