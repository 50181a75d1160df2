import { Box, Button, CircularProgress, Typography } from '@mui/material';
import CloudDoneOutlined from '@mui/icons-material/CloudDoneOutlined';
import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { useTranslate } from 'ra-core';
import { useProblemText } from '../../common/ErrorState.tsx';
import { When } from '../../common/When.tsx';
import type { DraftState } from './draftSaver.ts';

/** Whether what one typed is safe, in words. */
export function DraftStatus({ draft, onRetry }: { draft: DraftState; onRetry: () => void }) {
  const t = useTranslate();
  const say = useProblemText();
  const { status, view, problem, isMerged } = draft;
  const isWorking = status === 'waiting' || status === 'saving';
  return (
    <Box
      role="status"
      aria-live="polite"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        minWidth: 0,
        color: status === 'failed' ? 'error.main' : 'text.secondary',
      }}
    >
      {isWorking ? (
        <CircularProgress size={18} color="inherit" aria-hidden />
      ) : status === 'failed' || status === 'conflict' ? (
        <CloudOffOutlined aria-hidden fontSize="small" />
      ) : status === 'saved' ? (
        <CloudDoneOutlined aria-hidden fontSize="small" color="success" />
      ) : (
        <EditOutlined aria-hidden fontSize="small" />
      )}
      <Typography variant="body2" component="span">
        {status === 'failed' && problem ? (
          <>
            {t('records.draft.failed')} {say(problem)}
          </>
        ) : (
          <>
            {t(`records.draft.${isMerged && status === 'saved' ? 'merged' : status}`)}
            {status === 'saved' && view && !isMerged && (
              <>
                {' '}
                <When at={view.updatedAt} mode="relative" />
              </>
            )}
          </>
        )}
      </Typography>
      {status === 'failed' && (
        <Button size="small" onClick={onRetry}>
          {t('common.action.retry')}
        </Button>
      )}
    </Box>
  );
}
