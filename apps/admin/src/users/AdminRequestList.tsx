import { useState } from 'react';
import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Paper,
  Stack,
  Tab,
  Tabs,
  TextField,
  Typography,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { CopyButton } from '../common/Copy.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { AdminRequest, Page as PageOf } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { useMe } from '../session/current.ts';
import { confirmRefusal, refuseRefusal } from './requestRule.ts';
import { RequestText } from './RequestText.tsx';

const STATES = ['open', 'confirmed', 'refused'] as const;

/** What admins ask and other admins confirm. */
export function AdminRequestList() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((known) => known === search.get('state')) ?? 'open';
  const [link, setLink] = useState<{ url: string; name: string }>();
  const requests = useQuery({
    queryKey: ['admin-requests', 'list', state],
    queryFn: ({ signal }) =>
      api.get<PageOf<AdminRequest>>('/admin-requests', {
        query: { state, perPage: 100, sort: state === 'open' ? 'requestedAt' : '-requestedAt' },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={translate('users.request.title')} subtitle={translate('users.request.subtitle')} width="reading">
      <Tabs
        value={state}
        onChange={(_, value: string) => setSearch({ state: value })}
        aria-label={translate('users.request.title')}
        sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}
      >
        {STATES.map((name) => (
          <Tab
            key={name}
            value={name}
            id={`requests-${name}`}
            aria-controls="requests"
            label={translate(`users.request.state.${name}`)}
          />
        ))}
      </Tabs>
      <Box id="requests" role="tabpanel" aria-labelledby={`requests-${state}`} tabIndex={-1}>
        {requests.isError ? (
          <ErrorState error={requests.error} onRetry={() => void requests.refetch()} />
        ) : !requests.data ? (
          <Loading />
        ) : requests.data.data.length === 0 ? (
          <EmptyState title={translate(`users.request.empty.${state}`)}>
            {state === 'open' ? translate('users.request.emptyText') : undefined}
          </EmptyState>
        ) : (
          <Stack component="ul" spacing={2} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {requests.data.data.map((request) => (
              <Request key={request.id} request={request} onLink={(url) => setLink({ url, name: nameIn(request) })} />
            ))}
          </Stack>
        )}
      </Box>
      {link && <OneTimeLink {...link} onClose={() => setLink(undefined)} />}
    </Page>
  );
}

/** Whom it is about; somebody who is still to come stands in the request alone. */
function nameIn(request: AdminRequest): string {
  return request.kind === 'user.create' ? request.payload.name : (request.subjectName ?? request.subject);
}

function Request({ request, onLink }: { request: AdminRequest; onLink: (url: string) => void }) {
  const translate = useTranslate();
  const me = useMe();
  const path = `/admin-requests/${request.id}`;
  const refresh = ['admin-requests', 'users', 'policy'];
  const confirm = useVerb(() => api.post<{ request: AdminRequest; link?: string }>(`${path}/confirm`), {
    done: 'users.request.confirmed',
    refresh,
    onDone: ({ link }) => {
      if (link !== undefined) onLink(new URL(link, window.location.href).href);
    },
  });
  const refuse = useVerb(() => api.post<AdminRequest>(`${path}/refuse`), { done: 'users.request.refused', refresh });
  const isOwn = request.requestedBy === me?.id;
  return (
    <Paper component="li" variant="outlined" sx={{ p: { xs: 2, sm: 2.5 } }}>
      <Typography component="h2" variant="h2">
        {translate(`users.request.kind.${request.kind}`)}
        {request.kind !== 'policy.change' && (
          <>
            {': '}
            <bdi>{nameIn(request)}</bdi>
          </>
        )}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {translate('users.request.by', { name: request.requestedByName })} ·{' '}
        <When at={request.requestedAt} mode="datetime" />
        {request.decidedAt && (
          <>
            {' · '}
            {translate(`users.request.state.${request.state}`)} <When at={request.decidedAt} mode="datetime" />
          </>
        )}
      </Typography>
      <RequestText request={request} />
      {request.state === 'open' && me && (
        <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
          <ActionButton
            busy={confirm.busy}
            refusal={confirmRefusal(me, request)}
            onClick={() => void confirm.run(undefined)}
          >
            {translate('users.request.confirm')}
          </ActionButton>
          {refuseRefusal(me, request) === null && (
            <ActionButton variant="outlined" busy={refuse.busy} onClick={() => void refuse.run(undefined)}>
              {translate(isOwn ? 'users.request.takeBack' : 'users.request.refuse')}
            </ActionButton>
          )}
        </Box>
      )}
      <ProblemNote problem={confirm.problem ?? refuse.problem} />
    </Paper>
  );
}

/** Shown once: nobody, the server included, can show it again. So it closes only by the button. */
function OneTimeLink({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const translate = useTranslate();
  return (
    <Dialog open maxWidth="sm" fullWidth aria-labelledby="one-time-link">
      <DialogTitle id="one-time-link">{translate('users.link.title', { name })}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1.5 }}>{translate('users.link.text', { name })}</Typography>
        <TextField
          fullWidth
          multiline
          label={translate('users.link.label')}
          value={url}
          onFocus={(event) => event.target.select()}
          slotProps={{
            htmlInput: {
              readOnly: true,
              dir: 'ltr',
              style: { fontFamily: 'monospace', fontSize: '0.875rem', overflowWrap: 'anywhere' },
            },
          }}
        />
        <Alert severity="warning" sx={{ mt: 1.5 }}>
          {translate('users.link.once')}
        </Alert>
      </DialogContent>
      <DialogActions>
        <CopyButton text={url} size="medium" variant="contained" autoFocus />
        <Button onClick={onClose}>{translate('users.link.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
