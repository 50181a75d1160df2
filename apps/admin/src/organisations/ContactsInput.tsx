import { Box, Button, IconButton, Paper } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { useField } from '../records/form/DocumentForm.tsx';
import { freeId } from '../records/form/newEvidence.ts';
import { Row } from '../records/form/Section.tsx';
import { TableInput } from '../records/form/TableInput.tsx';
import { TextInput } from '../records/form/TextInput.tsx';
import { useWords } from '../records/words.ts';

/** Mailboxes and people the curators write to. Never published; kept no longer than said. */
export function ContactsInput() {
  const { t } = useWords();
  const { value = [], set } = useField<{ id: string }[]>('/contactsInternal');
  return (
    <Box role="group" aria-label={t('fields.contactsInternal')}>
      {value.map(({ id }, i) => (
        <Paper key={id} variant="outlined" sx={{ p: 1.5, mb: 1 }}>
          <Row>
            <TextInput pointer={`/contactsInternal/${i}/role`} label={t('fields.part.role')} />
            <TextInput pointer={`/contactsInternal/${i}/name`} label={t('fields.part.name')} />
            <TextInput
              pointer={`/contactsInternal/${i}/email`}
              label={t('fields.part.email')}
              type="email"
              parse={(text) => text.trim() || undefined}
            />
            <TableInput
              pointer={`/contactsInternal/${i}/language`}
              table="language"
              label={t('fields.part.language')}
            />
            <TextInput pointer={`/contactsInternal/${i}/lawfulBasis`} label={t('fields.part.lawfulBasis')} />
            <TextInput
              pointer={`/contactsInternal/${i}/retentionUntil`}
              label={t('fields.part.retentionUntil')}
              type="date"
            />
          </Row>
          <IconButton
            aria-label={t('records.form.remove', { name: `${t('fields.contactsInternal')} ${i + 1}` })}
            onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
          >
            <DeleteOutline />
          </IconButton>
        </Paper>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => set([...value, { id: freeId('contact', value) }])}>
        {t('organisations.addContact')}
      </Button>
    </Box>
  );
}
