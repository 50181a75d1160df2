import { useState } from 'react';
import { Button, Typography } from '@mui/material';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';

/** Takes a merge back that was applied: proposals of their own, which others review. */
export function TakeBack({ view }: { view: ProposalView }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay('proposal.write');
  const [isAsking, setAsking] = useState(false);
  const undo = useVerb(() => api.post<{ id: string }>(`/proposals/${view.id}/undo-merge`), {
    refresh: ['proposals', 'batches', 'duplicates'],
    done: 'duplicates.undo.done',
    onDone: ({ id }) => void navigate(`/batches/${id}`),
  });
  if (view.kind !== 'merge' || view.state !== 'applied' || !mayWrite) return null;
  return (
    <>
      <Button variant="outlined" onClick={() => setAsking(true)}>
        {t('duplicates.undo.action')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        color="primary"
        title={t('duplicates.undo.title')}
        action={t('duplicates.undo.action')}
        verb={undo}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('duplicates.undo.text')}</Typography>
      </ConfirmDialog>
    </>
  );
}
