import { useState, type FormEvent } from 'react';
import { Alert, Paper, Stack, TextField } from '@mui/material';
import type { Role } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useMay } from '../session/current.ts';
import { RolesField } from './RolesField.tsx';
import { useAdminRequest } from './useAdminRequest.ts';

/** Asks for a new person; a second admin confirms and gets the link to hand over. */
export function UserCreate() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const mayAdminister = useMay('user.administer');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<Role[]>(['curator']);
  const request = useAdminRequest({ onDone: () => void navigate('/admin-requests') });
  const errors = request.problem?.errors ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void request.run({ kind: 'user.create', payload: { name: name.trim(), email: email.trim(), roles } });
  };
  return (
    <Page title={translate('users.invite')} back={{ to: '/users', label: translate('users.title') }} width="reading">
      <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
        <Stack component="form" onSubmit={submit} spacing={2} sx={{ maxWidth: 520 }}>
          <TextField
            label={translate('users.name')}
            required
            fullWidth
            autoFocus
            value={name}
            error={'payload.name' in errors}
            helperText={errors['payload.name']}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={translate('users.email')}
            type="email"
            required
            fullWidth
            value={email}
            error={'payload.email' in errors}
            helperText={errors['payload.email']}
            onChange={(event) => setEmail(event.target.value)}
            slotProps={{ htmlInput: { dir: 'ltr' } }}
          />
          <RolesField roles={roles} onChange={setRoles} error={errors['payload.roles']} />
          <Alert severity="info">{translate('users.request.second')}</Alert>
          <ProblemNote problem={request.problem} />
          <div>
            <ActionButton type="submit" busy={request.busy} refusal={mayAdminister ? null : { code: 'not-permitted' }}>
              {translate('users.request.ask')}
            </ActionButton>
          </div>
        </Stack>
      </Paper>
    </Page>
  );
}
