import { countryName, isCountry } from '@waymark/domain';

/** A country by its name in a language; a code that is none stays as it is. */
export default function CountryNamed({ code, locale }: { code: string; locale: string }) {
  return isCountry(code) ? countryName(code, locale) : code;
}
