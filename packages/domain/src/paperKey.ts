import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * The 24 words of a key's 32-byte seed, to write on paper: BIP 39, so a mistyped word is noticed.
 * @throws Error when the seed has another length
 */
export function paperWords(seed: Uint8Array): string[] {
  return entropyToMnemonic(seed, wordlist).split(' ');
}

/** The seed of 24 words as a person types them; undefined when a word or their checksum is wrong. */
export function seedOfPaperWords(words: string): Uint8Array | undefined {
  const tidy = words.normalize('NFKD').toLowerCase().trim().split(/\s+/).join(' ');
  try {
    const seed = mnemonicToEntropy(tidy, wordlist);
    return seed.length === 32 ? seed : undefined;
  } catch {
    // The library's message may quote the words.
    return undefined;
  }
}
