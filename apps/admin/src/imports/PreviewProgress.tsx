import { Alert, Box, Button, LinearProgress, Typography } from '@mui/material';
import { ProblemNote } from '../common/ErrorState.tsx';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { useWords } from '../records/words.ts';
import type { ImportView } from './contract.ts';
import type { usePreview } from './usePreview.ts';

/** How far the server has come with the rows, and the way to stop it; what went wrong, and the way to try again. */
export function PreviewProgress({ view, preview }: { view: ImportView; preview: ReturnType<typeof usePreview> }) {
  const { t, locale } = useWords();
  const { state, done, total } = view.preview;
  const number = new Intl.NumberFormat(locale);
  const again = (
    <Button color="inherit" size="small" onClick={preview.compute}>
      {t('imports.preview.again')}
    </Button>
  );
  if (preview.problem) return <ProblemNote problem={preview.problem} onReload={preview.compute} />;
  if (state === 'failed') {
    return (
      <Alert severity="error" action={again} sx={{ mb: 2 }}>
        {t('imports.preview.failed')}
        {view.preview.refusal && (
          <Box>
            <RefusalNote refusal={view.preview.refusal} />
          </Box>
        )}
      </Alert>
    );
  }
  if (state === 'ready' && !view.preview.isOutdated) return null;
  if (state !== 'working' && (preview.isStopped || view.can.decide !== null)) {
    return (
      <Alert severity="info" {...(view.can.decide === null && { action: again })} sx={{ mb: 2 }}>
        {t(state === 'none' ? 'imports.preview.none' : 'imports.preview.outdated')}
      </Alert>
    );
  }
  const isCounting = total > 0;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mb: 2 }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography id="preview-progress" variant="body2" sx={{ mb: 0.5 }} role="status">
          {t('imports.preview.working')}
          {isCounting && ` ${t('imports.preview.done', { done: number.format(done), total: number.format(total) })}`}
        </Typography>
        <LinearProgress
          aria-labelledby="preview-progress"
          sx={{ height: 8, borderRadius: 1 }}
          {...(isCounting ? { variant: 'determinate', value: Math.min(100, (100 * done) / total) } : {})}
        />
      </Box>
      <Button variant="outlined" onClick={preview.cancel}>
        {t('common.action.cancel')}
      </Button>
    </Box>
  );
}
