import { lazy, type ComponentType } from 'react';
import { Alert } from '@mui/material';
import type { RecordType } from '@waymark/domain';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { DraftEditor } from '../records/draft/DraftEditor.tsx';
import { useWords } from '../records/words.ts';
import type { RawDocument } from '../records/path.ts';
import { FormSkeleton } from '../records/Skeletons.tsx';
import { proposalHref } from '../records/useRecord.ts';
import { proposalName } from './proposalName.ts';
import { useDraftToEdit } from './useProposal.ts';

const INPUTS: Record<RecordType, ComponentType> = {
  entry: lazy(() => import('../entries/inputs/EntryInputs.tsx')),
  organisation: lazy(() => import('../organisations/OrganisationInputs.tsx')),
  country: lazy(() => import('../countries/CountryInputs.tsx')),
};

/** Going on with a proposal of any kind, whoever began it. */
export default function ProposalEdit() {
  const words = useWords();
  const { t } = words;
  const { id } = useParams();
  const { data: view, error, refetch } = useDraftToEdit(id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!view) return <FormSkeleton />;
  const title = `${t('proposals.edit')}: ${proposalName(view, words)}`;
  const back = { to: proposalHref(view.id), label: t('proposals.backToReview') };
  if (view.can.edit !== null) {
    return (
      <Page title={title} back={back}>
        <EmptyState art="fork" title={t('records.edit.refused')}>
          <RefusalNote refusal={view.can.edit} />
        </EmptyState>
      </Page>
    );
  }
  const Inputs = INPUTS[view.recordType];
  return (
    <DraftEditor
      key={view.id}
      title={title}
      subtitle={
        view.state === 'in-review' ? (
          <Alert severity="warning">{t('proposals.editInReview')}</Alert>
        ) : (
          t('records.edit.continued')
        )
      }
      back={back}
      start={{ kind: view.kind, recordType: view.recordType, recordId: view.recordId }}
      base={view.base as RawDocument | null}
      initial={view.doc as RawDocument}
      existing={view}
      references={view.references}
    >
      <Inputs />
    </DraftEditor>
  );
}
