import { useEffect, useRef, useState } from 'react';
import {
  Box,
  Button,
  InputAdornment,
  TextField,
  ToggleButton,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import Check from '@mui/icons-material/Check';
import Search from '@mui/icons-material/Search';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { Loading } from '../layout/Loading.tsx';
import { useSettled } from '../records/form/RecordPicker.tsx';
import { useWords } from '../records/words.ts';
import { ACTIONS, type Action, type Decision, type ImportView, type Outcome, type Preview } from './contract.ts';
import { PreviewProgress } from './PreviewProgress.tsx';
import { RowDetail } from './RowDetail.tsx';
import { RowList } from './RowList.tsx';
import { SinceLast } from './SinceLast.tsx';
import { useDecisions } from './useDecisions.ts';
import { ROWS_PER_PAGE, useRows } from './useImports.ts';
import { usePreview } from './usePreview.ts';

type Shown = Action | 'all' | 'look';
const SHOWN: readonly Shown[] = ['decide', 'look', 'new', 'update', 'duplicate', 'reject', 'all'];
const KEYS = { group: 'imports.keys.rows' };

/** Every row with what becomes of it: what needs a person first, the others to look at. */
export function Rows({ view }: { view: ImportView }) {
  const { t, locale } = useWords();
  const preview = usePreview(view);
  const decisions = useDecisions(view);
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('lg'));
  const [search, setSearch] = useSearchParams();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const [at, setAt] = useState(0);
  const { undecided, digest } = view.preview;
  const number = new Intl.NumberFormat(locale);
  // Looking at the rows begins with those that wait for a person, and stays there when the last was decided on.
  const begun = useRef<Shown>(undefined);
  if (digest !== null) begun.current ??= undecided > 0 ? 'decide' : 'all';
  const shown: Shown = SHOWN.find((each) => each === search.get('show')) ?? begun.current ?? 'all';
  const settled = useSettled(q.trim());
  const rows = useRows(view.id, digest, {
    ...(shown === 'all'
      ? {}
      : shown === 'decide'
        ? { needs: 'decision' }
        : shown === 'look'
          ? { needs: 'look' }
          : { action: shown }),
    q: settled,
    page,
  });
  const list = rows.data?.data ?? [];
  const place = Math.min(at, Math.max(0, list.length - 1));
  const active = list[place];
  const show = (next: Shown) => {
    setPage(1);
    setAt(0);
    setSearch({ step: 'rows', show: next }, { replace: true });
  };
  useEffect(() => setPage(1), [settled]);

  const total = rows.data?.total ?? 0;
  const move = (by: number) => {
    const next = place + by;
    if (next >= list.length && page * ROWS_PER_PAGE < total) {
      setPage(page + 1);
      setAt(0);
    } else if (next < 0 && page > 1) {
      setPage(page - 1);
      setAt(ROWS_PER_PAGE - 1);
    } else setAt(Math.min(Math.max(next, 0), list.length - 1));
  };
  const decide = (row: Outcome, decision: Decision | null) => {
    if (view.can.decide !== null || decisions.isBusy) return;
    void decisions.decide(row, decision).then((isKept) => {
      // The next one waits; a decision taken back is looked at again where it is.
      if (isKept && decision !== null && shown !== 'decide') move(1);
      if (isKept && decision !== null && shown === 'decide') setAt(nextOpen(list, place, decisions.said, row));
    });
  };
  const enabled = active !== undefined;
  useShortcut('j', 'imports.keys.next', () => move(1), { ...KEYS, enabled });
  useShortcut('ArrowDown', 'imports.keys.next', () => move(1), { ...KEYS, enabled });
  useShortcut('k', 'imports.keys.previous', () => move(-1), { ...KEYS, enabled });
  useShortcut('ArrowUp', 'imports.keys.previous', () => move(-1), { ...KEYS, enabled });
  // Empty groups are passed over: there is nothing to look at.
  const groups = SHOWN.filter((each) => each === shown || countOf(view.preview, each) > 0);
  const following = groups[(groups.indexOf(shown) + 1) % groups.length];
  useShortcut('f', 'imports.keys.nextGroup', () => following !== undefined && show(following), KEYS);
  useShortcut('z', 'imports.keys.undo', decisions.undo, { ...KEYS, enabled: view.can.decide === null });

  const detail = active && (
    <RowDetail
      key={`${active.row} ${active.fingerprint}`}
      view={view}
      row={active}
      said={decisions.said.get(active.fingerprint)}
      isBusy={decisions.isBusy}
      onDecide={(decision) => decide(active, decision)}
    />
  );
  return (
    <Box>
      <PreviewProgress view={view} preview={preview} />
      <SinceLast view={view} />
      {(digest !== null || list.length > 0) && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 2 }}>
          <Box role="group" aria-label={t('imports.rows.filter')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
            {SHOWN.map((each) => (
              <ToggleButton
                key={each}
                value={each}
                selected={shown === each}
                size="small"
                onChange={() => show(each)}
                sx={{ gap: 0.75, px: 1.25, color: 'text.primary' }}
              >
                {shown === each && <Check aria-hidden sx={{ fontSize: 16 }} />}
                {t(`imports.action.${each}`)}
                <Box component="span" sx={{ fontWeight: 700, fontVariantNumeric: 'tabular-nums' }}>
                  {number.format(countOf(view.preview, each))}
                </Box>
              </ToggleButton>
            ))}
          </Box>
          <TextField
            margin="none"
            type="search"
            label={t('imports.rows.search')}
            value={q}
            onChange={({ target }) => setQ(target.value)}
            slotProps={{
              htmlInput: { dir: 'auto' },
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <Search aria-hidden fontSize="small" />
                  </InputAdornment>
                ),
              },
            }}
            sx={{ flex: '1 1 170px', minWidth: 150, maxWidth: { sm: 320 } }}
          />
        </Box>
      )}
      <ProblemNote problem={decisions.problem} onReload={decisions.clear} />
      {rows.error && !rows.data ? (
        <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
      ) : !rows.data ? (
        digest !== null && <Loading />
      ) : active === undefined ? (
        <EmptyState
          title={t(shown === 'decide' && settled === '' ? 'imports.rows.allDecided' : 'imports.rows.none')}
          action={
            shown !== 'all' && (
              <Button variant="outlined" onClick={() => show('all')}>
                {t('imports.rows.showAll')}
              </Button>
            )
          }
        >
          {shown === 'decide' && settled === '' ? t('imports.rows.allDecidedText') : undefined}
        </EmptyState>
      ) : (
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            alignItems: 'start',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(280px, 360px) minmax(0, 1fr)' },
          }}
        >
          <Box sx={{ minWidth: 0, position: { lg: 'sticky' }, top: { lg: 76 } }}>
            <RowList
              view={view}
              rows={list}
              active={place}
              said={decisions.said}
              onChoose={setAt}
              detail={isNarrow ? detail : undefined}
            />
            {total > ROWS_PER_PAGE && <Pages page={page} total={total} onPage={(next) => (setPage(next), setAt(0))} />}
          </Box>
          {!isNarrow && detail}
        </Box>
      )}
    </Box>
  );
}

