import { useState, type FormEvent } from 'react';
import { Button, Paper, Stack, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useMe } from './current.ts';
import { NoticePanel } from './NoticePanel.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSignOut } from './useSignOut.ts';

/** One's own account: who the server takes one for, another password, the end of all sessions. */
export function Account() {
  const translate = useTranslate();
  const me = useMe();
  const { signOutEverywhere } = useSignOut();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useVerb((passwords: { current: string; next: string }) => api.post('/session/password', passwords), {
    done: 'session.account.changed',
    onDone: () => {
      setCurrent('');
      setNext('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change.run({ current, next });
  };
  return (
    <Page
      title={translate('session.account.title')}
      width="reading"
      subtitle={
        me && `${me.name} · ${me.email} · ${me.roles.map((role) => translate(`common.role.${role}`)).join(', ')}`
      }
    >
      <Stack spacing={2}>
        <Paper variant="outlined" sx={{ p: 3 }}>
          <Typography component="h2" variant="h2" sx={{ mb: 1 }}>
            {translate('session.account.password')}
          </Typography>
          <Stack component="form" onSubmit={submit} spacing={1} sx={{ maxWidth: 420 }}>
            <input type="hidden" name="username" autoComplete="username" value={me?.email ?? ''} readOnly />
            <PasswordField
              label={translate('session.currentPassword')}
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
            <PasswordField
              label={translate('session.newPassword')}
              helperText={translate('session.passwordHelp')}
              autoComplete="new-password"
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
            <ProblemNote problem={change.problem} />
            <div>
              <ActionButton type="submit" busy={change.busy}>
                {translate('session.account.change')}
              </ActionButton>
            </div>
          </Stack>
        </Paper>
        <NoticePanel />
        <Paper variant="outlined" sx={{ p: 3 }}>
          <Typography component="h2" variant="h2" sx={{ mb: 1 }}>
            {translate('signing.keys.link')}
          </Typography>
          <Typography color="text.secondary" sx={{ mb: 1.5 }}>
            {translate('signing.keys.linkText')}
          </Typography>
          <Button component={Link} to="/account/keys" variant="outlined">
            {translate('signing.keys.title')}
          </Button>
        </Paper>
        <Paper variant="outlined" sx={{ p: 3 }}>
          <Typography component="h2" variant="h2" sx={{ mb: 1 }}>
            {translate('session.signOutEverywhere')}
          </Typography>
          <Typography color="text.secondary" sx={{ mb: 1.5 }}>
            {translate('session.account.everywhereText')}
          </Typography>
          <ActionButton variant="outlined" color="error" onClick={() => void signOutEverywhere()}>
            {translate('session.signOutEverywhere')}
          </ActionButton>
        </Paper>
      </Stack>
    </Page>
  );
}
