import { useRef } from 'react';
import { Box, Stack, Tab, Tabs, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import type { Page as PageOf } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { STATES, type CorrectionRow } from './contract.ts';
import { CorrectionCard } from './CorrectionCard.tsx';

/** As many as one looks through before the next are read. */
const PER_PAGE = 25;

/** Corrections from outside: what waits longest stands first. */
export function CorrectionList() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((known) => known === search.get('state')) ?? 'open';
  const list = useRef<HTMLDivElement>(null);
  const corrections = useQuery({
    queryKey: ['corrections', 'list', state],
    queryFn: ({ signal }) =>
      api.get<PageOf<CorrectionRow>>('/corrections', { query: { state, perPage: PER_PAGE }, signal }),
    placeholderData: keepPreviousData,
  });
  const rest = (corrections.data?.total ?? 0) - (corrections.data?.data.length ?? 0);
  return (
    <Page title={translate('corrections.title')} subtitle={translate('corrections.subtitle')} width="reading">
      <Tabs
        value={state}
        onChange={(_, value: string) => setSearch({ state: value })}
        aria-label={translate('corrections.title')}
        sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}
      >
        {STATES.map((name) => (
          <Tab
            key={name}
            value={name}
            id={`corrections-${name}`}
            aria-controls="corrections"
            label={translate(`corrections.state.${name}`)}
          />
        ))}
      </Tabs>
      <Box id="corrections" ref={list} role="tabpanel" aria-labelledby={`corrections-${state}`} tabIndex={-1}>
        {corrections.isError ? (
          <ErrorState error={corrections.error} onRetry={() => void corrections.refetch()} />
        ) : !corrections.data ? (
          <Loading />
        ) : corrections.data.data.length === 0 ? (
          <EmptyState title={translate(`corrections.empty.${state}`)}>
            {state === 'open' ? translate('corrections.emptyText') : undefined}
          </EmptyState>
        ) : (
          <Stack component="ul" spacing={2} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {corrections.data.data.map((correction) => (
              // The card goes with what was decided, so the focus goes to the list.
              <CorrectionCard key={correction.id} correction={correction} onGone={() => list.current?.focus()} />
            ))}
          </Stack>
        )}
        {rest > 0 && (
          <Typography color="text.secondary" sx={{ mt: 2 }}>
            {translate('corrections.more', { smart_count: rest })}
          </Typography>
        )}
      </Box>
    </Page>
  );
}
