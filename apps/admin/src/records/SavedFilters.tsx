import { useState } from 'react';
import { Box, Button, IconButton, Stack, TextField, Tooltip, Typography } from '@mui/material';
import BookmarkBorder from '@mui/icons-material/BookmarkBorder';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { sameValue } from '@waymark/domain';
import { useListContext, useStore, useTranslate } from 'ra-core';

type Saved = { name: string; filter: Record<string, string>; sort: { field: string; order: 'ASC' | 'DESC' } };

/** Filters one comes back to, kept in this browser. */
export function SavedFilters() {
  const t = useTranslate();
  const { resource, filterValues, setFilters, sort, setSort } = useListContext();
  const [saved, setSaved] = useStore<Saved[]>(`${resource}.saved`, []);
  const [name, setName] = useState<string>();
  const isFiltered = Object.keys(filterValues).length > 0;
  const isKnown = saved.some(({ filter }) => sameValue(filter, filterValues));
  if (saved.length === 0 && !isFiltered) return null;
  return (
    <Box role="group" aria-label={t('records.list.saved')}>
      <Typography variant="overline" component="h2" color="text.secondary">
        {t('records.list.saved')}
      </Typography>
      {saved.map((item, i) => (
        <Stack key={item.name} direction="row" sx={{ alignItems: 'center' }}>
          <Button
            fullWidth
            size="small"
            color="inherit"
            sx={{ justifyContent: 'flex-start', px: 1, fontWeight: sameValue(item.filter, filterValues) ? 700 : 400 }}
            onClick={() => {
              setFilters(item.filter);
              setSort(item.sort);
            }}
          >
            <bdi>{item.name}</bdi>
          </Button>
          <Tooltip title={t('records.form.remove', { name: item.name })}>
            <IconButton
              size="small"
              aria-label={t('records.form.remove', { name: item.name })}
              onClick={() => setSaved(saved.filter((_, at) => at !== i))}
            >
              <DeleteOutline fontSize="small" />
            </IconButton>
          </Tooltip>
        </Stack>
      ))}
      {isFiltered && !isKnown && name === undefined && (
        <Button size="small" startIcon={<BookmarkBorder />} onClick={() => setName('')}>
          {t('records.list.save')}
        </Button>
      )}
      {name !== undefined && (
        <Box
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') {
              setSaved([
                ...saved.filter((other) => other.name !== name.trim()),
                { name: name.trim(), filter: filterValues, sort: { field: sort.field, order: sort.order } },
              ]);
            }
            setName(undefined);
          }}
        >
          <TextField
            label={t('records.list.saveName')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoFocus
            fullWidth
          />
          <Button size="small" type="submit">
            {t('records.list.save')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
