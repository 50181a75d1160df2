import { useState } from 'react';
import { Box, Stack, Typography } from '@mui/material';
import type { Consumer, Refusal } from '@waymark/domain';
import { useNavigate, useParams } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { ConsumerForm } from './ConsumerForm.tsx';
import type { ConsumerRow, Secrets, WithSecrets } from './contract.ts';
import { Freshness } from './Freshness.tsx';
import { SecretsNote } from './SecretsNote.tsx';
import { useConsumer } from './useConsumers.ts';
import { WebhookList } from './WebhookList.tsx';

/** One app: what it reads, what it is told, and what is known of it. */
export function ConsumerShow() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const consumer = useConsumer(id);
  const back = { to: '/consumers', label: t('consumers.title') };
  return (
    <Page title={consumer.data?.name ?? t('consumers.app')} back={back} width="reading">
      {consumer.error && !consumer.data ? (
        <ErrorState error={consumer.error} onRetry={() => void consumer.refetch()} />
      ) : consumer.data ? (
        <App consumer={consumer.data} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function App({ consumer }: { consumer: ConsumerRow }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayAdminister = useMay('consumer.administer');
  const refusal: Refusal | null = mayAdminister ? null : { code: 'not-permitted' };
  const [secrets, setSecrets] = useState<Secrets>();
  const [asks, setAsks] = useState(false);
  const path = `/consumers/${consumer.id}`;
  const ifMatch = { ifMatch: consumer.version };
  const change = useVerb((to: Consumer) => api.put(path, to, ifMatch), {
    refresh: ['consumers'],
    done: 'consumers.changed',
  });
  const renew = useVerb(() => api.post<WithSecrets>(`${path}/renew`, {}, ifMatch), {
    refresh: ['consumers'],
    onDone: (made) => setSecrets(made.secrets),
  });
  const remove = useVerb(() => api.post(`${path}/remove`, {}, ifMatch), {
    refresh: ['consumers'],
    done: 'consumers.removed',
    onDone: () => void navigate('/consumers'),
  });
  const attempt = useVerb(() => api.post(`${path}/try`), { refresh: ['consumers'], done: 'consumers.webhook.tried' });
  const noWebhook: Refusal | null = consumer.webhookUrl === null ? { code: 'webhook-missing' } : null;
  return (
    <Stack spacing={2}>
      {secrets && <SecretsNote secrets={secrets} />}
      <Panel title={t('consumers.reads')} actions={<Freshness consumer={consumer} />}>
        <Facts
          facts={[
            [t('consumers.fact.sequence'), consumer.lastSequence ?? '–'],
            [t('consumers.fact.schema'), consumer.schemaVersion ?? '–'],
            [t('consumers.fact.seen'), <When key="seen" at={consumer.lastSeenAt} mode="datetime" />],
            [t('consumers.fact.since'), <When key="since" at={consumer.createdAt} />],
          ]}
        />
      </Panel>
      <Panel
        title={t('consumers.webhook.title')}
        actions={
          <ActionButton
            size="small"
            variant="outlined"
            busy={attempt.busy}
            refusal={refusal ?? noWebhook}
            onClick={() => void attempt.run(undefined)}
          >
            {t('consumers.webhook.try')}
          </ActionButton>
        }
      >
        <ProblemNote problem={attempt.problem} />
        <WebhookList consumerId={consumer.id} refusal={refusal} />
      </Panel>
      <Panel title={t('consumers.known')}>
        <ConsumerForm
          key={consumer.version}
          consumer={consumer}
          label={t('consumers.save')}
          busy={change.busy}
          problem={change.problem}
          refusal={refusal}
          onSave={(to) => void change.run(to)}
        />
      </Panel>
      <Panel title={t('consumers.secrets.panel')}>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
          {t('consumers.secrets.help')}
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
          <ActionButton
            variant="outlined"
            busy={renew.busy}
            refusal={refusal}
            onClick={() => void renew.run(undefined)}
          >
            {t('consumers.renew')}
          </ActionButton>
          <ActionButton variant="outlined" color="error" refusal={refusal} onClick={() => setAsks(true)}>
            {t('consumers.remove')}
          </ActionButton>
        </Box>
        <ProblemNote problem={renew.problem} />
      </Panel>
      <ConfirmDialog
        open={asks}
        title={t('consumers.removeTitle', { name: consumer.name })}
        action={t('consumers.remove')}
        verb={remove}
        onClose={() => setAsks(false)}
      >
        <Typography>{t('consumers.removeText')}</Typography>
      </ConfirmDialog>
    </Stack>
  );
}
