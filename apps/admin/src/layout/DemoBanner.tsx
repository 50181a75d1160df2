import { Box } from '@mui/material';
import { useTranslate } from 'ra-core';
import { useInstance } from '../session/current.ts';

/** Says on every screen that this is a demo and nobody should call for help from here. */
export function DemoBanner() {
  const translate = useTranslate();
  if (useInstance().data?.profile !== 'demo') return null;
  return (
    <Box
      component="aside"
      aria-label={translate('shell.demoLabel')}
      sx={{
        px: 2,
        py: 0.5,
        bgcolor: 'var(--wm-blaze)',
        color: '#241700',
        textAlign: 'center',
        typography: 'body2',
        fontWeight: 600,
      }}
    >
      {translate('shell.demo')}
    </Box>
  );
}
