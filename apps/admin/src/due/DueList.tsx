import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Alert, Box, Button, Checkbox, Paper, Skeleton, Toolbar, Typography } from '@mui/material';
import Download from '@mui/icons-material/Download';
import EventNote from '@mui/icons-material/EventNoteOutlined';
import LibraryAddCheck from '@mui/icons-material/LibraryAddCheckOutlined';
import { languageName } from '@waymark/domain';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfidenceChip } from '../common/ConfidenceChip.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import { MOST_IN_A_WORKBOOK } from '../common/workbook.ts';
import type { DueRow, DueSummary } from '../contract.ts';
import { listText } from '../records/valueLines.ts';
import { areaText } from '../records/areaText.ts';
import { useWords } from '../records/words.ts';
import { useMay, useMe } from '../session/current.ts';
import { AssignMenu } from './AssignMenu.tsx';
import { BulkDialog } from './BulkDialog.tsx';
import { checkHref, filterFrom, searchOf, toQuery, type DueFilter } from './dueFilter.ts';
import { DueFilters } from './DueFilters.tsx';
import { AlarmMark, DueText, SoleOption } from './DueState.tsx';
import { LocalTime } from './LocalTime.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import { useDueRows, useDueSummary } from './useDue.ts';

/** The queue of checks: what is to be looked at next, why, how sure we are, who is at it, and what time it is there. */
export function DueList() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => filterFrom(params), [params]);
  const rows = useDueRows(filter);
  const summary = useDueSummary();
  const [isPlanning, setPlanning] = useState(false);
  const mayAssign = useMay('work.assign');
  const setFilter = (next: DueFilter) => setParams(new URLSearchParams(searchOf(next)), { replace: true });
  return (
    <Page
      title={t('due.title')}
      width="wide"
      subtitle={summary.data && <Today summary={summary.data} />}
      actions={
        <>
          {rows.data !== undefined && rows.data.total > 0 && <FixList filter={filter} total={rows.data.total} />}
          {mayAssign && (
            <Button variant="outlined" startIcon={<EventNote />} onClick={() => setPlanning(true)}>
              {t('due.plan.open')}
            </Button>
          )}
        </>
      }
    >
      <DueFilters filter={filter} summary={summary.data} onChange={setFilter} />
      {rows.isError && !rows.data ? (
        <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
      ) : !rows.data ? (
        <DueSkeleton />
      ) : rows.data.rows.length === 0 ? (
        <NothingDue filter={filter} onClear={() => setFilter({})} />
      ) : (
        <>
          {rows.isError && (
            <Alert severity="warning" sx={{ mb: 2 }}>
              {t('queue.stale')}
            </Alert>
          )}
          <Rows
            rows={rows.data.rows}
            total={rows.data.total}
            filter={filter}
            onMore={rows.hasNextPage && !rows.isFetchingNextPage ? () => void rows.fetchNextPage() : undefined}
          />
        </>
      )}
      {isPlanning && summary.data && <PlanDialog summary={summary.data} onClose={() => setPlanning(false)} />}
    </Page>
  );
}

/** What was done today and what of the open work is mine. */
function Today({ summary }: { summary: DueSummary }) {
  const { t, locale } = useWords();
  const me = useMe();
  const number = new Intl.NumberFormat(locale);
  const share = summary.fairShare.find(({ userId }) => userId === me?.id);
  return (
    <span>
      {t('due.doneToday', { all: number.format(summary.doneToday), mine: number.format(summary.doneTodayByMe) })}
      {share && ` · ${t('due.share', { open: number.format(share.open) })}`}
    </span>
  );
}

/** The whole queue as it is filtered, to be mended in a spreadsheet and imported again. */
function FixList({ filter, total }: { filter: DueFilter; total: number }) {
  const { t } = useWords();
  const format = total > MOST_IN_A_WORKBOOK ? 'csv' : 'xlsx';
  return (
    <Button
      component="a"
      variant="outlined"
      startIcon={<Download />}
      href={api.href('/due/fix-list', { ...toQuery(filter), format })}
      download={`fix-list.${format}`}
      title={t('entries.export.fixText')}
    >
      {t('entries.export.fix')}
    </Button>
  );
}

