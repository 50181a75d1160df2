import { useState, type FormEvent } from 'react';
import { Avatar, Box, Divider, Stack, TextField, Typography } from '@mui/material';
import AdminPanelSettings from '@mui/icons-material/AdminPanelSettingsOutlined';
import ArrowForward from '@mui/icons-material/ArrowForward';
import EditNote from '@mui/icons-material/EditNoteOutlined';
import Inventory2 from '@mui/icons-material/Inventory2Outlined';
import RateReview from '@mui/icons-material/RateReviewOutlined';
import type { Role } from '@waymark/domain';
import { useLogin, useTranslate } from 'ra-core';
import { Navigate, useLocation } from 'react-router-dom';
import type { ProblemBody } from '../api.ts';
import { problemOf } from '../api.ts';
import type { Credentials } from '../authProvider.ts';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import type { Instance } from '../contract.ts';
import { useInstance } from './current.ts';
import { Gate } from './Gate.tsx';
import { PasswordField } from './PasswordField.tsx';
import { placeToReturn } from './placeToReturn.ts';

/** Sign in by password; in the demo also by choosing one of its people. Leads back to where one was. */
export function SignIn() {
  const translate = useTranslate();
  const instance = useInstance();
  const signIn = useSignIn();
  if (instance.data && !instance.data.setUp) return <Navigate to="/setup" replace />;
  const people = instance.data?.demoPeople ?? [];
  return (
    <Gate title={translate('session.signIn')} width={people.length > 0 ? 620 : 420}>
      {instance.isError && <ErrorState error={instance.error} onRetry={() => void instance.refetch()} />}
      {people.length > 0 && (
        <>
          <DemoPeople people={people} busyWith={signIn.busyWith} onChoose={(userId) => void signIn.run({ userId })} />
          <Divider sx={{ my: 3, typography: 'body2', color: 'text.secondary' }}>
            {translate('session.orPassword')}
          </Divider>
        </>
      )}
      <PasswordForm isBusy={signIn.busyWith === 'password'} onSubmit={(credentials) => void signIn.run(credentials)} />
      <ProblemNote problem={signIn.problem} />
    </Gate>
  );
}

function useSignIn() {
  const login = useLogin();
  const { state } = useLocation();
  const [busyWith, setBusyWith] = useState<string>();
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const run = async (credentials: Credentials) => {
    setBusyWith('userId' in credentials ? credentials.userId : 'password');
    setProblem(null);
    try {
      await login(credentials, placeToReturn(state));
    } catch (error) {
      setProblem(problemOf(error));
      setBusyWith(undefined);
    }
  };
  return { run, busyWith, problem };
}

function PasswordForm({ isBusy, onSubmit }: { isBusy: boolean; onSubmit: (credentials: Credentials) => void }) {
  const translate = useTranslate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ email: email.trim(), password });
  };
  return (
    <Stack component="form" onSubmit={submit} spacing={1}>
      <TextField
        label={translate('session.email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        fullWidth
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        slotProps={{ htmlInput: { dir: 'ltr' }, inputLabel: { required: false } }}
      />
      <PasswordField
        label={translate('session.password')}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Box sx={{ pt: 1 }}>
        <ActionButton type="submit" size="large" busy={isBusy}>
          {translate('session.signIn')}
        </ActionButton>
      </Box>
    </Stack>
  );
}

const PARTS: Record<Role, typeof EditNote> = {
  curator: EditNote,
  reviewer: RateReview,
  publisher: Inventory2,
  admin: AdminPanelSettings,
};

function PartIcon({ role }: { role: Role | undefined }) {
  const Icon = PARTS[role ?? 'curator'];
  return (
    <Avatar aria-hidden sx={{ bgcolor: 'primary.main', color: 'primary.contrastText', width: 40, height: 40 }}>
      <Icon fontSize="small" />
    </Avatar>
  );
}

/** The people of the demo as cards: one click each. */
function DemoPeople({
  people,
  busyWith,
  onChoose,
}: {
  people: NonNullable<Instance['demoPeople']>;
  busyWith: string | undefined;
  onChoose: (id: string) => void;
}) {
  const translate = useTranslate();
  return (
    <Box component="section" aria-labelledby="demo-people">
      <Typography id="demo-people" component="h2" variant="h3">
        {translate('session.demo.title')}
      </Typography>
      <Typography color="text.secondary" sx={{ mb: 1.5 }}>
        {translate('session.demo.text')}
      </Typography>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          p: 0,
          m: 0,
          display: 'grid',
          gap: 1.25,
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
        }}
      >
        {people.map((person) => (
          <li key={person.id}>
            <Box
              component="button"
              type="button"
              aria-busy={busyWith === person.id || undefined}
              onClick={() => onChoose(person.id)}
              sx={{
                width: '100%',
                display: 'flex',
                alignItems: 'center',
                gap: 1.5,
                p: 1.5,
                border: 1,
                borderColor: (theme) => (theme.palette.mode === 'dark' ? '#75867f' : '#c3c6bb'),
                borderRadius: 1,
                bgcolor: 'background.paper',
                color: 'text.primary',
                font: 'inherit',
                textAlign: 'start',
                cursor: 'pointer',
                '&:hover': { borderColor: 'primary.main', bgcolor: 'action.hover' },
                '& .go': { opacity: 0.55 },
                '&:hover .go, &:focus-visible .go': { opacity: 1, color: 'primary.main' },
              }}
            >
              <PartIcon role={person.roles[0]} />
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Box component="span" sx={{ display: 'block', fontWeight: 650 }}>
                  <bdi>{person.name}</bdi>
                </Box>
                <Box component="span" sx={{ display: 'block', typography: 'body2', color: 'text.secondary' }}>
                  {person.roles.map((role) => translate(`session.demo.${role}`)).join(' · ')}
                </Box>
              </Box>
              <ArrowForward
                className="go"
                aria-hidden
                fontSize="small"
                sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }}
              />
            </Box>
          </li>
        ))}
      </Box>
    </Box>
  );
}
