import { CSAM_ONLINE, Need, type RouteNeed } from '@waymark/domain';
import { needName, type Words } from '../records/words.ts';

/** The names a person may ask by, in the order of the vocabulary: the needs that are one thing to them stand as one. */
export const ASKABLE: readonly RouteNeed[] = [
  'csam-online',
  ...Need.options.filter((need) => !CSAM_ONLINE.includes(need)),
];

/** Needs behind a name. */
export const needsBehind = (need: RouteNeed): readonly Need[] => (need === 'csam-online' ? CSAM_ONLINE : [need]);

export function routeNeedName(need: RouteNeed, t: Words['t']): string {
  return need === 'csam-online' ? t('coverage.csamOnline') : needName(need, t);
}
