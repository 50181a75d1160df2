import { Alert, AlertTitle, Box, Stack, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { CopyButton } from '../common/Copy.tsx';
import type { PublishingWarning } from '../contract.ts';

/** What of publishing needs a person at the server, and what to type there. */
export function PublishingWarnings({ warnings }: { warnings: readonly PublishingWarning[] }) {
  const translate = useTranslate();
  return (
    <Stack spacing={1.5}>
      {warnings.map(({ code, detail, commands }) => (
        <Alert
          key={code}
          severity={code === 'no-urgent-lane' ? 'warning' : 'error'}
          sx={{ '& .MuiAlert-message': { minWidth: 0, flex: 1 } }}
        >
          <AlertTitle component="h2">{translate(`snapshots.warning.${code}.title`)}</AlertTitle>
          {translate(`snapshots.warning.${code}.text`)}
          {detail !== null && (
            <Typography variant="body2" dir="auto" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
              {detail}
            </Typography>
          )}
          <Typography variant="body2" sx={{ mt: 1 }}>
            {translate('snapshots.warning.type')}
          </Typography>
          <Box component="ol" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none', display: 'grid', gap: 0.5 }}>
            {commands.map((command) => (
              <Box
                component="li"
                key={command}
                sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
              >
                <Box component="code" dir="ltr" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
                  {command}
                </Box>
                <CopyButton
                  text={command}
                  color="inherit"
                  aria-label={`${translate('common.action.copy')}: ${command}`}
                />
              </Box>
            ))}
          </Box>
        </Alert>
      ))}
    </Stack>
  );
}
