import { Box } from '@mui/material';

/** A digest or key id: whole for whoever wants it, never breaking the page. */
export function Hash({ value, short = false }: { value: string; short?: boolean }) {
  return (
    <Box
      component="code"
      dir="ltr"
      title={value}
      sx={{ overflowWrap: 'anywhere', whiteSpace: short ? 'nowrap' : 'normal', unicodeBidi: 'isolate' }}
    >
      {short ? `${value.slice(0, 12)}…` : value}
    </Box>
  );
}
