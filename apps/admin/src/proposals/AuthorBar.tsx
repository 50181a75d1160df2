import { useState } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';

/** What those who write may do with a proposal at any time: edit it, take it back. */
export function AuthorBar({ view }: { view: ProposalView }) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const [isAsking, setAsking] = useState(false);
  const refresh = ['proposals', 'entries', 'organisations', 'countries'];
  const withdraw = useVerb(() => api.post<ProposalView>(`/proposals/${view.id}/withdraw`), {
    refresh,
    done: 'proposals.withdrawn',
    onDone: () => setAsking(false),
  });
  const isOpen = ['draft', 'in-review', 'changes-requested'].includes(view.state);
  if (!mayWrite || !isOpen) return null;
  return (
    <>
      {view.can.withdraw === null && (
        <Button color="error" onClick={() => setAsking(true)}>
          {t('proposals.withdraw')}
        </Button>
      )}
      {view.can.edit === null && (
        <Button variant="outlined" component={Link} to={`/proposals/${view.id}`} startIcon={<EditOutlined />}>
          {t('proposals.edit')}
        </Button>
      )}
      <Dialog open={isAsking} onClose={() => setAsking(false)} aria-labelledby="withdraw-title">
        <DialogTitle id="withdraw-title">{t('proposals.withdrawTitle')}</DialogTitle>
        <DialogContent>
          <DialogContentText>{t('proposals.withdrawText')}</DialogContentText>
          <ProblemNote problem={withdraw.problem} />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>{t('common.action.cancel')}</Button>
          <Button
            variant="contained"
            color="error"
            onClick={() => void withdraw.run(undefined)}
            disabled={withdraw.busy}
          >
            {t('proposals.withdraw')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
