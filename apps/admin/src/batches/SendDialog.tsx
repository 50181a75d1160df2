import { useRef, useState } from 'react';
import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  TextField,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import type { BulkResult } from '../contract.ts';
import { proposalName } from '../proposals/proposalName.ts';
import { useWords } from '../records/words.ts';
import type { Selected } from './contract.ts';
import { sendInPortions, type Sent } from './sendInPortions.ts';
import { SentResults } from './SentResults.tsx';

export type SendAction = 'submit' | 'approve' | 'request-changes' | 'decline';

/** What is read again once something was decided. */
const REFRESH = ['batches', 'proposals', 'entries', 'organisations', 'countries', 'audit', 'queue'];
const NAMED = 8;

/** Sends a decision on what was ticked: asks once, shows how far it is, can be stopped, and says what became of each. */
export function SendDialog({
  action,
  items,
  onClose,
}: {
  action: SendAction;
  items: readonly Selected[];
  onClose: () => void;
}) {
  const { t, locale } = useWords();
  const queries = useQueryClient();
  // As they were chosen: the page behind the dialog may move on.
  const [chosen] = useState(items);
  const [comment, setComment] = useState('');
  const [done, setDone] = useState<number>();
  const [sent, setSent] = useState<Sent>();
  const isStopped = useRef(false);
  const number = new Intl.NumberFormat(locale);
  const isMissing = (action === 'decline' || action === 'request-changes') && comment.trim() === '';

  const send = async (from: readonly Selected[], before: readonly BulkResult[]) => {
    isStopped.current = false;
    setSent(undefined);
    setDone(before.length);
    const next = await sendInPortions(
      from,
      (portion) => sendPortion(action, portion, comment.trim()),
      (count) => {
        setDone(before.length + count);
        return !isStopped.current;
      },
    );
    setDone(undefined);
    setSent({ ...next, results: [...before, ...next.results] });
  };
  const close = () => {
    onClose();
    if (sent) for (const key of REFRESH) void queries.invalidateQueries({ queryKey: [key] });
  };
  const isBusy = done !== undefined;
  return (
    <Dialog open onClose={isBusy ? undefined : close} maxWidth="sm" fullWidth aria-labelledby="send-title">
      <DialogTitle id="send-title">{t(`proposals.bulk.${action}Title`, { smart_count: chosen.length })}</DialogTitle>
      <DialogContent>
        {isBusy ? (
          <Box role="status" aria-live="polite">
            <Typography sx={{ mb: 1 }}>
              {t('batches.send.progress', { done: number.format(done), total: number.format(chosen.length) })}
            </Typography>
            <LinearProgress
              variant="determinate"
              value={(100 * done) / Math.max(1, chosen.length)}
              aria-label={t('batches.send.sending')}
            />
          </Box>
        ) : sent ? (
          <>
            <SentResults results={sent.results} items={chosen} />
            <ProblemNote problem={sent.problem} />
            {sent.left.length > 0 && (
              <Typography sx={{ mt: 1.5, fontWeight: 600 }}>
                {t('batches.send.left', { smart_count: sent.left.length })}
              </Typography>
            )}
          </>
        ) : (
          <>
            <Typography sx={{ mb: 1 }}>{t('proposals.bulk.text')}</Typography>
            <Names items={chosen} />
            {action !== 'submit' && (
              <TextField
                label={t(action === 'approve' ? 'proposals.decide.comment' : 'proposals.decide.reason')}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
                multiline
                minRows={2}
                fullWidth
                required={action !== 'approve'}
                autoFocus={action !== 'approve'}
                helperText={isMissing ? t('refusals.comment-required') : undefined}
                slotProps={{ htmlInput: { maxLength: 2000, dir: 'auto' } }}
              />
            )}
          </>
        )}
      </DialogContent>
      <DialogActions>
        {isBusy ? (
          <Button onClick={() => (isStopped.current = true)}>{t('batches.send.stop')}</Button>
        ) : sent ? (
          <>
            {sent.left.length > 0 && (
              <Button onClick={() => void send(sent.left, sent.results)}>{t('batches.send.goOn')}</Button>
            )}
            <Button variant="contained" onClick={close} autoFocus>
              {t('common.action.close')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={close}>{t('common.action.cancel')}</Button>
            <Button
              variant="contained"
              color={action === 'decline' ? 'error' : 'primary'}
              disabled={isMissing}
              autoFocus={action === 'approve' || action === 'submit'}
              onClick={() => void send(chosen, [])}
            >
              {t(`proposals.bulk.${action}`)}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}

async function sendPortion(action: SendAction, portion: readonly Selected[], comment: string): Promise<BulkResult[]> {
  const { results } = await api.post<{ results: BulkResult[] }>('/proposals/bulk', {
    action,
    items: portion.map(({ id, contentHash }) => (action === 'submit' ? { id } : { id, contentHash })),
    ...(comment === '' ? {} : { comment }),
  });
  return results;
}

function Names({ items }: { items: readonly Selected[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <ul>
        {items.slice(0, NAMED).map((item) => (
          <li key={item.id}>
            {t(`vocabulary.proposalKind.${item.kind}`)}: <bdi>{proposalName(item, words)}</bdi>
          </li>
        ))}
      </ul>
      {items.length > NAMED && (
        <Typography variant="body2" sx={{ mb: 1 }}>
          {t('batches.send.more', { smart_count: items.length - NAMED })}
        </Typography>
      )}
    </>
  );
}
