import { Box } from '@mui/material';
import { useTranslate } from 'ra-core';

/** What the directory says now, under a field that was changed. */
export function WasNote({ value }: { value: unknown }) {
  const t = useTranslate();
  if (typeof value !== 'string' && typeof value !== 'number') return <>{t('records.form.changed')}</>;
  return (
    <>
      {t('records.form.was')}{' '}
      <Box component="del" sx={{ unicodeBidi: 'isolate', overflowWrap: 'anywhere' }}>
        {value}
      </Box>
    </>
  );
}
