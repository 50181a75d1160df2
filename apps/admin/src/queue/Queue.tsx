import { Fragment, useRef, useState } from 'react';
import { Alert, Box, Button, Paper, Skeleton, Typography } from '@mui/material';
import ArrowForward from '@mui/icons-material/ArrowForward';
import EditNote from '@mui/icons-material/EditNoteOutlined';
import EventRepeat from '@mui/icons-material/EventRepeatOutlined';
import HowToReg from '@mui/icons-material/HowToRegOutlined';
import Inventory2 from '@mui/icons-material/Inventory2Outlined';
import Layers from '@mui/icons-material/LayersOutlined';
import NotificationImportant from '@mui/icons-material/NotificationImportantOutlined';
import PriorityHigh from '@mui/icons-material/PriorityHigh';
import RateReview from '@mui/icons-material/RateReviewOutlined';
import Replay from '@mui/icons-material/ReplayOutlined';
import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link, useNavigate } from 'react-router-dom';
import { CountryName } from '../common/CountryName.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { RiskChip } from '../common/RiskChip.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { When } from '../common/When.tsx';
import type { QueueItem, QueueKind } from '../contract.ts';
import { checkHref } from '../due/dueFilter.ts';
import { useMay, useMe } from '../session/current.ts';
import { groupQueue } from './groupQueue.ts';
import { useQueue } from './useQueue.ts';

const ICONS: Record<QueueKind, typeof RateReview> = {
  review: RateReview,
  'changes-requested': Replay,
  draft: EditNote,
  suspension: VisibilityOff,
  'admin-request': HowToReg,
  snapshot: Inventory2,
  check: EventRepeat,
  alarm: NotificationImportant,
};

/** Start page: what I must do now, urgent first. Enter opens the first, J and K move. */
export function Queue() {
  const translate = useTranslate();
  const me = useMe();
  const queue = useQueue();
  return (
    <Page title={translate('queue.title')} subtitle={me && translate('queue.greeting', { name: me.name })}>
      {queue.isError && !queue.data ? (
        <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />
      ) : !queue.data ? (
        <QueueSkeleton />
      ) : queue.data.data.length === 0 ? (
        <NothingWaits />
      ) : (
        <>
          {queue.isError && (
            <Alert severity="warning" sx={{ mb: 2 }}>
              {translate('queue.stale')}
            </Alert>
          )}
          <Items items={queue.data.data} />
        </>
      )}
    </Page>
  );
}

function Items({ items }: { items: readonly QueueItem[] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const groups = groupQueue(items);
  const ordered = groups.flatMap((group) => group.items);
  const [at, setAt] = useState(0);
  const active = Math.min(at, ordered.length - 1);

  const move = (by: number) => {
    const next = Math.max(0, Math.min(ordered.length - 1, active + by));
    setAt(next);
    list.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  const group = 'shell.shortcut.page';
  useShortcut('j', 'queue.keys.next', () => move(1), { group });
  useShortcut('ArrowDown', 'queue.keys.next', () => move(1), { group });
  useShortcut('k', 'queue.keys.previous', () => move(-1), { group });
  useShortcut('ArrowUp', 'queue.keys.previous', () => move(-1), { group });
  useShortcut(
    'Enter',
    'queue.keys.open',
    (event) => {
      // A focused control does what it says; Enter anywhere else opens the chosen item.
      const control = event.target instanceof Element ? event.target.closest<HTMLElement>('a,button') : null;
      const item = ordered[active];
      if (control) control.click();
      else if (item) void navigate(hrefOf(item));
    },
    { group },
  );

  let index = -1;
  return (
    <Box ref={list}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 2.5, display: { xs: 'none', md: 'block' } }}>
        <kbd>↵</kbd> {translate('queue.keys.open')} <Box component="span" sx={{ mx: 1 }} />
        <kbd>J</kbd> <kbd>K</kbd> {translate('queue.keys.move')}
      </Typography>
      {groups.map(({ key, items: members }) => (
        <Box key={key} component="section" aria-labelledby={`queue-${key}`} sx={{ mb: 3 }}>
          <Typography
            id={`queue-${key}`}
            component="h2"
            variant="h3"
            sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1 }}
          >
            {key === 'urgent' && <PriorityHigh aria-hidden sx={{ fontSize: 20, color: 'warning.main' }} />}
            {translate(`queue.group.${key}`)}
            <Typography component="span" variant="body2" color="text.secondary">
              {new Intl.NumberFormat(locale).format(members.length)}
            </Typography>
          </Typography>
          <Paper component="ul" variant="outlined" sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}>
            {members.map((item) => {
              index += 1;
              const mine = index;
              return (
                <Item
                  key={`${item.kind}-${item.id}`}
                  item={item}
                  at={mine}
                  isActive={mine === active}
                  onFocus={() => setAt(mine)}
                />
              );
            })}
          </Paper>
        </Box>
      ))}
    </Box>
  );
}

