import { memo, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Box, useTheme } from '@mui/material';
import { countryName, isCountry, type Country, type CoverageState } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import { Patterns } from './cellLooks.tsx';
import { HEIGHT, isInSight, neighbourOf, shapesIn, WIDTH, type Shape, type View } from './worldShapes.ts';

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export type WorldMapProps = {
  /** Name for screen readers. */
  label: string;
  stateOf: (country: Country) => CoverageState;
  /** What is said about a country beside its name. */
  wordsOf: (country: Country) => string;
  /** False fades a country out, when only some are looked for. */
  isMeant: (country: Country) => boolean;
  view: View;
  onOpen: (country: Country) => void;
};

/**
 * The world, one shape per country. Every state has a pattern besides its colour. One stop for the Tab key; arrows go from country
 * to country, Enter opens. The table beside it says the same. Never mirrored: east is right in every language.
 */
export default function WorldMap({ label, stateOf, wordsOf, isMeant, view, onOpen }: WorldMapProps) {
  const { t, locale } = useWords();
  const patterns = useId();
  const shapes = useMemo(() => shapesIn(view), [view]);
  const [at, setAt] = useState<string>();
  const [tip, setTip] = useState<Shape>();
  const svg = useRef<SVGSVGElement>(null);
  const stops = useMemo(() => shapes.filter((shape) => !shape.isBackdrop), [shapes]);
  const current = stops.find(({ country }) => country === at) ?? stops.find(isInSight);

  const go = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    if (event.key === 'Escape') setTip(undefined);
    if (!current) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (current.country !== undefined && isCountry(current.country)) onOpen(current.country);
      return;
    }
    if (direction === undefined) return;
    event.preventDefault();
    const next = neighbourOf(current, stops, direction);
    if (!next) return;
    setAt(next.country);
    svg.current?.querySelector<SVGElement>(`[data-country="${next.country}"]`)?.focus();
  };

  return (
    <Box dir="ltr" sx={{ position: 'relative' }} onMouseLeave={() => setTip(undefined)}>
      <Box
        component="svg"
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="group"
        aria-label={label}
        aria-roledescription={t('coverage.map.role')}
        onKeyDown={go}
        sx={{
          display: 'block',
          width: '100%',
          height: 'auto',
          overflow: 'hidden',
          borderRadius: 1,
          bgcolor: 'action.hover',
        }}
      >
        <Patterns id={patterns} />
        {shapes.map((shape) =>
          shape.country !== undefined && isCountry(shape.country) ? (
            <CountryShape
              key={`${shape.country}${shape.isDot}`}
              shape={shape}
              name={countryName(shape.country, locale)}
              words={wordsOf(shape.country)}
              state={stateOf(shape.country)}
              patterns={patterns}
              isFaded={!isMeant(shape.country)}
              isStop={shape === current}
              onShow={setTip}
              onStop={setAt}
              onOpen={onOpen}
            />
          ) : (
            <path key={shape.path.slice(0, 24)} d={shape.path} fill="none" stroke="currentColor" strokeOpacity={0.25} />
          ),
        )}
      </Box>
      {tip?.country !== undefined && isCountry(tip.country) && (
        <Tip shape={tip} name={countryName(tip.country, locale)} words={wordsOf(tip.country)} />
      )}
    </Box>
  );
}

type CountryShapeProps = {
  shape: Shape;
  name: string;
  words: string;
  state: CoverageState;
  patterns: string;
  isFaded: boolean;
  isStop: boolean;
  onShow: (shape: Shape | undefined) => void;
  onStop: (country: string) => void;
  onOpen: (country: Country) => void;
};

const CountryShape = memo(function CountryShape(props: CountryShapeProps) {
  const { shape, name, words, state, patterns, isFaded, isStop, onShow, onStop, onOpen } = props;
  const { palette } = useTheme();
  const { country, isDot } = shape;
  if (country === undefined || !isCountry(country)) return null;
  const look = {
    fill: `url(#${patterns}-${state})`,
    stroke: palette.background.paper,
    strokeWidth: isDot ? 1 : 0.6,
    opacity: isFaded ? 0.22 : 1,
  };
  // A shape under its own dot is scenery: one thing to point at is enough.
  if (shape.isBackdrop) return <path aria-hidden d={shape.path} {...look} />;
  const behaviour = {
    'data-country': country,
    role: 'button',
    'aria-label': `${name}: ${words}`,
    tabIndex: isStop ? 0 : -1,
    onFocus: () => {
      onStop(country);
      onShow(shape);
    },
    onBlur: () => onShow(undefined),
    onMouseEnter: () => onShow(shape),
    onClick: () => onOpen(country),
  };
  const sx = {
    cursor: 'pointer',
    outline: 'none',
    '&:hover': { strokeWidth: 1.4, stroke: palette.text.primary },
    '&:focus-visible': { outline: 'none', strokeWidth: 2.4, stroke: 'var(--wm-focus)' },
  };
  return isDot ? (
    <Box component="circle" cx={shape.x} cy={shape.y} r={3.4} {...look} {...behaviour} sx={sx} />
  ) : (
    <Box component="path" d={shape.path} {...look} {...behaviour} sx={sx} />
  );
});

/** Name and state beside a country; towards the middle of the picture, so that it neither covers the country nor leaves the page. */
function Tip({ shape, name, words }: { shape: Shape; name: string; words: string }) {
  const { locale } = useWords();
  const isRight = shape.x > WIDTH / 2;
  const isLow = shape.y > HEIGHT / 2;
  return (
    <Box
      aria-hidden
      dir={/^(ar|fa|he|ur)/.test(locale) ? 'rtl' : 'ltr'}
      sx={{
        position: 'absolute',
        left: `${Math.min(96, Math.max(4, (shape.x / WIDTH) * 100))}%`,
        top: `${Math.min(92, Math.max(8, (shape.y / HEIGHT) * 100))}%`,
        transform: `translate(${isRight ? 'calc(-100% - 12px)' : '12px'}, ${isLow ? 'calc(-100% - 8px)' : '8px'})`,
        maxWidth: 260,
        px: 1.25,
        py: 0.75,
        pointerEvents: 'none',
        bgcolor: 'text.primary',
        color: 'background.paper',
        borderRadius: 1,
        typography: 'body2',
      }}
    >
      <strong>{name}</strong>
      <br />
      {words}
    </Box>
  );
}
