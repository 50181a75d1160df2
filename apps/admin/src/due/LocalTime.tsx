import { Box } from '@mui/material';
import type { DueRow } from '../contract.ts';
import { useWords } from '../records/words.ts';

/** What the clock there shows and whether somebody is likely to answer: `09:40 in Nairobi, office open`. */
export function LocalTime({ row }: { row: Pick<DueRow, 'localTime' | 'timeZone' | 'officeOpen'> }) {
  const { t } = useWords();
  if (row.localTime === null) return null;
  const place = row.timeZone === null ? '' : placeOf(row.timeZone);
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 0.75 }}>
      {row.officeOpen !== null && (
        <Box
          component="span"
          aria-hidden
          sx={{
            width: 8,
            height: 8,
            borderRadius: '50%',
            border: '1.5px solid',
            borderColor: row.officeOpen ? 'success.main' : 'text.secondary',
            bgcolor: row.officeOpen ? 'success.main' : 'transparent',
          }}
        />
      )}
      <span>
        {t('due.localTime', { time: row.localTime, place })}
        {row.officeOpen !== null && `, ${t(row.officeOpen ? 'due.officeOpen' : 'due.officeClosed')}`}
      </span>
    </Box>
  );
}

/** `Africa/Nairobi` → `Nairobi`: the city a zone is named after. */
export const placeOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