function Item({
  item,
  at,
  isActive,
  onFocus,
}: {
  item: QueueItem;
  at: number;
  isActive: boolean;
  onFocus: () => void;
}) {
  const Icon = item.proposals === undefined ? ICONS[item.kind] : Layers;
  const { title, subtitle } = useItemText(item);
  return (
    <Box component="li" sx={{ '&:not(:last-child)': { borderBottom: 1, borderColor: 'divider' } }}>
      <Box
        component={Link}
        to={hrefOf(item)}
        data-at={at}
        onFocus={onFocus}
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '24px minmax(0, 1fr)', sm: '24px minmax(0, 1fr) auto 20px' },
          alignItems: 'center',
          columnGap: 1.75,
          rowGap: 0.75,
          px: { xs: 1.5, sm: 2 },
          py: 1.5,
          color: 'text.primary',
          textDecoration: 'none',
          boxShadow: isActive ? 'inset 4px 0 0 var(--wm-blaze)' : 'none',
          '[dir=rtl] &': { boxShadow: isActive ? 'inset -4px 0 0 var(--wm-blaze)' : 'none' },
          bgcolor: isActive ? 'action.hover' : 'transparent',
          '&:hover': { bgcolor: 'action.hover' },
          '&:focus-visible': { outlineOffset: -3 },
        }}
      >
        <Icon aria-hidden sx={{ color: item.urgent ? 'warning.main' : 'text.secondary' }} />
        <Box sx={{ minWidth: 0 }}>
          <Box component="span" sx={{ display: 'block', fontWeight: 650, overflowWrap: 'anywhere' }}>
            <bdi>{/^[A-Z]{2}$/.test(title) ? <CountryName code={title} /> : title}</bdi>
          </Box>
          <Typography
            component="span"
            variant="body2"
            color="text.secondary"
            sx={{ display: 'block', overflowWrap: 'anywhere' }}
          >
            <bdi>{item.kind === 'check' ? <Countries codes={subtitle} /> : subtitle}</bdi>
          </Typography>
        </Box>
        <Box
          sx={{
            gridColumn: { xs: 2, sm: 'auto' },
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1.25,
            justifyContent: { xs: 'flex-start', sm: 'flex-end' },
          }}
        >
          <Typography component="span" variant="body2" color="text.secondary">
            <When at={item.since} mode="relative" />
          </Typography>
          {item.risk && <RiskChip risk={item.risk} />}
        </Box>
        <ArrowForward
          aria-hidden
          fontSize="small"
          sx={{
            display: { xs: 'none', sm: 'block' },
            color: 'text.secondary',
            '[dir=rtl] &': { transform: 'scaleX(-1)' },
          }}
        />
      </Box>
    </Box>
  );
}

/** The server lists areas by their codes. */
function Countries({ codes }: { codes: string }) {
  return codes
    .split(', ')
    .filter(Boolean)
    .map((code, i) => (
      <Fragment key={code}>
        {i > 0 && ', '}
        <CountryName code={code} />
      </Fragment>
    ));
}

/** From the start page one goes on with one's own checks, not with everybody's. */
const hrefOf = ({ kind, id, href }: QueueItem): string =>
  kind === 'check' && href === checkHref(id) ? checkHref(id, { isMine: true }) : href;

/** The server says what it is about in its own words; codes in them are said in the reader's. */
function useItemText({ kind, id, title, subtitle, proposals }: QueueItem): { title: string; subtitle: string } {
  const translate = useTranslate();
  if (proposals !== undefined) {
    const count = translate('batches.proposals', { smart_count: proposals });
    return { title, subtitle: [count, subtitle].filter(Boolean).join(' · ') };
  }
  if (kind === 'snapshot')
    return {
      title: translate('snapshots.name', { n: id }),
      subtitle: translate('queue.preparedBy', { name: subtitle }),
    };
  if (kind === 'admin-request') {
    const [what = '', ...rest] = subtitle.split(' · ');
    return {
      title: translate(`users.request.kind.${title}`, { _: title }),
      subtitle: [translate(`users.request.kind.${what}`, { _: what }), ...rest].join(' · '),
    };
  }
  if (kind === 'alarm') return { title, subtitle: translate(`alarms.kind.${subtitle}`, { _: subtitle }) };
  if (kind === 'check' && id === 'due') return { title: translate('queue.checksWait', { count: title }), subtitle };
  if (kind === 'suspension')
    return { title, subtitle: translate(`vocabulary.suspendReason.${subtitle}`, { _: subtitle }) };
  return { title, subtitle };
}

function NothingWaits() {
  const translate = useTranslate();
  const mayWrite = useMay('proposal.write');
  return (
    <EmptyState
      title={translate('queue.empty.title')}
      action={
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'center' }}>
          <Button component={Link} to="/entries" variant="contained">
            {translate('queue.empty.browse')}
          </Button>
          {mayWrite && (
            <Button component={Link} to="/entries/create" variant="outlined">
              {translate('shell.search.newEntry')}
            </Button>
          )}
        </Box>
      }
    >
      {translate('queue.empty.text')}
    </EmptyState>
  );
}

function QueueSkeleton() {
  const translate = useTranslate();
  return (
    <Box role="status" aria-label={translate('common.loading')}>
      <Skeleton width={180} />
      {[0, 1, 2, 3].map((i) => (
        <Skeleton key={i} variant="rounded" height={72} sx={{ mt: 1 }} />
      ))}
    </Box>
  );
}
