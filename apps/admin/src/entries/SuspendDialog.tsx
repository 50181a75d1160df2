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
import type { Refusal } from '@waymark/domain';
import { useNotify } from 'ra-core';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useRefusalText } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { RecordView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { UrgentSign } from '../urgent/UrgentSign.tsx';
import { Instead } from './Instead.tsx';

/** What the server answers: the entry, and whether apps still show it. */
type Suspended = RecordView<'entry'> & {
  clients: { state: 'removed' | 'never-published' } | { state: 'still-shown'; why: Pick<Refusal, 'code' | 'detail'> };
};

const REASONS = ['unsafe', 'wrong', 'closed', 'other'] as const;
type Reason = (typeof REASONS)[number];

/** Takes an entry out of sight at once: the button, the reason, confirm. A second person looks at it within a day. */
export function SuspendDialog({
  view,
  name,
  onClose,
}: {
  view: RecordView<'entry'>;
  name: string;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState<Reason>();
  const [note, setNote] = useState('');
  const [isSuspended, setSuspended] = useState(false);
  const notify = useNotify();
  const say = useRefusalText();
  const suspend = useVerb(
    (why: Reason | undefined) => api.post<Suspended>(`/entries/${view.id}/suspend`, { reason: why, note: note.trim() }),
    {
      refresh: ['entries', 'audit', 'proposals', 'alarms', 'due', 'urgent'],
      onDone: ({ clients }) => {
        // The button that tells apps is right here: nobody has to look for it in a hurry.
        if (clients.state === 'still-shown' && clients.why.code === 'signatures-missing') {
          setSuspended(true);
          return;
        }
        // Whoever suspends must know at once when apps do not follow, and until then the message stays.
        if (clients.state === 'still-shown') {
          const messageArgs = { why: say(clients.why) };
          notify('entries.suspend.stillShown', { type: 'error', autoHideDuration: null, messageArgs });
        } else notify('entries.suspend.done', { type: 'success' });
        onClose();
      },
    },
  );
  const why =
    reason === undefined
      ? 'entries.suspend.chooseReason'
      : reason === 'other' && note.trim() === ''
        ? 'refusals.comment-required'
        : undefined;
  if (isSuspended) {
    return (
      <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="suspended-title">
        <DialogTitle id="suspended-title">{t('entries.suspend.done')}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 2 }}>{t('signing.urgent.suspended')}</Typography>
          <UrgentSign onDone={onClose} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.action.close')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="suspend-title">
      <DialogTitle id="suspend-title">{t('entries.suspend.title', { name })}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1.5 }}>{t('entries.suspend.text')}</Typography>
        <FormControl component="fieldset" sx={{ m: 0 }}>
          <FormLabel component="legend">{t('entries.suspend.reason')}</FormLabel>
          <RadioGroup
            value={reason ?? ''}
            onChange={(event) => setReason(REASONS.find((each) => each === event.target.value))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.repeat || event.shiftKey) return;
              if (!(event.target instanceof HTMLInputElement)) return;
              // Enter on a reason chooses it and goes on: from the palette that is the third key (DOMAIN §5.3, J9).
              const { value } = event.target;
              const pressed = REASONS.find((each) => each === value);
              if (pressed !== undefined && (pressed !== 'other' || note.trim() !== '')) void suspend.run(pressed);
            }}
          >
            {REASONS.map((each, i) => (
              <FormControlLabel
                key={each}
                value={each}
                control={<Radio autoFocus={i === 0} />}
                label={t(`vocabulary.suspendReason.${each}`)}
              />
            ))}
          </RadioGroup>
        </FormControl>
        <TextField
          label={t('entries.suspend.note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          multiline
          minRows={2}
          fullWidth
          slotProps={{ htmlInput: { maxLength: 2000, dir: 'auto' } }}
        />
        <Instead id={view.id} />
        <ProblemNote problem={suspend.problem} onReload={() => window.location.reload()} />
      </DialogContent>
      <DialogActions>
        {why && (
          <Typography id="suspend-why" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
            {t(why)}
          </Typography>
        )}
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button
          variant="contained"
          color="error"
          disabled={why !== undefined || suspend.busy}
          aria-busy={suspend.busy}
          aria-describedby={why ? 'suspend-why' : undefined}
          onClick={() => void suspend.run(reason)}
        >
          {t('entries.suspend.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
