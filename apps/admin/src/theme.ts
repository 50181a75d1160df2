import { defaultTheme, type RaThemeOptions } from 'react-admin';

/**
 * Waymark's look: pine for what leads, amber for the blaze on the tree, stone for paper. Calm surfaces, firm edges,
 * no shadows where a line will do. Every text colour has at least 4.5:1 on every surface it stands on, borders of
 * controls and focus rings at least 3:1 (WCAG 2.2 AA).
 */
const pine = {
  950: '#08211f',
  900: '#0c2e2b',
  800: '#103d39',
  700: '#0b524b',
  600: '#0a655c',
  300: '#6ccfbf',
  200: '#a5e3d8',
  100: '#d9f0eb',
};
const blaze = { 700: '#7a4a00', 500: '#f2b021', 400: '#ffc24b', 200: '#ffe2a3', 100: '#fff3d6' };
const stone = {
  0: '#ffffff',
  50: '#f6f6f2',
  100: '#eeeee8',
  200: '#dedfd6',
  300: '#c3c6bb',
  500: '#7b8279',
  600: '#555d57',
  700: '#3d4541',
  900: '#18211f',
};
const night = {
  bg: '#0d1514',
  paper: '#141e1c',
  raised: '#1b2725',
  line: '#2d3b38',
  edge: '#75867f',
  text: '#e8efec',
  soft: '#a9b9b3',
};

/** Colours the shell and the drawings use beside the palette. */
const variables = (dark: boolean) => ({
  '--wm-rail': dark ? '#0a1716' : pine[900],
  '--wm-rail-line': dark ? night.line : '#1d4a45',
  '--wm-rail-text': '#d7e6e2',
  '--wm-rail-soft': '#9cbab3',
  '--wm-rail-active': dark ? '#17302d' : '#17453f',
  '--wm-blaze': blaze[500],
  '--wm-focus': dark ? blaze[400] : pine[600],
  '--wm-hill-far': dark ? '#1e3531' : '#d5e6df',
  '--wm-hill': dark ? '#17302c' : '#b9d6cc',
  '--wm-path': dark ? '#5f8b82' : '#5d8f83',
  '--wm-post': dark ? '#c9d6d1' : '#3f4a45',
  '--wm-plate': dark ? '#8fb3aa' : '#5d8f83',
  '--wm-fog': dark ? 'rgba(200,220,214,.16)' : 'rgba(255,255,255,.78)',
  '--wm-alarm': dark ? '#2f2411' : '#fff3d6',
  '--wm-old': dark ? '#3a1f1d' : '#fdeceb',
  '--wm-old-text': dark ? '#ffb4ab' : '#8f1d13',
  '--wm-new': dark ? '#12332a' : '#e2f4ec',
  '--wm-new-text': dark ? '#8fe0bf' : '#0c5a3c',
});

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", Arial, sans-serif';

