import { createContext, use, type ReactNode } from 'react';
import { Box, useTheme, type Theme } from '@mui/material';
import type { CoverageState } from '@waymark/domain';
import { STATES } from './useCoverage.ts';

/**
 * How the states of a cell look: a sign of their own, a pattern of their own on the map, and a colour. Sign and pattern carry the
 * meaning; the colours also differ in lightness, so that they can be told apart without hue.
 */

const COLOURS: Record<CoverageState, { light: string; dark: string }> = {
  verified: { light: '#0a655c', dark: '#6ccfbf' },
  sole: { light: '#3f7fc4', dark: '#8cbcf0' },
  partial: { light: '#8a94c9', dark: '#7f88b8' },
  stale: { light: '#d89a1e', dark: '#ffc24b' },
  'none-known': { light: '#7d1d3a', dark: '#e0708f' },
  'not-researched': { light: '#cfd2c8', dark: '#3a4744' },
};

export function colourOf(state: CoverageState, theme: Theme): string {
  return COLOURS[state][theme.palette.mode];
}

/** Patterns of the map, to be used as `url(#<id>-<state>)`. */
export function Patterns({ id }: { id: string }) {
  const theme = useTheme();
  const ink = theme.palette.background.paper;
  const line = { stroke: ink, strokeWidth: 1.1, strokeOpacity: 0.7 };
  // Darker lines on the lightest colour: it stays calm over whole continents.
  const shade = { stroke: '#7a4a00', strokeWidth: 1, strokeOpacity: 0.55 };
  const lines: Record<CoverageState, ReactNode> = {
    verified: null,
    sole: <circle cx={3} cy={3} r={1.1} fill={ink} fillOpacity={0.85} />,
    partial: <path d="M0 3H6" {...line} />,
    stale: <path d="M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5" {...shade} />,
    'none-known': <path d="M0 0L6 6M6 0L0 6" {...line} strokeWidth={0.9} />,
    'not-researched': null,
  };
  return (
    <defs>
      {STATES.map((state) => (
        <pattern key={state} id={`${id}-${state}`} width={6} height={6} patternUnits="userSpaceOnUse">
          <rect width={6} height={6} fill={colourOf(state, theme)} />
          {lines[state]}
        </pattern>
      ))}
    </defs>
  );
}

/** A patch of the pattern, for the legend of the map. */
export function Swatch({ state, patterns }: { state: CoverageState; patterns: string }) {
  return (
    <Box component="svg" aria-hidden viewBox="0 0 22 16" sx={{ width: 22, height: 16, flex: 'none' }}>
      <rect
        x={0.5}
        y={0.5}
        width={21}
        height={15}
        rx={3}
        fill={`url(#${patterns}-${state})`}
        stroke="currentColor"
        strokeOpacity={0.4}
      />
    </Box>
  );
}

const SIGNS: Record<CoverageState, ReactNode> = {
  verified: (
    <>
      <circle cx={9} cy={9} r={8} fill="currentColor" />
      <path d="M5 9.2l2.8 2.8L13 6.6" fill="none" stroke="var(--wm-sign)" strokeWidth={2} />
    </>
  ),
  sole: (
    <>
      <circle cx={9} cy={9} r={7.2} fill="none" stroke="currentColor" strokeWidth={1.6} />
      <path d="M7.2 6.6L9.4 5.2V13" fill="none" stroke="currentColor" strokeWidth={1.8} />
    </>
  ),
  partial: (
    <>
      <circle cx={9} cy={9} r={7.2} fill="none" stroke="currentColor" strokeWidth={1.6} />
      <path d="M9 1.8a7.2 7.2 0 0 0 0 14.4z" fill="currentColor" />
    </>
  ),
  stale: (
    <>
      <circle cx={9} cy={9} r={7.2} fill="none" stroke="currentColor" strokeWidth={1.6} />
      <path d="M9 4.8V9.3L12 11" fill="none" stroke="currentColor" strokeWidth={1.8} />
    </>
  ),
  'none-known': (
    <>
      <rect x={1} y={1} width={16} height={16} rx={3} fill="currentColor" />
      <path d="M5.5 5.5l7 7M12.5 5.5l-7 7" stroke="var(--wm-sign)" strokeWidth={2} />
    </>
  ),
  'not-researched': <path d="M6 9H12" stroke="currentColor" strokeWidth={1.8} />,
};

/** The signs once, for the thousands of places that show one. */
export function SignSprite({ id }: { id: string }) {
  return (
    <svg aria-hidden width={0} height={0} style={{ position: 'absolute' }}>
      {STATES.map((state) => (
        <symbol key={state} id={`${id}-${state}`} viewBox="0 0 18 18">
          {SIGNS[state]}
        </symbol>
      ))}
    </svg>
  );
}

/** Prefix of the ids that `SignSprite` made. */
export const Signs = createContext('sign');

/** Sign of a state; the word always stands beside it or in the name of what it stands in. */
export function Sign({ state }: { state: CoverageState }) {
  return (
    <svg aria-hidden className={`sign-${state}`} width={18} height={18} style={{ flex: 'none' }}>
      <use href={`#${use(Signs)}-${state}`} />
    </svg>
  );
}

/** Colours of the signs, for the element around them. */
export const signColours = (theme: Theme) => ({
  '--wm-sign': theme.palette.background.paper,
  '& .sign-verified': { color: theme.palette.success.main },
  '& .sign-sole': { color: theme.palette.info.main },
  '& .sign-partial': { color: theme.palette.text.secondary },
  '& .sign-stale': { color: theme.palette.warning.main },
  '& .sign-none-known': { color: theme.palette.error.main },
  '& .sign-not-researched': { color: theme.palette.text.disabled },
});
