import { Box, Button, IconButton } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { useWords } from '../words.ts';
import { useField } from './DocumentForm.tsx';
import { freeId } from './newEvidence.ts';
import { TextInput } from './TextInput.tsx';

type OtherName = { id: string; name?: string; until?: string };

/** Former and other names, under which people may still look for it. */
export function NamesInput() {
  const { t } = useWords();
  const { value = [], set } = useField<OtherName[]>('/otherNames');
  return (
    <Box role="group" aria-label={t('fields.otherNames')}>
      {value.map(({ id }, i) => (
        <Box key={id} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <TextInput pointer={`/otherNames/${i}/name`} label={t('fields.otherNames')} />
          <TextInput pointer={`/otherNames/${i}/until`} label={t('fields.part.until')} type="date" />
          <IconButton
            aria-label={t('records.form.remove', { name: t('fields.otherNames') })}
            onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
          >
            <DeleteOutline />
          </IconButton>
        </Box>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => set([...value, { id: freeId('name', value) }])}>
        {t('records.form.addName')}
      </Button>
    </Box>
  );
}
