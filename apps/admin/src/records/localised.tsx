import { Box } from '@mui/material';
import { isRightToLeft, type LocalText } from '@waymark/domain';
import { useWords } from './words.ts';

/** Tag of the version to show: the reader's language, its base language, the official one, English, the first. */
export function tagToShow(text: LocalText | undefined, locale: string): string | undefined {
  if (!text) return undefined;
  const official = Object.entries(text).find(([, version]) => version.origin === 'official')?.[0];
  const wanted = [locale, locale.split('-')[0], official, 'en', Object.keys(text).sort()[0]];
  return wanted.find((tag): tag is string => tag !== undefined && text[tag] !== undefined);
}

/** A text of the directory in the best language there is, marked as what it is, so that it is read out and laid out rightly. */
export function Localised({ text, preferOfficial = false }: { text: LocalText | undefined; preferOfficial?: boolean }) {
  const { locale } = useWords();
  const official =
    preferOfficial && text ? Object.entries(text).find(([, version]) => version.origin === 'official')?.[0] : undefined;
  const tag = official ?? tagToShow(text, locale);
  if (tag === undefined || !text) return null;
  return (
    <Box
      component="span"
      lang={tag}
      dir={isRightToLeft(tag) ? 'rtl' : 'ltr'}
      sx={{ unicodeBidi: 'isolate', whiteSpace: 'pre-line' }}
    >
      {text[tag]?.text}
    </Box>
  );
}
