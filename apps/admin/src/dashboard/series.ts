import type { Confidence } from '@waymark/domain';
import type { Theme } from '@mui/material';

/** What the lines and bars are, in the order in which they are drawn. */

export const TREND = ['due', 'overdue', 'expired'] as const;

/** From sure to not: the first two are what production publishes. */
export const SURE: readonly Confidence[] = ['high', 'medium', 'low', 'none', 'contradicted'];

/** Colours from the theme; each differs from its neighbours in lightness too. */
export function trendColours({ palette }: Theme): Record<(typeof TREND)[number], string> {
  return { due: palette.info.main, overdue: palette.warning.main, expired: palette.error.main };
}

export function sureColours({ palette }: Theme): Record<Confidence, string> {
  const isDark = palette.mode === 'dark';
  return {
    high: palette.primary.main,
    medium: isDark ? '#2c8378' : '#7fbfb4',
    low: isDark ? '#8f7a34' : '#e3b95a',
    none: isDark ? '#3f4d49' : '#d3d6cc',
    contradicted: palette.error.main,
  };
}
