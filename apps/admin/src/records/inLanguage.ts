import { isRightToLeft } from '@waymark/domain';

/** Attributes for text in a language that may not be the screen's. */
export function inLanguage(tag: string): { lang: string; dir: 'rtl' | 'ltr' } {
  return { lang: tag, dir: isRightToLeft(tag) ? 'rtl' : 'ltr' };
}
