import { Box } from '@mui/material';
import { diffChars, diffWords } from 'diff';
import { inLanguage } from '../records/inLanguage.ts';

export type Part = { text: string; isMarked: boolean };
export type Side = 'old' | 'new';

/** The parts of one side of a comparison, those that differ marked. `code` compares character by character, text by whole words. */
export function diffParts(before: string, after: string, side: Side, how: 'code' | 'words', lang?: string): Part[] {
  const changes =
    how === 'code'
      ? diffChars(before, after)
      : diffWords(before, after, { intlSegmenter: new Intl.Segmenter(lang ?? 'en', { granularity: 'word' }) });
  return changes
    .filter(({ added, removed }) => (side === 'old' ? !added : !removed))
    .map(({ value, added, removed }) => ({ text: value, isMarked: added || removed }));
}

/** How many characters of a contact value differ, spaces apart: the number a reviewer can check against. */
export function differingCharacters(before: string, after: string): number {
  const count = (side: Side) =>
    diffParts(before, after, side, 'code')
      .filter(({ isMarked }) => isMarked)
      .reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0);
  return Math.max(count('old'), count('new'));
}

/**
 * One side of a comparison. What goes is struck through, what comes is underlined and bold: never by colour alone, and as `del` and
 * `ins` for those who listen.
 */
export function DiffText({
  before,
  after,
  side,
  how,
  lang,
}: {
  before: string;
  after: string;
  side: Side;
  how: 'code' | 'words';
  lang?: string | undefined;
}) {
  const parts = diffParts(before, after, side, how, lang);
  return (
    <Box
      component="bdi"
      {...(how === 'code' ? { dir: 'ltr' } : lang === undefined ? { dir: 'auto' } : inLanguage(lang))}
      sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {parts.map(({ text, isMarked }, i) =>
        !isMarked || text.trim() === '' ? (
          text
        ) : (
          <Box
            key={i}
            component={side === 'old' ? 'del' : 'ins'}
            sx={
              side === 'old'
                ? { color: 'var(--wm-old-text)', textDecorationThickness: '0.09em', fontWeight: 800 }
                : {
                    color: 'var(--wm-new-text)',
                    textDecoration: 'underline',
                    textDecorationThickness: '0.14em',
                    textUnderlineOffset: '0.16em',
                    fontWeight: 800,
                  }
            }
          >
            {text}
          </Box>
        ),
      )}
    </Box>
  );
}
