import { GUESS_REASONS, MATCH_REASONS, NOTES, QUESTIONS, REJECTIONS } from '@waymark/import';
import { describe, expect, it } from 'vitest';
import type { CodeList, CodeWords } from '../Code.tsx';
import ar from './ar.ts';
import de from './de.ts';

const LISTS = {
  guess: GUESS_REASONS,
  note: NOTES,
  question: QUESTIONS,
  rejection: REJECTIONS,
  match: MATCH_REASONS,
} satisfies Record<CodeList, object>;

describe.each<[string, CodeWords]>([
  ['German', de],
  ['Arabic', ar],
])('what is said of files in %s', (_, words) => {
  it.each(Object.entries(LISTS))('has a sentence for every %s the server knows, and no other', (list, codes) =>
    // The keys of the table above are the lists.
    expect(Object.keys(words[list as CodeList]).sort()).toEqual(Object.keys(codes).sort()),
  );
});
