import { useState } from 'react';
import { Button, ListItemText, Menu, MenuItem } from '@mui/material';
import Download from '@mui/icons-material/Download';
import { useListContext, useTranslate } from 'ra-core';
import { api } from '../api.ts';

const FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;

/** A workbook takes no more; the server refuses a longer one. */
const MOST_IN_A_WORKBOOK = 5000;

/** The filtered entries as a file that can be edited and brought back: all of them, not only the page in sight. */
export function ExportMenu() {
  const t = useTranslate();
  const { filterValues, sort, total = 0 } = useListContext();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const order = `${sort.order === 'DESC' ? '-' : ''}${sort.field}`;
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
        {FORMATS.map((format) => {
          const isTooLong = format === 'xlsx' && total > MOST_IN_A_WORKBOOK;
          return (
            <MenuItem
              key={format}
              component="a"
              href={api.href('/entries/export', { ...filterValues, sort: order, format })}
              download={`entries.${format}`}
              disabled={isTooLong}
              onClick={close}
            >
              <ListItemText
                primary={t(`entries.export.${format}`)}
                secondary={t(isTooLong ? 'entries.export.xlsxTooLong' : `entries.export.${format}Text`)}
              />
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
