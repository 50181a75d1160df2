import { Box, Button, IconButton, Paper } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { useField } from '../records/form/DocumentForm.tsx';
import { LocalTextInput } from '../records/form/LocalTextInput.tsx';
import { freeId, todayIn } from '../records/form/newEvidence.ts';
import { Row } from '../records/form/Section.tsx';
import { TextInput } from '../records/form/TextInput.tsx';
import { useWords } from '../records/words.ts';

const TOPICS = [
  'mandatory-reporters',
  'provider-duty',
  'possession',
  'reporter-protection',
  'age-of-consent-note',
] as const;

/** What the law says, dated and with its source: a note without either cannot be defended. */
export function LegalInput() {
  const { t } = useWords();
  const { value = [], set } = useField<{ id: string }[]>('/legal');
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0,1fr)' }}>
      {value.map(({ id }, i) => (
        <Paper key={id} variant="outlined" sx={{ p: 1.5 }}>
          <Row>
            <ChoiceInput
              pointer={`/legal/${i}/topic`}
              label={t('fields.part.topic')}
              words="legalTopic"
              codes={TOPICS}
              required
            />
            <ChoiceInput
              pointer={`/legal/${i}/jurisdictionLevel`}
              label={t('fields.part.jurisdictionLevel')}
              words="jurisdictionLevel"
              codes={['national', 'subnational', 'supranational']}
              clearable
            />
          </Row>
          <LocalTextInput pointer={`/legal/${i}/text`} label={t('fields.part.text')} multiline required max={600} />
          <Row>
            <TextInput
              pointer={`/legal/${i}/source`}
              label={t('fields.part.url')}
              code
              parse={(text) => text.trim() || undefined}
            />
            <TextInput pointer={`/legal/${i}/edition`} label={t('fields.part.edition')} />
            <TextInput pointer={`/legal/${i}/checkedAt`} label={t('fields.part.checkedAt')} type="date" />
          </Row>
          <IconButton
            aria-label={t('records.form.remove', { name: `${t('fields.legal')} ${i + 1}` })}
            onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
          >
            <DeleteOutline />
          </IconButton>
        </Paper>
      ))}
      <Box>
        <Button
          size="small"
          startIcon={<Add />}
          onClick={() =>
            set([...value, { id: freeId('note', value), checkedAt: todayIn(new Date()) } as { id: string }])
          }
        >
          {t('countries.addLegal')}
        </Button>
      </Box>
    </Box>
  );
}
