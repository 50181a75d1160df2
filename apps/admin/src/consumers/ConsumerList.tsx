import { Alert, Box, Button, Paper, Stack, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { ConsumerRow } from './contract.ts';
import { Freshness } from './Freshness.tsx';
import { useConsumers } from './useConsumers.ts';

/** The apps that use the directory and said so: what they read last, and who is behind. */
export function ConsumerList() {
  const { t } = useWords();
  const mayAdminister = useMay('consumer.administer');
  const consumers = useConsumers();
  const register = mayAdminister && (
    <Button component={Link} to="/consumers/create" variant="contained" startIcon={<Add />}>
      {t('consumers.register')}
    </Button>
  );
  return (
    <Page title={t('consumers.title')} subtitle={t('consumers.subtitle')} actions={register} width="reading">
      {consumers.error && !consumers.data ? (
        <ErrorState error={consumers.error} onRetry={() => void consumers.refetch()} />
      ) : !consumers.data ? (
        <Loading />
      ) : consumers.data.data.length === 0 ? (
        <EmptyState title={t('consumers.none')}>{t('consumers.noneText')}</EmptyState>
      ) : (
        <>
          {consumers.data.behind > 0 && (
            <Alert severity="warning" sx={{ mb: 2 }}>
              {t('consumers.behind.list', {
                smart_count: consumers.data.behind,
                days: consumers.data.behindAfterDays,
              })}
            </Alert>
          )}
          <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {consumers.data.data.map((consumer) => (
              <Line key={consumer.id} consumer={consumer} />
            ))}
          </Stack>
        </>
      )}
    </Page>
  );
}

function Line({ consumer }: { consumer: ConsumerRow }) {
  const { t } = useWords();
  const { id, name, contact, lastSequence, schemaVersion, lastSeenAt, deadWebhooks } = consumer;
  return (
    <Paper component="li" variant="outlined" sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5 }}>
        <Typography component="h2" variant="h6" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box component={Link} to={`/consumers/${id}`} sx={{ color: 'primary.main' }}>
            <bdi>{name}</bdi>
          </Box>
        </Typography>
        <Freshness consumer={consumer} />
      </Box>
      <Typography variant="body2" color="text.secondary" component="div">
        <bdi>{contact}</bdi>
        {lastSequence !== null && (
          <>
            {` · ${t('consumers.read', { sequence: lastSequence, version: schemaVersion ?? '' })} · `}
            <When at={lastSeenAt} mode="relative" />
          </>
        )}
      </Typography>
      {deadWebhooks > 0 && (
        <Typography variant="body2" color="error">
          {t('consumers.dead', { smart_count: deadWebhooks })}
        </Typography>
      )}
    </Paper>
  );
}
