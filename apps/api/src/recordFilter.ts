import { z } from 'zod';
import { Country, Id, LanguageTag, LocalId, RecordState } from '@waymark/domain';
import { listOf, SearchText } from './list.ts';

/** The filters that lists of records offer, and whatever takes "all that match". */
export const filters = {
  q: SearchText.optional(),
  ids: listOf(Id, 200).optional(),
  kind: z
    .string()
    .regex(/^[a-z0-9.-]{1,60}$/)
    .optional(),
  country: Country.or(z.literal('001')).optional(),
  language: LanguageTag.optional(),
  network: LocalId.optional(),
  state: RecordState.optional(),
  organisation: Id.optional(),
};
