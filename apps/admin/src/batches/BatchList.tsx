import { useState } from 'react';
import { Box, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Pages } from '../common/Pager.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import type { BatchListed } from './contract.ts';
import { StateBar } from './StateBar.tsx';
import { batchHref, useBatches } from './useBatches.ts';

/** Every import, bulk change and undo, the newest first, with how far its proposals are. */
export function BatchList() {
  const { t } = useWords();
  const [page, setPage] = useState(1);
  const [perPage, setPerPage] = useState(25);
  const batches = useBatches({ page, perPage });
  return (
    <Page title={t('batches.title')} subtitle={t('batches.subtitle')}>
      {batches.error && !batches.data ? (
        <ErrorState error={batches.error} onRetry={() => void batches.refetch()} />
      ) : !batches.data ? (
        <Loading />
      ) : batches.data.data.length === 0 ? (
        <EmptyState title={t('batches.none')}>{t('batches.noneText')}</EmptyState>
      ) : (
        <>
          <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {batches.data.data.map((batch) => (
              <Line key={batch.id} batch={batch} />
            ))}
          </Stack>
          <Pages page={page} perPage={perPage} total={batches.data.total} onPage={setPage} onPerPage={setPerPage} />
        </>
      )}
    </Page>
  );
}

function Line({ batch: { id, kind, title, authorName, createdAt, states } }: { batch: BatchListed }) {
  const { t } = useWords();
  // Whoever comes to review sees first what waits, not the rows that came to nothing.
  const waiting = states['in-review'] ? '?state=in-review' : '';
  return (
    <Paper component="li" variant="outlined" sx={{ p: 2 }}>
      <Typography component="h2" variant="h6" sx={{ overflowWrap: 'anywhere' }}>
        <Box component={Link} to={`${batchHref(id)}${waiting}`} sx={{ color: 'primary.main' }}>
          <bdi>{title}</bdi>
        </Box>
      </Typography>
      <Typography variant="body2" color="text.secondary" component="div" sx={{ mb: 1 }}>
        {t(`batches.kind.${kind}`)} · <bdi>{authorName}</bdi> · <When at={createdAt} mode="relative" />
      </Typography>
      <StateBar states={states} />
    </Paper>
  );
}
