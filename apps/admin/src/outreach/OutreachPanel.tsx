import { useState } from 'react';
import { Box, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { Refusal } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import type { Page as PageOf } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { ContactLine } from './ContactLine.tsx';
import { CourtesyAgreement } from './CourtesyAgreement.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import type { Outreach, OutreachContacts } from './outreach.ts';
import { WriteDialog } from './WriteDialog.tsx';

/** How an organisation was asked and what it agreed to, with a letter or a noted call as the next step. */
export function OutreachPanel({ organisationId, isActive }: { organisationId: string; isActive: boolean }) {
  const { t } = useWords();
  const mayRead = useMay('verification.read');
  const mayWrite = useMay('outreach.write');
  const [open, setOpen] = useState<'write' | 'note'>();
  const path = `/organisations/${organisationId}/outreach`;
  const history = useQuery({
    queryKey: ['outreach', 'of', organisationId],
    queryFn: ({ signal }) => api.get<PageOf<Outreach>>(path, { query: { perPage: 5 }, signal }),
    enabled: mayRead,
  });
  const contacts = useQuery({
    queryKey: ['outreach', 'contacts', organisationId],
    queryFn: ({ signal }) => api.get<OutreachContacts>(`${path}/contacts`, { signal }),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  const refusal = writeRefusal({ mayWrite, isActive, contacts: contacts.data });
  const close = () => setOpen(undefined);
  return (
    <Panel title={t('outreach.title')}>
      {history.isError ? (
        <ErrorState error={history.error} onRetry={() => void history.refetch()} />
      ) : history.data?.total === 0 ? (
        <Typography color="text.secondary">{t('outreach.never')}</Typography>
      ) : (
        <Stack component="ul" spacing={1.25} sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {(history.data?.data ?? []).map((contact) => (
            <li key={contact.id}>
              <ContactLine contact={contact} />
            </li>
          ))}
        </Stack>
      )}
      {(history.data?.total ?? 0) > 5 && (
        <Box sx={{ mt: 1 }}>
          <Link to="/outreach?state=all">{t('outreach.count', { smart_count: history.data?.total ?? 0 })}</Link>
        </Box>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
        <ActionButton size="small" refusal={refusal} onClick={() => setOpen('write')}>
          {t('outreach.write.open')}
        </ActionButton>
        {mayWrite && (
          <ActionButton size="small" variant="outlined" onClick={() => setOpen('note')}>
            {t('outreach.note.open')}
          </ActionButton>
        )}
      </Box>
      <CourtesyAgreement organisationId={organisationId} />
      {open === 'write' && contacts.data && (
        <WriteDialog organisationId={organisationId} contacts={contacts.data.data} onClose={close} />
      )}
      {open === 'note' && <NoteDialog organisationId={organisationId} onClose={close} />}
    </Panel>
  );
}

/** Why no letter can go out; the server decides, this explains. */
function writeRefusal({
  mayWrite,
  isActive,
  contacts,
}: {
  mayWrite: boolean;
  isActive: boolean;
  contacts: OutreachContacts | undefined;
}): Pick<Refusal, 'code'> | null {
  if (!mayWrite) return { code: 'not-permitted' };
  if (!isActive) return { code: 'record-not-active' };
  if (contacts?.mail === false) return { code: 'mail-off' };
  return contacts?.data.length === 0 ? { code: 'contact-missing' } : null;
}
