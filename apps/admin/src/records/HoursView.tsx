import { Box } from '@mui/material';
import type { Hours } from '@waymark/domain';
import { formatWhen } from '../common/When.tsx';
import { useWords } from './words.ts';
import { hoursText, weekRows } from './hoursText.ts';

/** Hours as a small week, with zone, holidays and the days that differ. Unknown is said, never shown as closed. */
export function HoursView({ hours }: { hours: Hours }) {
  const words = useWords();
  const { t, locale } = words;
  return (
    <Box sx={{ typography: 'body2' }}>
      {hours.kind === 'weekly' ? (
        <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 1.5 }}>
          {weekRows(hours, locale).map(({ days, times }) => (
            <Box key={days} sx={{ display: 'contents' }}>
              <dt>{days}</dt>
              <Box component="dd" sx={{ m: 0 }}>
                <bdi dir="ltr">{times}</bdi>
              </Box>
            </Box>
          ))}
        </Box>
      ) : (
        hoursText(hours, words)
      )}
      {(hours.holidays || (hours.tz && hours.kind === 'weekly')) && (
        <Box sx={{ color: 'text.secondary' }}>
          {[
            hours.kind === 'weekly' ? hours.tz?.replaceAll('_', ' ') : undefined,
            hours.holidays ? t(`vocabulary.holidays.${hours.holidays}`) : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Box>
      )}
      {(hours.exceptions ?? []).map(({ from, to, closed, intervals, note }) => (
        <Box key={from + to} sx={{ color: 'text.secondary' }}>
          {from === to
            ? formatWhen(from, 'date', locale)
            : `${formatWhen(from, 'date', locale)} – ${formatWhen(to, 'date', locale)}`}
          {': '}
          {closed ? (
            t('vocabulary.hours.closed')
          ) : (
            <bdi dir="ltr">{(intervals ?? []).map((i) => `${i.from}–${i.to}`).join(', ')}</bdi>
          )}
          {note && ` (${note})`}
        </Box>
      ))}
    </Box>
  );
}
