import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  Badge,
  Box,
  Button,
  Chip,
  Drawer,
  IconButton,
  InputAdornment,
  Stack,
  TextField,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import Close from '@mui/icons-material/Close';
import FilterList from '@mui/icons-material/FilterList';
import Search from '@mui/icons-material/Search';
import { useListContext } from 'ra-core';
import { api } from '../api.ts';
import type { Facets, RecordResource } from '../contract.ts';
import { FacetGroup } from './FacetGroup.tsx';
import { facetName } from './fieldLabel.ts';
import { useWords } from './words.ts';
import { SavedFilters } from './SavedFilters.tsx';
import { useSettled } from './form/RecordPicker.tsx';

export type FacetFilter = 'kind' | 'country' | 'language' | 'network' | 'state';

/** Search, the filters that are on, and the panel of facets: beside the list where there is room, else in a drawer. */
export function RecordFilters({
  resource,
  facets,
  children,
}: {
  resource: RecordResource;
  facets: readonly FacetFilter[];
  children: React.ReactNode;
}) {
  const { t } = useWords();
  const isWide = useMediaQuery<Theme>((theme) => theme.breakpoints.up('lg'));
  const [isOpen, setOpen] = useState(false);
  const { filterValues } = useListContext();
  const count = facets.filter((facet) => filterValues[facet] !== undefined).length;
  const panel = <FacetPanel resource={resource} facets={facets} />;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2.5,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '208px minmax(0, 1fr)' },
        alignItems: 'start',
      }}
    >
      {isWide && (
        <Box
          component="aside"
          aria-label={t('records.list.filters')}
          sx={{
            position: 'sticky',
            top: 80,
            maxHeight: 'calc(100vh - 96px)',
            overflowY: 'auto',
            pb: 2,
            paddingInlineEnd: 0.5,
          }}
        >
          {panel}
        </Box>
      )}
      <Box sx={{ minWidth: 0 }}>
        <Stack direction="row" spacing={1} sx={{ mb: 1, alignItems: 'center' }}>
          <SearchInput />
          {!isWide && (
            <Badge badgeContent={count} color="secondary">
              <Button
                variant="outlined"
                startIcon={<FilterList />}
                onClick={() => setOpen(true)}
                sx={{ minHeight: 40 }}
              >
                {t('records.list.filters')}
              </Button>
            </Badge>
          )}
        </Stack>
        <ActiveFilters facets={facets} />
        {children}
      </Box>
      <Drawer
        anchor="right"
        open={isOpen && !isWide}
        onClose={() => setOpen(false)}
        slotProps={{ paper: { sx: { width: 320, maxWidth: '92vw', p: 2 }, 'aria-label': t('records.list.filters') } }}
      >
        <Box sx={{ display: 'flex', alignItems: 'center', mb: 1 }}>
          <Typography variant="h2" sx={{ flex: 1 }}>
            {t('records.list.filters')}
          </Typography>
          <IconButton aria-label={t('common.action.close')} onClick={() => setOpen(false)}>
            <Close />
          </IconButton>
        </Box>
        {panel}
      </Drawer>
    </Box>
  );
}

/** Searches while one types, over everything the server indexes: names, organisations, addresses, digits. */
export function SearchInput({ label }: { label?: string }) {
  const { t } = useWords();
  const { filterValues, setFilters } = useListContext();
  const asked = typeof filterValues['q'] === 'string' ? filterValues['q'] : '';
  const [text, setText] = useState<string>(asked);
  const sent = useRef(asked);
  // Filters that were cleared or taken from the saved ones show in the field; what is being typed is left alone.
  useEffect(() => {
    if (asked !== sent.current) setText(asked);
    sent.current = asked;
  }, [asked]);
  const search = (next: string) => {
    setText(next);
    sent.current = next.trim();
    const { q: _q, ...rest } = filterValues;
    // The list context waits a moment before it asks the server.
    setFilters(next.trim() === '' ? rest : { ...rest, q: next.trim() }, undefined, true);
  };
  return (
    <TextField
      label={label ?? t('records.list.search')}
      value={text}
      onChange={(event) => search(event.target.value)}
      margin="none"
      type="search"
      sx={{ flex: '1 1 220px', maxWidth: 520 }}
      slotProps={{
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search aria-hidden />
            </InputAdornment>
          ),
        },
        htmlInput: { dir: 'auto' },
      }}
    />
  );
}

function FacetPanel({ resource, facets }: { resource: RecordResource; facets: readonly FacetFilter[] }) {
  const { t } = useWords();
  const { filterValues } = useListContext();
  const query = useSettled(filterValues, 150);
  const { data } = useQuery({
    queryKey: [resource, 'facets', query],
    queryFn: ({ signal }) => api.get<Facets>(`/${resource}/facets`, { query, signal }),
    placeholderData: (old) => old,
  });
  return (
    <Stack spacing={2.25}>
      <SavedFilters />
      {facets.map((facet) => (
        <FacetGroup key={facet} facet={facet} counts={data?.[facet]} label={t(`records.list.facet.${facet}`)} />
      ))}
    </Stack>
  );
}

function ActiveFilters({ facets }: { facets: readonly FacetFilter[] }) {
  const words = useWords();
  const { t } = words;
  const { filterValues, setFilters } = useListContext();
  const on = [...facets, 'organisation' as const].filter((facet) => filterValues[facet] !== undefined);
  const without = (name: string) => Object.fromEntries(Object.entries(filterValues).filter(([key]) => key !== name));
  const isSearching = filterValues['q'] !== undefined;
  if (on.length === 0 && !isSearching) return null;
  return (
    <Stack
      direction="row"
      useFlexGap
      sx={{ flexWrap: 'wrap', gap: 0.75, mb: 1 }}
      aria-label={t('records.list.active')}
      role="group"
    >
      {on.map((facet) => (
        <Chip
          key={facet}
          size="small"
          label={`${t(`records.list.facet.${facet}`)}: ${facet === 'organisation' ? t('records.list.oneOrganisation') : facetName(facet, String(filterValues[facet]), words)}`}
          onDelete={() => setFilters(without(facet))}
        />
      ))}
      {on.length + Number(isSearching) > 1 && (
        <Button size="small" onClick={() => setFilters({})} sx={{ minHeight: 24 }}>
          {t('common.action.clearAll')}
        </Button>
      )}
    </Stack>
  );
}
