import { Alert, Button, Stack } from '@mui/material';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { PublishingWarnings } from '../snapshots/PublishingWarnings.tsx';
import { useSnapshotStatus } from '../snapshots/useSnapshots.ts';

/** What is wrong with publishing itself: signatures that end soon or ended, and what needs a person at the server. */
export function TreeAlarms() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data } = useSnapshotStatus();
  const late = (data?.roles ?? []).filter(({ state }) => state === 'alarm' || state === 'expired');
  if (!data || (late.length === 0 && data.warnings.length === 0)) return null;
  const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  return (
    <Stack spacing={1.5} sx={{ mb: 2 }}>
      <PublishingWarnings warnings={data.warnings} />
      {late.map(({ role, state, daysLeft }) => (
        <Alert
          key={role}
          severity={state === 'expired' ? 'error' : 'warning'}
          action={
            <Button component={Link} to="/snapshots" color="inherit" size="small">
              {translate('common.action.open')}
            </Button>
          }
        >
          {translate(`snapshots.role.${role}`)}:{' '}
          {state === 'expired'
            ? translate('snapshots.keys.expired')
            : translate('snapshots.keys.left', { time: days.format(Math.max(0, Math.floor(daysLeft ?? 0))) })}
        </Alert>
      ))}
    </Stack>
  );
}
