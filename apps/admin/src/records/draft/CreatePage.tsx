import { useState, type ReactNode } from 'react';
import { createRefusal, type RecordType } from '@waymark/domain';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../../common/EmptyState.tsx';
import { ErrorState } from '../../common/ErrorState.tsx';
import { Page } from '../../common/Page.tsx';
import { RefusalNote } from '../../common/RefusalNote.tsx';
import { useDraftToEdit } from '../../proposals/useProposal.ts';
import { useMe } from '../../session/current.ts';
import { useWords } from '../words.ts';
import { FormSkeleton } from '../Skeletons.tsx';
import type { RawDocument } from '../path.ts';
import { RESOURCE_OF } from '../useRecord.ts';
import { DraftEditor } from './DraftEditor.tsx';

const NO_REFERENCES = {};

/** Proposing a new record; `?draft=` goes on with one begun before. */
export function CreatePage({
  type,
  initial,
  children,
}: {
  type: RecordType;
  initial: RawDocument;
  children: ReactNode;
}) {
  const { t } = useWords();
  const [params] = useSearchParams();
  const me = useMe();
  const [draftId] = useState(() => params.get('draft') ?? undefined);
  const draft = useDraftToEdit(draftId);
  if (draft.error) return <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!me || (draftId !== undefined && !draft.data)) return <FormSkeleton />;
  const resource = RESOURCE_OF[type];
  const title = t(`${resource}.create.title`);
  const back = { to: `/${resource}`, label: t(`${resource}.title`) };
  const refusal = createRefusal({ ...me, status: 'active' });
  if (refusal) {
    return (
      <Page title={title} back={back}>
        <EmptyState art="fork" title={t('records.edit.refused')}>
          <RefusalNote refusal={refusal} />
        </EmptyState>
      </Page>
    );
  }
  return (
    <DraftEditor
      title={title}
      subtitle={t(`${resource}.create.subtitle`)}
      back={back}
      start={{ kind: 'create', recordType: type }}
      base={null}
      initial={initial}
      existing={draft.data}
      references={draft.data?.references ?? NO_REFERENCES}
    >
      {children}
    </DraftEditor>
  );
}
