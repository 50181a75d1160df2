import { Box } from '@mui/material';
import { digestWords } from '@waymark/domain';

/**
 * Six words that stand for a digest or a key, to be read out on the telephone. English in every language of the screen:
 * whoever compares must hear the same.
 * @param label what they stand for, for screen readers
 */
export function SixWords({ digest, label }: { digest: string; label: string }) {
  return (
    <Box
      component="ol"
      dir="ltr"
      lang="en"
      aria-label={label}
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        counterReset: 'word',
        display: 'grid',
        gap: 1,
        gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', sm: 'repeat(3, minmax(0, 1fr))' },
        maxWidth: 560,
      }}
    >
      {digestWords(digest).map((word, i) => (
        <Box
          // The same word may stand twice; places never change.
          key={`${i}-${word}`}
          component="li"
          sx={{
            counterIncrement: 'word',
            display: 'flex',
            alignItems: 'baseline',
            gap: 1,
            px: 1.25,
            py: 0.625,
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.default',
            fontSize: '1.125rem',
            fontWeight: 650,
            letterSpacing: '0.01em',
            '&::before': {
              content: 'counter(word)',
              color: 'text.secondary',
              fontSize: '0.8125rem',
              fontWeight: 500,
              fontVariantNumeric: 'tabular-nums',
            },
          }}
        >
          {word}
        </Box>
      ))}
    </Box>
  );
}
