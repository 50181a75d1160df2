import { z } from 'zod';
import { Country } from './country.ts';
import { LanguageTag } from './language.ts';
import { ChannelType, Need } from './vocabulary.ts';

export { CSAM_ONLINE } from './route/csamOnline.ts';

export const RouteNeed = z
  .enum(['csam-online', ...Need.options])
  .meta({ id: 'RouteNeed', description: 'What a person asks for; csam-online is any of the first seven needs' });
export type RouteNeed = z.infer<typeof RouteNeed>;

export const Reporter = z
  .enum(['public', 'child', 'professional', 'provider', 'traveller'])
  .meta({ id: 'Reporter', description: 'Who asks' });
export type Reporter = z.infer<typeof Reporter>;

/**
 * What a person says of their situation (DOMAIN §4.2). Never stored and never sent by apps: they ask offline. Nothing of it is
 * guessed; a country is what the person chose, not where their address seems to be.
 */
export const RouteRequest = z
  .strictObject({
    need: RouteNeed,
    country: Country.nullable().default(null).meta({ description: 'Where the person is; null when unknown' }),
    subdivision: z
      .string()
      .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'Use a code of ISO 3166-2, such as US-CA.')
      .optional(),
    residence: Country.optional().meta({ description: 'Where the person lives, when elsewhere' }),
    incidentCountry: Country.optional().meta({ description: 'Where it happened, or the child is, when elsewhere' }),
    platform: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .meta({ description: 'Where it was seen: handle or id of a platform tool, or the name its channels give' }),
    danger: z.enum(['yes', 'no', 'unknown']).default('unknown').meta({ description: 'Is a child in danger now?' }),
    identifiable: z.boolean().default(false).meta({ description: 'A victim can be identified' }),
    ongoing: z.boolean().optional().meta({ description: 'It goes on; what is not said follows from the need' }),
    anonymity: z.enum(['indifferent', 'preferred', 'required']).default('indifferent'),
    reporter: Reporter.default('public'),
    languages: z.array(LanguageTag).max(20).default([]),
    usable: z
      .array(ChannelType)
      .min(1)
      .max(14)
      .optional()
      .meta({ description: 'Channels the person can use, when not all: somebody who cannot speak' }),
  })
  .refine(({ country, subdivision }) => subdivision === undefined || subdivision.startsWith(`${country}-`), {
    path: ['subdivision'],
    error: 'Choose a subdivision of the country.',
  })
  .meta({ id: 'RouteRequest', description: 'What a person says of their situation' });
export type RouteRequest = z.infer<typeof RouteRequest>;
