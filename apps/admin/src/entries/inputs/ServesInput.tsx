import { Box, IconButton, Paper } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { ServesBasis, Strength } from '@waymark/domain';
import { useField } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { areaText } from '../../records/areaText.ts';
import { useWords } from '../../records/words.ts';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TableField, TablesInput } from '../../records/form/TableInput.tsx';

type Serving = { area?: string; basis?: string; strength?: string };

/** For which areas it is responsible, and what must lie in them. One row per area. */
export function ServesInput() {
  const words = useWords();
  const { t } = words;
  const { value = [], set, error, touch } = useField<Serving[]>('/serves');
  return (
    <Box
      role="group"
      aria-label={t('fields.serves')}
      data-pointer="/serves"
      sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      {value.map(({ area }, i) => (
        <Paper key={area ?? i} variant="outlined" sx={{ px: 1.5, py: 0.75 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Box sx={{ fontWeight: 600, flex: 1 }}>
              {area === undefined ? t('fields.part.area') : areaText(area, words)}
            </Box>
            <IconButton
              aria-label={t('records.form.remove', {
                name: area === undefined ? t('fields.part.area') : areaText(area, words),
              })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
            >
              <DeleteOutline />
            </IconButton>
          </Box>
          <Row>
            <ChoiceInput
              pointer={`/serves/${i}/basis`}
              label={t('fields.part.basis')}
              words="servesBasis"
              codes={ServesBasis.options}
            />
            <ChoiceInput
              pointer={`/serves/${i}/strength`}
              label={t('fields.part.strength')}
              words="strength"
              codes={Strength.options}
            />
            <TablesInput pointer={`/serves/${i}/needs`} table="need" label={t('entries.serves.onlyNeeds')} />
            {(area === '001' || area?.startsWith('group:') || /^\d{3}$/.test(area ?? '')) && (
              <TablesInput pointer={`/serves/${i}/except`} table="area" label={t('fields.part.except')} />
            )}
          </Row>
          <EvidenceHere pointer={`/serves/${i}`} />
        </Paper>
      ))}
      <TableField
        table="area"
        label={value.length === 0 ? t('entries.serves.first') : t('entries.serves.add')}
        value={undefined}
        // Emptied after each choice, so that the next can be made.
        key={value.length}
        onBlur={touch}
        error={error}
        required={value.length === 0}
        pointer="/serves"
        onChange={(area) => {
          if (area !== undefined && !value.some((serving) => serving.area === area))
            set([...value, { area, basis: 'any', strength: 'primary' }]);
        }}
      />
    </Box>
  );
}
