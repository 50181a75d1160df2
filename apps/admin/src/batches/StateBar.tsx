import { Box } from '@mui/material';
import { ProposalState, type StateCounts } from '@waymark/domain';
import { useWords } from '../records/words.ts';

const COLOURS: Record<ProposalState, string> = {
  applied: 'success.main',
  'in-review': 'info.main',
  'changes-requested': 'warning.main',
  draft: 'text.secondary',
  declined: 'error.main',
  withdrawn: 'divider',
};
const ORDER: readonly ProposalState[] = ['applied', 'in-review', 'changes-requested', 'draft', 'declined', 'withdrawn'];

/** How far the proposals of a batch are: a bar, and the same in words. */
export function StateBar({ states }: { states: StateCounts }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const parts = ORDER.flatMap((state) => (states[state] ? [{ state, count: states[state] }] : []));
  if (parts.length === 0) return <Box component="span">{t('batches.noProposals')}</Box>;
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box aria-hidden sx={{ display: 'flex', gap: '2px', height: 8, borderRadius: 1, overflow: 'hidden', mb: 0.5 }}>
        {parts.map(({ state, count }) => (
          <Box key={state} sx={{ flex: `${count} 0 3px`, bgcolor: COLOURS[state] }} />
        ))}
      </Box>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1.5,
          rowGap: 0.25,
          typography: 'body2',
          color: 'text.secondary',
        }}
      >
        {parts.map(({ state, count }) => (
          <Box component="li" key={state} sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
            <Box
              component="span"
              aria-hidden
              sx={{ width: 10, height: 10, borderRadius: 0.5, bgcolor: COLOURS[state], flex: 'none' }}
            />
            {t('batches.counted', { count: number.format(count), what: t(`vocabulary.proposalState.${state}`) })}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
