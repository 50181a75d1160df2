import { Box, Button, IconButton } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { useWords } from '../words.ts';
import { useField } from './DocumentForm.tsx';
import { EvidenceHere } from './EvidenceHere.tsx';
import { Row } from './Section.tsx';
import { TextInput } from './TextInput.tsx';

type Member = { network?: string };

const code = (text: string): string | undefined =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '') || undefined;

/** Dated memberships of networks. */
export function MembershipsInput() {
  const { t } = useWords();
  const { value = [], set } = useField<Member[]>('/memberships');
  return (
    <Box role="group" aria-label={t('fields.memberships')}>
      {value.map((_member, i) => (
        <Box key={i} sx={{ mb: 0.5 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <Row>
              <TextInput
                pointer={`/memberships/${i}/network`}
                label={t('fields.part.network')}
                code
                required
                parse={code}
                placeholder="inhope"
              />
              <TextInput pointer={`/memberships/${i}/status`} label={t('fields.part.status')} placeholder="member" />
              <TextInput pointer={`/memberships/${i}/since`} label={t('fields.part.since')} type="date" />
              <TextInput pointer={`/memberships/${i}/until`} label={t('fields.part.until')} type="date" />
            </Row>
            <IconButton
              aria-label={t('records.form.remove', { name: `${t('fields.memberships')} ${i + 1}` })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
            >
              <DeleteOutline />
            </IconButton>
          </Box>
          <EvidenceHere pointer={`/memberships/${i}`} />
        </Box>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => set([...value, { status: 'member' } as Member])}>
        {t('records.form.addMembership')}
      </Button>
    </Box>
  );
}
