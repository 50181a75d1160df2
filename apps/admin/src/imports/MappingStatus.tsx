import { Alert, Box, Button, CircularProgress, Typography } from '@mui/material';
import CloudDoneOutlined from '@mui/icons-material/CloudDoneOutlined';
import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import { useProblemText } from '../common/ErrorState.tsx';
import { useWords } from '../records/words.ts';
import type { MappingDraft } from './useMapping.ts';

/** Whether what was chosen is safe, in words. */
export function MappingStatusText({ draft }: { draft: MappingDraft }) {
  const { t } = useWords();
  const say = useProblemText();
  const { status, problem } = draft;
  if (status === 'stale') {
    return (
      <Alert
        severity="warning"
        role="alert"
        sx={{ flex: '1 1 320px' }}
        action={
          <Button color="inherit" size="small" onClick={draft.drop}>
            {t('common.action.reload')}
          </Button>
        }
      >
        {t('common.stale.title')}. {t('common.stale.text')}
      </Alert>
    );
  }
  return (
    <Box
      role="status"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        color: status === 'failed' ? 'error.main' : 'text.secondary',
      }}
    >
      {status === 'saving' ? (
        <CircularProgress size={18} color="inherit" aria-hidden />
      ) : status === 'failed' ? (
        <CloudOffOutlined aria-hidden fontSize="small" />
      ) : (
        <CloudDoneOutlined aria-hidden fontSize="small" color="success" />
      )}
      <Typography variant="body2" component="span">
        {status === 'failed' && problem ? `${t('imports.saved.failed')} ${say(problem)}` : t(`imports.saved.${status}`)}
      </Typography>
      {status === 'failed' && (
        <Button size="small" onClick={() => void draft.flush()}>
          {t('common.action.retry')}
        </Button>
      )}
    </Box>
  );
}
