import { useEffect, useState } from 'react';
import { Box, Skeleton } from '@mui/material';
import { useTranslate } from 'ra-core';

/** A page on its way. Quiet for the first moment, so that fast pages do not flicker. */
export function Loading() {
  const translate = useTranslate();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Box
      role="status"
      aria-label={translate('common.loading')}
      sx={{ maxWidth: 880, visibility: isShown ? 'visible' : 'hidden' }}
    >
      <Skeleton width="38%" height={34} />
      <Skeleton width="62%" />
      <Skeleton variant="rounded" height={120} sx={{ mt: 2 }} />
      <Skeleton variant="rounded" height={120} sx={{ mt: 1.5 }} />
    </Box>
  );
}

/** The same for a whole window, before the layout is there. */
export function LoadingWindow() {
  return (
    <Box sx={{ p: 4 }}>
      <Loading />
    </Box>
  );
}
