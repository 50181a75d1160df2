import type { ReactNode } from 'react';
import { Box } from '@mui/material';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import HelpOutline from '@mui/icons-material/HelpOutline';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../records/words.ts';
import type { Certainty } from './contract.ts';

/** Closed lists of the server's way of understanding a file, each code with its sentence. */
export type CodeList = 'guess' | 'note' | 'question' | 'rejection' | 'match';
export type CodeWords = Record<CodeList, Record<string, string>>;

/** The sentences of a language, loaded with the first page that shows one; English comes with the answers themselves. */
function useCodeWords(locale: string): CodeWords | undefined {
  const { data } = useQuery({
    queryKey: ['imports', 'words', locale],
    enabled: locale === 'de' || locale === 'ar',
    queryFn: async () => (locale === 'de' ? await import('./words/de.ts') : await import('./words/ar.ts')).default,
    staleTime: Infinity,
  });
  return data;
}

/** Says a code of the server in the reader's language; `message` is what the server said in English. */
export function useCodeText(): (list: CodeList, said: { code: string; message: string }) => ReactNode {
  const { locale } = useWords();
  const words = useCodeWords(locale);
  return (list, { code, message }) => {
    const text = words?.[list][code];
    // English must not mix with a text that runs the other way.
    return text ?? (locale === 'en' ? message : <bdi lang="en">{message}</bdi>);
  };
}

const SIGNS = {
  certain: { icon: CheckCircleOutline, color: 'success.main' },
  likely: { icon: HelpOutline, color: 'warning.main' },
  unclear: { icon: ErrorOutline, color: 'error.main' },
} as const;

/** How sure a reading is: a sign, and the word for it, which `isQuiet` keeps for who cannot see the sign. */
export function CertaintySign({ certainty, isQuiet = false }: { certainty: Certainty; isQuiet?: boolean }) {
  const { t } = useWords();
  const { icon: Icon, color } = SIGNS[certainty];
  const word = t(`imports.certainty.${certainty}`);
  return (
    <Box
      component="span"
      title={isQuiet ? word : undefined}
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, color, fontWeight: 600, whiteSpace: 'nowrap' }}
    >
      <Icon aria-hidden sx={{ fontSize: 18 }} />
      <span className={isQuiet ? 'visually-hidden' : undefined}>{word}</span>
    </Box>
  );
}

/** A text of the file: never a link, never another direction for what stands beside it. */
export function Cell({ text, isOneLine = false }: { text: string; isOneLine?: boolean }) {
  return (
    <Box
      component="bdi"
      dir="auto"
      title={isOneLine ? text : undefined}
      sx={{
        display: 'block',
        overflowWrap: 'anywhere',
        whiteSpace: 'pre-wrap',
        ...(isOneLine && { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }),
      }}
    >
      {text}
    </Box>
  );
}
