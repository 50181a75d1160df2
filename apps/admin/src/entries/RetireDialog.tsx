import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  TextField,
  Typography,
} from '@mui/material';
import { REASONS_WITH_SUCCESSOR, RetireReason, SourceUrl, type Effect, type Retirement } from '@waymark/domain';
import { useNotify } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import { BehindNote } from '../consumers/BehindNote.tsx';
import type { ProposalView, RecordView } from '../contract.ts';
import { Effects } from '../proposals/Effects.tsx';
import { useWords } from '../records/words.ts';
import { todayIn, withSource } from '../records/form/newEvidence.ts';
import { RecordField, type Picked } from '../records/form/RecordPicker.tsx';
import { proposalHref } from '../records/useRecord.ts';

/** Proposing that an entry leaves: why, who takes its place, and what each country loses by it. */
export function RetireDialog({
  view,
  name,
  onClose,
}: {
  view: RecordView<'entry'>;
  name: string;
  onClose: () => void;
}) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const notify = useNotify();
  const [reason, setReason] = useState<RetireReason | ''>('');
  const [successor, setSuccessor] = useState<Picked | null>(null);
  const [note, setNote] = useState('');
  const [source, setSource] = useState('');
  const impact = useQuery({
    queryKey: ['entries', 'impact', view.id, 'retire'],
    queryFn: () => api.post<{ effects: Effect[] }>(`/entries/${view.id}/impact`, { retire: true }),
  });
  const retire = useVerb(
    async (andSend: boolean) => {
      const retirement: Partial<Retirement> = {
        reason: reason === '' ? undefined : reason,
        successors: successor ? [successor.id] : [],
        redirect: successor ? 'auto' : 'none',
        ...(note.trim() === '' ? {} : { publicNote: { [locale]: { text: note.trim() } } }),
      };
      const evidence = isSource
        ? withSource(view.doc.evidence, source.trim(), 'official-page', ['/retirement'], todayIn(new Date()))
        : view.doc.evidence;
      const draft = await api.post<ProposalView>('/proposals', {
        kind: 'retire',
        recordType: 'entry',
        recordId: view.id,
        doc: { ...view.doc, evidence, retirement },
      });
      return andSend ? api.post<ProposalView>(`/proposals/${draft.id}/submit`, {}) : draft;
    },
    {
      refresh: ['proposals', 'entries'],
      onDone: (proposal) => {
        notify(proposal.state === 'in-review' ? 'records.draft.sent' : 'entries.retire.kept', { type: 'success' });
        onClose();
        void navigate(proposalHref(proposal.id));
      },
    },
  );
  const isSource = SourceUrl.safeParse(source.trim()).success;
  const needsSuccessor = reason !== '' && REASONS_WITH_SUCCESSOR.includes(reason);
  const why =
    reason === ''
      ? 'entries.retire.chooseReason'
      : needsSuccessor && !successor
        ? 'refusals.successor-required'
        : undefined;

  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="retire-title">
      <DialogTitle id="retire-title">{t('entries.retire.title', { name })}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0,1fr)' }}>
        <Typography>{t('entries.retire.text')}</Typography>
        <Box
          sx={{
            display: 'grid',
            columnGap: 1.5,
            gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(2, minmax(0,1fr))' },
          }}
        >
          {/* The browser's own list: its first letters choose a reason, without opening anything (J10). */}
          <TextField
            select
            label={t('fields.part.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value === '' ? '' : RetireReason.parse(event.target.value))}
            required
            autoFocus
            slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
          >
            <option value="" />
            {RetireReason.options.map((code) => (
              <option key={code} value={code}>
                {t(`vocabulary.retireReason.${code}`)}
              </option>
            ))}
          </TextField>
          <RecordField
            resource="entries"
            label={t('entries.retire.successor')}
            value={successor}
            onChange={setSuccessor}
            except={view.id}
            required={needsSuccessor}
          />
          <TextField
            label={t('fields.part.publicNote')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            multiline
            helperText={t('entries.retire.noteHelp')}
            slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
          />
          <TextField
            label={t('records.evidence.url')}
            value={source}
            onChange={(event) => setSource(event.target.value)}
            placeholder="https://"
            error={source !== '' && !isSource}
            slotProps={{ htmlInput: { dir: 'ltr' } }}
          />
        </Box>
        <BehindNote />
        {impact.error ? (
          <ErrorState error={impact.error} onRetry={() => void impact.refetch()} />
        ) : impact.data ? (
          <>
            <Effects effects={impact.data.effects} />
            {successor && impact.data.effects.some(({ lost }) => lost) && (
              <Alert severity="info">{t('entries.retire.successorNote')}</Alert>
            )}
          </>
        ) : (
          <Skeleton variant="rounded" height={120} />
        )}
        <ProblemNote problem={retire.problem} onReload={() => window.location.reload()} />
      </DialogContent>
      <DialogActions>
        {why && (
          <Typography id="retire-why" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
            {t(why)}
          </Typography>
        )}
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button disabled={reason === '' || retire.busy} onClick={() => void retire.run(false)}>
          {t('entries.retire.keep')}
        </Button>
        <Button
          variant="contained"
          disabled={why !== undefined || retire.busy}
          aria-busy={retire.busy}
          aria-describedby={why ? 'retire-why' : undefined}
          onClick={() => void retire.run(true)}
        >
          {t('records.draft.send')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
