import { useEffect, useState } from 'react';
import { Box, MenuItem, TextField } from '@mui/material';
import { BatchRowResult, ProposalState, Risk } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import type { BatchView } from './contract.ts';
import type { RowFilter } from './rowFilter.ts';

/** Long enough that a word is not asked for letter by letter. */
const PAUSE = 300;

/** What narrows the rows: how far they are, what became of them at first, how risky, and the name. */
export function RowFilters({
  batch,
  filter,
  onChange,
}: {
  batch: BatchView;
  filter: RowFilter;
  onChange: (filter: RowFilter) => void;
}) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const { results, states } = batch;
  const choice = (
    name: 'state' | 'result' | 'risk',
    codes: readonly string[],
    words: string,
    counts?: Partial<Record<string, number>>,
  ) => (
    <TextField
      select
      margin="none"
      label={t(`batches.filter.${name}`)}
      value={filter[name] ?? ''}
      onChange={(event) => onChange({ ...filter, [name]: event.target.value === '' ? undefined : event.target.value })}
      sx={{ minWidth: 150, flex: { xs: '1 1 40%', md: '0 1 auto' } }}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">{t('proposals.list.any')}</MenuItem>
      {codes
        .filter((code) => counts === undefined || counts[code] || filter[name] === code)
        .map((code) => (
          <MenuItem key={code} value={code}>
            {t(`${words}.${code}`)}
            {counts && ` (${number.format(counts[code] ?? 0)})`}
          </MenuItem>
        ))}
    </TextField>
  );
  return (
    <Box
      role="group"
      aria-label={t('records.list.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5 }}
    >
      <SearchField value={filter.q ?? ''} onChange={(q) => onChange({ ...filter, q: q === '' ? undefined : q })} />
      {choice('state', ProposalState.options, 'vocabulary.proposalState', states)}
      {choice('result', BatchRowResult.options, 'batches.result', results)}
      {choice('risk', Risk.options, 'common.risk')}
    </Box>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextField
      type="search"
      margin="none"
      label={t('proposals.list.search')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      sx={{ flex: { xs: '1 1 100%', md: '0 1 260px' } }}
      slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
    />
  );
}
