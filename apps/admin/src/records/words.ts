import { areaName, isCountry, isRightToLeft } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'react-admin';

export type Translate = (key: string, options?: Record<string, unknown>) => string;
export type Words = { t: Translate; locale: string };

/** Translation and locale together: what every text about a document needs. */
export function useWords(): Words {
  const t = useTranslate();
  const [locale] = useLocaleState();
  return { t, locale };
}

/** Name of an area. Browsers leave out the names of regions, so those have words of our own; countries are named by the domain. */
export function areaText(area: string, { t, locale }: Words): string {
  const isKnown: boolean = isCountry(area);
  return isKnown ? areaName(area, locale) : t(`vocabulary.area.${area}`, { _: areaName(area, locale) });
}

export const needName = (need: string, t: Translate): string => t(`vocabulary.need.${need}`, { _: need });

/** Networks are written in capitals by everybody who knows them. */
export const networkName = (network: string): string => network.toUpperCase().replaceAll('-', ' ');

/** Attributes for text in a language that may not be the screen's. */
export function inLanguage(tag: string): { lang: string; dir: 'rtl' | 'ltr' } {
  return { lang: tag, dir: isRightToLeft(tag) ? 'rtl' : 'ltr' };
}
