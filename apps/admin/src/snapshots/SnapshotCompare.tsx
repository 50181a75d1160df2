import { useTranslate } from 'ra-core';
import { useSearchParams } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';
import { Loading } from '../layout/Loading.tsx';
import { DifferenceView } from './DifferenceView.tsx';
import { useDifference } from './useSnapshots.ts';

function sequenceIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** What changed between any two snapshots; the address names them, so it can be sent to a colleague. */
export function SnapshotCompare() {
  const translate = useTranslate();
  const [search] = useSearchParams();
  const from = sequenceIn(search.get('from'));
  const to = sequenceIn(search.get('to'));
  const difference = useDifference(from, to);
  return (
    <Page
      title={
        from === undefined || to === undefined
          ? translate('snapshots.compare.title')
          : translate('snapshots.compare.of', { from, to })
      }
      back={{ to: '/snapshots', label: translate('snapshots.title') }}
      width="wide"
    >
      {difference.isError ? (
        <ErrorState error={difference.error} onRetry={() => void difference.refetch()} />
      ) : from === undefined || to === undefined || from === to ? (
        <EmptyState art="fork" title={translate('snapshots.compare.choose')} />
      ) : difference.data ? (
        <DifferenceView difference={difference.data} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
