import { Box, TextField, Typography } from '@mui/material';
import { REASONS_WITH_SUCCESSOR, RetireReason } from '@waymark/domain';
import { RecordField, type Picked } from '../records/form/RecordPicker.tsx';
import { useWords } from '../records/words.ts';
import { Choice } from './choices.tsx';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

type Draft = { reason: string; successor: Picked | null; note: string };

/** Why all of them leave, and who takes their place. */
export function RetireForm({ onChange }: ActionFormProps) {
  const { t, locale } = useWords();
  const [{ reason, successor, note }, set] = useActionDraft<Draft>(
    { reason: '', successor: null, note: '' },
    (draft) =>
      isWithoutSuccessor(draft)
        ? undefined
        : {
            action: 'retire',
            retirement: {
              reason: draft.reason,
              successors: draft.successor ? [draft.successor.id] : [],
              redirect: draft.successor ? 'auto' : 'none',
              ...(draft.note.trim() === '' ? {} : { publicNote: { [locale]: { text: draft.note.trim() } } }),
            },
          },
    onChange,
  );
  return (
    <Box sx={{ display: 'grid', gap: 0.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Typography>{t('entries.retire.text')}</Typography>
      <Box
        sx={{
          display: 'grid',
          columnGap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(2, minmax(0,1fr))' },
        }}
      >
        <Choice
          label={t('fields.part.reason')}
          words="retireReason"
          codes={RetireReason.options}
          value={reason}
          onChange={(next) => set({ reason: next })}
          autoFocus
        />
        <RecordField
          resource="entries"
          label={t('entries.retire.successor')}
          value={successor}
          onChange={(next) => set({ successor: next })}
          required={needsSuccessor(reason)}
          error={isWithoutSuccessor({ reason, successor }) ? t('refusals.successor-required') : undefined}
        />
      </Box>
      <TextField
        label={t('fields.part.publicNote')}
        value={note}
        onChange={(event) => set({ note: event.target.value })}
        multiline
        helperText={t('entries.retire.noteHelp')}
        slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
      />
    </Box>
  );
}

const needsSuccessor = (reason: string): boolean => REASONS_WITH_SUCCESSOR.some((each) => each === reason);
const isWithoutSuccessor = ({ reason, successor }: Pick<Draft, 'reason' | 'successor'>): boolean =>
  needsSuccessor(reason) && successor === null;
