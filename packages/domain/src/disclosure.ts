import { hasAccount } from './disclosure/accounts.ts';
import { hasAddress } from './disclosure/addresses.ts';
import { hasEncoded } from './disclosure/encoded.ts';
import { joinSpelled, plainReading } from './disclosure/readings.ts';
import { tellsOfAbuse } from './disclosure/words.ts';

/** Why a text is taken for a report, or for a way to one. */
export type Disclosure = { reason: 'address' | 'account' | 'encoded' | 'words' | 'too-long' };

/** Longer than any field of a correction: nothing is read of it. */
const LONGEST = 2000;

/**
 * The disclosure guard (DOMAIN §3.9, SECURITY M-01): does this text lead to a place, an account or hidden content, or does it tell of
 * abuse? Such a text is a report, not a correction: it must not be kept, and its sender is shown who can act on it. It is meant to be
 * strict: whoever is refused wrongly is asked to say it in other words, whoever is let pass wrongly leaves a report with people who
 * may not hold it.
 * @param names of the entry at hand and of who runs it; they may hold words that would be refused otherwise
 */
export function disclosureOf(text: string, names: readonly string[] = []): 'clean' | Disclosure {
  if (text.length > LONGEST) return { reason: 'too-long' };
  const plain = withoutNames(plainReading(text), names);
  if (hasEncoded(plain) || hasEncoded(joinSpelled(plain))) return { reason: 'encoded' };
  if (hasAddress(plain)) return { reason: 'address' };
  if (hasAccount(plain)) return { reason: 'account' };
  if (tellsOfAbuse(plain)) return { reason: 'words' };
  return 'clean';
}

/** Some hotlines are called like their site, and many like what they are about. A longer host, or a page below it, is no name. */
function withoutNames(plain: string, names: readonly string[]): string {
  return names
    .map(plainReading)
    .filter((name) => name.length > 3)
    .reduce((rest, name) => {
      const literal = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      return rest.replace(new RegExp(`(?<![\\p{L}\\d.@-])${literal}(?![\\p{L}\\d@/:-]|\\.[\\p{L}\\d])`, 'giu'), ' ');
    }, plain);
}
