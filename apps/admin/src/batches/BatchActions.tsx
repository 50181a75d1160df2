import { useState } from 'react';
import { Button, Typography } from '@mui/material';
import { openOf } from '@waymark/domain';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { BatchView } from './contract.ts';
import { UndoButton } from './UndoButton.tsx';

/** What those who write may do with the whole batch. */
export function BatchActions({ batch }: { batch: BatchView }) {
  const mayWrite = useMay('proposal.write');
  if (!mayWrite) return null;
  return (
    <>
      {openOf(batch.states) > 0 && <Withdraw batch={batch} />}
      {(batch.states.applied ?? 0) > 0 && <UndoButton batch={batch} />}
    </>
  );
}

function Withdraw({ batch }: { batch: BatchView }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const open = openOf(batch.states);
  const decided = (batch.states.applied ?? 0) + (batch.states.declined ?? 0);
  const withdraw = useVerb(() => api.post<BatchView>(`/batches/${batch.id}/withdraw`), {
    refresh: ['batches', 'proposals', 'entries', 'organisations', 'countries'],
    done: 'batches.withdraw.done',
    onDone: () => setAsking(false),
  });
  return (
    <>
      {batch.can.withdraw === null ? (
        <Button color="error" onClick={() => setAsking(true)}>
          {t('batches.withdraw.action')}
        </Button>
      ) : (
        <ActionButton variant="text" color="error" refusal={batch.can.withdraw}>
          {t('batches.withdraw.action')}
        </ActionButton>
      )}
      <ConfirmDialog
        open={isAsking}
        title={t('batches.withdraw.title')}
        action={t('batches.withdraw.action')}
        verb={withdraw}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('batches.withdraw.text', { smart_count: open })}</Typography>
        {decided > 0 && <Typography>{t('batches.withdraw.decided', { smart_count: decided })}</Typography>}
      </ConfirmDialog>
    </>
  );
}
