import { Box, Skeleton } from '@mui/material';
import { useTranslate } from 'ra-core';

/** What is seen while a form is on its way: the shape it will have. */
export function FormSkeleton() {
  const t = useTranslate();
  return (
    <Box role="status" aria-busy aria-label={t('common.loading')} sx={{ maxWidth: 880 }}>
      <Skeleton variant="text" width="45%" height={40} />
      {[150, 56, 240, 56, 56].map((height, i) => (
        <Skeleton key={i} variant="rounded" height={height} sx={{ mb: 1.25 }} />
      ))}
    </Box>
  );
}

/** What is seen while a page of two columns is on its way. */
export function PageSkeleton() {
  const t = useTranslate();
  return (
    <Box
      role="status"
      aria-busy
      aria-label={t('common.loading')}
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', md: '3fr 2fr' }, maxWidth: 1320 }}
    >
      <Skeleton variant="rounded" height={380} />
      <Skeleton variant="rounded" height={260} />
      <Skeleton variant="rounded" height={160} />
    </Box>
  );
}
