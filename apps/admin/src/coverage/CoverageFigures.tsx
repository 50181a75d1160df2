import { useId } from 'react';
import { Box, Link as MuiLink } from '@mui/material';
import { Link } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { colourOf, Sign, signColours, Signs, SignSprite } from './cellLooks.tsx';
import { needsBehind, routeNeedName } from './askable.ts';
import { cellOf, isAsked, STATES, useCoverage, useCoverageRows } from './useCoverage.ts';

/** How many countries have what, for the need most reports are about; each number leads to these countries. */
export function CoverageFigures() {
  const { t, locale } = useWords();
  const signs = useId();
  const { data, error, refetch } = useCoverage();
  const rows = useCoverageRows(data, '001');
  const needs = needsBehind('csam-online');
  const number = new Intl.NumberFormat(locale);
  return (
    <Panel title={t('coverage.figures.title')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Signs value={signs}>
          <SignSprite id={signs} />
          <Box sx={{ typography: 'body2', color: 'text.secondary', mb: 1 }}>
            {t('coverage.figures.words', { need: routeNeedName('csam-online', t) })}
          </Box>
          <Box
            component="ul"
            sx={(theme) => ({ ...signColours(theme), listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 })}
          >
            {STATES.map((state) => {
              const count = rows.filter((row) => isAsked(cellOf(row, needs), state)).length;
              return (
                <Box
                  component="li"
                  key={state}
                  sx={{
                    display: 'grid',
                    gridTemplateColumns: '20px minmax(110px, 150px) minmax(0,1fr) 3.5em',
                    gap: 1,
                    alignItems: 'center',
                    minHeight: 28,
                  }}
                >
                  <Sign state={state} />
                  <MuiLink component={Link} to={`/coverage?show=${state}`} color="text.primary">
                    {t(`coverage.state.${state}`)}
                  </MuiLink>
                  <Box aria-hidden sx={{ bgcolor: 'action.hover', borderRadius: 0.5, height: 12 }}>
                    <Box
                      sx={(theme) => ({
                        width: `${(count / Math.max(1, rows.length)) * 100}%`,
                        minWidth: count > 0 ? 3 : 0,
                        height: 12,
                        borderRadius: 0.5,
                        bgcolor: colourOf(state, theme),
                      })}
                    />
                  </Box>
                  <Box component="strong" sx={{ textAlign: 'end', fontVariantNumeric: 'tabular-nums' }}>
                    {number.format(count)}
                  </Box>
                </Box>
              );
            })}
          </Box>
        </Signs>
      ) : (
        <Loading />
      )}
    </Panel>
  );
}
