import { useId } from 'react';
import { Box, Button, Chip, Drawer, IconButton, Link as MuiLink, Typography } from '@mui/material';
import Close from '@mui/icons-material/Close';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import TravelExplore from '@mui/icons-material/TravelExploreOutlined';
import type { Country, Need, RouteNeed } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { ConfidenceChip } from '../common/ConfidenceChip.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { needName, useWords } from '../records/words.ts';
import { recordHref } from '../records/useRecord.ts';
import { useMay } from '../session/current.ts';
import { Sign, signColours } from './cellLooks.tsx';
import { routingHref } from './routingAddress.ts';
import { ASKABLE, needsBehind, routeNeedName } from './askable.ts';
import { cellOf, type Column, type CoverageRow } from './useCoverage.ts';
import { useCountryCoverage, type CountryCoverageView, type CoveringEntry } from './useRouting.ts';

export type CellDrawerProps = {
  country: Country;
  /** Without it: every need of the country. */
  need: RouteNeed | undefined;
  row: CoverageRow;
  title: string;
  wordsOf: (row: CoverageRow, column: Pick<Column, 'needs'>) => string;
  onNeed: (need: RouteNeed | undefined) => void;
  onClose: () => void;
};

/** What stands behind a cell: its entries, what the profile says, and what one can do about it. */
export function CellDrawer({ country, need, row, title, wordsOf, onNeed, onClose }: CellDrawerProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-modal': true,
          'aria-labelledby': id,
          sx: { width: 480, maxWidth: '100vw', p: { xs: 2, sm: 2.5 } },
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
        <Typography id={id} variant="h2" component="h2" sx={{ flex: 1, fontSize: '1.375rem' }}>
          <bdi>{title}</bdi>
          {need !== undefined && (
            <Typography component="span" color="text.secondary" sx={{ display: 'block' }}>
              {routeNeedName(need, t)}
            </Typography>
          )}
        </Typography>
        <IconButton autoFocus aria-label={t('common.action.close')} onClick={onClose}>
          <Close />
        </IconButton>
      </Box>
      {need === undefined ? (
        <EveryNeed row={row} wordsOf={wordsOf} onNeed={onNeed} />
      ) : (
        <OneNeed country={country} need={need} row={row} wordsOf={wordsOf} onNeed={onNeed} />
      )}
    </Drawer>
  );
}

function EveryNeed({ row, wordsOf, onNeed }: Pick<CellDrawerProps, 'row' | 'wordsOf' | 'onNeed'>) {
  const { t } = useWords();
  return (
    <Box
      component="ul"
      aria-label={t('coverage.cell.needs')}
      sx={(theme) => ({ ...signColours(theme), listStyle: 'none', p: 0, m: 0, mt: 1.5 })}
    >
      {ASKABLE.map((need) => {
        const needs = needsBehind(need);
        return (
          <Box component="li" key={need} sx={{ borderBottom: 1, borderColor: 'divider' }}>
            <Button
              fullWidth
              color="inherit"
              onClick={() => onNeed(need)}
              sx={{ justifyContent: 'flex-start', textAlign: 'start', gap: 1.25, py: 1, borderRadius: 0 }}
            >
              <Sign state={cellOf(row, needs).state} />
              <span>
                {routeNeedName(need, t)}
                <Typography component="span" variant="body2" color="text.secondary" sx={{ display: 'block' }}>
                  {wordsOf(row, { needs })}
                </Typography>
              </span>
            </Button>
          </Box>
        );
      })}
    </Box>
  );
}

function OneNeed({
  country,
  need,
  row,
  wordsOf,
  onNeed,
}: Pick<CellDrawerProps, 'country' | 'row' | 'wordsOf' | 'onNeed'> & { need: RouteNeed }) {
  const { t } = useWords();
  const { data, error, refetch } = useCountryCoverage(country);
  const needs = needsBehind(need);
  const { state } = cellOf(row, needs);
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 1.5, gridTemplateColumns: 'minmax(0,1fr)' }}>
      <Box sx={(theme) => ({ ...signColours(theme), display: 'flex', gap: 1.25, alignItems: 'flex-start' })}>
        <Sign state={state} />
        <div>
          <strong>{wordsOf(row, { needs })}</strong>
          <Typography variant="body2" color="text.secondary">
            {t(`coverage.stateLong.${state}`)}
          </Typography>
        </div>
      </Box>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Behind country={country} need={need} needs={needs} view={data} />
      ) : (
        <Loading />
      )}
      <Box>
        <Button size="small" onClick={() => onNeed(undefined)}>
          {t('coverage.cell.back')}
        </Button>
      </Box>
    </Box>
  );
}

