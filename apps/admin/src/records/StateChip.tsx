import { Chip } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import Inventory2Outlined from '@mui/icons-material/Inventory2Outlined';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import type { RecordState } from '@waymark/domain';
import { useTranslate } from 'ra-core';

const LOOKS = {
  active: { color: 'success', Icon: CheckCircleOutline },
  suspended: { color: 'error', Icon: PauseCircleOutline },
  retired: { color: 'default', Icon: Inventory2Outlined },
} as const;

/** Record state by word, picture and colour. */
export function StateChip({ state }: { state: RecordState }) {
  const t = useTranslate();
  const { color, Icon } = LOOKS[state];
  return (
    <Chip
      component="span"
      size="small"
      variant="outlined"
      color={color}
      icon={<Icon aria-hidden />}
      label={t(`vocabulary.recordState.${state}`)}
    />
  );
}
