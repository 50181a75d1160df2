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
} from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import type { Outreach } from './outreach.ts';

const WAYS = ['call', 'message'] as const;
const OUTCOMES = ['answered', 'no-answer'] as const;

/** A call or a message that somebody made by hand. */
export function NoteDialog({ organisationId, onClose }: { organisationId: string; onClose: () => void }) {
  const { t } = useWords();
  const [way, setWay] = useState<string>('call');
  const [outcome, setOutcome] = useState<string>('answered');
  const [note, setNote] = useState('');
  const save = useVerb(
    () =>
      api.post<Outreach>(`/organisations/${organisationId}/outreach`, {
        way,
        outcome,
        ...(note.trim() !== '' && { note: note.trim() }),
      }),
    { done: 'outreach.note.done', refresh: ['outreach', 'audit'], onDone: onClose },
  );
  const choice = (
    label: string,
    name: string,
    options: readonly string[],
    value: string,
    set: (to: string) => void,
  ) => (
    <FormControl component="fieldset" sx={{ display: 'block', mb: 1.5 }}>
      <FormLabel component="legend">{label}</FormLabel>
      <RadioGroup row name={name} value={value} onChange={(event) => set(event.target.value)}>
        {options.map((each, i) => (
          <FormControlLabel
            key={each}
            value={each}
            control={<Radio autoFocus={name === 'way' && i === 0} />}
            label={t(`outreach.${name}.${each}`)}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="note-title">
      <DialogTitle id="note-title">{t('outreach.note.title')}</DialogTitle>
      <DialogContent>
        {choice(t('outreach.note.way'), 'way', WAYS, way, setWay)}
        {choice(t('outreach.note.outcome'), 'outcome', OUTCOMES, outcome, setOutcome)}
        <TextField
          label={t('outreach.note.words')}
          helperText={t('outreach.note.help')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          multiline
          minRows={2}
          fullWidth
          slotProps={{ htmlInput: { maxLength: 1000, dir: 'auto' } }}
        />
        <ProblemNote problem={save.problem} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button variant="contained" disabled={save.busy} aria-busy={save.busy} onClick={() => void save.run(undefined)}>
          {t('outreach.note.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
