import { useId, useState } from 'react';
import { Autocomplete, Box, Button, Skeleton, TextField, Typography } from '@mui/material';
import Check from '@mui/icons-material/Check';
import { useListContext } from 'ra-core';
import { facetName } from './fieldLabel.ts';
import { useWords } from './words.ts';
import type { FacetFilter } from './RecordFilters.tsx';

const IN_SIGHT = 6;

/** One facet: its commonest values with their counts, and all others by typing. One value at a time; a second click takes it back. */
export function FacetGroup({
  facet,
  counts,
  label,
}: {
  facet: FacetFilter;
  counts: { value: string; count: number }[] | undefined;
  label: string;
}) {
  const words = useWords();
  const { t, locale } = words;
  const titleId = useId();
  const { filterValues, setFilters } = useListContext();
  const [isAll, setAll] = useState(false);
  const chosen = filterValues[facet] as string | undefined;
  const number = new Intl.NumberFormat(locale);
  const sorted = [...(counts ?? [])].sort((a, b) => b.count - a.count);
  const shown = sorted.slice(0, IN_SIGHT);
  const isHidden = chosen !== undefined && !shown.some(({ value }) => value === chosen);

  const choose = (value: string | undefined) => {
    const { [facet]: _old, ...rest } = filterValues;
    setFilters(value === undefined || value === chosen ? rest : { ...rest, [facet]: value });
  };
  return (
    <Box role="group" aria-labelledby={titleId}>
      <Typography
        id={titleId}
        variant="overline"
        component="h2"
        color="text.secondary"
        sx={{ display: 'block', mb: 0.25 }}
      >
        {label}
      </Typography>
      {counts === undefined ? (
        [80, 64, 72].map((width) => <Skeleton key={width} width={`${width}%`} height={28} />)
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {(isHidden
            ? [...shown, { value: chosen, count: counts.find(({ value }) => value === chosen)?.count ?? 0 }]
            : shown
          ).map(({ value, count }) => (
            <li key={value}>
              <Button
                fullWidth
                size="small"
                color="inherit"
                aria-pressed={value === chosen}
                onClick={() => choose(value)}
                sx={{
                  justifyContent: 'flex-start',
                  textAlign: 'start',
                  gap: 0.75,
                  px: 1,
                  fontWeight: value === chosen ? 700 : 400,
                  bgcolor: value === chosen ? 'action.selected' : undefined,
                }}
              >
                {value === chosen && <Check aria-hidden sx={{ fontSize: 16 }} />}
                <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                  {facetName(facet, value, words)}
                </Box>
                <Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                  {number.format(count)}
                </Box>
              </Button>
            </li>
          ))}
          {counts.length === 0 && (
            <Typography component="li" variant="body2" color="text.secondary" sx={{ px: 1 }}>
              {t('records.list.noValues')}
            </Typography>
          )}
        </Box>
      )}
      {sorted.length > IN_SIGHT &&
        (isAll ? (
          <Autocomplete
            options={sorted}
            value={null}
            openOnFocus
            autoHighlight
            size="small"
            getOptionLabel={({ value }) => facetName(facet, value, words)}
            getOptionKey={({ value }) => value}
            onChange={(_, option) => {
              choose(option?.value);
              setAll(false);
            }}
            onBlur={() => setAll(false)}
            noOptionsText={t('records.form.noMatch')}
            renderOption={(props, { value, count }) => (
              <li {...props} key={value}>
                <Box component="span" sx={{ flex: 1 }}>
                  {facetName(facet, value, words)}
                </Box>
                <Box component="span" sx={{ color: 'text.secondary', paddingInlineStart: 1 }}>
                  {number.format(count)}
                </Box>
              </li>
            )}
            renderInput={(params) => <TextField {...params} label={label} autoFocus />}
          />
        ) : (
          <Button
            size="small"
            onClick={() => setAll(true)}
            sx={{ px: 1 }}
            aria-label={`${t('records.list.all', { smart_count: sorted.length })}: ${label}`}
          >
            {t('records.list.all', { smart_count: sorted.length })}
          </Button>
        ))}
    </Box>
  );
}
