import { Box, Link as MuiLink, Paper, Stack, Tab, Tabs, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import type { Page as PageOf } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { ContactLine } from './ContactLine.tsx';
import type { Outreach } from './outreach.ts';

/** What asks for a person comes first; `due` are steps that the next run of the job takes. */
const STATES = ['no-answer', 'failed', 'open', 'due', 'answered', 'all'] as const;

/** How organisations were asked, and who has not answered. */
export function OutreachList() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((known) => known === search.get('state')) ?? 'no-answer';
  const contacts = useQuery({
    queryKey: ['outreach', 'list', state],
    queryFn: ({ signal }) => api.get<PageOf<Outreach>>('/outreach', { query: { state, perPage: 100 }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={t('outreach.title')} subtitle={t('outreach.subtitle')} width="reading">
      <Tabs
        value={state}
        onChange={(_, value: string) => setSearch({ state: value })}
        aria-label={t('outreach.title')}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}
      >
        {STATES.map((name) => (
          <Tab
            key={name}
            value={name}
            id={`outreach-${name}`}
            aria-controls="outreach"
            label={t(`outreach.state.${name}`)}
          />
        ))}
      </Tabs>
      <Box id="outreach" role="tabpanel" aria-labelledby={`outreach-${state}`} tabIndex={-1}>
        {contacts.isError ? (
          <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />
        ) : !contacts.data ? (
          <Loading />
        ) : contacts.data.data.length === 0 ? (
          <EmptyState title={t(`outreach.empty.${state}`)}>
            {state === 'all' ? t('outreach.emptyText') : undefined}
          </EmptyState>
        ) : (
          <>
            <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
              {t('outreach.count', { smart_count: contacts.data.total })}
            </Typography>
            <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {contacts.data.data.map((contact) => (
                <Paper key={contact.id} component="li" variant="outlined" sx={{ p: { xs: 2, sm: 2.5 } }}>
                  <Typography component="h2" variant="h2" sx={{ mb: 0.5 }}>
                    <MuiLink component={Link} to={recordHref('organisation', contact.organisationId)} color="inherit">
                      <bdi>{contact.organisationName}</bdi>
                    </MuiLink>
                  </Typography>
                  <ContactLine contact={contact} />
                </Paper>
              ))}
            </Stack>
          </>
        )}
      </Box>
    </Page>
  );
}