function makeTheme(dark: boolean, direction: 'ltr' | 'rtl'): RaThemeOptions {
  const line = dark ? night.line : stone[200];
  const edge = dark ? night.edge : stone[500];
  const soft = dark ? night.soft : stone[600];
  const text = dark ? night.text : stone[900];
  const focusRing = { outline: '3px solid var(--wm-focus)', outlineOffset: 2 };
  return {
    ...defaultTheme,
    direction,
    palette: {
      mode: dark ? 'dark' : 'light',
      primary: dark
        ? { main: pine[300], dark: pine[200], light: pine[200], contrastText: '#05201c' }
        : { main: pine[600], dark: pine[700], light: '#2c8378', contrastText: '#ffffff' },
      secondary: dark ? { main: blaze[400], contrastText: '#241700' } : { main: blaze[700], contrastText: '#ffffff' },
      error: dark ? { main: '#ff9d92', contrastText: '#3b0a05' } : { main: '#a92418', contrastText: '#ffffff' },
      warning: dark ? { main: blaze[400], contrastText: '#241700' } : { main: '#8a5200', contrastText: '#ffffff' },
      success: dark ? { main: '#7ed6a6', contrastText: '#04281a' } : { main: '#126b45', contrastText: '#ffffff' },
      info: dark ? { main: '#9cc7f2', contrastText: '#06233f' } : { main: '#23598f', contrastText: '#ffffff' },
      background: dark ? { default: night.bg, paper: night.paper } : { default: stone[50], paper: stone[0] },
      text: { primary: text, secondary: soft, disabled: dark ? '#83938d' : '#6a726c' },
      divider: line,
      action: dark
        ? { hover: 'rgba(160,220,208,.07)', selected: 'rgba(108,207,191,.15)', focus: 'rgba(108,207,191,.18)' }
        : { hover: 'rgba(10,101,92,.05)', selected: 'rgba(10,101,92,.10)', focus: 'rgba(10,101,92,.14)' },
    },
    shape: { borderRadius: 8 },
    typography: {
      fontFamily,
      fontSize: 14,
      h1: { fontSize: '1.625rem', lineHeight: 1.25, fontWeight: 680, letterSpacing: '-0.012em' },
      h2: { fontSize: '1.1875rem', lineHeight: 1.35, fontWeight: 650, letterSpacing: '-0.005em' },
      h3: { fontSize: '1rem', lineHeight: 1.4, fontWeight: 650 },
      h4: { fontSize: '1rem', lineHeight: 1.4, fontWeight: 650 },
      h5: { fontSize: '1.125rem', lineHeight: 1.35, fontWeight: 650 },
      h6: { fontSize: '1rem', lineHeight: 1.4, fontWeight: 650 },
      body1: { fontSize: '0.9375rem', lineHeight: 1.55 },
      body2: { fontSize: '0.875rem', lineHeight: 1.5 },
      caption: { fontSize: '0.8125rem', lineHeight: 1.4 },
      button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
      overline: {
        textTransform: 'none',
        letterSpacing: '0.02em',
        fontSize: '0.8125rem',
        fontWeight: 600,
        lineHeight: 1.6,
      },
    },
    sidebar: { width: 248, closedWidth: 0 },
    components: {
      ...defaultTheme.components,
      MuiCssBaseline: {
        styleOverrides: {
          ':root': variables(dark),
          html: { scrollPaddingTop: 88 },
          body: { backgroundColor: dark ? night.bg : stone[50] },
          // What only takes the focus for a moment (a dialog, the page) shows no ring.
          ':focus-visible:not([tabindex="-1"])': focusRing,
          '.visually-hidden': {
            position: 'absolute',
            width: 1,
            height: 1,
            margin: -1,
            padding: 0,
            overflow: 'hidden',
            clipPath: 'inset(50%)',
            whiteSpace: 'nowrap',
            border: 0,
          },
          code: {
            fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
            fontSize: '0.925em',
          },
          kbd: {
            fontFamily: 'inherit',
            fontSize: '0.8125rem',
            fontWeight: 600,
            lineHeight: 1,
            padding: '3px 6px',
            borderRadius: 5,
            border: `1px solid ${dark ? '#4a5a56' : stone[300]}`,
            borderBottomWidth: 2,
            backgroundColor: dark ? night.raised : stone[50],
            color: text,
            whiteSpace: 'nowrap',
          },
          '@media (prefers-reduced-motion: reduce)': {
            '*, *::before, *::after': {
              animationDuration: '0.01ms !important',
              animationIterationCount: '1 !important',
              // No short transition instead: with one on everything, an inherited colour goes down the page one element a frame.
              transition: 'none !important',
              scrollBehavior: 'auto !important',
            },
          },
        },
      },
      MuiButtonBase: {
        defaultProps: { disableRipple: true, disableTouchRipple: true },
        styleOverrides: { root: { '&.Mui-focusVisible': focusRing } },
      },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: { borderRadius: 8, minHeight: 36, paddingInline: 14 },
          sizeSmall: { minHeight: 30, paddingInline: 10 },
          sizeLarge: { minHeight: 46, paddingInline: 20, fontSize: '1rem' },
          outlined: { borderColor: edge },
        },
      },
      MuiIconButton: { styleOverrides: { root: { borderRadius: 8 } } },
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: line } },
      },
      MuiCard: { defaultProps: { variant: 'outlined' } },
      MuiPopover: {
        styleOverrides: { paper: { border: `1px solid ${line}`, boxShadow: '0 10px 32px rgba(0,0,0,.18)' } },
      },
      MuiDialog: {
        styleOverrides: {
          paper: { borderRadius: 12, border: `1px solid ${line}`, boxShadow: '0 24px 64px rgba(0,0,0,.32)' },
        },
      },
      MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.1875rem', fontWeight: 650, lineHeight: 1.35 } } },
      MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 20px', flexWrap: 'wrap', rowGap: 8 } } },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense' } },
      MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense', fullWidth: false } },
      MuiOutlinedInput: {
        styleOverrides: {
          root: { backgroundColor: dark ? '#101917' : stone[0] },
          notchedOutline: { borderColor: edge },
        },
      },
      MuiInputLabel: { styleOverrides: { root: { color: soft } } },
      MuiFormHelperText: { styleOverrides: { root: { marginInline: 0 } } },
      MuiTableCell: {
        styleOverrides: {
          root: { borderColor: line, paddingBlock: 9 },
          head: {
            fontWeight: 650,
            fontSize: '0.8125rem',
            color: soft,
            backgroundColor: dark ? night.raised : '#f1f2ec',
          },
        },
      },
      MuiTableRow: { styleOverrides: { root: { '&:last-child > td, &:last-child > th': { borderBottom: 0 } } } },
      MuiTableSortLabel: {
        styleOverrides: {
          root: {
            color: soft,
            '&:hover': { color: text },
            '&.Mui-active, &.Mui-active .MuiTableSortLabel-icon': { color: text },
          },
        },
      },
      MuiChip: {
        styleOverrides: {
          root: { borderRadius: 6, fontWeight: 600 },
          sizeSmall: { height: 24, fontSize: '0.8125rem' },
          outlined: { borderColor: dark ? '#4a5a56' : stone[300] },
        },
      },
      MuiAlert: {
        styleOverrides: {
          root: { borderRadius: 8, alignItems: 'flex-start', border: '1px solid' },
          standardInfo: dark
            ? { backgroundColor: '#12212e', color: '#cfe4f8', borderColor: '#27435c' }
            : { backgroundColor: '#edf4fb', color: '#173b5e', borderColor: '#c4dbf0' },
          standardSuccess: dark
            ? { backgroundColor: '#112920', color: '#c4eed8', borderColor: '#21503e' }
            : { backgroundColor: '#e8f5ee', color: '#0b4630', borderColor: '#bfe0cf' },
          standardWarning: dark
            ? { backgroundColor: '#2a2110', color: '#ffe5b3', borderColor: '#564518' }
            : { backgroundColor: blaze[100], color: '#573500', borderColor: '#eed18e' },
          standardError: dark
            ? { backgroundColor: '#321a17', color: '#ffd0ca', borderColor: '#5e2f29' }
            : { backgroundColor: '#fdeeec', color: '#7c150c', borderColor: '#f0c4bf' },
        },
      },
      MuiTooltip: {
        styleOverrides: {
          tooltip: {
            fontSize: '0.8125rem',
            backgroundColor: dark ? '#e8efec' : stone[900],
            color: dark ? stone[900] : '#fff',
          },
        },
      },
      MuiTab: { styleOverrides: { root: { textTransform: 'none', fontWeight: 600, minHeight: 44, letterSpacing: 0 } } },
      MuiTabs: { styleOverrides: { indicator: { height: 3, borderRadius: 2 } } },
      MuiLink: {
        defaultProps: { underline: 'always' },
        styleOverrides: { root: { textUnderlineOffset: '3px', textDecorationThickness: '1px' } },
      },
      MuiToggleButton: { styleOverrides: { root: { textTransform: 'none', borderColor: edge, fontWeight: 600 } } },
      MuiListItemIcon: { styleOverrides: { root: { minWidth: 36 } } },
      MuiSkeleton: { defaultProps: { animation: 'wave' } },
    },
  };
}

/** Light and dark theme for a writing direction. */
export function themesFor(direction: 'ltr' | 'rtl'): { light: RaThemeOptions; dark: RaThemeOptions } {
  return { light: makeTheme(false, direction), dark: makeTheme(true, direction) };
}
