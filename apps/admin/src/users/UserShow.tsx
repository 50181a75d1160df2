import { useState } from 'react';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { Link, useParams } from 'react-router-dom';
import type { Refusal, Role } from '@waymark/domain';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { AdminRequest, Page as PageOf, UserRow } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { useMay } from '../session/current.ts';
import { RolesField } from './RolesField.tsx';
import { useAdminRequest } from './useAdminRequest.ts';
import { UserStatusChip } from './UserStatusChip.tsx';

/** One person: what they may do here, and what an admin may ask for them. */
export function UserShow() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const person = useQuery({
    queryKey: ['users', 'one', id],
    queryFn: ({ signal }) => api.get<UserRow>(`/users/${encodeURIComponent(id)}`, { signal }),
  });
  const back = { to: '/users', label: translate('users.title') };
  if (person.isError) {
    return (
      <Page title={translate('users.person')} back={back}>
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      </Page>
    );
  }
  if (!person.data) {
    return (
      <Page title={translate('users.person')} back={back}>
        <Loading />
      </Page>
    );
  }
  return <Person key={person.data.id} person={person.data} />;
}

function Person({ person }: { person: UserRow }) {
  const translate = useTranslate();
  const mayAdminister = useMay('user.administer');
  const role: Refusal | null = mayAdminister ? null : { code: 'not-permitted' };
  return (
    <Page title={person.name} back={{ to: '/users', label: translate('users.title') }} width="reading">
      <Stack spacing={2}>
        <Panel title={translate('users.person')}>
          <Facts
            facts={[
              [translate('users.column.status'), <UserStatusChip key="status" status={person.status} />],
              [
                translate('users.email'),
                <span key="email" dir="ltr">
                  {person.email}
                </span>,
              ],
              [translate('users.roles'), person.roles.map((r) => translate(`common.role.${r}`)).join(', ') || '–'],
              [translate('users.column.since'), <When key="since" at={person.createdAt} mode="datetime" />],
            ]}
          />
          <Box sx={{ mt: 1.5 }}>
            <Link to={`/audit?filter=${encodeURIComponent(JSON.stringify({ actor: person.id }))}`}>
              {translate('users.trail')}
            </Link>
          </Box>
        </Panel>
        {person.erasedAt === null ? (
          <>
            <OpenRequests subject={person.id} />
            <ChangeRoles person={person} refusal={role} />
            <ResetOrReturn person={person} refusal={role} />
            {person.status === 'disabled' ? (
              <Erase person={person} refusal={role} />
            ) : (
              <Disable person={person} refusal={role} />
            )}
          </>
        ) : (
          <Alert severity="info">
            {translate('users.erased')} <When at={person.erasedAt} mode="datetime" />
          </Alert>
        )}
      </Stack>
    </Page>
  );
}

function OpenRequests({ subject }: { subject: string }) {
  const translate = useTranslate();
  const open = useQuery({
    queryKey: ['admin-requests', 'open'],
    queryFn: ({ signal }) =>
      api.get<PageOf<AdminRequest>>('/admin-requests', { query: { state: 'open', perPage: 100 }, signal }),
  });
  const mine = open.data?.data.filter((request) => request.subject === subject) ?? [];
  if (mine.length === 0) return null;
  return (
    <Alert
      severity="warning"
      action={
        <Button component={Link} to="/admin-requests" color="inherit" size="small">
          {translate('common.action.open')}
        </Button>
      }
    >
      {translate('users.request.waiting', {
        what: mine.map((request) => translate(`users.request.kind.${request.kind}`)).join(', '),
      })}
    </Alert>
  );
}

function ChangeRoles({ person, refusal }: { person: UserRow; refusal: Refusal | null }) {
  const translate = useTranslate();
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const request = useAdminRequest();
  const isSame = roles.length === person.roles.length && roles.every((role) => person.roles.includes(role));
  return (
    <Panel title={translate('users.changeRoles')}>
      <RolesField roles={roles} onChange={setRoles} />
      <Typography variant="body2" color="text.secondary" sx={{ my: 1 }}>
        {translate('users.request.second')}
      </Typography>
      <ActionButton
        variant="outlined"
        busy={request.busy}
        refusal={refusal ?? (isSame ? { code: 'nothing-changed' } : null)}
        onClick={() => void request.run({ kind: 'user.roles', subject: person.id, payload: { roles } })}
      >
        {translate('users.request.ask')}
      </ActionButton>
      <ProblemNote problem={request.problem} />
    </Panel>
  );
}

function ResetOrReturn({ person, refusal }: { person: UserRow; refusal: Refusal | null }) {
  const translate = useTranslate();
  const request = useAdminRequest();
  const kind = person.status === 'disabled' ? 'user.enable' : 'user.reset';
  return (
    <Panel title={translate(`users.request.kind.${kind}`)}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {translate(kind === 'user.enable' ? 'users.enableText' : 'users.resetText')}
      </Typography>
      <ActionButton
        variant="outlined"
        busy={request.busy}
        refusal={refusal}
        onClick={() => void request.run({ kind, subject: person.id, payload: {} })}
      >
        {translate('users.request.ask')}
      </ActionButton>
      <ProblemNote problem={request.problem} />
    </Panel>
  );
}

function Erase({ person, refusal }: { person: UserRow; refusal: Refusal | null }) {
  const translate = useTranslate();
  const request = useAdminRequest();
  return (
    <Panel title={translate('users.request.kind.user.erase')}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {translate('users.eraseText')}
      </Typography>
      <ActionButton
        variant="outlined"
        color="error"
        busy={request.busy}
        refusal={refusal}
        onClick={() => void request.run({ kind: 'user.erase', subject: person.id, payload: {} })}
      >
        {translate('users.request.ask')}
      </ActionButton>
      <ProblemNote problem={request.problem} />
    </Panel>
  );
}

function Disable({ person, refusal }: { person: UserRow; refusal: Refusal | null }) {
  const translate = useTranslate();
  const [asks, setAsks] = useState(false);
  const disable = useVerb(() => api.post<UserRow>(`/users/${person.id}/disable`), {
    refresh: ['users'],
    done: 'users.disabled',
    onDone: () => setAsks(false),
  });
  return (
    <Panel title={translate('users.disable')}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {translate('users.disableText')}
      </Typography>
      <ActionButton variant="outlined" color="error" refusal={refusal} onClick={() => setAsks(true)}>
        {translate('users.disable')}
      </ActionButton>
      <ConfirmDialog
        open={asks}
        title={translate('users.disableTitle', { name: person.name })}
        action={translate('users.disable')}
        verb={disable}
        onClose={() => setAsks(false)}
      >
        <Typography>{translate('users.disableText')}</Typography>
      </ConfirmDialog>
    </Panel>
  );
}
