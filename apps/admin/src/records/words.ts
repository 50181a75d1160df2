import { useLocaleState, useTranslate } from 'react-admin';

export type Translate = (key: string, options?: Record<string, unknown>) => string;
export type Words = { t: Translate; locale: string };

/** Translation and locale together: what every text about a document needs. */
export function useWords(): Words {
  const t = useTranslate();
  const [locale] = useLocaleState();
  return { t, locale };
}

export const needName = (need: string, t: Translate): string => t(`vocabulary.need.${need}`, { _: need });

/** Networks are written in capitals by everybody who knows them. */
export const networkName = (network: string): string => network.toUpperCase().replaceAll('-', ' ');
