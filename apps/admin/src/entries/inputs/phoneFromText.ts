import { mapDigits, vanityToDigits, type PhoneNumber } from '@waymark/domain';

const SEPARATORS = /[\s.()/‐‑–-]/g;

/** Up to six digits are short, more than eight are not; between them what it was before counts. */
function localKind(digits: string, before: PhoneNumber['kind'] | undefined): 'short' | 'national' {
  if (digits.length <= 6) return 'short';
  return digits.length <= 8 && before === 'short' ? 'short' : 'national';
}

/**
 * A phone number from what a person typed or pasted. Only a plus or 00 in front makes it international; anything else stays
 * exactly the digits it is, because 116111 must never become +49116111. What was typed is kept as its source.
 * @param old the number before, whose kind and country are kept when the text does not say otherwise
 * @returns undefined when there is no digit in it
 */
export function phoneFromText(
  text: string,
  old: Partial<PhoneNumber> | undefined,
  country: string | undefined,
): Partial<PhoneNumber> | undefined {
  const typed = mapDigits(text).trim();
  const isInternational = /^(\+|00[1-9])/.test(typed);
  const bare = typed.replace(/^(\+|00(?=[1-9]))/, '').replace(SEPARATORS, '');
  const hasLetters = /[a-z]/i.test(bare);
  const digits = hasLetters ? vanityToDigits(bare) : bare.replace(/\D/g, '');
  if (digits === null || digits === '') return undefined;
  const kind = isInternational ? 'e164' : localKind(digits, old?.kind);
  // The country of a number that was dialled inside it says nothing about an international one.
  const home = kind === 'e164' ? (old?.kind === 'e164' ? old.country : undefined) : (old?.country ?? country);
  const source = typed.slice(0, 60);
  return {
    kind,
    digits,
    ...(home === undefined ? {} : { country: home }),
    ...(hasLetters ? { letters: source.slice(0, 30) } : {}),
    ...(old?.extension === undefined ? {} : { extension: old.extension }),
    ...(source === digits ? {} : { source }),
  };
}
