import { BarChart } from '@mui/x-charts/BarChart';
import { useTheme } from '@mui/material';
import { useNavigate } from 'react-router-dom';
import { useWords } from '../records/words.ts';
import { SURE, sureColours } from './series.ts';
import type { Dashboard } from './useDashboard.ts';

const ROW = 30;

/** How sure we are of the entries of each kind, as a share. A click on a bar opens its entries; the table has the same links. */
export default function VerifiedChart({ verified }: { verified: Dashboard['verified'] }) {
  const { t, locale } = useWords();
  const theme = useTheme();
  const navigate = useNavigate();
  const colours = sureColours(theme);
  const isRtl = theme.direction === 'rtl';
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale);
  return (
    <BarChart
      layout="horizontal"
      height={verified.length * ROW + 84}
      disableKeyboardNavigation
      skipAnimation
      margin={{ left: 0, right: 16, top: 8, bottom: 0 }}
      yAxis={[
        {
          scaleType: 'band',
          data: verified.map(({ kind }) => t(`vocabulary.kind.${kind}`)),
          width: 136,
          position: isRtl ? 'right' : 'left',
          categoryGapRatio: 0.35,
          disableLine: true,
          disableTicks: true,
        },
      ]}
      xAxis={[{ height: 36, min: 0, max: 1, reverse: isRtl, valueFormatter: (share: number) => percent.format(share) }]}
      series={SURE.map((confidence) => ({
        id: confidence,
        stack: 'all',
        label: t(`checks.confidence.${confidence}`),
        data: verified.map(({ counts, total }) => (total === 0 ? 0 : (counts[confidence] ?? 0) / total)),
        color: colours[confidence],
        valueFormatter: (share: number | null, { dataIndex }: { dataIndex: number }) =>
          `${number.format(verified[dataIndex]?.counts[confidence] ?? 0)} (${percent.format(share ?? 0)})`,
      }))}
      onItemClick={(_, { dataIndex }) => {
        const href = verified[dataIndex]?.href;
        if (href !== undefined) void navigate(href);
      }}
      slotProps={{ legend: { direction: 'horizontal', position: { vertical: 'top', horizontal: 'start' } } }}
    />
  );
}
