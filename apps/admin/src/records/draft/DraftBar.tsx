import { useState } from 'react';
import { Alert, AlertTitle, Box, Button, Paper, TextField } from '@mui/material';
import SendOutlined from '@mui/icons-material/SendOutlined';
import { diffDocuments, pathsWithoutPrimaryEvidence, type Evidence } from '@waymark/domain';
import { useNotify } from 'ra-core';
import { Link, useNavigate } from 'react-router-dom';
import { api } from '../../api.ts';
import { ProblemNote } from '../../common/ErrorState.tsx';
import { ActionButton } from '../../common/RefusalNote.tsx';
import { useVerb } from '../../common/useVerb.ts';
import type { ProposalView } from '../../contract.ts';
import { useDocument, useDocumentForm } from '../form/DocumentForm.tsx';
import { fieldLabel } from '../fieldLabel.ts';
import { useWords } from '../words.ts';
import { factPathOf, pointerOf, type RawDocument } from '../path.ts';
import { proposalHref } from '../useRecord.ts';
import type { DraftSaver, DraftState } from './draftSaver.ts';
import { DraftStatus } from './DraftStatus.tsx';
import type { DraftStart } from './useDraft.ts';

type DraftBarProps = {
  saver: DraftSaver;
  draft: DraftState;
  start: DraftStart;
  onShowAll: () => void;
  onGo: (pointer: string) => void;
  leaveTo: string;
};

/** How the draft stands, what is missing before review, and the button that sends it. Always in sight. */
export function DraftBar({ saver, draft, start, onShowAll, onGo, leaveTo }: DraftBarProps) {
  const { t } = useWords();
  const notify = useNotify();
  const navigate = useNavigate();
  const { store, base } = useDocumentForm();
  const doc = useDocument();
  const [wasTried, setTried] = useState(false);
  const [summary, setSummary] = useState(draft.view?.summary ?? '');
  const changes = diffDocuments(base ?? undefined, doc);
  const missing = pathsWithoutPrimaryEvidence(start.kind, changes, evidenceOf(doc), evidenceOf(base));
  const isUnchanged = start.kind === 'update' && changes.length === 0;

  const submit = useVerb(
    async () => {
      await saver.flush();
      const { view, status } = saver.state();
      // What could not be kept cannot be sent; the status beside the button says why.
      if (!view || status !== 'saved') return undefined;
      const noted =
        summary.trim() !== view.summary
          ? await api.patch<ProposalView>(
              `/proposals/${view.id}`,
              { summary: summary.trim() },
              { ifMatch: view.version },
            )
          : view;
      saver.adopt(noted);
      return api.post<ProposalView>(`/proposals/${view.id}/submit`, {}, { ifMatch: noted.version });
    },
    {
      refresh: ['proposals', 'entries', 'organisations', 'countries'],
      onDone: (view) => {
        if (!view) return;
        saver.adopt(view);
        notify('records.draft.sent', { type: 'success' });
        void navigate(proposalHref(view.id));
      },
    },
  );
  const withdraw = useVerb((id: string) => api.post<ProposalView>(`/proposals/${id}/withdraw`), {
    refresh: ['proposals', 'entries', 'organisations', 'countries'],
    done: 'records.draft.discarded',
    onDone: (view) => {
      saver.adopt(view);
      void navigate(leaveTo);
    },
  });

  const send = () => {
    setTried(true);
    onShowAll();
    const [first] = store.problems();
    const [path] = missing;
    if (first) onGo(first.path);
    else if (path !== undefined) onGo(pointerOf(store.get(), path) ?? path);
    else void submit.run(undefined);
  };
  const id = draft.view?.id;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={t('records.draft.bar')}
      sx={{ position: { sm: 'sticky' }, bottom: 0, zIndex: 3, p: 1.5, mt: 2, boxShadow: '0 -6px 24px rgba(0,0,0,.08)' }}
    >
      {wasTried && <Missing missing={missing} onGo={onGo} />}
      <ProblemNote problem={submit.problem ?? withdraw.problem} onReload={() => window.location.reload()} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <TextField
          label={t('records.draft.summary')}
          value={summary}
          onChange={(event) => setSummary(event.target.value)}
          margin="none"
          sx={{ flex: '1 1 240px' }}
          slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
        />
        <ActionButton
          startIcon={<SendOutlined sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />}
          busy={submit.busy}
          refusal={isUnchanged ? { code: 'nothing-changed' } : undefined}
          onClick={send}
        >
          {t('records.draft.send')}
        </ActionButton>
      </Box>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'space-between', mt: 1 }}
      >
        <DraftStatus draft={draft} onRetry={() => void saver.flush()} />
        {id !== undefined && (
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <Button size="small" component={Link} to={proposalHref(id)}>
              {t('records.draft.preview')}
            </Button>
            <Button size="small" color="error" onClick={() => void withdraw.run(id)} disabled={withdraw.busy}>
              {t('records.draft.discard')}
            </Button>
          </Box>
        )}
      </Box>
    </Paper>
  );
}

/** A draft may have none. */
const evidenceOf = (doc: RawDocument | null): Evidence[] => (doc?.['evidence'] as Evidence[] | undefined) ?? [];

/** What stands in the way, as links to the fields. */
function Missing({ missing, onGo }: { missing: readonly string[]; onGo: (pointer: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { store, base } = useDocumentForm();
  const doc = useDocument();
  const problems = store.problems();
  if (problems.length === 0 && missing.length === 0) return null;
  const items = [
    ...problems
      .slice(0, 8)
      .map(({ path, message }) => ({ pointer: path, label: fieldLabel(factPathOf(doc, path), words, [doc]), message })),
    ...missing.map((path) => ({
      pointer: pointerOf(doc, path) ?? path,
      label: fieldLabel(path, words, [doc, base]),
      message: t('records.draft.needsEvidence'),
    })),
  ];
  return (
    <Alert severity="error" sx={{ mb: 1.5, maxHeight: 220, overflowY: 'auto' }}>
      <AlertTitle>{t('records.draft.missing', { smart_count: problems.length + missing.length })}</AlertTitle>
      <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
        {items.map(({ pointer, label, message }) => (
          <li key={pointer + message}>
            <Button
              size="small"
              color="inherit"
              onClick={() => onGo(pointer)}
              sx={{ textDecoration: 'underline', p: 0, minWidth: 0, minHeight: 24 }}
            >
              {label}
            </Button>{' '}
            {message}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
