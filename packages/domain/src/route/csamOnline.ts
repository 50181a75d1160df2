import type { Need } from '../vocabulary.ts';

/** Needs that are one thing for a person who asks: abuse material, wherever it was seen (DOMAIN §3.3). */
export const CSAM_ONLINE: readonly Need[] = [
  'csam-url',
  'csam-app',
  'csam-p2p',
  'csam-darkweb',
  'livestream',
  'ai-generated',
  'non-photographic',
];
