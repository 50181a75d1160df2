import { Box, IconButton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { Answer } from '@waymark/domain';
import { useField } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { needName, useWords } from '../../records/words.ts';
import { TableField } from '../../records/form/TableInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';

type Accepts = Record<string, { answer?: string; note?: string }>;

/** Which needs it takes reports about. An explicit "no" is a fact worth having; a need that is not listed is not known. */
export function AcceptsInput() {
  const { t } = useWords();
  const { value = {}, set, error, touch } = useField<Accepts>('/accepts');
  return (
    <Box
      role="group"
      aria-label={t('fields.accepts')}
      data-pointer="/accepts"
      sx={{ display: 'grid', gap: 0.75, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      {Object.keys(value).map((need) => (
        <AcceptsRow
          key={need}
          need={need}
          onRemove={() => {
            const { [need]: _gone, ...rest } = value;
            set(Object.keys(rest).length === 0 ? undefined : rest);
          }}
        />
      ))}
      <TableField
        table="need"
        label={t('entries.accepts.add')}
        value={undefined}
        key={Object.keys(value).length}
        error={error}
        onBlur={touch}
        pointer="/accepts"
        onChange={(need) => need !== undefined && set({ ...value, [need]: value[need] ?? { answer: 'yes' } })}
      />
    </Box>
  );
}

function AcceptsRow({ need, onRemove }: { need: string; onRemove: () => void }) {
  const { t } = useWords();
  const { value, set } = useField<{ answer?: string; note?: string }>(`/accepts/${need}`);
  const name = needName(need, t);
  return (
    <Box sx={{ borderBottom: 1, borderColor: 'divider', pb: 0.75 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Typography sx={{ flex: '1 1 200px', fontWeight: 600 }}>{name}</Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={value?.answer ?? null}
          onChange={(_, answer: string | null) => answer && set({ ...value, answer })}
          aria-label={name}
          sx={{ flexWrap: 'wrap' }}
        >
          {Answer.options.map((answer) => (
            <ToggleButton key={answer} value={answer} sx={{ color: 'text.primary', px: 1.25, py: 0.4 }}>
              {t(`vocabulary.answer.${answer}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <IconButton aria-label={t('records.form.remove', { name })} onClick={onRemove}>
          <DeleteOutline />
        </IconButton>
      </Box>
      {value?.answer === 'conditional' && (
        <TextInput pointer={`/accepts/${need}/note`} label={t('entries.accepts.condition')} />
      )}
      <EvidenceHere pointer={`/accepts/${need}`} />
    </Box>
  );
}