function Rows({
  rows,
  total,
  filter,
  onMore,
}: {
  rows: readonly DueRow[];
  total: number;
  filter: DueFilter;
  onMore: (() => void) | undefined;
}) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const mayCheck = useMay('verification.write');
  const mayAssign = useMay('work.assign');
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'snooze' | 'bulk'>();
  const active = Math.min(at, rows.length - 1);
  const row = rows[active];
  const chosen = rows.filter(({ recordId }) => selected.has(recordId));
  const claim = useVerb((recordId: string) => api.post(`/entries/${recordId}/work`, { claim: true }), {
    refresh: ['due'],
    done: 'due.claimed',
  });
  const assign = useVerb(
    async ({ ids, assignee }: { ids: string[]; assignee: string | null }) => {
      // One after the other: each is a change with an audit event of its own.
      for (const id of ids) await api.post(`/entries/${id}/work`, { assignee });
    },
    { refresh: ['due'], done: 'due.assigned' },
  );

  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, active + by));
    setAt(next);
    list.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
    if (next > rows.length - 20) onMore?.();
  };
  const toggle = useCallback(
    (recordId: string) =>
      setSelected((old) => {
        const next = new Set(old);
        if (!next.delete(recordId)) next.add(recordId);
        return next;
      }),
    [],
  );
  const group = 'due.keys.group';
  useShortcut('j', 'queue.keys.next', () => move(1), { group });
  useShortcut('ArrowDown', 'queue.keys.next', () => move(1), { group });
  useShortcut('k', 'queue.keys.previous', () => move(-1), { group });
  useShortcut('ArrowUp', 'queue.keys.previous', () => move(-1), { group });
  useShortcut('c', 'due.keys.claim', () => row && void claim.run(row.recordId), { group, enabled: mayCheck });
  useShortcut('s', 'due.keys.snooze', () => row && setDialog('snooze'), { group, enabled: mayCheck });
  useShortcut('x', 'due.keys.select', () => row && toggle(row.recordId), { group, enabled: mayAssign });
  useShortcut(
    'Enter',
    'due.keys.open',
    (event) => {
      const control = event.target instanceof Element ? event.target.closest<HTMLElement>('a,button') : null;
      if (control) control.click();
      else if (row) void navigate(checkHref(row.recordId, filter));
    },
    { group },
  );

  return (
    <Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1, display: { xs: 'none', md: 'block' } }}>
        <kbd>↵</kbd> {t('due.keys.open')} <Gap />
        <kbd>J</kbd> <kbd>K</kbd> {t('queue.keys.move')} <Gap />
        {mayCheck && (
          <>
            <kbd>C</kbd> {t('due.keys.claim')} <Gap />
            <kbd>S</kbd> {t('due.keys.snooze')} <Gap />
          </>
        )}
        {mayAssign && (
          <>
            <kbd>X</kbd> {t('due.keys.select')}
          </>
        )}
      </Typography>
      <Box role="status" aria-live="polite">
        {chosen.length > 0 && (
          <Toolbar
            variant="dense"
            sx={{
              flexWrap: 'wrap',
              gap: 1,
              py: 0.75,
              mb: 1,
              borderRadius: 1,
              bgcolor: 'action.selected',
            }}
          >
            <Typography sx={{ fontWeight: 600, marginInlineEnd: 1 }}>
              {t('common.table.selected', { smart_count: chosen.length })}
            </Typography>
            <AssignMenu
              onChoose={(assignee) =>
                void assign
                  .run({ ids: chosen.map(({ recordId }) => recordId), assignee })
                  .then(() => setSelected(new Set()))
              }
              busy={assign.busy}
            />
            {mayCheck && (
              <Button size="small" startIcon={<LibraryAddCheck />} onClick={() => setDialog('bulk')}>
                {t('due.bulk.open')}
              </Button>
            )}
            <Box sx={{ flex: 1 }} />
            <Button size="small" onClick={() => setSelected(new Set())}>
              {t('common.table.unselect')}
            </Button>
          </Toolbar>
        )}
      </Box>
      <ProblemNote problem={claim.problem ?? assign.problem} />
      <Paper
        ref={list}
        component="ul"
        variant="outlined"
        aria-label={t('due.title')}
        sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}
      >
        {rows.map((each, i) => (
          <Row
            key={each.recordId}
            row={each}
            at={i}
            href={checkHref(each.recordId, filter)}
            isActive={i === active}
            isSelected={selected.has(each.recordId)}
            isSelectable={mayAssign}
            onFocus={setAt}
            onToggle={toggle}
          />
        ))}
      </Paper>
      <More onMore={onMore} />
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }} aria-live="polite">
        {t('common.table.range', {
          from: new Intl.NumberFormat(locale).format(1),
          to: new Intl.NumberFormat(locale).format(rows.length),
          total: new Intl.NumberFormat(locale).format(total),
        })}
      </Typography>
      {dialog === 'snooze' && row && <SnoozeDialog row={row} onClose={() => setDialog(undefined)} />}
      {dialog === 'bulk' && chosen.length > 0 && (
        <BulkDialog
          rows={chosen}
          onClose={(isDone) => {
            setDialog(undefined);
            if (isDone) setSelected(new Set());
          }}
        />
      )}
    </Box>
  );
}

const Gap = () => <Box component="span" sx={{ mx: 1 }} />;

