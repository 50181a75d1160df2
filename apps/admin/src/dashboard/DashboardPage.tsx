import { lazy, Suspense, useState, type ReactNode } from 'react';
import {
  Box,
  Link as MuiLink,
  Skeleton,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  ToggleButton,
} from '@mui/material';
import TableChart from '@mui/icons-material/TableChartOutlined';
import { Link } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import { CoverageFigures } from '../coverage/CoverageFigures.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { FigureTile } from './FigureTile.tsx';
import { SURE, TREND } from './series.ts';
import { useDashboard, type Dashboard } from './useDashboard.ts';

// The figures are read first; the charts may come a moment later.
const TrendChart = lazy(() => import('./TrendChart.tsx'));
const VerifiedChart = lazy(() => import('./VerifiedChart.tsx'));

/** How the directory stands, for a coordinator in ten seconds. Every figure leads to the list behind it. */
export function DashboardPage() {
  const { t } = useWords();
  const { data, error, refetch } = useDashboard();
  if (error && !data) {
    return (
      <Page title={t('dashboard.title')}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={t('dashboard.title')}
      width="wide"
      subtitle={
        data && (
          <>
            {t('dashboard.asOf')} <When at={data.at} mode="datetime" />
          </>
        )
      }
    >
      {data ? <Figures dashboard={data} /> : <Loading />}
    </Page>
  );
}

function Figures({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useWords();
  const { due, alarms, reviews, confirmationAge, snapshot, trend, verified } = dashboard;
  const days = (count: number | null) => (count === null ? '–' : t('dashboard.days', { smart_count: count }));
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0,1fr)' }}>
      <Box
        component="ul"
        aria-label={t('dashboard.figures')}
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'repeat(2, minmax(0,1fr))', md: 'repeat(4, minmax(0,1fr))' },
        }}
      >
        <FigureTile
          figure={due.overdue}
          label={t('dashboard.due.overdue')}
          tone={due.overdue.value > 0 ? 'warning' : 'calm'}
        />
        <FigureTile figure={due.due} label={t('dashboard.due.due')} />
        <FigureTile figure={due.soon} label={t('dashboard.due.soon')} />
        <FigureTile
          figure={due.expired}
          label={t('dashboard.due.expired')}
          tone={due.expired.value > 0 ? 'error' : 'calm'}
        />
        <FigureTile
          figure={alarms.open}
          label={t('dashboard.alarms')}
          detail={t('dashboard.unsafe', { smart_count: alarms.unsafe.value })}
          tone={alarms.unsafe.value > 0 ? 'error' : alarms.open.value > 0 ? 'warning' : 'calm'}
        />
        <FigureTile
          figure={reviews.waiting}
          label={t('dashboard.reviews.waiting')}
          detail={
            reviews.oldestDays === null
              ? t('dashboard.reviews.none')
              : t('dashboard.reviews.age', { oldest: days(reviews.oldestDays), median: days(reviews.medianDays) })
          }
        />
        <FigureTile
          figure={{ value: confirmationAge.medianDays, href: confirmationAge.href }}
          unit={
            confirmationAge.medianDays === null
              ? undefined
              : t('dashboard.dayUnit', { smart_count: confirmationAge.medianDays })
          }
          label={t('dashboard.age')}
          detail={t('dashboard.ageOf', { smart_count: confirmationAge.confirmed })}
        />
        <FigureTile
          figure={{ value: snapshot.last?.sequence ?? null, href: snapshot.last?.href ?? '/snapshots' }}
          label={t('dashboard.snapshot.last')}
          detail={snapshot.last?.publishedAt ? <When at={snapshot.last.publishedAt} mode="relative" /> : undefined}
        />
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' },
        }}
      >
        <Stack spacing={2} sx={{ minWidth: 0 }}>
          <Chart
            title={t('dashboard.trend.title')}
            words={trendWords(dashboard, t)}
            chart={<TrendChart trend={trend} />}
            table={<TrendTable trend={trend} />}
          />
          <CoverageFigures />
          <Panel title={t('dashboard.snapshot.expiries')}>
            <Expiries expiries={snapshot.expiries} />
          </Panel>
        </Stack>
        <Chart
          title={t('dashboard.verified.title')}
          words={t('dashboard.verified.words')}
          chart={<VerifiedChart verified={verified} />}
          table={<VerifiedTable verified={verified} />}
        />
      </Box>
    </Box>
  );
}

