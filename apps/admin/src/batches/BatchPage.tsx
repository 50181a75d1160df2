import { useState } from 'react';
import { Alert, Box, Button } from '@mui/material';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { BatchActions } from './BatchActions.tsx';
import { BatchRows } from './BatchRows.tsx';
import { BatchSummary } from './BatchSummary.tsx';
import type { BatchView, Selected } from './contract.ts';
import { filterFrom, type RowFilter } from './rowFilter.ts';
import { RowFilters } from './RowFilters.tsx';
import { SendDialog } from './SendDialog.tsx';
import { useBatch, useSelection } from './useBatches.ts';

/** One batch: what it is, its rows as proposals, and the decision on all of them at once or on each by itself. */
export function BatchPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const batch = useBatch(id);
  const [params, setParams] = useSearchParams();
  const back = { to: '/batches', label: t('batches.title') };
  if (!batch.data) {
    return (
      <Page title={t('batches.title')} back={back}>
        {batch.error ? <ErrorState error={batch.error} onRetry={() => void batch.refetch()} /> : <Loading />}
      </Page>
    );
  }
  const filter = filterFrom(params);
  const page = Math.max(1, Number(params.get('page')) || 1);
  const show = (next: RowFilter & { page?: number }) => {
    const wanted = Object.entries(next).filter(([, value]) => value !== undefined);
    setParams(new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])), { replace: true });
  };
  return (
    <Page title={batch.data.title} back={back} width="wide" actions={<BatchActions batch={batch.data} />}>
      <BatchSummary batch={batch.data} />
      <Drafts batch={batch.data} />
      <RowFilters batch={batch.data} filter={filter} onChange={show} />
      <BatchRows batch={batch.data} filter={filter} page={page} onPage={(next) => show({ ...filter, page: next })} />
    </Page>
  );
}

/** Drafts of the batch wait for something, often evidence; once it is there, all of them can be sent at once. */
function Drafts({ batch }: { batch: BatchView }) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const [sending, setSending] = useState<readonly Selected[]>();
  const waiting = (batch.states.draft ?? 0) + (batch.states['changes-requested'] ?? 0);
  const drafts = useSelection(batch.id, 'submit', {}, mayWrite && waiting > 0);
  if (waiting === 0) return null;
  return (
    <Alert
      severity="info"
      sx={{ mb: 2 }}
      action={
        mayWrite && (
          <Button
            color="inherit"
            size="small"
            disabled={!drafts.data}
            onClick={() => void drafts.refetch().then(({ data }) => setSending(data?.data))}
          >
            {t('proposals.bulk.submit')}
          </Button>
        )
      }
    >
      {t('batches.drafts', { smart_count: waiting })}{' '}
      <Box
        component={Link}
        to={`?state=${batch.states.draft ? 'draft' : 'changes-requested'}`}
        sx={{ color: 'inherit' }}
      >
        {t('batches.showThem')}
      </Box>
      {sending && <SendDialog action="submit" items={sending} onClose={() => setSending(undefined)} />}
    </Alert>
  );
}
