import { type ReactNode } from 'react';
import { Box, Typography } from '@mui/material';
import { TrailArt } from './TrailArt.tsx';

export type EmptyStateProps = {
  title: string;
  children?: ReactNode;
  /** What to do next. */
  action?: ReactNode;
  /** Which drawing: a clear path, a fork to choose, or fog. */
  art?: 'clear' | 'fork' | 'fog';
};

/** What a screen says when there is nothing to show: what that means and what to do next. */
export function EmptyState({ title, children, action, art = 'clear' }: EmptyStateProps) {
  return (
    <Box sx={{ display: 'grid', justifyItems: 'center', textAlign: 'center', gap: 1, px: 2, py: { xs: 5, md: 8 } }}>
      <TrailArt kind={art} />
      <Typography variant="h5" component="h2" sx={{ mt: 1 }}>
        {title}
      </Typography>
      {children !== undefined && (
        <Typography component="div" color="text.secondary" sx={{ maxWidth: '52ch' }}>
          {children}
        </Typography>
      )}
      {action !== undefined && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Box>
  );
}
