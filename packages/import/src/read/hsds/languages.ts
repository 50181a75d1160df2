import { LanguageTag } from '@waymark/domain';
import { given, textOf, treesOf, type Tree } from '../tree.ts';

const MODES = ['spoken', 'written', 'signed'];
const VIA = ['staff', 'interpreter'];

/** Languages with their whole tag, where the note says it; HSDS itself has ISO 639 alone. */
export function languagesOf(item: Tree): Tree[] {
  return treesOf(item, 'languages').flatMap((language) => {
    const code = textOf(language, 'code') ?? '';
    const [first = '', ...rest] = (textOf(language, 'note') ?? '').split('; ');
    const isTag = LanguageTag.safeParse(first).success && (code === '' || first.split('-')[0] === code);
    const words = isTag ? rest : [first, ...rest].filter(Boolean);
    const tag = isTag ? first : code || textOf(language, 'name');
    const note = words.filter((word) => !MODES.includes(word) && !VIA.includes(word)).join('; ');
    return tag === undefined
      ? []
      : [
          {
            tag,
            ...given(
              'mode',
              words.find((word) => MODES.includes(word)),
            ),
            ...given(
              'via',
              words.find((word) => VIA.includes(word)),
            ),
            ...given('note', note),
          },
        ];
  });
}

export function languageKey({ tag, mode, via, note }: Tree): string {
  return [tag, mode, via, note].map(String).join(' ');
}
