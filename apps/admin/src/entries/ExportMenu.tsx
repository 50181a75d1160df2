import { useState } from 'react';
import { Button, Divider, ListItemText, Menu, MenuItem } from '@mui/material';
import Download from '@mui/icons-material/Download';
import { useListContext, useTranslate } from 'ra-core';
import { api } from '../api.ts';
import { MOST_IN_A_WORKBOOK } from '../common/workbook.ts';

const FORMATS = [
  { format: 'csv', words: 'csv' },
  { format: 'xlsx', words: 'xlsx' },
  { format: 'json', words: 'json' },
  { format: 'ndjson', words: 'ndjson' },
  { format: 'hsds', words: 'hsds' },
  { format: 'hsds-json', words: 'hsdsPage' },
] as const;

/** The filtered entries as a file that can be edited and brought back: all of them, not only the page in sight. */
export function ExportMenu() {
  const t = useTranslate();
  const { filterValues, sort, total = 0 } = useListContext();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const order = `${sort.order === 'DESC' ? '-' : ''}${sort.field}`;
  const fixFormat = total > MOST_IN_A_WORKBOOK ? 'csv' : 'xlsx';
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        size="small"
        startIcon={<Download />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t('entries.export.button')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        slotProps={{ list: { 'aria-label': t('entries.export.button') } }}
      >
        {FORMATS.map(({ format, words }) => {
          const isTooLong = format === 'xlsx' && total > MOST_IN_A_WORKBOOK;
          return (
            <MenuItem
              key={format}
              component="a"
              href={api.href('/entries/export', { ...filterValues, sort: order, format })}
              download
              disabled={isTooLong}
              onClick={close}
            >
              <ListItemText
                primary={t(`entries.export.${words}`)}
                secondary={t(isTooLong ? 'entries.export.xlsxTooLong' : `entries.export.${words}Text`)}
              />
            </MenuItem>
          );
        })}
        <Divider component="li" />
        <MenuItem
          component="a"
          href={api.href('/entries/fix-list', { ...withoutState(filterValues), sort: order, format: fixFormat })}
          download={`fix-list.${fixFormat}`}
          onClick={close}
        >
          <ListItemText primary={t('entries.export.fix')} secondary={t('entries.export.fixText')} />
        </MenuItem>
      </Menu>
    </>
  );
}

/** Only active entries can be mended by a file, so that the list is of those whatever is shown. */
function withoutState({ state: _state, ...filter }: Record<string, unknown>): Record<string, unknown> {
  return filter;
}
