import { useEffect, useState, type ReactNode } from 'react';
import { Box } from '@mui/material';
import { useCanBlock, useTranslate } from 'ra-core';
import { useSearchParams } from 'react-router-dom';
import { Page } from '../../common/Page.tsx';
import type { ProposalView, References } from '../../contract.ts';
import { DocumentForm } from '../form/DocumentForm.tsx';
import { pointerOf, type RawDocument } from '../path.ts';
import { DraftBar } from './DraftBar.tsx';
import { DraftComments } from './DraftComments.tsx';
import { DraftConflict } from './DraftConflict.tsx';
import { UnsavedGuard } from './UnsavedGuard.tsx';
import { useDraft, type DraftStart } from './useDraft.ts';

export type DraftEditorProps = {
  title: string;
  subtitle?: ReactNode;
  back: { to: string; label: string };
  start: DraftStart;
  /** What the directory says now; null for a new record. */
  base: RawDocument | null;
  initial: RawDocument;
  existing?: ProposalView | undefined;
  references: References;
  children: ReactNode;
};

/** The form around a draft: keeps it, shows how it stands, sends it to review. The inputs are its children. */
export function DraftEditor({
  title,
  subtitle,
  back,
  start,
  base,
  initial,
  existing,
  references,
  children,
}: DraftEditorProps) {
  const t = useTranslate();
  const canBlock = useCanBlock();
  const [params, setParams] = useSearchParams();
  const { store, saver, draft } = useDraft(start, initial, existing);
  const [showAll, setShowAll] = useState(false);
  const [focus, setFocus] = useState(() => {
    const wanted = params.get('focus');
    const pointer = wanted === null ? undefined : pointerOf(store.get(), wanted);
    return pointer === undefined ? undefined : { pointer };
  });

  // The address names the draft as soon as there is one, so that a reload or a closed tab comes back to it.
  const draftId = draft.view?.id;
  useEffect(() => {
    if (draftId !== undefined && !existing && params.get('draft') !== draftId) {
      setParams((old) => new URLSearchParams({ ...Object.fromEntries(old), draft: draftId }), { replace: true });
    }
  }, [draftId, existing, params, setParams]);

  const open = (draft.view?.comments ?? []).filter(({ resolvedAt }) => resolvedAt === null);
  return (
    <Page title={title} subtitle={subtitle} back={back} width="reading">
      {canBlock && <UnsavedGuard saver={saver} draft={draft} />}
      <DocumentForm
        store={store}
        base={base}
        references={draft.view?.references ?? references}
        comments={open}
        showAll={showAll}
        focus={focus}
      >
        {draft.view && (
          <DraftComments
            view={draft.view}
            onGo={(path) => setFocus({ pointer: pointerOf(store.get(), path) ?? path })}
          />
        )}
        <Box component="form" noValidate aria-label={title} onSubmit={(event) => event.preventDefault()} sx={{ pb: 2 }}>
          {children}
        </Box>
        <DraftBar
          saver={saver}
          draft={draft}
          start={start}
          onShowAll={() => setShowAll(true)}
          onGo={(pointer) => setFocus({ pointer })}
          leaveTo={back.to}
        />
      </DocumentForm>
      {draft.conflict && (
        <DraftConflict
          key={draft.conflict.theirs.version}
          conflict={draft.conflict}
          onResolve={(doc) => void saver.resolve(doc)}
        />
      )}
      <Box className="visually-hidden" aria-live="polite">
        {draft.status === 'saved' ? t('records.draft.saved') : ''}
      </Box>
    </Page>
  );
}
