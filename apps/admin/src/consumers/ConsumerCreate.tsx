import { useState } from 'react';
import { Button, Paper, Stack } from '@mui/material';
import type { Consumer } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { Page } from '../common/Page.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { ConsumerForm } from './ConsumerForm.tsx';
import type { WithSecrets } from './contract.ts';
import { SecretsNote } from './SecretsNote.tsx';

/** Writes an app into the register, and shows its secrets this once. */
export function ConsumerCreate() {
  const { t } = useWords();
  const mayAdminister = useMay('consumer.administer');
  const [made, setMade] = useState<WithSecrets>();
  const register = useVerb((consumer: Consumer) => api.post<WithSecrets>('/consumers', consumer), {
    refresh: ['consumers'],
    done: 'consumers.registered',
    onDone: setMade,
  });
  return (
    <Page
      title={made ? made.consumer.name : t('consumers.register')}
      back={{ to: '/consumers', label: t('consumers.title') }}
      width="reading"
    >
      {made ? (
        <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
          <SecretsNote secrets={made.secrets} />
          <Button component={Link} to={`/consumers/${made.consumer.id}`} variant="outlined">
            {t('consumers.toApp')}
          </Button>
        </Stack>
      ) : (
        <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
          <ConsumerForm
            label={t('consumers.registerConfirm')}
            busy={register.busy}
            problem={register.problem}
            refusal={mayAdminister ? null : { code: 'not-permitted' }}
            onSave={(consumer) => void register.run(consumer)}
          />
        </Paper>
      )}
    </Page>
  );
}