/** Asks for the next rows as soon as the end comes into sight. */
function More({ onMore }: { onMore: (() => void) | undefined }) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!end.current) return undefined;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current?.(), {
      rootMargin: '600px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={end} />;
}

type RowProps = {
  row: DueRow;
  at: number;
  href: string;
  isActive: boolean;
  isSelected: boolean;
  isSelectable: boolean;
  onFocus: (at: number) => void;
  onToggle: (recordId: string) => void;
};

/** One entry. Rows out of sight are not laid out, and one that did not change is not drawn again: 500 must not lag. */
const Row = memo(function Row({ row, at, href, isActive, isSelected, isSelectable, onFocus, onToggle }: RowProps) {
  const words = useWords();
  const { t, locale } = words;
  const me = useMe();
  const countries = row.countries.slice(0, 3).map((code) => areaText(code, words));
  const who =
    row.claimedBy !== null
      ? row.claimedBy.id === me?.id
        ? t('due.claimedByMe')
        : t('due.claimedBy', { name: row.claimedBy.name })
      : row.assignee !== null
        ? row.assignee.name
        : t('due.nobody');
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'stretch',
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 84px',
        boxShadow: isActive ? 'inset 4px 0 0 var(--wm-blaze)' : 'none',
        '[dir=rtl] &': { boxShadow: isActive ? 'inset -4px 0 0 var(--wm-blaze)' : 'none' },
        bgcolor: isSelected ? 'action.selected' : isActive ? 'action.hover' : 'transparent',
        '&:not(:last-child)': { borderBottom: 1, borderColor: 'divider' },
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      {isSelectable && (
        <Checkbox
          size="small"
          checked={isSelected}
          onChange={() => onToggle(row.recordId)}
          slotProps={{ input: { 'aria-label': t('common.table.select', { name: row.name }) } }}
          sx={{ alignSelf: 'center', marginInlineStart: 1 }}
        />
      )}
      <Box
        component={Link}
        to={href}
        data-at={at}
        onFocus={() => onFocus(at)}
        sx={{
          flex: 1,
          minWidth: 0,
          display: 'grid',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: 'minmax(0, 5fr) minmax(0, 4fr) minmax(0, 3fr)',
          },
          columnGap: 2,
          rowGap: 0.5,
          alignItems: 'center',
          px: { xs: 1.25, sm: 1.75 },
          py: 1.25,
          minHeight: 64,
          color: 'text.primary',
          textDecoration: 'none',
          typography: 'body2',
          '&:focus-visible': { outlineOffset: -3 },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Box
            component="span"
            sx={{ display: 'block', fontWeight: 650, fontSize: '0.9375rem', overflowWrap: 'anywhere' }}
          >
            <bdi>{row.name}</bdi>
          </Box>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {[
              t(`vocabulary.kind.${row.kind}`, { _: row.kind }),
              listText(countries, locale) + (row.countries.length > 3 ? ` +${row.countries.length - 3}` : ''),
              listText(
                row.languages.slice(0, 3).map((tag) => languageName(tag, locale)),
                locale,
              ),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Box>
        </Box>
        <Box sx={{ minWidth: 0, display: 'grid', rowGap: 0.5 }}>
          <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 0.75, alignItems: 'center' }}>
            <AlarmMark openAlarms={row.openAlarms} unsafe={row.unsafe} />
            <span>
              <DueText row={row} />
            </span>
          </Box>
          <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
            <ConfidenceChip confidence={row.confidence} />
            {row.isSoleOption && <SoleOption />}
          </Box>
        </Box>
        <Box sx={{ minWidth: 0, color: 'text.secondary' }}>
          <Box component="span" sx={{ display: 'block', color: row.claimedBy ? 'text.primary' : undefined }}>
            <bdi>{who}</bdi>
            {row.plannedFor !== null && row.claimedBy === null && (
              <>
                {' · '}
                <When at={row.plannedFor} />
              </>
            )}
          </Box>
          <LocalTime row={row} />
        </Box>
      </Box>
    </Box>
  );
});

function NothingDue({ filter, onClear }: { filter: DueFilter; onClear: () => void }) {
  const { t } = useWords();
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <EmptyState
      art={isNarrowed ? 'fork' : 'clear'}
      title={t(isNarrowed ? 'due.none.narrowed' : 'due.none.title')}
      action={
        isNarrowed && (
          <Button variant="contained" onClick={onClear}>
            {t('common.action.clearAll')}
          </Button>
        )
      }
    >
      {t(isNarrowed ? 'due.none.narrowedText' : 'due.none.text')}
    </EmptyState>
  );
}

function DueSkeleton() {
  const { t } = useWords();
  return (
    <Box role="status" aria-label={t('common.table.loading')}>
      {[0, 1, 2, 3, 4, 5].map((i) => (
        <Skeleton key={i} variant="rounded" height={72} sx={{ mt: 1 }} />
      ))}
    </Box>
  );
}
