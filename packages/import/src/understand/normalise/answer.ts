import { fold } from '../fold.ts';
import { note, type Reading } from '../note.ts';
import { answerWords } from '../tables/answerWords.ts';

export type YesNo = keyof typeof answerWords;

const byWord = new Map<string, YesNo>();
for (const [answer, words] of Object.entries(answerWords) as [YesNo, string][])
  for (const word of words.split('|')) byWord.set(word === '✓' ? word : fold(word), answer);

/** Reads yes, no or unknown in many languages. Nothing is not "no". */
export function readAnswer(text: string): Reading<YesNo> {
  const answer = byWord.get(fold(text)) ?? byWord.get(text.trim());
  if (answer === undefined) return { values: [], notes: [note('answer-unknown', text)] };
  return { values: [answer], notes: answer === text ? [] : [note('answer-read', text, answer)] };
}
