import { useState } from 'react';
import { Box, Button, Skeleton, Tab, Tabs, Typography } from '@mui/material';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { Alarms } from './Alarms.tsx';
import { TreeAlarms } from './TreeAlarms.tsx';
import { ALARM_STATES, useAlarms } from './useAlarms.ts';

/** What speaks against a fact and waits for a person: what, where and since when; what may be unsafe first. */
export function AlarmList() {
  const { t, locale } = useWords();
  const [params, setParams] = useSearchParams();
  const state = ALARM_STATES.find((each) => each === params.get('state')) ?? 'open';
  const [page, setPage] = useState(1);
  const maySeeTree = useMay('snapshot.read');
  const alarms = useAlarms(state, page);
  const number = new Intl.NumberFormat(locale);
  const last = Math.max(1, Math.ceil((alarms.data?.total ?? 0) / (alarms.data?.perPage ?? 50)));
  return (
    <Page title={t('alarms.title')} subtitle={t('alarms.subtitle')}>
      {maySeeTree && <TreeAlarms />}
      <Tabs
        value={state}
        onChange={(_, next: string) => {
          setPage(1);
          setParams(next === 'open' ? {} : { state: next }, { replace: true });
        }}
        aria-label={t('alarms.title')}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {ALARM_STATES.map((each) => (
          <Tab key={each} value={each} label={t(`alarms.state.${each}`)} />
        ))}
      </Tabs>
      {alarms.error && !alarms.data ? (
        <ErrorState error={alarms.error} onRetry={() => void alarms.refetch()} />
      ) : !alarms.data ? (
        <Box role="status" aria-label={t('common.loading')}>
          {[0, 1, 2].map((i) => (
            <Skeleton key={i} variant="rounded" height={96} sx={{ mt: 1 }} />
          ))}
        </Box>
      ) : alarms.data.data.length === 0 ? (
        <EmptyState title={t(`alarms.none.${state}`)}>{t('alarms.none.text')}</EmptyState>
      ) : (
        <Alarms alarms={alarms.data.data} />
      )}
      {last > 1 && (
        <Box
          component="nav"
          sx={{ display: 'flex', gap: 1, alignItems: 'center', justifyContent: 'flex-end', mt: 1.5 }}
        >
          <Typography variant="body2" color="text.secondary">
            {number.format(page)} / {number.format(last)}
          </Typography>
          <Button size="small" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t('ra.navigation.previous')}
          </Button>
          <Button size="small" disabled={page >= last} onClick={() => setPage(page + 1)}>
            {t('ra.navigation.next')}
          </Button>
        </Box>
      )}
    </Page>
  );
}
