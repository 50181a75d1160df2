import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControl,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  TextField,
  Typography,
} from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { AlarmRow } from '../contract.ts';
import { useWords } from '../records/words.ts';

const OUTCOMES = ['not-a-problem', 'fixed', 'suspended'] as const;

/** Deals with an alarm: what came of it, and why, for whoever asks later. */
export function CloseDialog({ alarm, onClose }: { alarm: AlarmRow; onClose: () => void }) {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>();
  const [note, setNote] = useState('');
  const close = useVerb(() => api.post(`/alarms/${alarm.id}/close`, { outcome, note: note.trim() }), {
    refresh: ['alarms', 'due', 'entries'],
    done: 'alarms.close.done',
    onDone: onClose,
  });
  const why =
    outcome === undefined ? 'alarms.close.chooseOutcome' : note.trim() === '' ? 'refusals.comment-required' : undefined;
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="close-alarm-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (why === undefined) void close.run(undefined);
        }}
      >
        <DialogTitle id="close-alarm-title">{t('alarms.close.title', { name: alarm.recordName })}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 1 }}>{t(`alarms.kind.${alarm.kind}`)}</Typography>
          <FormControl component="fieldset" sx={{ m: 0 }}>
            <FormLabel component="legend">{t('alarms.close.outcome')}</FormLabel>
            <RadioGroup
              value={outcome ?? ''}
              onChange={(event) => setOutcome(OUTCOMES.find((each) => each === event.target.value))}
            >
              {OUTCOMES.map((each, i) => (
                <FormControlLabel
                  key={each}
                  value={each}
                  control={<Radio autoFocus={i === 0} />}
                  label={t(`alarms.outcome.${each}`)}
                />
              ))}
            </RadioGroup>
          </FormControl>
          <TextField
            label={t('alarms.close.note')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            multiline
            minRows={2}
            fullWidth
            required
            slotProps={{ htmlInput: { maxLength: 1000, dir: 'auto' } }}
          />
          <ProblemNote problem={close.problem} onReload={onClose} />
        </DialogContent>
        <DialogActions>
          {why && (
            <Typography id="close-alarm-why" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
              {t(why)}
            </Typography>
          )}
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            disabled={why !== undefined || close.busy}
            aria-busy={close.busy}
            aria-describedby={why ? 'close-alarm-why' : undefined}
          >
            {t('alarms.close.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
