import { Box, Chip } from '@mui/material';
import { useWords } from '../records/words.ts';

/** What speaks against two records being one. The rest speaks for it. */
const AGAINST = /^(other-|wider-)/;

/** How alike two records are, from 0 to 100, and why, in words. */
export function Reasons({ score, reasons }: { score: number | null; reasons: readonly string[] }) {
  const { t, locale } = useWords();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
      {score !== null && (
        <Chip
          size="small"
          color="primary"
          label={t('duplicates.score', { score: new Intl.NumberFormat(locale).format(score) })}
        />
      )}
      <Box component="ul" sx={{ display: 'contents', listStyle: 'none' }}>
        {reasons.map((reason) => (
          <Box component="li" key={reason} sx={{ typography: 'body2', color: 'text.secondary' }}>
            <span aria-hidden>{AGAINST.test(reason) ? '− ' : '+ '}</span>
            {t(`duplicates.reason.${reason}`)}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