function trendWords({ due }: Dashboard, t: ReturnType<typeof useWords>['t']): string {
  return t('dashboard.trend.words', {
    due: due.due.value,
    overdue: due.overdue.value,
    expired: due.expired.value,
  });
}

/** A chart and the same as a table: whoever cannot use the one has the other, and nobody has both at once. */
function Chart({ title, words, chart, table }: { title: string; words: string; chart: ReactNode; table: ReactNode }) {
  const { t } = useWords();
  const [isTable, setTable] = useState(false);
  return (
    <Panel
      title={title}
      actions={
        <ToggleButton
          value="table"
          size="small"
          selected={isTable}
          onChange={() => setTable(!isTable)}
          aria-label={t('dashboard.asTable', { title })}
          sx={{ gap: 0.75, color: 'text.primary' }}
        >
          <TableChart fontSize="small" aria-hidden />
          {t('dashboard.table')}
        </ToggleButton>
      }
    >
      {isTable ? (
        table
      ) : (
        <Box role="img" aria-label={`${title}. ${words}`} sx={{ minHeight: 260 }}>
          <Suspense fallback={<Skeleton variant="rounded" height={260} />}>{chart}</Suspense>
        </Box>
      )}
    </Panel>
  );
}

function TrendTable({ trend }: { trend: Dashboard['trend'] }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  return (
    <TableContainer sx={{ maxHeight: 360 }} tabIndex={0} aria-label={t('dashboard.trend.title')} role="region">
      <Table size="small" stickyHeader aria-label={t('dashboard.trend.title')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('dashboard.day')}</TableCell>
            {TREND.map((name) => (
              <TableCell key={name} scope="col" sx={{ textAlign: 'end' }}>
                {t(`dashboard.trend.${name}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {trend.toReversed().map((point) => (
            <TableRow key={point.day}>
              <TableCell component="th" scope="row">
                <When at={point.day} />
              </TableCell>
              {TREND.map((name) => (
                <TableCell key={name} sx={{ textAlign: 'end' }}>
                  {number.format(point[name])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function VerifiedTable({ verified }: { verified: Dashboard['verified'] }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  return (
    <TableContainer>
      <Table size="small" aria-label={t('dashboard.verified.title')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('fields.kind')}</TableCell>
            {SURE.map((confidence) => (
              <TableCell key={confidence} scope="col" sx={{ textAlign: 'end' }}>
                {t(`checks.confidence.${confidence}`)}
              </TableCell>
            ))}
            <TableCell scope="col" sx={{ textAlign: 'end' }}>
              {t('dashboard.all')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {verified.map(({ kind, counts, total, href }) => (
            <TableRow key={kind}>
              <TableCell component="th" scope="row">
                <MuiLink component={Link} to={href}>
                  {t(`vocabulary.kind.${kind}`)}
                </MuiLink>
              </TableCell>
              {SURE.map((confidence) => (
                <TableCell key={confidence} sx={{ textAlign: 'end' }}>
                  {number.format(counts[confidence] ?? 0)}
                </TableCell>
              ))}
              <TableCell sx={{ textAlign: 'end', fontWeight: 650 }}>{number.format(total)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** Days until each part of what is published runs out; what runs out first stands first. */
function Expiries({ expiries }: { expiries: Dashboard['snapshot']['expiries'] }) {
  const { t } = useWords();
  const sorted = expiries.toSorted((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity));
  return (
    <TableContainer>
      <Table size="small" aria-label={t('dashboard.snapshot.expiries')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('dashboard.snapshot.role')}</TableCell>
            <TableCell scope="col">{t('dashboard.snapshot.expires')}</TableCell>
            <TableCell scope="col" sx={{ textAlign: 'end' }}>
              {t('dashboard.snapshot.left')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {sorted.map(({ role, expires, daysLeft, href }) => (
            <TableRow key={role}>
              <TableCell component="th" scope="row">
                {t(`dashboard.snapshot.roles.${role}`)}
              </TableCell>
              <TableCell>
                <When at={expires} />
              </TableCell>
              <TableCell sx={{ textAlign: 'end' }}>
                <MuiLink
                  component={Link}
                  to={href}
                  aria-label={`${t(`dashboard.snapshot.roles.${role}`)}: ${daysLeft === null ? '–' : t('dashboard.days', { smart_count: daysLeft })}`}
                >
                  {daysLeft === null ? '–' : t('dashboard.days', { smart_count: daysLeft })}
                </MuiLink>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
