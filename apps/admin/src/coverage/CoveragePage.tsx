import { lazy, Suspense, useCallback, useId, useMemo } from 'react';
import { Box, Button, MenuItem, Skeleton, TextField, ToggleButton, Typography } from '@mui/material';
import Check from '@mui/icons-material/Check';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import { countryName, isCountry, RouteNeed, type Country, type CoverageMatrix } from '@waymark/domain';
import { Link, useSearchParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { Loading } from '../layout/Loading.tsx';
import { areaText } from '../records/areaText.ts';
import { useWords } from '../records/words.ts';
import { CellDrawer } from './CellDrawer.tsx';
import { Patterns, Sign, signColours, Signs, SignSprite, Swatch } from './cellLooks.tsx';
import { Matrix } from './Matrix.tsx';
import { ASKABLE, needsBehind, routeNeedName } from './askable.ts';
import {
  ASKED,
  cellOf,
  isAsked,
  STATES,
  useCoverage,
  useCoverageRows,
  useColumns,
  type Asked,
  type Column,
  type CoverageRow,
} from './useCoverage.ts';
import type { View } from './worldShapes.ts';

const WorldMap = lazy(() => import('./WorldMap.tsx'));

const VIEWS: readonly View[] = ['001', '002', '019', '142', '150', '009'];
const NAMES_IN_SIGHT = 14;

/** Which country has what for which need: as a map, as a table, and asked the other way round. The address says what is shown. */
export function CoveragePage() {
  const { t } = useWords();
  const { data, error, refetch } = useCoverage();
  return (
    <Page
      title={t('coverage.title')}
      width="wide"
      subtitle={t('coverage.subtitle')}
      actions={
        <Button variant="outlined" component={Link} to="/coverage/routing" startIcon={<PersonSearch />}>
          {t('coverage.see.open')}
        </Button>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Coverage matrix={data} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Coverage({ matrix }: { matrix: CoverageMatrix }) {
  const words = useWords();
  const { t, locale } = words;
  const signs = useId();
  const patterns = useId();
  const [params, setParams] = useSearchParams();
  const need = RouteNeed.safeParse(params.get('need')).data ?? 'csam-online';
  const view = VIEWS.find((each) => each === params.get('view')) ?? '001';
  const asked = ASKED.find((each) => each === params.get('show'));
  const isOpen = params.get('parts') === 'open';
  const rows = useCoverageRows(matrix, view);
  const columns = useColumns(isOpen);

  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const open = useCallback(
    (country: Country, column: Column | undefined) => set({ country, cell: column?.key }),
    [set],
  );
  const wordsOf = useCallback(
    (row: CoverageRow, { needs }: Pick<Column, 'needs'>) => {
      const { state, options, verified } = cellOf(row, needs);
      const of = options === 0 ? '' : `: ${t('coverage.options', { smart_count: options, verified })}`;
      return t(`coverage.state.${state}`) + of;
    },
    [t],
  );

  const byCountry = useMemo(() => new Map(rows.map((row) => [row.country, row])), [rows]);
  const needs = needsBehind(need);
  const stateOf = (country: Country) => cellOf(byCountry.get(country) ?? { cells: {} }, needs).state;
  // Countries of which nothing is known at all would bury the others; who asks for them gets them.
  const isAll = asked !== undefined || params.get('all') === 'yes';
  const known = useMemo(() => rows.filter(({ cells }) => Object.keys(cells).length > 0), [rows]);
  const wanted = isAll ? rows : known;
  const shown = asked === undefined ? wanted : wanted.filter((row) => isAsked(cellOf(row, needs), asked));
  const isMeant = (country: Country) => {
    const row = byCountry.get(country);
    return row !== undefined && (asked === undefined || isAsked(cellOf(row, needs), asked));
  };
  const chosen = params.get('country') ?? '';

  return (
    <Signs value={signs}>
      <SignSprite id={signs} />
      <svg aria-hidden width={0} height={0} style={{ position: 'absolute' }}>
        <Patterns id={patterns} />
      </svg>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 1.5 }}>
        <TextField
          select
          label={t('coverage.need')}
          value={need}
          onChange={(event) => set({ need: event.target.value })}
          sx={{ minWidth: 240 }}
        >
          {ASKABLE.map((each) => (
            <MenuItem key={each} value={each}>
              {routeNeedName(each, t)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t('coverage.where')}
          value={view}
          onChange={(event) => set({ view: event.target.value })}
          sx={{ minWidth: 160 }}
        >
          {VIEWS.map((each) => (
            <MenuItem key={each} value={each}>
              {areaText(each, words)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <Questions rows={rows} need={need} asked={asked} onAsk={(next) => set({ show: next })} patterns={patterns} />
      <Panel
        title={t('coverage.map.title', { need: routeNeedName(need, t) })}
        sx={{ mb: 2, p: { xs: 1.25, sm: 2 } }}
        actions={
          <Typography variant="body2" color="text.secondary" sx={{ display: { xs: 'none', md: 'block' } }}>
            {t('coverage.map.hint')}
          </Typography>
        }
      >
        <Suspense
          fallback={<Skeleton variant="rounded" sx={{ width: '100%', height: 'auto', aspectRatio: '960 / 470' }} />}
        >
          <WorldMap
            label={t('coverage.map.label', { need: routeNeedName(need, t) })}
            stateOf={stateOf}
            wordsOf={(country) => {
              const row = byCountry.get(country);
              return row ? wordsOf(row, { needs }) : t('coverage.state.not-researched');
            }}
            isMeant={isMeant}
            view={view}
            onOpen={(country) => set({ country, cell: need })}
          />
        </Suspense>
      </Panel>
      <Box component="section" aria-labelledby={`${signs}-matrix`}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 2, mb: 1 }}>
          <Typography id={`${signs}-matrix`} variant="h2">
            {t('coverage.matrix.title')}
          </Typography>
          <Typography variant="body2" color="text.secondary" role="status">
            {t('coverage.matrix.count', { smart_count: shown.length })}
          </Typography>
          {asked === undefined && known.length < rows.length && (
            <Button size="small" onClick={() => set({ all: isAll ? undefined : 'yes' })}>
              {isAll
                ? t('coverage.matrix.known')
                : t('coverage.matrix.all', { smart_count: rows.length - known.length })}
            </Button>
          )}
        </Box>
        <Legend />
        {shown.length === 0 ? (
          <EmptyState art="clear" title={t('coverage.matrix.none')} />
        ) : (
          <Matrix
            label={t('coverage.matrix.title')}
            rows={shown}
            columns={columns}
            wordsOf={wordsOf}
            onOpen={open}
            isOpen={isOpen}
            onToggle={() => set({ parts: isOpen ? undefined : 'open' })}
          />
        )}
      </Box>
      {isCountry(chosen) && (
        <CellDrawer
          country={chosen}
          need={RouteNeed.safeParse(params.get('cell')).data}
          row={byCountry.get(chosen) ?? { country: chosen, cells: {} }}
          wordsOf={wordsOf}
          title={countryName(chosen, locale)}
          onNeed={(next) => set({ cell: next })}
          onClose={() => set({ country: undefined, cell: undefined })}
        />
      )}
    </Signs>
  );
}

/**
 * What a coordinator asks first, answered on arrival: which countries have no option, a stale one, a single one (J12). One press shows
 * only those on the map and in the table.
 */
function Questions({
  rows,
  need,
  asked,
  onAsk,
  patterns,
}: {
  rows: readonly CoverageRow[];
  need: RouteNeed;
  asked: Asked | undefined;
  onAsk: (asked: Asked | undefined) => void;
  patterns: string;
}) {
  const { t, locale } = useWords();
  const needs = needsBehind(need);
  const number = new Intl.NumberFormat(locale);
  const countries = (each: Asked) =>
    rows.filter((row) => isAsked(cellOf(row, needs), each)).map(({ country }) => country);
  const answers = (['none-known', 'stale', 'single'] as const).map((each) => [each, countries(each)] as const);
  return (
    <Box sx={{ mb: 2 }}>
      <Box
        component="ul"
        aria-label={t('coverage.answer.label')}
        sx={{
          listStyle: 'none',
          m: 0,
          mb: 2,
          p: 0,
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', md: 'repeat(3, minmax(0,1fr))' },
        }}
      >
        {answers.map(([each, found]) => (
          <li key={each}>
            <ToggleButton
              value={each}
              selected={asked === each}
              size="small"
              onChange={() => onAsk(asked === each ? undefined : each)}
              sx={{
                gap: 0.75,
                px: 1.25,
                mb: 0.5,
                color: 'text.primary',
                textAlign: 'start',
                justifyContent: 'flex-start',
              }}
            >
              {asked === each && <Check aria-hidden sx={{ fontSize: 16 }} />}
              {t(`coverage.answer.${each}`, { smart_count: found.length })}
            </ToggleButton>
            <Typography variant="body2" color="text.secondary">
              {found.length === 0
                ? t('coverage.answer.nobody')
                : new Intl.ListFormat(locale, { type: 'conjunction' }).format([
                    ...found.slice(0, NAMES_IN_SIGHT).map((country) => countryName(country, locale)),
                    ...(found.length > NAMES_IN_SIGHT
                      ? [t('coverage.answer.more', { smart_count: found.length - NAMES_IN_SIGHT })]
                      : []),
                  ])}
            </Typography>
          </li>
        ))}
      </Box>
      <Box role="group" aria-label={t('coverage.ask.label')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
        {STATES.map((each) => (
          <ToggleButton
            key={each}
            value={each}
            selected={asked === each}
            size="small"
            onChange={() => onAsk(asked === each ? undefined : each)}
            sx={{ gap: 0.75, px: 1.25, color: 'text.primary' }}
          >
            {asked === each && <Check aria-hidden sx={{ fontSize: 16 }} />}
            <Swatch state={each} patterns={patterns} />
            {t(`coverage.state.${each}`)}
            <Box component="span" sx={{ fontWeight: 700, fontVariantNumeric: 'tabular-nums' }}>
              {number.format(countries(each).length)}
            </Box>
          </ToggleButton>
        ))}
      </Box>
    </Box>
  );
}

/** What the signs of the table mean. */
function Legend() {
  const { t } = useWords();
  return (
    <Box
      component="ul"
      aria-label={t('coverage.legend')}
      sx={(theme) => ({
        ...signColours(theme),
        listStyle: 'none',
        m: 0,
        mb: 1,
        p: 0,
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 2,
        rowGap: 0.5,
        typography: 'body2',
        '& li': { display: 'inline-flex', alignItems: 'center', gap: 0.75 },
      })}
    >
      {STATES.map((state) => (
        <li key={state}>
          <Sign state={state} />
          {t(`coverage.state.${state}`)}
        </li>
      ))}
    </Box>
  );
}
