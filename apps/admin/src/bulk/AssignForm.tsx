import { Box, TextField } from '@mui/material';
import { useDueSummary } from '../due/useDue.ts';
import { useWords } from '../records/words.ts';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

/** Nobody, as a choice that was made. */
const NOBODY = 'nobody';
type Draft = { who: string; day: string };

/** Who checks all of them next. Whoever has little stands first. */
export function AssignForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const people = [...(useDueSummary().data?.fairShare ?? [])].sort((a, b) => a.open - b.open);
  const [{ who, day }, set] = useActionDraft<Draft>(
    { who: '', day: '' },
    (draft) => ({
      action: 'assign',
      assignee: draft.who === NOBODY ? null : draft.who,
      plannedFor: draft.day === '' ? null : draft.day,
    }),
    onChange,
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 220px' } }}>
      <TextField
        select
        label={t('bulk.who')}
        value={who}
        onChange={(event) => set({ who: event.target.value })}
        required
        autoFocus
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="" />
        {people.map(({ userId, name, open }) => (
          <option key={userId} value={userId}>
            {t('due.personOpen', { name, open })}
          </option>
        ))}
        <option value={NOBODY}>{t('due.nobody')}</option>
      </TextField>
      <TextField
        label={t('bulk.day')}
        type="date"
        value={day}
        onChange={(event) => set({ day: event.target.value })}
        slotProps={{ inputLabel: { shrink: true } }}
      />
    </Box>
  );
}
