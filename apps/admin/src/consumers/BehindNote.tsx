import { Alert } from '@mui/material';
import { useWords } from '../records/words.ts';
import { useConsumers } from './useConsumers.ts';

/** Before something leaves the directory: that apps are behind, and will go on showing it. Nothing while none is. */
export function BehindNote() {
  const { t } = useWords();
  const { data } = useConsumers();
  if (!data || data.behind === 0) return null;
  const names = data.data
    .filter(({ daysBehind }) => daysBehind >= data.behindAfterDays)
    .map(({ name }) => name)
    .join(', ');
  return (
    <Alert severity="warning">
      {t('consumers.behind.note', { smart_count: data.behind, days: data.behindAfterDays, names })}
    </Alert>
  );
}
