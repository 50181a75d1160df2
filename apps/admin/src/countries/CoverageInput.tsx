import { Box, IconButton, Paper, Typography } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { CoverageStatus } from '@waymark/domain';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { useField } from '../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../records/form/EvidenceHere.tsx';
import { todayIn } from '../records/form/newEvidence.ts';
import { Row } from '../records/form/Section.tsx';
import { TableField } from '../records/form/TableInput.tsx';
import { TextInput } from '../records/form/TextInput.tsx';
import { needName, useWords } from '../records/words.ts';

type Draft = { need: string; status?: string };

/** One row per need: whether it is covered, when that was checked and by which source. */
export function CoverageInput() {
  const { t } = useWords();
  const { value = [], set, error } = useField<Draft[]>('/coverage');
  return (
    <Box data-pointer="/coverage" sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0,1fr)' }}>
      {value.map(({ need, status }, i) => (
        <Paper key={need} variant="outlined" sx={{ px: 1.5, py: 1 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Typography sx={{ flex: 1, fontWeight: 600 }}>{needName(need, t)}</Typography>
            <IconButton
              aria-label={t('records.form.remove', { name: needName(need, t) })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
            >
              <DeleteOutline />
            </IconButton>
          </Box>
          <Row>
            <ChoiceInput
              pointer={`/coverage/${i}/status`}
              label={t('fields.part.status')}
              words="coverageStatus"
              codes={CoverageStatus.options}
              required
              {...(status === 'none-known' ? { help: t('countries.noneKnownHelp') } : {})}
            />
            <TextInput pointer={`/coverage/${i}/checkedAt`} label={t('fields.part.checkedAt')} type="date" required />
            <TextInput pointer={`/coverage/${i}/nextReview`} label={t('fields.part.nextReview')} type="date" />
          </Row>
          <TextInput pointer={`/coverage/${i}/note`} label={t('fields.part.note')} />
          <EvidenceHere pointer={`/coverage/${i}`} />
        </Paper>
      ))}
      <TableField
        table="need"
        label={t('countries.addNeed')}
        value={undefined}
        key={value.length}
        error={error}
        onChange={(need) => {
          if (need !== undefined && !value.some((row) => row.need === need))
            set([...value, { need, status: 'covered', checkedAt: todayIn(new Date()) } as Draft]);
        }}
      />
    </Box>
  );
}
