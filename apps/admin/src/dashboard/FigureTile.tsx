import type { ReactNode } from 'react';
import { Box, Paper } from '@mui/material';
import { Link } from 'react-router-dom';
import { useWords } from '../records/words.ts';

const EDGE = { calm: 'divider', warning: 'warning.main', error: 'error.main' } as const;

/** One number, large, and the way to what it counts: all of it is the link. */
export function FigureTile({
  figure,
  label,
  unit,
  detail,
  tone = 'calm',
}: {
  figure: { value: number | null; href: string };
  label: string;
  unit?: string | undefined;
  detail?: ReactNode;
  tone?: keyof typeof EDGE;
}) {
  const { locale } = useWords();
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{
        position: 'relative',
        minWidth: 0,
        p: 1.75,
        pt: 1.5,
        borderBlockStartWidth: 3,
        borderBlockStartColor: EDGE[tone],
        '&:hover': { bgcolor: 'action.hover' },
        '&:focus-within:has(:focus-visible)': { outline: '3px solid var(--wm-focus)', outlineOffset: 2 },
      }}
    >
      <Box
        component={Link}
        to={figure.href}
        sx={{
          color: 'text.primary',
          textDecoration: 'none',
          '&:focus-visible': { outline: 'none' },
          // The whole tile can be pressed, and is one link to a screen reader.
          '&::after': { content: '""', position: 'absolute', inset: 0, borderRadius: 1 },
        }}
      >
        <Box component="span" sx={{ display: 'block', typography: 'body2', color: 'text.secondary' }}>
          {label}
        </Box>
        <Box
          component="span"
          sx={{ fontSize: '1.875rem', fontWeight: 680, lineHeight: 1.15, letterSpacing: '-0.015em' }}
        >
          {figure.value === null ? '–' : new Intl.NumberFormat(locale).format(figure.value)}
        </Box>
        {unit && (
          <Box component="span" sx={{ marginInlineStart: 0.75, color: 'text.secondary' }}>
            {unit}
          </Box>
        )}
      </Box>
      {detail && <Box sx={{ typography: 'body2', color: 'text.secondary', mt: 0.25 }}>{detail}</Box>}
    </Paper>
  );
}
