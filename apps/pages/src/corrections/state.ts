import { COUNTRIES, type CorrectionSubject, type Signpost } from '@waymark/domain';
import { likelyCountry, preferredLanguage, type Language } from '../page.ts';

/** What the page holds. It keeps nothing beyond that, in the browser neither. */

export type LocalText = Record<string, { text: string; origin?: string }>;
/** An entry as the search answers it. */
export type Found = { slug: string; names: LocalText; areas: string[] };
/** The entry that was chosen, with its ways in. */
export type Entry = Found & { channels: { id: string; type: string; label?: LocalText; address: string }[] };

/** What was chosen and typed. */
export type Form = {
  entry: Entry | undefined;
  what: CorrectionSubject | undefined;
  channel: string;
  value: string;
  /** The country that a number is dialled in. */
  dialledIn: string;
  note: string;
  contact: string;
};

const likely = likelyCountry(navigator.languages) ?? '';

/** Everything that is drawn again when the language changes. */
export const state: {
  language: Language;
  step: 'form' | 'done' | 'report';
  form: Form;
  /** Where somebody is, for whom to turn to instead; empty when they have not said. */
  country: string;
  signposts: readonly Signpost[];
  problem: { field: string; text: string } | undefined;
  /** The entry that was asked for is not in the directory. */
  isGone: boolean;
} = {
  language: preferredLanguage(location.search, navigator.languages),
  step: 'form',
  form: { entry: undefined, what: undefined, channel: '', value: '', dialledIn: '', note: '', contact: '' },
  country: COUNTRIES.includes(likely) ? likely : '',
  signposts: [],
  problem: undefined,
  isGone: false,
};
