import { useState } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography } from '@mui/material';
import { useListContext } from 'ra-core';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { BulkResult, ProposalRow } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import { proposalName } from './proposalName.ts';
import { BulkResults } from './BulkResults.tsx';

type Action = 'submit' | 'approve' | 'request-changes' | 'decline';

const NEEDS_COMMENT: readonly Action[] = ['decline', 'request-changes'];

/** Verbs on the selected rows. Which are offered follows the state on the screen and the person's role; the server decides row by row. */
export function BulkActions() {
  const { t } = useWords();
  const { data = [], selectedIds, filterValues } = useListContext<ProposalRow>();
  const mayReview = useMay('proposal.review');
  const mayWrite = useMay('proposal.write');
  const [action, setAction] = useState<Action>();
  const rows = data.filter(({ id }) => selectedIds.includes(id));
  const state = filterValues['state'] as string | undefined;
  const actions: Action[] = [
    ...(mayWrite && state !== 'in-review' ? (['submit'] as const) : []),
    ...(mayReview && (state === undefined || state === 'in-review')
      ? (['approve', 'request-changes', 'decline'] as const)
      : []),
  ];
  return (
    <>
      {actions.length === 0 && <Typography variant="body2">{t('proposals.bulk.nothing')}</Typography>}
      {actions.map((each) => (
        <Button
          key={each}
          size="small"
          variant={each === 'approve' || each === 'submit' ? 'contained' : 'outlined'}
          color={each === 'decline' ? 'error' : 'primary'}
          onClick={() => setAction(each)}
        >
          {t(`proposals.bulk.${each}`)}
        </Button>
      ))}
      {action && <BulkDialog key={action} action={action} rows={rows} onClose={() => setAction(undefined)} />}
    </>
  );
}

function BulkDialog({ action, rows, onClose }: { action: Action; rows: readonly ProposalRow[]; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const { onUnselectItems } = useListContext();
  const [comment, setComment] = useState('');
  // The rows as they were chosen: the list behind the dialog may move on.
  const [chosen] = useState(rows);
  const [results, setResults] = useState<BulkResult[]>();
  const needsComment = NEEDS_COMMENT.includes(action);
  const isMissing = needsComment && comment.trim() === '';
  const bulk = useVerb(
    () =>
      api.post<{ results: BulkResult[] }>('/proposals/bulk', {
        action,
        items: chosen.map(({ id, contentHash }) => (action === 'submit' ? { id } : { id, contentHash })),
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      }),
    {
      refresh: ['proposals', 'entries', 'organisations', 'countries', 'audit'],
      onDone: ({ results: answered }) => setResults(answered),
    },
  );
  const close = () => {
    if (results) onUnselectItems();
    onClose();
  };
  return (
    <Dialog open onClose={bulk.busy ? undefined : close} maxWidth="sm" fullWidth aria-labelledby="bulk-title">
      <DialogTitle id="bulk-title">{t(`proposals.bulk.${action}Title`, { smart_count: chosen.length })}</DialogTitle>
      <DialogContent>
        {results ? (
          <BulkResults results={results} rows={chosen} />
        ) : (
          <>
            <Typography sx={{ mb: 1 }}>{t('proposals.bulk.text')}</Typography>
            <ul>
              {chosen.slice(0, 10).map((row) => (
                <li key={row.id}>
                  {t(`vocabulary.proposalKind.${row.kind}`)}: <bdi>{proposalName(row, words)}</bdi>
                </li>
              ))}
            </ul>
            {chosen.length > 10 && (
              <Typography variant="body2">
                {t('common.action.showMore', { smart_count: chosen.length - 10 })}
              </Typography>
            )}
            {action !== 'submit' && (
              <TextField
                label={t(needsComment ? 'proposals.decide.reason' : 'proposals.decide.comment')}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
                multiline
                minRows={2}
                fullWidth
                required={needsComment}
                autoFocus
                helperText={isMissing ? t('refusals.comment-required') : undefined}
                slotProps={{ htmlInput: { maxLength: 2000, dir: 'auto' } }}
              />
            )}
            <ProblemNote problem={bulk.problem} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        {results ? (
          <Button variant="contained" onClick={close} autoFocus>
            {t('common.action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={close} disabled={bulk.busy}>
              {t('common.action.cancel')}
            </Button>
            <Button
              variant="contained"
              color={action === 'decline' ? 'error' : 'primary'}
              disabled={isMissing || bulk.busy}
              aria-busy={bulk.busy}
              onClick={() => void bulk.run(undefined)}
            >
              {t(`proposals.bulk.${action}`)}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
