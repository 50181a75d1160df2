import { useState } from 'react';
import { TextField, Typography } from '@mui/material';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';

/** Says that two records are two, and why: whoever comes next does not have to look again. */
export function DismissDialog({
  first,
  second,
  names,
  onClose,
  onDone,
}: {
  first: string;
  second: string;
  names: [string, string];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const dismiss = useVerb(() => api.post('/duplicates/dismiss', { first, second, reason }), {
    refresh: ['duplicates', 'audit'],
    done: 'duplicates.dismissed',
    onDone: () => {
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      open
      color="primary"
      title={t('duplicates.dismissTitle')}
      action={t('duplicates.dismiss')}
      verb={dismiss}
      onClose={onClose}
    >
      <Typography>{t('duplicates.dismissText', { first: names[0], second: names[1] })}</Typography>
      <TextField
        label={t('duplicates.why')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        autoFocus
        multiline
        minRows={2}
        slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
      />
    </ConfirmDialog>
  );
}
