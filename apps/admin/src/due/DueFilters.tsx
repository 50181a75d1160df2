import { Box, Chip, MenuItem, TextField } from '@mui/material';
import { Kind } from '@waymark/domain';
import type { DueSummary } from '../contract.ts';
import { TableField, TablesField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import { DUE_STATES, type DueFilter } from './dueFilter.ts';

/** What narrows the queue: mine, office open now, state, kind, country, a language one reads. */
export function DueFilters({
  filter,
  summary,
  onChange,
}: {
  filter: DueFilter;
  summary: DueSummary | undefined;
  onChange: (filter: DueFilter) => void;
}) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const set = <K extends keyof DueFilter>(key: K, value: DueFilter[K]) => {
    const { [key]: _old, ...rest } = filter;
    onChange(value === undefined ? rest : { ...rest, [key]: value });
  };
  const counts: Partial<Record<string, number>> = summary
    ? { overdue: summary.overdue, due: summary.due, soon: summary.soon, expired: summary.expired }
    : {};
  return (
    <Box
      role="group"
      aria-label={t('records.list.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5 }}
    >
      <Toggle
        label={summary ? `${t('due.filter.mine')} ${number.format(summary.mine)}` : t('due.filter.mine')}
        isOn={filter.isMine === true}
        onChange={(on) => set('isMine', on ? true : undefined)}
      />
      <Toggle
        label={t('due.filter.openNow')}
        isOn={filter.isOpenNow === true}
        onChange={(on) => set('isOpenNow', on ? true : undefined)}
      />
      <TextField
        select
        margin="none"
        label={t('due.filter.state')}
        value={filter.state ?? ''}
        onChange={(event) =>
          set(
            'state',
            DUE_STATES.find((each) => each === event.target.value),
          )
        }
        sx={{ minWidth: 132 }}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      >
        <MenuItem value="">{t('due.filter.now')}</MenuItem>
        {DUE_STATES.map((state) => (
          <MenuItem key={state} value={state}>
            {t(`due.filter.${state}`)}
            {counts[state] !== undefined && ` (${number.format(counts[state])})`}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        margin="none"
        label={t('fields.kind')}
        value={filter.kind ?? ''}
        onChange={(event) => set('kind', event.target.value === '' ? undefined : event.target.value)}
        sx={{ minWidth: 150, maxWidth: 200 }}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      >
        <MenuItem value="">{t('due.filter.all')}</MenuItem>
        {Kind.options.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {t(`vocabulary.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ '& .MuiAutocomplete-root': { minWidth: 0, width: 176 }, '& .MuiTextField-root': { my: 0 } }}>
        <TableField
          table="country"
          label={t('records.list.facet.country')}
          value={filter.country}
          onChange={(code) => set('country', code)}
        />
      </Box>
      <Box sx={{ '& .MuiAutocomplete-root': { minWidth: 0, width: 176 }, '& .MuiTextField-root': { my: 0 } }}>
        <TablesField
          table="language"
          label={t('due.filter.language')}
          value={filter.language?.split(',') ?? []}
          onChange={(tags) => set('language', tags.length === 0 ? undefined : tags.join(','))}
        />
      </Box>
    </Box>
  );
}

function Toggle({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (on: boolean) => void }) {
  return (
    <Chip
      label={label}
      role="button"
      aria-pressed={isOn}
      color={isOn ? 'primary' : 'default'}
      variant={isOn ? 'filled' : 'outlined'}
      onClick={() => onChange(!isOn)}
      sx={{ height: 40 }}
    />
  );
}
