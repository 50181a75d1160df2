import { useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { languageName } from '@waymark/domain';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useRefusalText } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import { contactName, LETTER_LANGUAGES, type Outreach, type OutreachContacts } from './outreach.ts';

/** Whom to write to and in which language; a warning, and no more, when it is too soon. */
export function WriteDialog({
  organisationId,
  contacts,
  onClose,
}: {
  organisationId: string;
  contacts: OutreachContacts['data'];
  onClose: () => void;
}) {
  const { t, locale } = useWords();
  const say = useRefusalText();
  const [contactId, setContactId] = useState(contacts[0]?.id ?? '');
  const contact = contacts.find(({ id }) => id === contactId);
  const [chosen, setChosen] = useState<string>();
  const language = chosen ?? contact?.language ?? 'en';
  const write = useVerb(
    (anyway: boolean) =>
      api.post<Outreach>(`/organisations/${organisationId}/outreach`, {
        way: 'mail',
        contactId,
        language,
        ...(anyway && { anyway }),
      }),
    { done: 'outreach.write.done', refresh: ['outreach', 'audit'], onDone: onClose },
  );
  const isTooSoon = write.problem?.code === 'courtesy-cap';
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="write-title">
      <DialogTitle id="write-title">{t('outreach.write.title')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 2 }}>{t('outreach.write.text')}</Typography>
        <Stack spacing={2}>
          <TextField
            select
            autoFocus
            label={t('outreach.contact')}
            value={contactId}
            onChange={(event) => {
              setContactId(event.target.value);
              setChosen(undefined);
            }}
          >
            {contacts.map((known) => (
              <MenuItem key={known.id} value={known.id}>
                <bdi>{contactName(known)}</bdi>
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label={t('outreach.language')}
            value={language}
            onChange={(event) => setChosen(event.target.value)}
          >
            {LETTER_LANGUAGES.map((tag) => (
              <MenuItem key={tag} value={tag}>
                {languageName(tag, locale)}
              </MenuItem>
            ))}
          </TextField>
          {contact && (
            <Alert role="note" severity={contact.counts ? 'success' : 'info'}>
              {t(contact.counts ? 'outreach.write.counts' : 'outreach.write.countsNot')}
            </Alert>
          )}
          {isTooSoon && write.problem ? (
            <Alert severity="warning" role="alert">
              {say({ code: 'courtesy-cap', ...(write.problem.detail && { detail: write.problem.detail }) })}
            </Alert>
          ) : (
            <ProblemNote problem={write.problem} />
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button
          variant="contained"
          color={isTooSoon ? 'warning' : 'primary'}
          disabled={!contact || write.busy}
          aria-busy={write.busy}
          onClick={() => void write.run(isTooSoon)}
        >
          {t(isTooSoon ? 'outreach.write.anyway' : 'outreach.write.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