/** How many rows a filter shows. */
function countOf({ counts, toLookAt, undecided }: Preview, shown: Shown): number {
  if (shown === 'look') return toLookAt;
  if (shown === 'decide') return undecided;
  if (counts === null) return 0;
  return shown === 'all' ? ACTIONS.reduce((sum, action) => sum + counts[action], 0) : counts[shown];
}

/** The next row of the list that nobody has decided on; the same place when it was the last. */
function nextOpen(
  list: readonly Outcome[],
  at: number,
  said: ReadonlyMap<string, Decision | null>,
  row: Outcome,
): number {
  const isOpen = ({ fingerprint }: Outcome) => fingerprint !== row.fingerprint && !said.get(fingerprint);
  const next = list.findIndex((each, i) => i > at && isOpen(each));
  const first = list.findIndex(isOpen);
  return next !== -1 ? next : first !== -1 ? first : at;
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1, mt: 1 }}>
      <Button size="small" disabled={page === 1} onClick={() => onPage(page - 1)}>
        {t('ra.navigation.previous')}
      </Button>
      <Typography variant="body2" color="text.secondary" aria-live="polite">
        {t('common.table.range', {
          from: number.format((page - 1) * ROWS_PER_PAGE + 1),
          to: number.format(Math.min(page * ROWS_PER_PAGE, total)),
          total: number.format(total),
        })}
      </Typography>
      <Button size="small" disabled={page * ROWS_PER_PAGE >= total} onClick={() => onPage(page + 1)}>
        {t('ra.navigation.next')}
      </Button>
    </Box>
  );
}
