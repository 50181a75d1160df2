import { useState, type FormEvent } from 'react';
import { Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { Link, useParams } from 'react-router-dom';
import { api, problemOf } from '../api.ts';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { Link as OneTimeLink } from '../contract.ts';
import { Gate } from './Gate.tsx';
import { PasswordField } from './PasswordField.tsx';

/** A one-time link: accept an invitation, or choose a new password. */
export function LinkPage() {
  const translate = useTranslate();
  const { token = '' } = useParams();
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) => api.get<OneTimeLink>(`/links/${encodeURIComponent(token)}`, { signal }),
    retry: false,
    // A link that was used is dead at once.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const accept = useVerb((chosen: string) => api.post(`/links/${encodeURIComponent(token)}`, { password: chosen }), {
    onDone: () => setDone(true),
  });
  const signIn = (
    <Button component={Link} to="/login" variant="contained" size="large">
      {translate('session.signIn')}
    </Button>
  );

  if (isDone) {
    return (
      <Gate title={translate('session.link.doneTitle')}>
        <Typography sx={{ mb: 2 }}>{translate('session.link.doneText')}</Typography>
        {signIn}
      </Gate>
    );
  }
  if (link.isError) {
    const isDead = [403, 404, 410].includes(problemOf(link.error).status);
    return (
      <Gate title={translate('session.link.deadTitle')}>
        {isDead ? (
          <>
            <Typography sx={{ mb: 2 }}>{translate('session.link.deadText')}</Typography>
            {signIn}
          </>
        ) : (
          <ErrorState error={link.error} onRetry={() => void link.refetch()} />
        )}
      </Gate>
    );
  }
  if (!link.data) return <Gate title={translate('common.loading')}>{null}</Gate>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void accept.run(password);
  };
  return (
    <Gate
      title={translate(link.data.purpose === 'invite' ? 'session.link.inviteTitle' : 'session.link.resetTitle', {
        name: link.data.name,
      })}
    >
      <Typography sx={{ mb: 2 }}>{translate('session.link.text', { email: link.data.email })}</Typography>
      <Stack component="form" onSubmit={submit} spacing={1}>
        {/* Password managers keep the new password under this name. */}
        <input type="hidden" name="username" autoComplete="username" value={link.data.email} readOnly />
        <PasswordField
          label={translate('session.newPassword')}
          helperText={translate('session.passwordHelp')}
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ProblemNote problem={accept.problem} />
        <div>
          <ActionButton type="submit" size="large" busy={accept.busy}>
            {translate('session.link.submit')}
          </ActionButton>
        </div>
      </Stack>
    </Gate>
  );
}
