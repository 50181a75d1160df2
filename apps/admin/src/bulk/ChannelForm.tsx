import { Box, Checkbox, FormControlLabel, TextField } from '@mui/material';
import { AnonymityLevel, Cost } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import { ChannelTypes, Choice, typesOf } from './choices.tsx';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

type Draft = { field: 'cost' | 'anonymity'; code: string; types: string[]; isTakenAway: boolean };

/** One field of the channels of all of them. */
export function ChannelForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const [{ field, code, types, isTakenAway }, set] = useActionDraft<Draft>(
    { field: 'cost', code: '', types: [], isTakenAway: false },
    (draft) => ({
      action: 'set-on-channels',
      field: draft.field,
      value: draft.isTakenAway ? null : draft.field === 'cost' ? { level: draft.code } : draft.code,
      ...typesOf(draft.types),
    }),
    onChange,
  );
  const codes = field === 'cost' ? Cost.options : AnonymityLevel.options;
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <TextField
        select
        label={t('bulk.field')}
        value={field}
        onChange={(event) => set({ field: event.target.value === 'cost' ? 'cost' : 'anonymity', code: '' })}
        required
        autoFocus
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="cost">{t('fields.channels_cost')}</option>
        <option value="anonymity">{t('fields.channels_anonymity')}</option>
      </TextField>
      {!isTakenAway && (
        <Choice
          label={t(`fields.channels_${field}`)}
          words={field}
          codes={codes}
          value={code}
          onChange={(next) => set({ code: next })}
        />
      )}
      <FormControlLabel
        control={<Checkbox size="small" checked={isTakenAway} onChange={(_, on) => set({ isTakenAway: on })} />}
        label={t('bulk.takeAway')}
      />
      <ChannelTypes value={types} onChange={(next) => set({ types: next })} />
    </Box>
  );
}
