import type { ReactNode } from 'react';
import { Box, Typography } from '@mui/material';

/** A label over its values. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="body2" component="h3" color="text.secondary" sx={{ fontWeight: 600, mb: 0.25 }}>
        {label}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.25 }}>{children}</Box>
    </Box>
  );
}
