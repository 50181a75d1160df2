import { Button } from '@mui/material';
import Download from '@mui/icons-material/Download';
import { useListContext, useTranslate } from 'ra-core';
import { api } from '../api.ts';

/** The filtered list as the server writes it: all of it, not only the page in sight. */
export function CsvButton() {
  const t = useTranslate();
  const { filterValues, sort } = useListContext();
  const order = `${sort.order === 'DESC' ? '-' : ''}${sort.field}`;
  return (
    <Button
      size="small"
      href={api.href('/organisations/export', { ...filterValues, sort: order, format: 'csv' })}
      download="organisations.csv"
      startIcon={<Download />}
    >
      {t('records.list.csv')}
    </Button>
  );
}
