/**
 * Naming policy. Country names follow Unicode CLDR, through Intl.DisplayNames, in every language. Waymark takes no side by a name:
 * whoever disagrees with CLDR argues there. This map overrides a name, per language, only where CLDR offers a shorter form of
 * its own that readers expect in a list; each line is a decision and goes through code review.
 */
export const countryNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { HK: 'Hong Kong', MO: 'Macao', PS: 'Palestine' },
  de: { HK: 'Hongkong', MO: 'Macau', PS: 'Palästina' },
  es: { HK: 'Hong Kong', MO: 'Macao', PS: 'Palestina' },
  fr: { HK: 'Hong Kong', MO: 'Macao', PS: 'Palestine' },
};
