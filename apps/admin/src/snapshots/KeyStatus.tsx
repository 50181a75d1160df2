import { Box, Chip, Typography } from '@mui/material';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import { useLocaleState, useTranslate } from 'ra-core';
import { Hash } from '../common/Hash.tsx';
import { When } from '../common/When.tsx';
import type { RoleStatus } from '../contract.ts';

/** Roles whose keys people hold: signing again takes a person. */
const HELD_BY_PEOPLE: readonly string[] = ['root', 'targets', 'urgent'];

/** Down, never up: nobody should count on hours that are not there. Parts of a day matter in the last week only. */
function rounded(days: number): number {
  return days >= 7 ? Math.floor(days) : Math.floor(days * 10) / 10;
}

/** Each signing role: how long its signature lasts, how many keys it takes, which ones. */
export function KeyStatus({ roles }: { roles: readonly RoleStatus[] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const days = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  });
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
      }}
    >
      {roles.map((role) => {
        const isFine = role.state === 'ok';
        return (
          <Box
            key={role.role}
            component="li"
            sx={{ border: 1, borderColor: isFine ? 'divider' : 'warning.main', borderRadius: 1, p: 1.5, minWidth: 0 }}
          >
            <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
              <Typography component="h3" variant="h3">
                {translate(`snapshots.role.${role.role}`, { _: role.role })}
              </Typography>
              {role.version > 0 && (
                <Typography variant="body2" color="text.secondary">
                  {translate('snapshots.keys.version', { n: role.version })}
                </Typography>
              )}
            </Box>
            <Typography sx={{ mt: 0.5, fontWeight: 650 }} color={isFine ? 'text.primary' : 'warning.main'}>
              {!isFine && (
                <ErrorOutline aria-hidden sx={{ fontSize: 18, verticalAlign: '-3px', marginInlineEnd: 0.5 }} />
              )}
              {role.state === 'ok' || role.state === 'alarm'
                ? translate('snapshots.keys.left', { time: days.format(rounded(role.daysLeft ?? 0)) })
                : translate(`snapshots.keys.${role.state}`)}
            </Typography>
            {role.expires !== null && (
              <Typography variant="body2" color="text.secondary">
                <When at={role.expires} mode="datetime" />
              </Typography>
            )}
            <Typography variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
              {translate(HELD_BY_PEOPLE.includes(role.role) ? 'snapshots.keys.byPeople' : 'snapshots.keys.byServer')}
            </Typography>
            <Box component="details" sx={{ mt: 0.75 }}>
              <Box component="summary" sx={{ cursor: 'pointer', typography: 'body2' }}>
                {translate('snapshots.keys.threshold', { threshold: role.threshold, count: role.keyIds.length })}
              </Box>
              <Box
                component="ul"
                sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none', display: 'grid', gap: 0.5, fontSize: '0.8125rem' }}
              >
                {role.keyIds.map((id) => (
                  <li key={id}>
                    <Hash value={id} />
                  </li>
                ))}
              </Box>
            </Box>
            {role.owners.length > 0 && (
              <Typography variant="body2" sx={{ mt: 0.5 }}>
                <bdi>{role.owners.join(', ')}</bdi>
              </Typography>
            )}
            {role.state === 'alarm' && (
              <Chip
                size="small"
                color="warning"
                variant="outlined"
                label={translate('snapshots.keys.soon')}
                sx={{ mt: 1 }}
              />
            )}
          </Box>
        );
      })}
    </Box>
  );
}
