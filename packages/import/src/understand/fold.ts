import { mapDigits } from '@waymark/domain';

/**
 * One spelling for words that people write in many ways: case, accents of European letters, punctuation and spaces gone.
 * Vowel signs of Indic, Khmer and other scripts stay: there they tell words apart.
 */
export function fold(text: string): string {
  return mapDigits(text)
    .normalize('NFKD')
    .replace(/[\u0300-\u036F\u064B-\u0652\u0640]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replace(/['’ʼ`]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
