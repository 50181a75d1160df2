import { Box, IconButton, MenuItem, TextField, Typography } from '@mui/material';
import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import FirstPage from '@mui/icons-material/FirstPage';
import LastPage from '@mui/icons-material/LastPage';
import { useListContext, useLocaleState, useTranslate } from 'ra-core';

const SIZES = [10, 25, 50, 100];

/** Where one is in the list around it, and the ways to its other pages. */
export function Pager() {
  const { page, perPage, setPage, setPerPage, total = 0 } = useListContext();
  return <Pages page={page} perPage={perPage} total={total} onPage={setPage} onPerPage={setPerPage} />;
}

/** The same for a list that keeps its page itself. */
export function Pages({
  page,
  perPage,
  total,
  onPage,
  onPerPage,
}: {
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
  /** Without it the page keeps its size. */
  onPerPage?: (perPage: number) => void;
}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const last = Math.max(1, Math.ceil(total / perPage));
  const number = new Intl.NumberFormat(locale);
  const go = (to: number, label: string, disabled: boolean, icon: React.ReactNode) => (
    <IconButton
      size="small"
      aria-label={translate(label)}
      disabled={disabled}
      onClick={() => onPage(to)}
      sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }}
    >
      {icon}
    </IconButton>
  );
  return (
    <Box
      component="nav"
      aria-label={translate('ra.navigation.page', { page: '' }).trim()}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'flex-end', gap: 1, py: 1.25 }}
    >
      <Typography variant="body2" color="text.secondary" aria-live="polite">
        {translate('common.table.range', {
          from: number.format((page - 1) * perPage + 1),
          to: number.format(Math.min(page * perPage, total)),
          total: number.format(total),
        })}
      </Typography>
      {onPerPage && total > Math.min(...SIZES) && (
        <TextField
          select
          size="small"
          variant="standard"
          value={SIZES.includes(perPage) ? perPage : ''}
          onChange={(event) => onPerPage(Number(event.target.value))}
          slotProps={{
            htmlInput: { 'aria-label': translate('ra.navigation.page_rows_per_page') },
            input: { disableUnderline: true },
          }}
          sx={{ '& .MuiSelect-select': { typography: 'body2', py: 0.5 } }}
        >
          {SIZES.map((size) => (
            <MenuItem key={size} value={size}>
              {number.format(size)}
            </MenuItem>
          ))}
        </TextField>
      )}
      {last > 1 && (
        <Box>
          {go(1, 'ra.navigation.first', page <= 1, <FirstPage />)}
          {go(page - 1, 'ra.navigation.previous', page <= 1, <ChevronLeft />)}
          {go(page + 1, 'ra.navigation.next', page >= last, <ChevronRight />)}
          {go(last, 'ra.navigation.last', page >= last, <LastPage />)}
        </Box>
      )}
    </Box>
  );
}
