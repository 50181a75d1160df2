import { Chip } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import DoNotDisturbOn from '@mui/icons-material/DoNotDisturbOnOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import Reply from '@mui/icons-material/Reply';
import Undo from '@mui/icons-material/Undo';
import type { ProposalState } from '@waymark/domain';
import { useTranslate } from 'ra-core';

const LOOKS = {
  draft: { color: 'default', Icon: EditOutlined },
  'in-review': { color: 'info', Icon: HourglassEmpty },
  'changes-requested': { color: 'warning', Icon: Reply },
  applied: { color: 'success', Icon: CheckCircleOutline },
  declined: { color: 'error', Icon: DoNotDisturbOn },
  withdrawn: { color: 'default', Icon: Undo },
} as const;

/** State of a proposal by word, picture and colour. */
export function ProposalStateChip({ state }: { state: ProposalState }) {
  const t = useTranslate();
  const { color, Icon } = LOOKS[state];
  return (
    <Chip
      component="span"
      size="small"
      variant="outlined"
      color={color}
      icon={<Icon aria-hidden />}
      label={t(`vocabulary.proposalState.${state}`)}
    />
  );
}
