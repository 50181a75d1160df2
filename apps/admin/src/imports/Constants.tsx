import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { countryName, isCountry, Kind, timeZonesOf } from '@waymark/domain';
import { Panel } from '../common/Panel.tsx';
import { TableField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import type { DateOrder, ImportView } from './contract.ts';
import { withConstant, withOption } from './mapping.ts';
import type { MappingDraft } from './useMapping.ts';

const DATE_ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** What stands for columns the file does not have, and for its empty cells. */
export function Constants({ view, draft }: { view: ImportView; draft: MappingDraft }) {
  const { t, locale } = useWords();
  const { mapping } = draft;
  const { constants, options } = mapping;
  const isOff = view.can.map !== null;
  const zones = options.country !== undefined && isCountry(options.country) ? timeZonesOf(options.country) : [];
  return (
    <Panel title={t('imports.constants.title')}>
      <Typography color="text.secondary" sx={{ mt: -1, mb: 1.5, maxWidth: '72ch' }}>
        {t('imports.constants.text')}
      </Typography>
      <Box
        component="fieldset"
        disabled={isOff}
        aria-label={t('imports.constants.title')}
        sx={{
          border: 0,
          m: 0,
          p: 0,
          display: 'grid',
          columnGap: 2,
          rowGap: 0.5,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(230px, 100%), 1fr))',
          '& .MuiAutocomplete-root': { minWidth: 0 },
        }}
      >
        <TableField
          table="country"
          label={t('imports.field.country')}
          value={options.country}
          onChange={(code) => draft.set(withOption(withOption(mapping, 'country', code), 'timeZone', undefined))}
        />
        <TextField
          select
          label={t('imports.field.kind')}
          value={constants.kind ?? ''}
          disabled={isOff}
          onChange={({ target }) => draft.set(withConstant(mapping, 'kind', target.value))}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">{t('imports.constants.nothing')}</MenuItem>
          {Kind.options.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {t(`vocabulary.kind.${kind}`)}
            </MenuItem>
          ))}
        </TextField>
        <TableField
          table="language"
          label={t('imports.constants.language')}
          value={options.language}
          onChange={(code) => draft.set(withOption(mapping, 'language', code))}
        />
        <TextField
          select
          label={t('imports.constants.dates')}
          value={options.dateOrder ?? ''}
          disabled={isOff}
          onChange={({ target }) =>
            draft.set(
              withOption(
                mapping,
                'dateOrder',
                DATE_ORDERS.find((order) => order === target.value),
              ),
            )
          }
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">{t('imports.constants.nothing')}</MenuItem>
          {DATE_ORDERS.map((order) => (
            <MenuItem key={order} value={order}>
              {t(`imports.constants.${order}`)}
            </MenuItem>
          ))}
        </TextField>
        {zones.length > 1 && isCountry(options.country ?? '') && (
          <TextField
            select
            label={t('imports.constants.timeZone', { country: countryName(options.country ?? '', locale) })}
            value={options.timeZone ?? ''}
            disabled={isOff}
            onChange={({ target }) => draft.set(withOption(mapping, 'timeZone', target.value || undefined))}
            slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
          >
            <MenuItem value="">{t('imports.constants.nothing')}</MenuItem>
            {zones.map((zone) => (
              <MenuItem key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
    </Panel>
  );
}
