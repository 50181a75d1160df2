import { useState, type FormEvent } from 'react';
import { Alert, Box, Button, Stack, TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useInstance } from './current.ts';
import { Gate } from './Gate.tsx';
import { PasswordField } from './PasswordField.tsx';

type NewAdmin = { name: string; email: string; password: string };
const NOBODY: NewAdmin = { name: '', email: '', password: '' };

/** First start of a production instance: the token of the console makes the first two admins. */
export function SetUp() {
  const translate = useTranslate();
  const queries = useQueryClient();
  const instance = useInstance().data;
  const [token, setToken] = useState('');
  const [admins, setAdmins] = useState<readonly [NewAdmin, NewAdmin]>([NOBODY, NOBODY]);
  const [isDone, setDone] = useState(false);
  const setUp = useVerb((body: { token: string; admins: readonly NewAdmin[] }) => api.post('/setup', body), {
    onDone: () => {
      setDone(true);
      void queries.invalidateQueries({ queryKey: ['instance'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void setUp.run({
      token: token.trim(),
      admins: admins.map((admin) => ({ ...admin, name: admin.name.trim(), email: admin.email.trim() })),
    });
  };
  if (isDone || instance?.setUp) {
    return (
      <Gate title={translate('session.setUp.doneTitle')}>
        <Typography sx={{ mb: 2 }}>{translate('session.setUp.doneText')}</Typography>
        <Button component={Link} to="/login" variant="contained" size="large">
          {translate('session.signIn')}
        </Button>
      </Gate>
    );
  }
  const change = (index: 0 | 1, admin: NewAdmin) => setAdmins(index === 0 ? [admin, admins[1]] : [admins[0], admin]);
  return (
    <Gate title={translate('session.setUp.title')} width={720}>
      <Typography sx={{ mb: 2 }}>{translate('session.setUp.text')}</Typography>
      <Stack component="form" onSubmit={submit} spacing={2}>
        <TextField
          label={translate('session.setUp.token')}
          helperText={translate('session.setUp.tokenHelp')}
          required
          fullWidth
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.target.value)}
          slotProps={{
            htmlInput: { dir: 'ltr', spellCheck: false, style: { fontFamily: 'monospace' } },
            inputLabel: { required: false },
          }}
        />
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          <AdminFields
            legend={translate('session.setUp.first')}
            admin={admins[0]}
            onChange={(admin) => change(0, admin)}
          />
          <AdminFields
            legend={translate('session.setUp.second')}
            admin={admins[1]}
            onChange={(admin) => change(1, admin)}
          />
        </Box>
        <Alert severity="info" icon={false}>
          {translate('session.setUp.why')}
        </Alert>
        <ProblemNote problem={setUp.problem} />
        <Box>
          <ActionButton type="submit" size="large" busy={setUp.busy}>
            {translate('session.setUp.submit')}
          </ActionButton>
        </Box>
      </Stack>
    </Gate>
  );
}

function AdminFields({
  legend,
  admin,
  onChange,
}: {
  legend: string;
  admin: NewAdmin;
  onChange: (admin: NewAdmin) => void;
}) {
  const translate = useTranslate();
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ p: 0, mb: 0.5 }}>
        {legend}
      </Typography>
      <TextField
        label={translate('session.name')}
        required
        fullWidth
        autoComplete="off"
        value={admin.name}
        onChange={(event) => onChange({ ...admin, name: event.target.value })}
        slotProps={{ inputLabel: { required: false } }}
      />
      <TextField
        label={translate('session.email')}
        type="email"
        required
        fullWidth
        autoComplete="off"
        value={admin.email}
        onChange={(event) => onChange({ ...admin, email: event.target.value })}
        slotProps={{ htmlInput: { dir: 'ltr' }, inputLabel: { required: false } }}
      />
      <PasswordField
        label={translate('session.password')}
        helperText={translate('session.passwordHelp')}
        autoComplete="new-password"
        value={admin.password}
        onChange={(event) => onChange({ ...admin, password: event.target.value })}
      />
    </Box>
  );
}
