import { areaName, isCountry } from '@waymark/domain';
import type { Words } from './words.ts';

/** Name of an area. Browsers leave out the names of regions, so those have words of our own; countries are named by the domain. */
export function areaText(area: string, { t, locale }: Words): string {
  const isKnown: boolean = isCountry(area);
  return isKnown ? areaName(area, locale) : t(`vocabulary.area.${area}`, { _: areaName(area, locale) });
}
