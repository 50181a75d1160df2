import { useState } from 'react';
import { Button, Typography } from '@mui/material';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
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
      <ConfirmDialog
        open={isAsking}
        title={t('proposals.withdrawTitle')}
        action={t('proposals.withdraw')}
        verb={withdraw}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('proposals.withdrawText')}</Typography>
      </ConfirmDialog>
    </>
  );
}
