import { LineChart } from '@mui/x-charts/LineChart';
import { useTheme } from '@mui/material';
import { useWords } from '../records/words.ts';
import { TREND, trendColours } from './series.ts';
import type { Dashboard } from './useDashboard.ts';

/** Due, overdue and expired over the last days. Its figures stand in the table below it too. */
export default function TrendChart({ trend }: { trend: Dashboard['trend'] }) {
  const { t, locale } = useWords();
  const theme = useTheme();
  const colours = trendColours(theme);
  return (
    <LineChart
      height={260}
      disableKeyboardNavigation
      skipAnimation
      grid={{ horizontal: true }}
      margin={{ left: 0, right: 16, top: 8, bottom: 0 }}
      xAxis={[
        {
          scaleType: 'point',
          data: trend.map(({ day }) => day),
          reverse: theme.direction === 'rtl',
          valueFormatter: (day: string) =>
            new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day)),
          tickLabelMinGap: 12,
          height: 36,
        },
      ]}
      yAxis={[{ min: 0, tickMinStep: 1, position: theme.direction === 'rtl' ? 'right' : 'left', width: 44 }]}
      series={TREND.map((name, i) => ({
        id: name,
        label: t(`dashboard.trend.${name}`),
        data: trend.map((point) => point[name]),
        color: colours[name],
        curve: 'linear' as const,
        // One day alone is no line, so a point shows it.
        showMark: trend.length < 8,
        shape: (['circle', 'square', 'triangle'] as const)[i] ?? 'circle',
        valueFormatter: (value: number | null) => new Intl.NumberFormat(locale).format(value ?? 0),
      }))}
      localeText={{ noData: t('dashboard.trend.none') }}
      slotProps={{ legend: { direction: 'horizontal', position: { vertical: 'top', horizontal: 'start' } } }}
    />
  );
}
