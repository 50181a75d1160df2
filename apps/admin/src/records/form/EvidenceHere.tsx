import { useState } from 'react';
import { Box, Button, Chip, MenuItem, TextField, Typography } from '@mui/material';
import AddLink from '@mui/icons-material/AddLink';
import Check from '@mui/icons-material/CheckCircleOutline';
import Replay from '@mui/icons-material/Replay';
import { EvidenceKind, evidenceFor, hostOf, SourceUrl, type Evidence } from '@waymark/domain';
import { EvidencePopover } from '../EvidencePopover.tsx';
import { useWords } from '../words.ts';
import { useDocumentForm, useField, useValue } from './DocumentForm.tsx';
import { freshEvidence, seenAgain, todayIn, withoutSupport, withSource } from './newEvidence.ts';

const NOTHING: Evidence[] = [];

/**
 * Evidence beside the value it speaks for. While the value stands as it was, one quiet button tells its sources. As soon as it
 * changes, the place to say where the new value was seen opens by itself.
 */
export function EvidenceHere({ pointer }: { pointer: string }) {
  const { t } = useWords();
  const { store, base } = useDocumentForm();
  const { isChanged, value, factPath } = useField<unknown>(pointer);
  const list = useValue<Evidence[]>('/evidence') ?? NOTHING;
  const [isOpen, setOpen] = useState(false);
  const before = (base?.['evidence'] as Evidence[] | undefined) ?? NOTHING;
  const supporting = evidenceFor(list, factPath);
  const fresh = freshEvidence(list, before, factPath);
  // In a new record all evidence is new; there is nothing to tell it from.
  const isFresh = base !== null && fresh.length > 0;
  const isAsking = value !== undefined && ((isChanged && fresh.length === 0) || isOpen);
  const save = (next: Evidence[]) => store.set('/evidence', next);

  return (
    <Box sx={{ mt: 0.5 }}>
      {isFresh && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center', mb: 0.5 }}>
          <Check aria-hidden color="success" sx={{ fontSize: 18 }} />
          <Typography variant="body2">{t('records.evidence.supportedBy')}</Typography>
          {fresh.map((e) => (
            <Chip
              key={e.id}
              size="small"
              variant="outlined"
              label={e.title}
              onDelete={() => save(withoutSupport(list, e.id, factPath))}
            />
          ))}
        </Box>
      )}
      {isAsking ? (
        <AskSource
          list={list}
          supporting={supporting}
          isForced={isChanged && fresh.length === 0}
          onAgain={(id) => {
            save(seenAgain(list, id, [factPath], todayIn(new Date())));
            setOpen(false);
          }}
          onAdd={(url, kind) => {
            save(withSource(list, url, kind, [factPath], todayIn(new Date())));
            setOpen(false);
          }}
        />
      ) : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.5 }}>
          {!isFresh && supporting.length > 0 && (
            <EvidencePopover
              evidence={supporting}
              label={t('records.evidence.sources', { smart_count: supporting.length })}
            />
          )}
          {value !== undefined && (
            <Button
              size="small"
              color="inherit"
              startIcon={<AddLink />}
              onClick={() => setOpen(true)}
              sx={{ color: 'text.secondary' }}
            >
              {t('records.evidence.add')}
            </Button>
          )}
        </Box>
      )}
    </Box>
  );
}

type AskProps = {
  list: readonly Evidence[];
  supporting: readonly Evidence[];
  isForced: boolean;
  onAgain: (id: string) => void;
  onAdd: (url: string, kind: EvidenceKind) => void;
};

function AskSource({ list, supporting, isForced, onAgain, onAdd }: AskProps) {
  const { t } = useWords();
  const [url, setUrl] = useState('');
  const [kind, setKind] = useState<EvidenceKind>('official-page');
  const isUrl = SourceUrl.safeParse(url.trim()).success && hostOf(url.trim())?.includes('.') === true;
  // The likely ones first: what supported the former value, then whatever else the entry rests on.
  const known = [...supporting, ...list.filter((e) => !supporting.includes(e) && e.supersededBy === undefined)].slice(
    0,
    4,
  );
  const add = () => {
    if (isUrl) onAdd(url.trim(), kind);
  };
  return (
    <Box
      role="group"
      aria-label={t('records.evidence.where')}
      sx={{
        border: 1,
        borderColor: isForced ? 'warning.main' : 'divider',
        borderRadius: 1,
        p: 1.25,
        bgcolor: 'background.default',
        display: 'grid',
        gap: 0.75,
      }}
    >
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('records.evidence.where')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}>
        <TextField
          label={t('records.evidence.url')}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          // Leaving the field keeps what was pasted, so that no click is spent on adding it.
          onBlur={(event) => {
            if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest('[data-evidence-kind]'))) add();
          }}
          margin="none"
          sx={{ flex: '1 1 240px' }}
          placeholder="https://"
          slotProps={{ htmlInput: { dir: 'ltr', spellCheck: false, 'data-evidence-url': true } }}
        />
        <TextField
          select
          label={t('fields.part.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as EvidenceKind)}
          margin="none"
          sx={{ flex: '0 1 220px' }}
          slotProps={{ select: { SelectDisplayProps: { 'data-evidence-kind': true } as object } }}
        >
          {EvidenceKind.options.map((code) => (
            <MenuItem key={code} value={code} data-evidence-kind>
              {t(`vocabulary.evidenceKind.${code}`)}
            </MenuItem>
          ))}
        </TextField>
        <Button variant="outlined" onClick={add} disabled={!isUrl} sx={{ minHeight: 40 }}>
          {t('records.evidence.attach')}
        </Button>
      </Box>
      {known.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
          <Typography variant="body2" color="text.secondary">
            {t('records.evidence.again')}
          </Typography>
          {known.map((e) => (
            <Chip
              key={e.id}
              size="small"
              icon={<Replay />}
              label={e.title}
              onClick={() => onAgain(e.id)}
              variant="outlined"
              sx={{ maxWidth: 280 }}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}
