import { Box, Chip } from '@mui/material';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { When } from '../common/When.tsx';
import type { DueRow } from '../contract.ts';
import { useWords } from '../records/words.ts';

type Why = Pick<DueRow, 'state' | 'dueAt' | 'expiresAt' | 'openAlarms' | 'unsafe' | 'isSoleOption'>;

/** Why an entry is to be looked at: the word for its date and the date, alarms, and that people have no other option. */
export function DueReason({ row }: { row: Why }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
      <AlarmMark openAlarms={row.openAlarms} unsafe={row.unsafe} />
      <span>
        <DueText row={row} />
      </span>
      {row.isSoleOption && <SoleOption />}
    </Box>
  );
}

/** That people somewhere have nothing else for a need. */
export function SoleOption() {
  const { t } = useWords();
  return <Chip component="span" size="small" color="secondary" variant="outlined" label={t('due.soleOption')} />;
}

/** The state in a word and its date. */
export function DueText({ row }: { row: Pick<Why, 'state' | 'dueAt' | 'expiresAt'> }) {
  const { t } = useWords();
  return (
    <>
      <strong>{t(`due.state.${row.state}`)}</strong>{' '}
      <When at={row.state === 'expired' ? row.expiresAt : row.dueAt} mode="date" />
    </>
  );
}

/** Open alarms, `unsafe` in words of its own. */
export function AlarmMark({ openAlarms, unsafe }: { openAlarms: number; unsafe: boolean }) {
  const { t } = useWords();
  if (openAlarms === 0) return null;
  return (
    <Chip
      component="span"
      size="small"
      color={unsafe ? 'error' : 'warning'}
      variant={unsafe ? 'filled' : 'outlined'}
      icon={unsafe ? <ReportProblem /> : <WarningAmber />}
      label={unsafe ? t('due.unsafe') : t('due.alarms', { smart_count: openAlarms })}
    />
  );
}
