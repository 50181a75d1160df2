import { Fragment, type ReactNode } from 'react';
import { Box } from '@mui/material';

/** Names and values, as a list a screen reader reads in pairs. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 2fr) minmax(0, 3fr)', sm: 'fit-content(45%) minmax(0, 1fr)' },
        columnGap: { xs: 1.5, sm: 3 },
        rowGap: 1,
        '& dt': { color: 'text.secondary', typography: 'body2' },
        '& dd': { m: 0, minWidth: 0, typography: 'body2', overflowWrap: 'anywhere' },
      }}
    >
      {facts.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </Box>
  );
}
