import { Box, Chip, Stack, Typography } from '@mui/material';
import type { Refusal } from '@waymark/domain';
import { api } from '../api.ts';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import type { WebhookRow } from './contract.ts';
import { useWebhooks } from './useConsumers.ts';

const COLOURS = { waiting: 'info', delivered: 'success', dead: 'error' } as const;

/** What an app was told, waits to be told, or could not be told. */
export function WebhookList({ consumerId, refusal }: { consumerId: string; refusal: Refusal | null }) {
  const { t } = useWords();
  const webhooks = useWebhooks(consumerId);
  if (webhooks.error && !webhooks.data)
    return <ErrorState error={webhooks.error} onRetry={() => void webhooks.refetch()} />;
  if (!webhooks.data) return <Loading />;
  if (webhooks.data.data.length === 0)
    return <Typography color="text.secondary">{t('consumers.webhook.none')}</Typography>;
  return (
    <Stack component="ul" spacing={1} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {webhooks.data.data.map((webhook) => (
        <Message key={webhook.id} webhook={webhook} refusal={refusal} />
      ))}
    </Stack>
  );
}

function Message({ webhook, refusal }: { webhook: WebhookRow; refusal: Refusal | null }) {
  const { t } = useWords();
  const { id, event, state, attempts, failure, createdAt, nextAt, doneAt } = webhook;
  const replay = useVerb(() => api.post(`/webhooks/${id}/replay`), {
    refresh: ['consumers'],
    done: 'consumers.webhook.replayed',
  });
  return (
    <Box component="li">
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}>
        <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
          {t(`consumers.webhook.event.${event}`)}
        </Typography>
        <Chip
          size="small"
          variant="outlined"
          color={COLOURS[state]}
          label={t(`consumers.webhook.state.${state}`, { smart_count: attempts })}
        />
        <Typography component="span" variant="body2" color="text.secondary">
          <When at={doneAt ?? createdAt} mode="datetime" />
          {failure !== null && ` · ${t('consumers.webhook.failed', { failure, smart_count: attempts })}`}
          {state === 'waiting' && attempts > 0 && (
            <>
              {` · ${t('consumers.webhook.next')} `}
              <When at={nextAt} mode="datetime" />
            </>
          )}
        </Typography>
        {state === 'dead' && (
          <ActionButton
            size="small"
            variant="text"
            busy={replay.busy}
            refusal={refusal}
            onClick={() => void replay.run(undefined)}
          >
            {t('consumers.webhook.replay')}
          </ActionButton>
        )}
      </Box>
      <ProblemNote problem={replay.problem} />
    </Box>
  );
}
