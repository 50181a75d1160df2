import { Box, Paper, Typography } from '@mui/material';
import { BatchRowResult } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { When } from '../common/When.tsx';
import { useWords } from '../records/words.ts';
import type { BatchView, RelatedBatch } from './contract.ts';
import { StateBar } from './StateBar.tsx';
import { batchHref } from './useBatches.ts';

/** The same proposals in the list of all, where they can be sorted and found by more. */
const listHref = (batch: string): string => `/proposals?${new URLSearchParams({ filter: JSON.stringify({ batch }) })}`;

/** What one reads first: who made it and when, of which file, what became of its rows, and how far its proposals are. */
export function BatchSummary({ batch }: { batch: BatchView }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const { kind, authorName, createdAt, source, undone, undoneBy, results, states } = batch;
  const rows = BatchRowResult.options.flatMap((result) =>
    results[result] ? [{ result, count: results[result] }] : [],
  );
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={t('proposals.summary.title')}
      sx={{ p: { xs: 1.5, sm: 2 }, display: 'grid', gap: 1.25, mb: 2 }}
    >
      <Typography variant="body2" color="text.secondary" component="div">
        {t(`batches.kind.${kind}`)} · <bdi>{authorName}</bdi> · <When at={createdAt} />
        {source && (
          <>
            {' · '}
            <Box component={Link} to={`/imports/${source.importId}`} sx={{ color: 'primary.main' }}>
              <bdi>{source.name}</bdi>
            </Box>
          </>
        )}
      </Typography>
      {undone && <Related batch={undone} text="batches.undoes" />}
      {undoneBy.map((undo) => (
        <Related key={undo.id} batch={undo} text="batches.undoneBy" />
      ))}
      <StateBar states={states} />
      <Typography variant="body2" color="text.secondary">
        {t('batches.rowsWere')}{' '}
        {rows
          .map(({ result, count }) =>
            t('batches.counted', { count: number.format(count), what: t(`batches.result.${result}`) }),
          )
          .join(' · ')}
        {Object.keys(states).length > 0 && (
          <>
            {' · '}
            <Box component={Link} to={listHref(batch.id)} sx={{ color: 'primary.main' }}>
              {t('batches.asList')}
            </Box>
          </>
        )}
      </Typography>
    </Paper>
  );
}

function Related({ batch, text }: { batch: RelatedBatch; text: string }) {
  const { t } = useWords();
  return (
    <Typography variant="body2" component="div">
      {t(text)}{' '}
      <Box component={Link} to={batchHref(batch.id)} sx={{ color: 'primary.main' }}>
        <bdi>{batch.title}</bdi>
      </Box>
    </Typography>
  );
}
