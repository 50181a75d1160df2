import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Box, Button } from '@mui/material';
import { createRefusal, type RecordType } from '@waymark/domain';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { EmptyState } from '../../common/EmptyState.tsx';
import { ErrorState } from '../../common/ErrorState.tsx';
import { Page } from '../../common/Page.tsx';
import { RefusalNote } from '../../common/RefusalNote.tsx';
import type { ProposalView } from '../../contract.ts';
import { useDraftToEdit } from '../../proposals/useProposal.ts';
import { useMe } from '../../session/current.ts';
import { useWords } from '../words.ts';
import { FormSkeleton } from '../Skeletons.tsx';
import type { RawDocument } from '../path.ts';
import { nameOfDocument } from '../nameOfDocument.ts';
import { proposalHref, recordHref, RESOURCE_OF, useRecord } from '../useRecord.ts';
import { DraftEditor } from './DraftEditor.tsx';

const OPEN_FOR_AUTHOR: readonly string[] = ['draft', 'changes-requested'];

/** Proposing a change of a record. An own draft that is open already is gone on with; nobody starts a second one unawares. */
export function EditPage({ type, children }: { type: RecordType; children: ReactNode }) {
  const { t, locale } = useWords();
  const { id } = useParams();
  const [params] = useSearchParams();
  const me = useMe();
  const record = useRecord(type, id);
  // Decided once: the draft this page makes later must not make it begin anew.
  const [decided, setDecided] = useState<{ draftId: string | undefined }>();
  const view = record.data;
  useEffect(() => {
    if (!view || !me || decided) return;
    const own = view.openProposals.find(
      (p) => p.kind === 'update' && p.authorId === me.id && OPEN_FOR_AUTHOR.includes(p.state),
    );
    setDecided({ draftId: params.get('draft') ?? own?.id });
  }, [view, me, decided, params]);
  const draft = useDraftToEdit(decided?.draftId);

  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  if (draft.error) return <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!view || !me || !decided || (decided.draftId !== undefined && !draft.data)) return <FormSkeleton />;

  const name = nameOfDocument(type, view.doc, locale);
  const back = { to: recordHref(type, view.id), label: name };
  const refusal =
    createRefusal({ ...me, status: 'active' }) ??
    (view.state === 'retired' ? { code: 'record-not-active' as const } : undefined);
  if (refusal) {
    return (
      <Page title={t('records.edit.title', { name })} back={back}>
        <EmptyState art="fork" title={t('records.edit.refused')}>
          <RefusalNote refusal={refusal} />
        </EmptyState>
      </Page>
    );
  }
  const others = view.openProposals.filter((p) => p.id !== decided.draftId);
  return (
    <DraftEditor
      title={t('records.edit.title', { name })}
      subtitle={<Notices draft={draft.data} others={others.length} resource={RESOURCE_OF[type]} id={view.id} />}
      back={back}
      start={{ kind: draft.data?.kind ?? 'update', recordType: type, recordId: view.id }}
      base={(draft.data?.base ?? view.doc) as RawDocument}
      initial={view.doc}
      existing={draft.data}
      references={view.references}
    >
      {children}
    </DraftEditor>
  );
}

function Notices({
  draft,
  others,
  resource,
  id,
}: {
  draft: ProposalView | undefined;
  others: number;
  resource: string;
  id: string;
}) {
  const { t } = useWords();
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <span>{draft ? t('records.edit.continued') : t('records.edit.subtitle')}</span>
      {draft && draft.conflictCount > 0 && (
        <Alert
          severity="warning"
          action={
            <Button component={Link} color="inherit" size="small" to={proposalHref(draft.id)}>
              {t('records.edit.solve')}
            </Button>
          }
        >
          {t('records.edit.conflicts', { smart_count: draft.conflictCount })}
        </Alert>
      )}
      {others > 0 && (
        <Alert
          severity="info"
          action={
            <Button component={Link} color="inherit" size="small" to={`/${resource}/${id}/show`}>
              {t('common.action.open')}
            </Button>
          }
        >
          {t('records.edit.others', { smart_count: others })}
        </Alert>
      )}
    </Box>
  );
}
