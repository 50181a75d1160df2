import { Box } from '@mui/material';
import AddCircleOutline from '@mui/icons-material/AddCircleOutline';
import BlockOutlined from '@mui/icons-material/BlockOutlined';
import DoneAll from '@mui/icons-material/DoneAll';
import EditOutlined from '@mui/icons-material/EditOutlined';
import QuizOutlined from '@mui/icons-material/QuizOutlined';
import { useWords } from '../records/words.ts';
import type { Action } from './contract.ts';

const LOOKS = {
  new: { icon: AddCircleOutline, color: 'success.main' },
  update: { icon: EditOutlined, color: 'info.main' },
  duplicate: { icon: DoneAll, color: 'text.secondary' },
  reject: { icon: BlockOutlined, color: 'error.main' },
  decide: { icon: QuizOutlined, color: 'warning.main' },
} as const;

/** What becomes of a row: a sign and its word, never colour alone. */
export function OutcomeChip({ action }: { action: Action }) {
  const { t } = useWords();
  const { icon: Icon, color } = LOOKS[action];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        color,
        typography: 'body2',
        fontWeight: 600,
        whiteSpace: 'nowrap',
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {t(`imports.action.${action}`)}
    </Box>
  );
}
