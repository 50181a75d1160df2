import { Kind } from '@waymark/domain';
import { fold } from '../fold.ts';
import { note, type Reading } from '../note.ts';
import { kindWords } from '../tables/kindWords.ts';

/** The kind a word usually stands for, first, and what else lists of partners call so. */
export type KindReading = readonly [Kind, ...Kind[]];

const byWord = new Map<string, KindReading>();
for (const { kinds, words } of kindWords)
  for (const word of words.split('|')) if (!byWord.has(fold(word))) byWord.set(fold(word), kinds);

/** Reads a kind by our own code or by a word of many languages. */
export function readKind(text: string): Reading<KindReading> {
  const own = Kind.safeParse(text.trim());
  if (own.success) return { values: [[own.data]], notes: [] };
  const kinds = byWord.get(fold(text)) ?? byWord.get(fold(text.replace(/\([^)]*\)/g, ' ')));
  if (kinds === undefined) return { values: [], notes: [note('kind-unknown', text)] };
  return { values: [kinds], notes: [note(kinds.length > 2 ? 'kind-broad' : 'kind-read', text, kinds[0])] };
}
