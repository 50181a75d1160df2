import { Chip } from '@mui/material';
import { BEHIND_AFTER_DAYS } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import type { ConsumerRow } from './contract.ts';

/** Whether an app shows the newest snapshot, in a word. */
export function Freshness({ consumer: { daysBehind, lastSequence } }: { consumer: ConsumerRow }) {
  const { t } = useWords();
  if (lastSequence === null) return <Chip size="small" variant="outlined" label={t('consumers.fresh.never')} />;
  const isBehind = daysBehind >= BEHIND_AFTER_DAYS;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={isBehind ? 'warning' : 'success'}
      label={daysBehind === 0 ? t('consumers.fresh.newest') : t('consumers.fresh.behind', { smart_count: daysBehind })}
    />
  );
}
