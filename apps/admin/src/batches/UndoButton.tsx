import { useState } from 'react';
import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import UndoIcon from '@mui/icons-material/Undo';
import {
  EvidenceKind,
  reliabilityOf,
  REASONS_WITH_SUCCESSOR,
  RetireReason,
  SourceUrl,
  type Evidence,
} from '@waymark/domain';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { titleOf, todayIn } from '../records/form/newEvidence.ts';
import { useWords } from '../records/words.ts';
import type { BatchView } from './contract.ts';
import { batchHref } from './useBatches.ts';

const REASONS = RetireReason.options.filter(
  (reason) => !REASONS_WITH_SUCCESSOR.includes(reason) && reason !== 'number-changed',
);
const KINDS = EvidenceKind.options.filter((kind) => reliabilityOf({ kind }) === 'primary');

/** Proposes to take back what was applied of a batch, and leads to the batch that does. */
export function UndoButton({ batch }: { batch: BatchView }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {batch.can.undo === null ? (
        <Button variant="outlined" startIcon={<UndoIcon />} onClick={() => setAsking(true)}>
          {t('batches.undo.action')}
        </Button>
      ) : (
        <ActionButton variant="outlined" startIcon={<UndoIcon />} refusal={batch.can.undo}>
          {t('batches.undo.action')}
        </ActionButton>
      )}
      {isAsking && <UndoDialog batch={batch} onClose={() => setAsking(false)} />}
    </>
  );
}

function UndoDialog({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [reason, setReason] = useState<RetireReason>('unverifiable');
  const [url, setUrl] = useState('');
  const [kind, setKind] = useState<EvidenceKind>('official-page');
  const address = url.trim();
  const isWrong = address !== '' && !SourceUrl.safeParse(address).success;
  const { brought } = batch;
  const undo = useVerb(
    () =>
      api.post<BatchView>(`/batches/${batch.id}/undo`, {
        title: t('batches.undo.name', { title: batch.title }).slice(0, 200),
        ...(brought > 0 ? { reason } : {}),
        ...(address === '' || isWrong ? {} : { source: sourceAt(address, kind) }),
      }),
    {
      refresh: ['batches', 'proposals'],
      done: 'batches.undo.done',
      onDone: ({ id }) => {
        onClose();
        void navigate(batchHref(id));
      },
    },
  );
  return (
    <ConfirmDialog
      open
      title={t('batches.undo.title')}
      action={t('batches.undo.action')}
      color="primary"
      verb={isWrong ? { ...undo, run: () => Promise.resolve(undefined) } : undo}
      onClose={onClose}
    >
      <Typography>{t('batches.undo.text')}</Typography>
      <Typography sx={{ fontWeight: 600 }}>
        {t('batches.undo.applied', { smart_count: batch.states.applied ?? 0 })}
      </Typography>
      {brought > 0 && (
        <TextField
          select
          label={t('batches.undo.brought', { smart_count: brought })}
          helperText={t('batches.undo.broughtHelp')}
          value={reason}
          onChange={(event) => setReason(RetireReason.parse(event.target.value))}
          fullWidth
        >
          {REASONS.map((code) => (
            <MenuItem key={code} value={code}>
              {t(`vocabulary.retireReason.${code}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Box role="group" aria-label={t('batches.undo.source')}>
        <Typography variant="h3" component="h3">
          {t('batches.undo.source')}
        </Typography>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {t('batches.undo.sourceText')}
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 220px' } }}>
          <TextField
            label={t('batches.undo.url')}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            error={isWrong}
            placeholder="https://"
            slotProps={{ htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false } }}
          />
          <TextField
            select
            label={t('batches.undo.kind')}
            value={kind}
            onChange={(event) => setKind(EvidenceKind.parse(event.target.value))}
          >
            {KINDS.map((code) => (
              <MenuItem key={code} value={code}>
                {t(`vocabulary.evidenceKind.${code}`)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
      </Box>
    </ConfirmDialog>
  );
}

function sourceAt(url: string, kind: EvidenceKind): Omit<Evidence, 'id' | 'supports'> {
  return { kind, url, title: titleOf(url), capturedAt: todayIn(new Date()), sensitivity: 'public' };
}
