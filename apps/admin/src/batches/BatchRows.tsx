import { useCallback, useEffect, useRef, useState } from 'react';
import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import { useNavigate } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Pages } from '../common/Pager.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { BatchRow, BatchView, Selected } from './contract.ts';
import { ReviewBar } from './ReviewBar.tsx';
import { hrefOf, RowCard } from './RowCard.tsx';
import type { RowFilter } from './rowFilter.ts';
import { SendDialog, type SendAction } from './SendDialog.tsx';
import { useBatchRows, useSelection } from './useBatches.ts';
import { useTicks } from './useTicks.ts';

const NOTHING: readonly never[] = [];
const MOVED = { code: 'stale-content' } as const;

/** The rows that fit a filter, page by page, and below them the decision on those that are ticked, on whatever page they stand. */
export function BatchRows({
  batch,
  filter,
  page,
  onPage,
}: {
  batch: BatchView;
  filter: RowFilter;
  page: number;
  onPage: (page: number) => void;
}) {
  const { t } = useWords();
  const mayReview = useMay('proposal.review');
  const [perPage, setPerPage] = useState(25);
  const rows = useBatchRows(batch.id, filter, { page, perPage });
  const selection = useSelection(batch.id, 'approve', filter, mayReview);
  const shown = rows.data?.data ?? NOTHING;
  const ticks = useTicks(selection.data?.data ?? NOTHING, shown);
  const [sending, setSending] = useState<{ action: SendAction; items: readonly Selected[] }>();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const turn = (by: number): boolean => {
    const isThere = page + by >= 1 && (page + by - 1) * perPage < (rows.data?.total ?? 0);
    if (isThere) onPage(page + by);
    return isThere;
  };
  if (rows.error && !rows.data) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <Loading />;
  return (
    <>
      {ticks.moved.size > 0 && (
        <Alert
          severity="warning"
          sx={{ mb: 1.5 }}
          action={
            <Button color="inherit" size="small" onClick={() => void selection.refetch()}>
              {t('proposals.moved.show')}
            </Button>
          }
        >
          {t('batches.moved', { smart_count: ticks.moved.size })}
        </Alert>
      )}
      {rows.data.total === 0 ? (
        <EmptyState title={t('common.table.none')}>{t('common.table.noneText')}</EmptyState>
      ) : (
        <>
          <List rows={shown} ticks={mayReview ? ticks : undefined} onTurn={turn} />
          <Pages page={page} perPage={perPage} total={rows.data.total} onPage={onPage} onPerPage={setPerPage} />
        </>
      )}
      {mayReview && selection.data && (
        <ReviewBar
          ticked={ticks.chosen.length}
          approvable={selection.data.total}
          isFiltered={isFiltered}
          onTickAll={ticks.setAll}
          onAct={(action) => setSending({ action, items: ticks.chosen })}
        />
      )}
      {sending && <SendDialog {...sending} onClose={() => setSending(undefined)} />}
    </>
  );
}

function List({
  rows,
  ticks,
  onTurn,
}: {
  rows: readonly BatchRow[];
  ticks: ReturnType<typeof useTicks> | undefined;
  /** Goes on to the next page or back, where there is one. @returns whether there is */
  onTurn: (by: number) => boolean;
}) {
  const { t } = useWords();
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, rows.length - 1);
  const row = rows[active];
  const proposal = row?.proposal;
  const href = row && hrefOf(row);
  const focus = useCallback((n: number) => setAt(n), []);
  const goTo = (n: number) => {
    setAt(n);
    list.current?.querySelector<HTMLElement>(`[data-at="${n}"]`)?.focus();
  };
  const turned = useRef(0);
  const move = (by: number) => {
    const next = active + by;
    if (next >= 0 && next < rows.length) goTo(next);
    else if (onTurn(by)) turned.current = by;
  };
  useEffect(() => {
    // The rows of the other page have come: one is at its nearer end.
    if (turned.current !== 0) goTo(turned.current > 0 ? 0 : rows.length - 1);
    turned.current = 0;
  }, [rows]);
  /** A focused control does what it says; anywhere else the key means the row one is at. */
  const onRow = (event: KeyboardEvent, act: () => void) => {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>('a,button,input') : null;
    if (control) control.click();
    else act();
  };
  const group = 'proposals.keys.group';
  useShortcut('j', 'queue.keys.next', () => move(1), { group });
  useShortcut('ArrowDown', 'queue.keys.next', () => move(1), { group });
  useShortcut('k', 'queue.keys.previous', () => move(-1), { group });
  useShortcut('ArrowUp', 'queue.keys.previous', () => move(-1), { group });
  useShortcut(
    'Space',
    'batches.keys.tick',
    (event) => onRow(event, () => proposal?.can.approve === null && ticks?.toggle(proposal.id)),
    { group, enabled: ticks !== undefined },
  );
  useShortcut('Enter', 'queue.keys.open', (event) => onRow(event, () => href !== undefined && void navigate(href)), {
    group,
  });
  return (
    <>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1, display: { xs: 'none', md: 'block' } }}>
        <kbd>J</kbd> <kbd>K</kbd> {t('queue.keys.move')}
        <Gap />
        <kbd>↵</kbd> {t('queue.keys.open')}
        {ticks && (
          <>
            <Gap />
            <kbd>Space</kbd> {t('batches.keys.tick')}
          </>
        )}
      </Typography>
      <Paper
        ref={list}
        component="ul"
        variant="outlined"
        aria-label={t('batches.rows')}
        sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}
      >
        {rows.map((row, n) => (
          <RowCard
            key={row.position}
            row={row}
            at={n}
            isActive={n === active}
            isTicked={row.proposal ? ticks?.isOn(row.proposal.id) : undefined}
            refusal={row.proposal && ticks?.moved.has(row.proposal.id) ? MOVED : (row.proposal?.can.approve ?? null)}
            onFocus={focus}
            onToggle={ticks?.toggle ?? ignore}
          />
        ))}
      </Paper>
    </>
  );
}

const ignore = () => undefined;
const Gap = () => <Box component="span" sx={{ mx: 1 }} />;
