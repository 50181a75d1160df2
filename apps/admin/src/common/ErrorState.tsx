import { Alert, AlertTitle, Box, Button, Typography } from '@mui/material';
import { REFUSALS } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { isStale, problemOf, type ProblemBody } from '../api.ts';
import { EmptyState } from './EmptyState.tsx';

/** What to say about a problem: the known codes in the reader's language, else what the server said. */
export function useProblemText(): (problem: ProblemBody) => string {
  const translate = useTranslate();
  return (problem) => {
    const title = translate(`refusals.${problem.code}`, { _: problem.title });
    return problem.detail ? `${title}. ${problem.detail}` : title;
  };
}

/** A whole page or panel that could not be loaded, with a way on. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const translate = useTranslate();
  const say = useProblemText();
  const problem = problemOf(error);
  // The server said why, and nothing is wrong on its side.
  const isRefused = problem.code in REFUSALS && [409, 412, 422].includes(problem.status);
  const text =
    problem.code === 'offline'
      ? 'common.error.offline'
      : problem.status === 404
        ? 'common.error.notFound'
        : problem.status === 403
          ? 'common.error.forbidden'
          : problem.code === 'unreadable'
            ? 'common.error.unreadable'
            : 'common.error.server';
  return (
    <Box role="alert">
      <EmptyState
        art="fog"
        title={translate('common.error.title')}
        action={
          onRetry && (
            <Button variant="contained" onClick={onRetry}>
              {translate('common.action.retry')}
            </Button>
          )
        }
      >
        {isRefused ? say(problem) : translate(text)}
        {problem.requestId && !isRefused && (
          <Typography variant="body2" component="p" sx={{ mt: 1 }}>
            {translate('common.error.request', { id: problem.requestId })}
          </Typography>
        )}
      </EmptyState>
    </Box>
  );
}

/**
 * A refused verb, said where it was tried. When somebody else was faster (409, 412) it says so and offers to reload.
 */
export function ProblemNote({ problem, onReload }: { problem: ProblemBody | null | undefined; onReload?: () => void }) {
  const translate = useTranslate();
  const say = useProblemText();
  if (!problem) return null;
  const stale = isStale(problem);
  // What the sentence above says already is not said again.
  const places = (problem.problems ?? []).filter(({ message }) => message !== problem.detail);
  return (
    <Alert
      severity={stale ? 'warning' : 'error'}
      role="alert"
      sx={{ my: 1.5 }}
      action={
        stale && onReload ? (
          <Button color="inherit" size="small" onClick={onReload}>
            {translate('common.action.reload')}
          </Button>
        ) : undefined
      }
    >
      {stale && <AlertTitle>{translate('common.stale.title')}</AlertTitle>}
      {say(problem)}
      {stale && <Box>{translate('common.stale.text')}</Box>}
      {places.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, paddingInlineStart: 2.5 }}>
          {places.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path}</code> {message}
            </li>
          ))}
        </Box>
      )}
      {problem.status >= 500 && problem.requestId && (
        <Box>{translate('common.error.request', { id: problem.requestId })}</Box>
      )}
    </Alert>
  );
}
