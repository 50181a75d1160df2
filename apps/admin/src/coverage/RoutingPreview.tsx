import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import { useSearchParams } from 'react-router-dom';
import { CopyButton } from '../common/Copy.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import { QuestionForm } from './QuestionForm.tsx';
import { RouteAnswer } from './RouteAnswer.tsx';
import { paramsOf, questionFrom, type Question } from './routingAddress.ts';
import { usePreview, type RoutePreview } from './useRouting.ts';

/**
 * What does a person in a country with a need see? Asked of the directory, of a proposal or of a snapshot, at any moment. The
 * question lives in the address, so that it can be kept and sent.
 */
export function RoutingPreview() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const question = questionFrom(params);
  const set = (next: Question) => setParams(paramsOf(next.request, next), { replace: true });
  const preview = usePreview(question);
  return (
    <Page
      title={t('coverage.routing.title')}
      width="wide"
      back={{ to: '/coverage', label: t('coverage.title') }}
      subtitle={t('coverage.routing.subtitle')}
      actions={<CopyButton variant="outlined" text={window.location.href} label={t('coverage.routing.copy')} />}
    >
      <Paper
        variant="outlined"
        component="section"
        aria-label={t('coverage.routing.question')}
        sx={{ p: { xs: 2, sm: 2.5 }, mb: 2 }}
      >
        <QuestionForm question={question} onChange={set} />
      </Paper>
      {preview.error && !preview.isFetching ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data ? (
        <Box aria-busy={preview.isFetching} sx={{ opacity: preview.isPlaceholderData ? 0.6 : 1 }}>
          <Answers
            preview={preview.data}
            question={question}
            onVerified={() => set({ ...question, isVerified: true })}
          />
        </Box>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Answers({
  preview,
  question,
  onVerified,
}: {
  preview: RoutePreview;
  question: Question;
  onVerified: () => void;
}) {
  const { t } = useWords();
  const { route, before, after, at } = preview;
  const isHidden = [route, before, after].some((each) => each?.withheld.some(({ reason }) => reason === 'confidence'));
  const isChild = question.request.reporter === 'child';
  return (
    <>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('dashboard.asOf')} <When at={at} mode="datetime" />
      </Typography>
      {isHidden && !question.isVerified && (
        <Alert
          severity="info"
          sx={{ mb: 2 }}
          action={
            <Button color="inherit" size="small" onClick={onVerified}>
              {t('coverage.routing.showVerified')}
            </Button>
          }
        >
          {t('coverage.routing.unverified')}
        </Alert>
      )}
      {route && (
        <Panel title={t('coverage.routing.answer')}>
          <RouteAnswer route={route} isChild={isChild} />
        </Panel>
      )}
      {before && after && (
        <>
          <Alert severity={isSame(before, after) ? 'info' : 'warning'} sx={{ mb: 2 }} role="status">
            {t(isSame(before, after) ? 'coverage.routing.same' : 'coverage.routing.differs')}
          </Alert>
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' },
            }}
          >
            <Panel title={t('coverage.routing.before')}>
              <RouteAnswer route={before} isChild={isChild} other={after} side="before" />
            </Panel>
            <Panel title={t('coverage.routing.after')}>
              <RouteAnswer route={after} isChild={isChild} other={before} side="after" />
            </Panel>
          </Box>
        </>
      )}
    </>
  );
}

/** True when a person reads the same: steps, channels and support in the same order. */
function isSame(before: NonNullable<RoutePreview['route']>, after: NonNullable<RoutePreview['route']>): boolean {
  const read = ({ steps, support, notes }: typeof before) => JSON.stringify([steps, support, notes]);
  return read(before) === read(after);
}
