import { useState } from 'react';
import { Box, Button, Link as TextLink, Typography } from '@mui/material';
import Undo from '@mui/icons-material/Undo';
import { Link } from 'react-router-dom';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { RecordField } from '../records/form/RecordPicker.tsx';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { useCodeText } from './Code.tsx';
import type { Decision, ImportView, Outcome } from './contract.ts';
import { choicesOf, isEntryId } from './outcome.ts';

const KEYS = { group: 'imports.keys.rows' };

/** Who the row may mean, with score and reasons, and what a person says: this entry, a new one, or leave it out. */
export function RowDecision({
  view,
  row,
  said,
  isBusy,
  onDecide,
}: {
  view: ImportView;
  row: Outcome;
  said: Decision | null | undefined;
  isBusy: boolean;
  onDecide: (decision: Decision | null) => void;
}) {
  const { t } = useWords();
  const [isOther, setOther] = useState(false);
  const refusal = view.can.decide;
  const choices = choicesOf(row);
  const entries = choices.filter(({ id }) => isEntryId(id));
  const isDecided = said != null || (row.overruled && said !== null);
  // What cannot be read cannot be decided either: such a row is mended in the file.
  const isMendedInFile = row.action === 'reject' && !row.overruled;
  const enabled = refusal === null && !isBusy && !isMendedInFile;
  useShortcut('n', 'imports.keys.new', () => onDecide({ action: 'new' }), { ...KEYS, enabled });
  useShortcut('x', 'imports.keys.reject', () => onDecide({ action: 'reject' }), { ...KEYS, enabled });
  if (isMendedInFile) return <Typography color="text.secondary">{t('imports.rows.mend')}</Typography>;
  return (
    <Box component="section" aria-label={t('imports.decide.title')} sx={{ display: 'grid', gap: 1.5 }}>
      {entries.map((candidate, i) => (
        <CandidateKey
          key={candidate.id}
          at={i + 1}
          enabled={enabled && i < 9}
          onPress={() => onDecide({ action: 'entry', id: candidate.id })}
        />
      ))}
      {choices.length > 0 && (
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
          {choices.map((candidate) => (
            <CandidateLine
              key={candidate.id}
              candidate={candidate}
              number={entries.indexOf(candidate) + 1}
              isOff={!enabled}
              onMean={() => onDecide({ action: 'entry', id: candidate.id })}
            />
          ))}
        </Box>
      )}
      {isDecided ? (
        <Box role="status" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
          <Typography sx={{ fontWeight: 600 }}>
            {said ? t(`imports.decision.${said.action}`) : t('imports.decision.rememberedText')}
          </Typography>
          {refusal === null && (
            <Button
              size="small"
              variant="outlined"
              startIcon={<Undo />}
              disabled={isBusy}
              onClick={() => onDecide(null)}
            >
              {t('imports.decide.undo')}
            </Button>
          )}
        </Box>
      ) : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Button variant="outlined" disabled={!enabled} onClick={() => onDecide({ action: 'new' })}>
            {t('imports.decide.new')}
            <Key text="N" />
          </Button>
          <Button variant="outlined" color="error" disabled={!enabled} onClick={() => onDecide({ action: 'reject' })}>
            {t('imports.decide.reject')}
            <Key text="X" />
          </Button>
          {!isOther && (
            <Button disabled={!enabled} onClick={() => setOther(true)}>
              {t('imports.decide.other')}
            </Button>
          )}
          {refusal !== null && <RefusalNote refusal={refusal} />}
        </Box>
      )}
      {isOther && !isDecided && (
        <Box sx={{ maxWidth: 480 }}>
          <RecordField
            resource="entries"
            label={t('imports.decide.otherLabel')}
            value={null}
            autoFocus
            onChange={(picked) => picked && onDecide({ action: 'entry', id: picked.id })}
          />
        </Box>
      )}
    </Box>
  );
}

function CandidateLine({
  candidate,
  number,
  isOff,
  onMean,
}: {
  candidate: ReturnType<typeof choicesOf>[number];
  number: number;
  isOff: boolean;
  onMean: () => void;
}) {
  const { t } = useWords();
  const say = useCodeText();
  const { id, name, score, reasons } = candidate;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) auto' },
        alignItems: 'center',
        columnGap: 2,
        rowGap: 1,
        p: 1.25,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <Typography component="div" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {isEntryId(id) ? (
            <TextLink component={Link} to={recordHref('entry', id)} target="_blank">
              <bdi>{name}</bdi>
            </TextLink>
          ) : (
            <bdi>{name}</bdi>
          )}
          {score !== undefined && (
            <Box
              component="span"
              sx={{
                marginInlineStart: 1,
                color: 'text.secondary',
                fontWeight: 500,
                fontVariantNumeric: 'tabular-nums',
              }}
            >
              {t('imports.decide.score', { score })}
            </Box>
          )}
        </Typography>
        <Typography variant="body2" color="text.secondary" component="div">
          {reasons.map((reason) => (
            <span key={reason.code}>{say('match', reason)} </span>
          ))}
        </Typography>
      </Box>
      {isEntryId(id) && (
        <Button variant="outlined" size="small" disabled={isOff} onClick={onMean} sx={{ justifySelf: 'start' }}>
          {t('imports.decide.this')}
          {number <= 9 && <Key text={String(number)} />}
        </Button>
      )}
    </Box>
  );
}

function CandidateKey({ at, enabled, onPress }: { at: number; enabled: boolean; onPress: () => void }) {
  useShortcut(String(at), 'imports.keys.candidate', onPress, { ...KEYS, enabled });
  return null;
}

function Key({ text }: { text: string }) {
  return (
    <Box component="kbd" aria-hidden sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}>
      {text}
    </Box>
  );
}