function Behind({
  country,
  need,
  needs,
  view,
}: {
  country: Country;
  need: RouteNeed;
  needs: readonly Need[];
  view: CountryCoverageView;
}) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const cells = view.cells.filter((cell) => needs.includes(cell.need));
  // An entry that takes several of the needs is one entry.
  const entries = [...new Map(cells.flatMap((cell) => cell.entries).map((entry) => [entry.id, entry])).values()];
  const said = cells.flatMap(({ need: about, profile }) => (profile ? [{ about, ...profile }] : []));
  const researched = needs[0] ?? 'csam-url';
  return (
    <>
      <Box component="section" aria-label={t('coverage.cell.entries')}>
        <Typography variant="h3" sx={{ mb: 0.75 }}>
          {t('coverage.cell.entries')}
        </Typography>
        {entries.length === 0 ? (
          <Typography variant="body2" color="text.secondary">
            {t('coverage.cell.noEntries')}
          </Typography>
        ) : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {entries.map((entry) => (
              <EntryLine key={entry.id} entry={entry} />
            ))}
          </Box>
        )}
        <Button
          component={Link}
          size="small"
          to={`/entries?filter=${encodeURIComponent(JSON.stringify({ country }))}`}
          sx={{ mt: 0.5 }}
        >
          {t('coverage.cell.allEntries')}
        </Button>
      </Box>
      <Box component="section" aria-label={t('coverage.cell.profile')}>
        <Typography variant="h3" sx={{ mb: 0.75 }}>
          {t('coverage.cell.profile')}
        </Typography>
        {view.profileId === null ? (
          <Typography variant="body2" color="text.secondary">
            {t('coverage.cell.noProfile')}
          </Typography>
        ) : (
          <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5, typography: 'body2' }}>
            {said.length === 0 && <li>{t('vocabulary.coverageStatus.not-researched')}</li>}
            {said.map(({ about, status, checkedAt, nextReview }) => (
              <li key={about}>
                {needs.length > 1 && `${needName(about, t)}: `}
                {t(`vocabulary.coverageStatus.${status}`)}, {t('coverage.cell.checked')} <When at={checkedAt} />
                {nextReview !== null && (
                  <>
                    , {t('coverage.cell.review')} <When at={nextReview} />
                  </>
                )}
              </li>
            ))}
          </Box>
        )}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button variant="contained" component={Link} to={routingHref({ country, need })} startIcon={<PersonSearch />}>
          {t('coverage.cell.see')}
        </Button>
        {mayWrite && (
          <Button
            variant="outlined"
            component={Link}
            to={
              view.profileId === null
                ? `/countries/create?country=${country}&need=${researched}`
                : `/countries/${view.profileId}?need=${researched}`
            }
            startIcon={<TravelExplore />}
          >
            {t(said.length === 0 ? 'coverage.cell.research' : 'coverage.cell.researchMore')}
          </Button>
        )}
      </Box>
    </>
  );
}

function EntryLine({ entry }: { entry: CoveringEntry }) {
  const { t } = useWords();
  return (
    <Box component="li" sx={{ py: 1, borderBottom: 1, borderColor: 'divider' }}>
      <MuiLink component={Link} to={recordHref('entry', entry.id)} sx={{ fontWeight: 600 }}>
        <bdi>{entry.name}</bdi>
      </MuiLink>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center', mt: 0.5 }}>
        <Typography variant="body2" color="text.secondary">
          {t(`vocabulary.kind.${entry.kind}`)}
        </Typography>
        <ConfidenceChip confidence={entry.confidence} />
        {entry.state !== 'active' && (
          <Chip size="small" color="error" variant="outlined" label={t(`vocabulary.recordState.${entry.state}`)} />
        )}
        {entry.unsafe && <Chip size="small" color="error" label={t('due.unsafe')} />}
        {entry.partial && <Chip size="small" variant="outlined" label={t('coverage.state.partial')} />}
        {entry.expiresAt !== null && (
          <Typography variant="body2" color="text.secondary">
            {t('checks.expires')} <When at={entry.expiresAt} />
          </Typography>
        )}
      </Box>
    </Box>
  );
}
