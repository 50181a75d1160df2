import { useState } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography } from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { DueRow } from '../contract.ts';
import { useWords } from '../records/words.ts';

const DAY = 86_400_000;

/** Puts a check off until a day, with the reason the next person will read. The date of the facts does not move. */
export function SnoozeDialog({ row, onClose }: { row: Pick<DueRow, 'recordId' | 'name'>; onClose: () => void }) {
  const { t } = useWords();
  const dayAfter = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const [until, setUntil] = useState(dayAfter(7));
  const [reason, setReason] = useState('');
  const snooze = useVerb(
    () =>
      api.post(`/entries/${row.recordId}/work`, {
        snoozeUntil: `${until}T00:00:00.000Z`,
        reason: reason.trim(),
      }),
    { refresh: ['due'], done: 'due.snooze.done', onDone: onClose },
  );
  const isReady = reason.trim() !== '' && until > dayAfter(0);
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="snooze-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void snooze.run(undefined);
        }}
      >
        <DialogTitle id="snooze-title">{t('due.snooze.title', { name: row.name })}</DialogTitle>
        <DialogContent>
          <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
            {t('due.snooze.text')}
          </Typography>
          <TextField
            label={t('due.snooze.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            autoFocus
            fullWidth
            multiline
            slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
          />
          <TextField
            label={t('due.snooze.until')}
            type="date"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
            required
            slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: dayAfter(1), max: dayAfter(30) } }}
          />
          <ProblemNote problem={snooze.problem} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!isReady || snooze.busy} aria-busy={snooze.busy}>
            {t('due.snooze.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
